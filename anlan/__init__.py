"""Anlan 安澜: the system with which a city runs its work-safety hazard governance."""

__version__ = "0.1.0"
