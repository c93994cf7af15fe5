"""The life of one version of a checklist: loaded with the program or drafted, edited, published from a day."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.workflow import Transition, Workflow
from anlan.standards import rules
from anlan.standards.models import Stage

DRAFT = frozenset({Stage.DRAFT})
OURS = (rules.of_the_city, rules.of_his_sector)

CHECKLIST = Workflow(
    "checklist",
    Stage,
    (
        Transition(name="load", label=_("随系统装入"), needs="standards.load", targets=(Stage.PUBLISHED,)),
        Transition(
            name="draft",
            label=_("起草新版"),
            needs="standards.edit",
            targets=(Stage.DRAFT,),
            guards=(rules.of_the_city,),
        ),
        Transition(
            name="put_item",
            label=_("修改检查项"),
            needs="standards.edit",
            source=DRAFT,
            guards=OURS,
            hidden=True,
        ),
        Transition(
            name="drop_item",
            label=_("删去检查项"),
            needs="standards.edit",
            source=DRAFT,
            guards=OURS,
            hidden=True,
        ),
        Transition(
            name="publish",
            label=_("发布"),
            needs="standards.edit",
            source=DRAFT,
            targets=(Stage.PUBLISHED,),
            guards=OURS,
            main=True,
        ),
        Transition(
            name="discard",
            label=_("放弃草稿"),
            needs="standards.edit",
            source=DRAFT,
            targets=(Stage.DISCARDED,),
            guards=OURS,
            danger=True,
        ),
    ),
)
