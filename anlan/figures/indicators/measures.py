"""Interviews and fines."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Counted, Distinct, Indicator

MEASURES: tuple[Indicator, ...] = (
    Distinct(
        code="interviews",
        label=_("约谈企业"),
        unit=_("家"),
        definition=_("期间被约谈的不同企业,作废的不计"),
        counted_by=_("约谈日期"),
        measure="interview",
        of="enterprise_id",
        term="国庆",
    ),
    Counted(
        code="interviews_held",
        label=_("约谈"),
        unit=_("家次"),
        definition=_("期间的约谈,一家企业两次计两次"),
        counted_by=_("约谈日期"),
        measure="interview",
    ),
    Counted(
        code="fines",
        label=_("罚款"),
        unit=_("元"),
        definition=_("期间作出的罚款决定的金额之和,作废的不计"),
        counted_by=_("决定日期"),
        measure="fine_yuan",
        term="国庆",
    ),
    Counted(
        code="fines_decided",
        label=_("罚款决定"),
        unit=_("件"),
        definition=_("期间作出的罚款决定"),
        counted_by=_("决定日期"),
        measure="fine",
    ),
)
