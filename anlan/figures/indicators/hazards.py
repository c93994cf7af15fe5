"""What was found, and what stands open."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.indicators.grades import GENERAL, MAJOR, UNGRADED
from anlan.figures.kinds import Counted, Distinct, Indicator

HAZARDS: tuple[Indicator, ...] = (
    Counted(
        code="found",
        label=_("排查隐患"),
        unit=_("处"),
        definition=_("期间发现并登记的隐患,不含作废和已合并的"),
        counted_by=_("发现日期"),
        measure="hazard_found",
        term="T1 T2 T8",
    ),
    Counted(
        code="found_general",
        label=_("一般隐患"),
        unit=_("处"),
        definition=_("期间发现、现定为一般的隐患"),
        counted_by=_("发现日期"),
        measure="hazard_found",
        among=GENERAL,
        term="T1 T8",
    ),
    Counted(
        code="found_major",
        label=_("重大隐患"),
        unit=_("处"),
        definition=_("期间发现、现认定为重大的隐患"),
        counted_by=_("发现日期"),
        measure="hazard_found",
        among=MAJOR,
        term="T1 T8",
    ),
    Counted(
        code="found_ungraded",
        label=_("未定级隐患"),
        unit=_("处"),
        definition=_("期间发现、尚未定级的隐患"),
        counted_by=_("发现日期"),
        measure="hazard_found",
        among=UNGRADED,
    ),
    Counted(
        code="cohort",
        label=_("期间发现(不含导入已办结)"),
        unit=_("处"),
        definition=_("期间发现的隐患,导入时在原处已办结的另列,不计入各项比率"),
        counted_by=_("发现日期"),
        measure="hazard_found_here",
    ),
    Counted(
        code="cohort_imported",
        label=_("导入时已办结(另列)"),
        unit=_("处"),
        definition=_("期间发现、由其他系统或表格导入且在原处已办结的隐患,在各项比率旁另列"),
        counted_by=_("发现日期"),
        measure="hazard_found_imported",
    ),
    Counted(
        code="open",
        label=_("在办隐患"),
        unit=_("处"),
        definition=_("期末尚未销号的隐患"),
        counted_by=_("期末存量"),
        measure="hazard_open",
    ),
    Distinct(
        code="firms_with_hazards",
        label=_("有隐患的企业"),
        unit=_("家"),
        definition=_("期间发现过隐患的不同企业"),
        counted_by=_("发现日期"),
        measure="hazard_found",
        of="enterprise_id",
    ),
    Counted(
        code="relapsed",
        label=_("反弹"),
        unit=_("处"),
        definition=_("期间回头看发现反弹的已销号隐患"),
        counted_by=_("发现反弹日期"),
        measure="hazard_relapsed",
    ),
    Counted(
        code="cohort_unrectified",
        label=_("其中未整改"),
        unit=_("处"),
        definition=_("期间发现的隐患中,至今未整改的(不含导入已办结)"),
        counted_by=_("发现日期"),
        measure="hazard_found_unrectified",
        term="T7",
    ),
)
