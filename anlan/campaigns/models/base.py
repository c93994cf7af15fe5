"""What the tables of campaigns share."""

from typing import Any

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}
SECTOR: dict[str, Any] = {"max_length": 20, "default": "", "blank": True}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}
TITLE: dict[str, Any] = {"max_length": 100, "default": "", "blank": True}
CODES: dict[str, Any] = {"default": list, "blank": True}
