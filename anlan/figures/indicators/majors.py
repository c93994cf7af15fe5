"""Major hazards by themselves."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.indicators.grades import MAJOR
from anlan.figures.kinds import Counted, Indicator

MAJORS: tuple[Indicator, ...] = (
    Counted(
        code="open_major",
        label=_("在办重大隐患"),
        unit=_("处"),
        definition=_("期末尚未销号的重大隐患"),
        counted_by=_("期末存量"),
        measure="hazard_open",
        among=MAJOR,
    ),
)
