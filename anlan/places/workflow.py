"""What may be done to the calendar. A decision is not rewritten: it is withdrawn and another one made."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.workflow import Transition, Workflow
from anlan.places.models import ChangeState as S

CALENDAR = Workflow(
    "calendar",
    S,
    (
        Transition(
            name="set_day",
            label=_("设定工作日历"),
            needs="calendar.edit",
            targets=(S.IN_FORCE,),
            law="全国年节及纪念日放假办法",
        ),
        Transition(
            name="complete_year",
            label=_("确认年度日历"),
            needs="calendar.edit",
            targets=(S.IN_FORCE,),
            law="国务院办公厅年度放假安排通知",
        ),
        Transition(
            name="withdraw",
            label=_("撤回"),
            needs="calendar.edit",
            source=frozenset({S.IN_FORCE}),
            targets=(S.WITHDRAWN,),
            danger=True,
        ),
    ),
)
