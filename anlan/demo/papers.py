"""Lives with official documents: an order in writing, its review opinion, a hand-over sheet; one voided."""

from typing import Any

from anlan.demo import texts
from anlan.demo.plot import Plot, Tale
from anlan.enforcement import drafting
from anlan.enforcement.states import BY_TWO_OFFICERS, Kind
from anlan.hazards.models import Hazard
from anlan.kernel import personal
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import Actor, acting_as

#: what a zone, which has neither a government nor a court of its own, writes into an order
GOVERNMENT, COURT = "郑州市人民政府", "郑州铁路运输法院"


class Paper:
    """The document that a tale has in hand."""

    def __init__(self, p: Plot):
        self.p = p
        self.d: Any = None

    def draft(self, kind: str, by: Actor) -> None:
        p = self.p
        with acting_as(by):
            h = Hazard.objects.opening(pk=p.h.pk).get()
            words = drafting.suggested(kind, [h], by)
            if kind == Kind.RECTIFY_ORDER:
                words = {
                    "government": words["government"] or GOVERNMENT,
                    "court": words["court"] or COURT,
                }
        given: dict[str, Any] = {"second": p.second} if kind in BY_TWO_OFFICERS else {}
        self.d = COMMANDS["document.draft"](by=by, at=p.t, type=kind, hazards=[h], words=words, **given)

    def do(self, act: str, by: Actor, **inputs: Any) -> None:
        self.d = COMMANDS[f"document.{act}"](self.d.pk, by=by, at=self.p.t, **inputs)

    def serve(self, by: Actor, *, how: str = "DIRECT", refused: bool = False) -> None:
        """Handed over and signed for, or left behind before a witness."""
        who = "社区网格员" if refused else self.p.principal.name if how == "DIRECT" else "收文员"
        name = personal.keep(who, kind="document", subject=self.d.pk)
        said = {"receipt": "REFUSED", "witness": name} if refused else {"receipt": "SIGNED", "receiver": name}
        self.do("serve", by, on=self.p.day(), how="LEFT" if refused else how, **said)


def legal(p: Plot) -> Tale:
    """The statutory order of two officers, served in writing; accepted by two, with a review opinion."""
    paper = Paper(p)
    p.find(p.officer, "GOV_PLAN")
    yield p.hours(1, 6)
    p.order(7, 10, 15, legal=True, second=p.second)
    yield p.hours(0.3, 1)
    paper.draft(Kind.RECTIFY_ORDER, p.officer)
    yield p.hours(0.5, 3)
    paper.do("approve", p.head)
    yield p.hours(0.5, 4)
    paper.serve(p.officer)
    yield p.hours(40, 130)
    p.submit()
    yield p.hours(8, 30)
    p.accept(second=p.second)
    yield p.hours(0.3, 1)
    paper.draft(Kind.REVIEW_OPINION, p.officer)
    yield p.hours(0.5, 3)
    paper.do("approve", p.head)
    yield p.hours(0.5, 4)
    paper.serve(p.officer)
    yield 1


def refused(p: Plot) -> Tale:
    """The firm would not sign for the order, and what it did was not enough: a second review."""
    paper = Paper(p)
    p.find(p.second, "GOV_SPECIAL")
    yield p.hours(1, 4)
    p.order(7, legal=True, second=p.second)
    yield p.hours(0.3, 1)
    paper.draft(Kind.RECTIFY_ORDER, p.officer)
    yield p.hours(0.5, 3)
    paper.do("approve", p.head)
    yield p.hours(0.5, 3)
    paper.serve(p.officer, refused=True)
    yield p.hours(40, 90)
    p.submit(p.manager)
    yield p.hours(8, 30)
    p.do("fail", p.officer, still_open=p.chance.choice(texts.STILL_OPEN), due_on=p.day(5))
    yield p.hours(0.3, 1)
    paper.draft(Kind.REVIEW_OPINION, p.officer)
    yield p.hours(0.5, 3)
    paper.do("approve", p.head)
    yield p.hours(0.5, 3)
    paper.serve(p.officer)
    yield p.hours(24, 60)
    p.submit()
    yield p.hours(8, 30)
    p.accept(second=p.second)
    yield p.hours(0.3, 1)
    paper.draft(Kind.REVIEW_OPINION, p.officer)
    yield p.hours(0.5, 3)
    paper.do("approve", p.head)
    yield p.hours(0.5, 3)
    paper.serve(p.officer)
    yield 1


def voided(p: Plot) -> Tale:
    """An order sent back and mended, signed, found wrong and voided with its number; made anew."""
    paper = Paper(p)
    p.find(p.officer, "GOV_PLAN")
    yield p.hours(1, 3)
    p.order(15, legal=True, second=p.second)
    yield p.hours(0.3, 1)
    paper.draft(Kind.RECTIFY_ORDER, p.officer)
    yield p.hours(0.5, 2)
    paper.do("send_back", p.head, reason="请核对管辖法院名称")
    yield p.hours(0.5, 2)
    words = {"government": GOVERNMENT, "court": COURT}
    paper.do("revise", p.officer, words=words, second=p.second)
    yield p.hours(0.5, 2)
    paper.do("approve", p.head)
    yield p.hours(0.5, 3)
    paper.do("void", p.head, reason="复议机关填写有误,作废重制")
    yield p.hours(0.3, 1)
    paper.draft(Kind.RECTIFY_ORDER, p.officer)
    yield p.hours(0.5, 2)
    paper.do("approve", p.head)
    yield p.hours(0.5, 3)
    paper.serve(p.officer)
    yield 1


def given_up(p: Plot) -> Tale:
    """A draft that the drafter takes back: no number is used."""
    paper = Paper(p)
    p.find(p.officer, "GOV_PLAN")
    yield p.hours(1, 3)
    p.order(10, legal=True, second=p.second)
    yield p.hours(0.3, 1)
    paper.draft(Kind.RECTIFY_ORDER, p.officer)
    yield p.hours(0.5, 2)
    paper.do("discard", p.officer, reason="另行合并制作")
    yield 1


def handed(p: Plot) -> Tale:
    """Found by a group, handed over with a sheet that the office's other hand drafted."""
    paper, vice = Paper(p), p.cast.actors["vice"]
    finder = p.cast.actors["supervisor"]
    p.within(finder.duties)
    p.find(finder, "GOV_SUPERVISION", general=False)
    yield p.hours(1, 4)
    p.do("assign", p.office, to=p.bureau, reply_due=p.day(9), words="请依法核查处理,按期反馈")
    yield p.hours(0.3, 1)
    paper.draft(Kind.HANDOVER, vice)
    yield p.hours(0.5, 2)
    paper.do("approve", p.office)
    yield p.hours(0.5, 2)
    paper.serve(p.office, how="INTERNAL")
    yield p.hours(1, 4)
    p.do("sign", p.officer)
    yield p.hours(1, 6)
    p.do("grade_general", p.officer, basis=p.fault.clause)
    yield p.hours(1, 4)
    p.order(7)
    yield p.hours(30, 100)
    p.submit()
    yield p.hours(8, 40)
    p.accept()
    yield p.hours(2, 20)
    p.do("reply", p.officer, words="已督促整改到位并复查销号")
    yield 1
