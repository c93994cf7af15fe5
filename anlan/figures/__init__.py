"""Figures that can be believed: each declared once, counted from the records, opening into them.

Nothing here is stored but what was published. Live figures tell present knowledge of the past.
"""
