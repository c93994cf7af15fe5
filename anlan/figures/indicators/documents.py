"""Orders and suspensions of production."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Counted, Distinct, Indicator

DOCUMENTS: tuple[Indicator, ...] = (
    Counted(
        code="ordered",
        label=_("下达整改令"),
        unit=_("处"),
        definition=_("期间以责令限期整改指令书责令整改的隐患"),
        counted_by=_("责令日期"),
        measure="hazard_ordered",
        term="T8",
    ),
    Counted(
        code="suspended",
        label=_("停产整顿"),
        unit=_("家次"),
        definition=_("期间经批准停产停业整顿的决定,一家企业两次计两次"),
        counted_by=_("停产日期"),
        measure="suspension_began",
        term="T8",
    ),
    Counted(
        code="suspended_now",
        label=_("停产中"),
        unit=_("家次"),
        definition=_("期末仍在停产停业整顿的决定"),
        counted_by=_("期末存量"),
        measure="suspension_in_force",
    ),
    Distinct(
        code="firms_suspended",
        label=_("停产整顿企业"),
        unit=_("家"),
        definition=_("期间被批准停产停业整顿的不同企业"),
        counted_by=_("停产日期"),
        measure="suspension_began",
        of="enterprise_id",
        term="T8",
    ),
)
