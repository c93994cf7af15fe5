"""The indicators, declared once. Page, API, command line, bulletin and sheet only render them.

One module for each subject. A new subject is a module with its tuple, and a line in `SUBJECTS`.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.figures.indicators.chain import CHAIN
from anlan.figures.indicators.command import COMMAND
from anlan.figures.indicators.documents import DOCUMENTS
from anlan.figures.indicators.duty import DUTY
from anlan.figures.indicators.firms import FIRMS
from anlan.figures.indicators.hazards import HAZARDS
from anlan.figures.indicators.majors import MAJORS
from anlan.figures.indicators.measures import MEASURES
from anlan.figures.indicators.rectification import RECTIFICATION
from anlan.figures.indicators.reported import REPORTED
from anlan.figures.indicators.visits import VISITS
from anlan.figures.kinds import Indicator

#: subject → its name and its indicators, in the order of pages
SUBJECTS: dict[str, tuple[Any, tuple[Indicator, ...]]] = {
    "hazards": (_("隐患"), HAZARDS),
    "rectification": (_("整改"), RECTIFICATION),
    "majors": (_("重大隐患"), MAJORS),
    "chain": (_("交办督办"), CHAIN),
    "documents": (_("执法"), (*DOCUMENTS, *MEASURES)),
    "visits": (_("检查"), VISITS),
    "firms": (_("企业"), FIRMS),
    "command": (_("督导"), COMMAND),
    "duty": (_("值班"), DUTY),
    "reported": (_("县(市、区)填报"), REPORTED),
}

INDICATORS: dict[str, Indicator] = {i.code: i for _label, group in SUBJECTS.values() for i in group}

#: what matters most: what a page and an answer of the API hold where nothing is named
CORE = ("visits", "found", "found_general", "found_major", "rectified", "closed", "on_spot", "open", "open_major", "overdue",
        "ordered", "suspended", "rectification_rate")  # fmt: skip
