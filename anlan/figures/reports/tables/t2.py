"""T2: other key sectors, monthly. Fields that the system does not keep apart are entered by hand, row by row."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.reports.shape import Column, Form, Row, fixed, sector
from anlan.figures.reports.states import Cadence
from anlan.figures.reports.tables.common import GENERAL, MAJOR, money

IN_PLACE = _("其中五项到位")
FIRMS, SITES, UNITS = _("家"), _("按项目部"), _("出租单元")


def _by_hand(key: str, label: object, unit: object = FIRMS) -> Row:
    return Row(key=key, label=label, unit=unit, by_hand=True)


T2 = Form(
    code="T2",
    title=_("其他重点行业领域安全生产隐患排查治理情况月报表"),
    cadence=Cadence.MONTHLY,
    first=_("行业和领域"),
    columns=(
        Column(code="firms_reached", label=_("排查单位")),
        Column(code="cohort_general", label=_("排查数(项)"), group=GENERAL),
        Column(code="cohort_rectified_general", label=_("已整改(项)"), group=GENERAL),
        Column(code="general_rate", label=_("整改率(%)"), group=GENERAL),
        Column(code="cohort_major", label=_("排查数(项)"), group=MAJOR),
        Column(code="cohort_closed_major", label=_("已整改销号(项)"), group=MAJOR),
        Column(code="major_rate", label=_("整改率(%)"), group=MAJOR),
        Column(code="majors_planned", label=_("列入治理计划的重大隐患(项)")),
        Column(code="majors_goals", label=_("目标任务"), group=IN_PLACE),
        Column(code="majors_funds", label=_("经费物资"), group=IN_PLACE),
        Column(code="majors_bodies", label=_("机构人员"), group=IN_PLACE),
        Column(code="majors_time", label=_("时间要求"), group=IN_PLACE),
        Column(code="majors_emergency", label=_("安全措施应急预案"), group=IN_PLACE),
        money("money", _("落实治理资金(万元)")),
    ),
    rows=fixed(
        Row(key="transport", label=_("道路运输"), only=sector("TRANSPORT"), unit=FIRMS),
        _by_hand("highways", _("公路养护")),
        _by_hand("water", _("水上交通")),
        _by_hand("rail", _("铁路")),
        _by_hand("air", _("民航")),
        _by_hand("fuel", _("机场油料")),
        Row(key="build", label=_("建筑施工"), only=sector("BUILD"), unit=SITES),
        _by_hand("metro", _("地铁"), SITES),
        _by_hand("schools", _("学校")),
        Row(key="crowded", label=_("商场市场等人员密集场所"), only=sector("CROWDED"), unit=FIRMS),
        Row(key="fire", label=_("消防"), only=sector("FIRE"), unit=FIRMS),
        _by_hand("gas", _("城镇燃气")),
        _by_hand("buses", _("公共交通")),
        Row(key="tourism", label=_("旅游"), only=sector("TOURISM"), unit=FIRMS),
        _by_hand("hospitals", _("医院")),
        Row(key="special", label=_("特种设备"), only=sector("SPECIAL"), unit=FIRMS),
        _by_hand("three_in_one", _("“三合一”场所")),
        _by_hand("rented", _("出租房"), UNITS),
        _by_hand("farm", _("农业机械")),
        Row(key="others", label=_("其他"), only=sector("OTHER"), unit=FIRMS),
    ),
    note=_(
        "各行单位不同(家、项目部、出租单元),不加总。导入时在原处已办结的隐患不计入本表。标“填报”的行由主管部门提供,系统不分别统计。"
    ),
)
