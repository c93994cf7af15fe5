"""T7 by town and T8 by day: what was looked at, found and put right, place by place."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.reports.shape import Column, Form
from anlan.figures.reports.states import Cadence
from anlan.figures.reports.tables.common import county_rows, money, town_rows

PAPERS, OUT = _("执法文书(份)"), _("节假日督导检查")

T7 = Form(
    code="T7",
    title=_("乡镇(街道)检查执法情况月报表"),
    cadence=Cadence.MONTHLY,
    first=_("乡镇(街道)"),
    columns=(
        Column(code="firms_listed", label=_("企业(家)")),
        Column(code="visits", label=_("检查记录(家次)")),
        Column(code="orders_issued", label=_("责令限期整改"), group=PAPERS),
        Column(code="coercions", label=_("强制措施"), group=PAPERS),
        Column(code="reviews_issued", label=_("复查意见"), group=PAPERS),
        Column(code="cohort", label=_("隐患(处)")),
        Column(code="cohort_rectified", label=_("已整改(处)")),
        Column(code="cohort_unrectified", label=_("未整改(处)")),
        Column(code="rectification_rate", label=_("整改率(%)")),
    ),
    rows=town_rows,
    note=_("整改率分母为零时以“—”表示,不按100%计。隐患不含导入时在原处已办结的。"),
)
T8 = Form(
    code="T8",
    title=_("集中行动日报表"),
    cadence=Cadence.DAILY,
    first=_("县(市、区)"),
    columns=(
        Column(code="visits", label=_("检查(家次)")),
        Column(code="found_general", label=_("一般隐患(处)")),
        Column(code="found_major", label=_("重大隐患(处)")),
        Column(code="firms_suspended", label=_("停产整顿(家)")),
        Column(code="orders_issued", label=_("整改令(份)")),
        Column(code="sorties", label=_("组(组次)"), group=OUT),
        Column(code="sortie_people", label=_("人(人次)"), group=OUT),
        Column(code="firms_checked", label=_("企业(家)"), group=OUT),
        Column(code="found", label=_("隐患(处)"), group=OUT),
        Column(code="rectified", label=_("已整改(处)"), group=OUT),
        Column(code="interviews", label=_("约谈(家)"), group=OUT),
        money("fines", _("罚款(万元)"), group=OUT),
    ),
    rows=county_rows,
    note=_("企业按不同企业计;当日整改的隐患不一定是当日发现的。"),
)
