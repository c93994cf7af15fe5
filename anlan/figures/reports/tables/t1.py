"""T1: mines and other industrial enterprises, monthly."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.reports.shape import Column, Form, Row, fixed, sector
from anlan.figures.reports.states import Cadence
from anlan.figures.reports.tables.common import GENERAL, MAJOR, money

ALL = ("COAL", "MINE_NC", "PIPELINE", "HAZCHEM", "CIVEX", "TRADE")

COLUMNS = (
    Column(code="firms_listed", label=_("应排查单位(家)")),
    Column(code="firms_reached", label=_("实际排查单位(家)")),
    Column(code="coverage_rate", label=_("覆盖率(%)")),
    Column(code="cohort_general", label=_("排查一般隐患(项)"), group=GENERAL),
    Column(code="cohort_rectified_general", label=_("其中已整改(项)"), group=GENERAL),
    Column(code="general_rate", label=_("整改率(%)"), group=GENERAL),
    Column(code="cohort_major", label=_("排查重大隐患(项)"), group=MAJOR),
    Column(code="cohort_closed_major", label=_("其中已整改销号(项)"), group=MAJOR),
    Column(code="major_rate", label=_("整改率(%)"), group=MAJOR),
    Column(code="majors_planned", label=_("列入治理计划的重大隐患(项)"), group=MAJOR),
    Column(code="majors_five", label=_("其中达到“五到位”要求的(项)"), group=MAJOR),
    Column(code="listed", label=_("挂牌督办(项)"), group=_("挂牌督办")),
    Column(code="listed_province", label=_("其中省级(项)"), group=_("挂牌督办")),
    Column(code="listed_city", label=_("其中地市级(项)"), group=_("挂牌督办")),
    money("money", _("累计落实治理资金(万元)"), so_far=True),
)

T1 = Form(
    code="T1",
    title=_("工矿企业安全生产隐患排查治理情况月报表"),
    cadence=Cadence.MONTHLY,
    first=_("行业和领域"),
    columns=COLUMNS,
    rows=fixed(
        Row(key="total", label=_("合计"), only=sector(*ALL), total=True),
        Row(key="coal", label=_("煤矿"), only=sector("COAL")),
        Row(key="mine", label=_("金属非金属矿山(含尾矿库)"), only=sector("MINE_NC")),
        Row(key="pipeline", label=_("石油天然气(油气管道)"), only=sector("PIPELINE")),
        Row(key="hazchem", label=_("危险化学品(含烟花爆竹)"), only=sector("HAZCHEM")),
        Row(key="civex", label=_("民用爆炸物品"), only=sector("CIVEX")),
        Row(key="trade", label=_("冶金有色等工贸企业"), only=sector("TRADE")),
    ),
    note=_("整改率按本期发现的隐患计算;导入时在原处已办结的不计入本表;分母为零时以“—”表示。资金为本年累计。"),
)
