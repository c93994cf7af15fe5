"""The tables of the mechanisms, gathered for Django; each is described where it is used."""

from anlan.kernel.accesslog import AccessLog
from anlan.kernel.journal import JournalEntry, Personal, Seal
from anlan.kernel.scope import Access
from anlan.kernel.tables import SavedView
from anlan.kernel.tally import TallyDay, TallyLine, TallyMonth, TallySpan

__all__ = [
    "Access",
    "AccessLog",
    "JournalEntry",
    "Personal",
    "SavedView",
    "Seal",
    "TallyDay",
    "TallyLine",
    "TallyMonth",
    "TallySpan",
]
