"""The indicators of duty: roll calls and what came of them. The dimension `grade` carries the result."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Counted, Distinct, Indicator, Rate

_CALLS, _DAY = _("次"), _("点名日期")


def _came_to(code: str, label: Any, state: str, definition: Any) -> Counted:
    return Counted(
        code=code, label=label, unit=_CALLS, definition=definition, counted_by=_DAY, measure="roll_call",
        among={"grade": (state,)}, beyond=True,
    )  # fmt: skip


DUTY: tuple[Indicator, ...] = (
    Counted(
        code="roll_calls",
        label=_("值班点名"),
        unit=_CALLS,
        definition=_("期间点过名并登记了结果的次数,一个单位一轮计一次;市直部门计入全市,不计入县(市、区)"),
        counted_by=_DAY,
        measure="roll_call",
        beyond=True,
        term="国庆 值班",
    ),
    _came_to("roll_calls_normal", _("点名正常"), "NORMAL", _("期间点名时值班人员及时接听的次数")),
    _came_to("roll_calls_late", _("点名迟接"), "LATE", _("期间点名时接听迟、或再次呼叫才接听的次数")),
    _came_to("roll_calls_unanswered", _("点名无人接"), "UNANSWERED", _("期间点名无人接听的次数")),
    _came_to("roll_calls_absent", _("点名脱岗"), "ABSENT", _("期间点名时无值班人员在岗的次数")),
    Rate(
        code="roll_call_rate",
        label=_("点名正常率"),
        part="roll_calls_normal",
        whole="roll_calls",
        definition=_("期间点名中值班人员及时接听的比例"),
        counted_by=_DAY,
        cohort=True,
    ),
    Counted(
        code="roll_calls_leader",
        label=_("点名时带班领导在岗"),
        unit=_CALLS,
        definition=_("期间点名时带班领导在岗的次数"),
        counted_by=_DAY,
        measure="roll_call_leader",
        beyond=True,
    ),
    Counted(
        code="roll_calls_waiting",
        label=_("列入点名表未点"),
        unit=_CALLS,
        definition=_("期间列入点名表而没有登记结果的次数"),
        counted_by=_DAY,
        measure="roll_call_waiting",
        beyond=True,
    ),
    Distinct(
        code="units_called",
        label=_("点名的不同单位"),
        unit=_("个"),
        definition=_("期间点过名的不同单位,点几次都计一个"),
        counted_by=_DAY,
        measure="roll_call",
        of="organisation",
    ),
)
