"""The life of a bulletin. Who drafts does not sign; what is signed is frozen and only ever corrected by another."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.bulletins import rules
from anlan.figures.bulletins.states import State
from anlan.kernel.workflow import Transition, Workflow

DRAFTS = frozenset({State.DRAFT})

BULLETIN = Workflow(
    "bulletin",
    State,
    (
        Transition(
            name="draft",
            label=_("起草通报"),
            needs="bulletin.draft",
            targets=(State.DRAFT,),
        ),
        Transition(
            name="sign",
            label=_("签发"),
            needs="bulletin.sign",
            source=DRAFTS,
            targets=(State.SIGNED,),
            guards=(rules.of_its_level, rules.not_the_drafter, rules.not_sent_back),
            main=True,
            law="党政机关公文处理工作条例第二十二条",
        ),
        Transition(
            name="send_back",
            label=_("退回修改"),
            needs="bulletin.sign",
            source=DRAFTS,
            guards=(rules.of_its_level, rules.not_the_drafter, rules.not_sent_back),
        ),
        Transition(
            name="revise",
            label=_("修改草稿"),
            needs="bulletin.draft",
            source=DRAFTS,
            guards=(rules.of_the_office,),
        ),
        Transition(
            name="withdraw",
            label=_("撤回草稿"),
            needs="bulletin.draft",
            source=DRAFTS,
            targets=(State.WITHDRAWN,),
            guards=(rules.of_the_office,),
            danger=True,
        ),
    ),
)
