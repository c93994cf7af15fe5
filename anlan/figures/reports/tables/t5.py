"""T5: enforcement actions by sector, monthly."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.indicators.reported import ACTIONS
from anlan.figures.reports.shape import Column, Form
from anlan.figures.reports.states import Cadence
from anlan.figures.reports.tables.common import sector_rows

T5 = Form(
    code="T5",
    title=_("安全生产执法行动情况月报表"),
    cadence=Cadence.MONTHLY,
    first=_("行业和领域"),
    columns=(
        Column(code="actions", label=_("合计(起)")),
        *(Column(code=f"acted_{code}", label=label) for code, label in ACTIONS),
    ),
    rows=sector_rows,
    note=_("执法行动由县(市、区)填报;合计为各类之和。"),
)
