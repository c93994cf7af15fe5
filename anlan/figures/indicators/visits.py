"""Visits, the firms that they reached, and who went."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Counted, Distinct, Indicator

VISITS: tuple[Indicator, ...] = (
    Counted(
        code="visits",
        label=_("检查"),
        unit=_("家次"),
        definition=_("期间完成的检查,一家企业查两次计两次;暗访归档后计入,作废的不计"),
        counted_by=_("检查日期"),
        measure="visit",
        term="T4 T8",
    ),
    Counted(
        code="visits_self",
        label=_("企业自查"),
        unit=_("家次"),
        definition=_("期间完成的企业自查"),
        counted_by=_("检查日期"),
        measure="visit_self",
    ),
    Counted(
        code="visits_expert",
        label=_("专家服务"),
        unit=_("家次"),
        definition=_("期间完成的专家服务检查"),
        counted_by=_("检查日期"),
        measure="visit_expert",
    ),
    Counted(
        code="visits_gov",
        label=_("政府检查"),
        unit=_("家次"),
        definition=_("期间完成的政府检查,含督导、暗访和领导带队"),
        counted_by=_("检查日期"),
        measure="visit_gov",
    ),
    Counted(
        code="visits_clean",
        label=_("未发现隐患的检查"),
        unit=_("家次"),
        definition=_("期间完成、如实记录为未发现隐患的检查"),
        counted_by=_("检查日期"),
        measure="visit_clean",
    ),
    Counted(
        code="visits_led",
        label=_("领导带队检查"),
        unit=_("家次"),
        definition=_("期间由领导带队的检查"),
        counted_by=_("检查日期"),
        measure="visit_led",
        term="国庆",
    ),
    Counted(
        code="inspectors",
        label=_("检查人员"),
        unit=_("人次"),
        definition=_("期间政府检查和专家服务的检查人员,含带队领导,一人查两次计两次"),
        counted_by=_("检查日期"),
        measure="visit_people",
        term="T4",
    ),
    Distinct(
        code="firms_checked",
        label=_("受检企业"),
        unit=_("家"),
        definition=_("期间检查过的不同企业,查几次都计一家"),
        counted_by=_("检查日期"),
        measure="visit",
        of="enterprise_id",
        term="T1 T4 T8",
    ),
    Distinct(
        code="firms_self_checked",
        label=_("自查企业"),
        unit=_("家"),
        definition=_("期间自查过的不同企业"),
        counted_by=_("检查日期"),
        measure="visit_self",
        of="enterprise_id",
    ),
)
