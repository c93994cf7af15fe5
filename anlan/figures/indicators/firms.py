"""The register as the base of coverage: firms that stand on it, and what of them was reached."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Counted, Indicator, Rate

FIRMS: tuple[Indicator, ...] = (
    Counted(
        code="firms_listed",
        label=_("在册企业"),
        unit=_("家"),
        definition=_("期末登记在册的企业(单位),即应排查单位"),
        counted_by=_("期末存量"),
        measure="firm_listed",
        term="T1 T6",
    ),
    Counted(
        code="firms_key",
        label=_("在册重点单位"),
        unit=_("家"),
        definition=_("期末登记在册的重点单位"),
        counted_by=_("期末存量"),
        measure="firm_listed_key",
        term="T6",
    ),
    Counted(
        code="firms_large",
        label=_("在册大中型企业"),
        unit=_("家"),
        definition=_("期末登记在册的大型和中型企业(规模以上)"),
        counted_by=_("期末存量"),
        measure="firm_listed",
        among={"grade": ("LARGE", "MEDIUM")},
        term="T6",
    ),
    Counted(
        code="firms_registered",
        label=_("新登记企业"),
        unit=_("家"),
        definition=_("期间登记在册的企业"),
        counted_by=_("登记日期"),
        measure="firm_registered",
    ),
    Counted(
        code="firms_closed",
        label=_("注销企业"),
        unit=_("家"),
        definition=_("期间注销的企业"),
        counted_by=_("注销日期"),
        measure="firm_closed",
    ),
    Rate(
        code="coverage_rate",
        label=_("排查覆盖率"),
        part="firms_checked",
        whole="firms_listed",
        definition=_("期间检查过的不同企业与期末在册企业之比(检查后注销或未登记的企业也计入分子)"),
        counted_by=_("各按其日期"),
        term="T1 T2 6.4",
    ),
    Rate(
        code="self_report_rate",
        label=_("企业自查上报率"),
        part="firms_self_checked",
        whole="firms_listed",
        definition=_("期间自查过的不同企业与期末在册企业之比"),
        counted_by=_("各按其日期"),
        term="T6",
    ),
    Rate(
        code="key_unit_share",
        label=_("重点单位占比"),
        part="firms_key",
        whole="firms_listed",
        cohort=True,
        definition=_("期末在册企业中重点单位的比例"),
        counted_by=_("期末存量"),
        term="",
    ),
)
