"""Acts upon campaigns, one function each."""

from anlan.campaigns.commands import campaign, group, plan, sheet, trip

__all__ = ["campaign", "group", "plan", "sheet", "trip"]
