"""Measurements beside their targets. Each runs in an installation of its own that is taken away afterwards.

Start with `__main__.py`; the table of targets and of what was measured is in README.md.
"""
