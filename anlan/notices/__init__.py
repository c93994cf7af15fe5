"""Telling people in the system itself: what was assigned, is due, came back, was decided.

A notice is no record of an act (the journal is); it is what somebody was told, and whether he read it.
"""
