"""T6: who of those that must has reported a self-check, quarterly, by county; the silent ones open by name."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.reports.shape import Column, Form, sector
from anlan.figures.reports.states import Cadence
from anlan.figures.reports.tables.common import county_rows

BASE = _("应报基数(家)")
RISKY = ("HAZCHEM", "COAL", "MINE_NC", "CIVEX")

T6 = Form(
    code="T6",
    title=_("企业隐患排查治理季报进展情况表"),
    cadence=Cadence.QUARTERLY,
    first=_("县(市、区)"),
    columns=(
        Column(code="firms_listed", label=_("合计"), group=BASE),
        Column(code="firms_listed", label=_("其中高危行业"), group=BASE, only=sector(*RISKY)),
        Column(code="firms_large", label=_("其中规模以上"), group=BASE),
        Column(code="firms_listed", label=_("其中人员密集场所"), group=BASE, only=sector("CROWDED")),
        Column(code="firms_reported", label=_("已季报(家)")),
        Column(code="firms_silent", label=_("未季报(家)")),
        Column(code="self_report_rate", label=_("季报率(%)")),
    ),
    rows=county_rows,
    note=_("以企业自查为季报;“未季报”点开即为未报企业名单。高危、规模以上、人员密集有交叉,不加总。"),
)
