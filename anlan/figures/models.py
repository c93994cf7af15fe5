"""The tables of this module, where Django looks for them."""

from anlan.figures.reports.models import FiledFigure, Frozen, Report

__all__ = ["FiledFigure", "Frozen", "Report"]
