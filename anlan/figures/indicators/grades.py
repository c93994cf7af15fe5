"""Cells of grade by which indicators are narrowed."""

GENERAL = {"grade": ("GENERAL",)}
MAJOR = {"grade": ("MAJOR",)}
UNGRADED = {"grade": ("UNGRADED",)}
