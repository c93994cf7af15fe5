"""The life of an official document. Who drafts does not approve; what has a number keeps it."""

from django.utils.translation import gettext_lazy as _

from anlan.enforcement import rules
from anlan.enforcement.states import Measure, State
from anlan.kernel.workflow import Transition, Workflow

DOCUMENT = Workflow(
    "document",
    State,
    (
        Transition(
            name="draft",
            label=_("起草文书"),
            needs="document.draft",
            targets=(State.DRAFT,),
            law="安全生产法第六十五条、第六十七条",
        ),
        Transition(
            name="record",
            label=_("补录文书"),
            needs="document.draft",
            targets=(State.SERVED,),
            law="安全生产法第六十五条、第六十七条",
            hidden=True,
        ),
        Transition(
            name="approve",
            label=_("签发"),
            needs="document.approve",
            source=frozenset({State.DRAFT}),
            targets=(State.APPROVED,),
            guards=(
                rules.of_the_agency,
                rules.not_the_drafter,
                rules.not_sent_back,
                rules.credentials_hold,
                rules.term_is_ahead,
            ),
            main=True,
            law="行政处罚法第四十二条",
        ),
        Transition(
            name="send_back",
            label=_("退回修改"),
            needs="document.approve",
            source=frozenset({State.DRAFT}),
            guards=(rules.of_the_agency, rules.not_the_drafter, rules.not_sent_back),
        ),
        Transition(
            name="revise",
            label=_("修改草稿"),
            needs="document.draft",
            source=frozenset({State.DRAFT}),
            guards=(rules.of_the_agency, rules.the_drafter),
        ),
        Transition(
            name="discard",
            label=_("撤回草稿"),
            needs="document.draft",
            source=frozenset({State.DRAFT}),
            targets=(State.VOID,),
            guards=(rules.of_the_agency,),
            danger=True,
        ),
        Transition(
            name="serve",
            label=_("登记送达"),
            needs="document.serve",
            source=frozenset({State.APPROVED}),
            targets=(State.SERVED,),
            guards=(rules.of_the_agency,),
            main=True,
            law="行政处罚法第六十一条;民事诉讼法关于送达的规定",
        ),
        Transition(
            name="void",
            label=_("作废"),
            needs="document.approve",
            source=frozenset({State.APPROVED, State.SERVED}),
            targets=(State.VOID,),
            guards=(rules.of_the_agency,),
            danger=True,
        ),
    ),
)

_STANDS = frozenset({Measure.STANDS})

INTERVIEW = Workflow(
    "interview",
    Measure,
    (
        Transition(
            name="record", label=_("登记约谈"), needs="measure.record", targets=(Measure.STANDS,), law="安委办约谈办法"
        ),
        Transition(
            name="void", label=_("作废"), needs="measure.record", source=_STANDS, targets=(Measure.VOID,),
            guards=(rules.of_the_organ,), danger=True,
        ),
    ),
)  # fmt: skip

FINE = Workflow(
    "fine",
    Measure,
    (
        Transition(
            name="record", label=_("登记罚款"), needs="measure.record", targets=(Measure.STANDS,),
            law="行政处罚法第五十七条",
        ),
        Transition(
            name="void", label=_("作废"), needs="measure.record", source=_STANDS, targets=(Measure.VOID,),
            guards=(rules.of_the_organ,), danger=True,
        ),
    ),
)  # fmt: skip
