"""Sheets in and out. What comes in goes through the acts of the desk; nothing that came is ever dropped."""
