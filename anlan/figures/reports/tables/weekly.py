"""T3 and T4: the weekly forms, a line for each county."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.indicators.reported import KINDS
from anlan.figures.reports.shape import Column, Form
from anlan.figures.reports.states import Cadence
from anlan.figures.reports.tables.common import county_rows, money

T3 = Form(
    code="T3",
    title=_("打非治违情况周报表"),
    cadence=Cadence.WEEKLY,
    first=_("县(市、区)"),
    columns=(
        Column(code="violations", label=_("合计(起)")),
        *(Column(code=f"illegal_{code}", label=label) for code, label in KINDS),
    ),
    rows=county_rows,
    note=_("各类违法违规行为由县(市、区)填报;合计为各类之和。"),
)
T4 = Form(
    code="T4",
    title=_("安全生产行政处罚情况周报表"),
    cadence=Cadence.WEEKLY,
    first=_("县(市、区)"),
    columns=(
        Column(code="groups_checking", label=_("组织检查组(个)")),
        Column(code="inspectors", label=_("检查人员(人次)")),
        Column(code="firms_checked_gov", label=_("受检企业(个)")),
        Column(code="warnings", label=_("警告(次)")),
        Column(code="orders_issued", label=_("责令改正、限期整改、停止违法行为(起)")),
        Column(code="confiscations", label=_("没收(起)")),
        Column(code="firms_suspended", label=_("责令停产停业停建(家)")),
        Column(code="licences_revoked", label=_("暂扣吊销(个)")),
        Column(code="closures", label=_("关闭(家)")),
        Column(code="detained", label=_("拘留(人)")),
        Column(code="prosecuted", label=_("移送追究刑事责任(人)")),
        money("fines", _("罚款(万元)")),
    ),
    rows=county_rows,
    note=_("受检企业、停产企业按不同企业计;罚款以万元计,保留两位小数。"),
)
