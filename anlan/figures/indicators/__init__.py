"""The indicators, declared once. Page, API, command line, bulletin and sheet only render them.

One module for each subject. A new subject is a module with its tuple, and a line in `INDICATORS`.
"""

from anlan.figures.indicators.chain import CHAIN
from anlan.figures.indicators.command import COMMAND
from anlan.figures.indicators.documents import DOCUMENTS
from anlan.figures.indicators.firms import FIRMS
from anlan.figures.indicators.hazards import HAZARDS
from anlan.figures.indicators.majors import MAJORS
from anlan.figures.indicators.rectification import RECTIFICATION
from anlan.figures.indicators.reported import REPORTED
from anlan.figures.indicators.visits import VISITS
from anlan.figures.kinds import Indicator

INDICATORS: dict[str, Indicator] = {
    i.code: i
    for i in (
        *HAZARDS,
        *RECTIFICATION,
        *MAJORS,
        *CHAIN,
        *DOCUMENTS,
        *VISITS,
        *FIRMS,
        *COMMAND,
        *REPORTED,
    )
}
