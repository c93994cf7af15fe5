"""Tables of campaigns, by what they are about."""

from anlan.campaigns.models.campaign import Campaign, Milestone, Phase, Post, Tag, WorkRule
from anlan.campaigns.models.group import Group, GroupDuty, Member, Sortie, SortieMember
from anlan.campaigns.models.plan import ActionPlan, Receipt, SubAction
from anlan.campaigns.models.sheet import SheetItem, Worksheet
from anlan.campaigns.models.trip import LeaderTrip, TripStop

__all__ = [
    "ActionPlan", "Campaign", "Group", "GroupDuty", "LeaderTrip", "Member", "Milestone", "Phase", "Post", "Receipt",
    "SheetItem", "Sortie", "SortieMember", "SubAction", "Tag", "TripStop", "WorkRule", "Worksheet",
]  # fmt: skip
