"""Forms of every act, by kind of record."""

from anlan.campaigns.forms.base import ActForm
from anlan.campaigns.forms.campaign import FORMS as CAMPAIGN_FORMS
from anlan.campaigns.forms.campaign import TAG_FORMS
from anlan.campaigns.forms.group import GROUP_FORMS, SORTIE_FORMS
from anlan.campaigns.forms.plan import PLAN_FORMS, RECEIPT_FORMS
from anlan.campaigns.forms.sheet import ITEM_FORMS, SHEET_FORMS
from anlan.campaigns.forms.trip import TRIP_FORMS

__all__ = ["BY_KIND", "ActForm"]

BY_KIND: dict[str, dict[str, type[ActForm]]] = {
    "campaign": CAMPAIGN_FORMS, "tag": TAG_FORMS, "actionplan": PLAN_FORMS, "receipt": RECEIPT_FORMS,
    "group": GROUP_FORMS, "sortie": SORTIE_FORMS, "worksheet": SHEET_FORMS, "sheetitem": ITEM_FORMS,
    "leadertrip": TRIP_FORMS,
}  # fmt: skip
