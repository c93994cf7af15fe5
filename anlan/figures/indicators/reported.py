"""What counties report because the system cannot see it: listings, the kinds of violation, penalties elsewhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Filed, Indicator

BY = _("报表期间")


def _filed(code: str, label: Any, unit: Any, definition: Any, term: str) -> Filed:
    return Filed(code=code, label=label, unit=unit, definition=definition, counted_by=BY, term=term)


REPORTED: tuple[Indicator, ...] = (
    _filed("listed", _("挂牌督办"), _("项"), _("期间挂牌督办的重大隐患"), "T1"),
    _filed("listed_province", _("省级挂牌督办"), _("项"), _("期间由省级挂牌督办的重大隐患"), "T1"),
    _filed("listed_city", _("地市级挂牌督办"), _("项"), _("期间由地市级挂牌督办的重大隐患"), "T1"),
)
