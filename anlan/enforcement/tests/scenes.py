"""Documents for tests, made by the commands, on the city of the hazards' scenes."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from anlan.enforcement import commands
from anlan.enforcement.models import Document
from anlan.hazards import commands as hazards
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import NOW, TODAY, City, account, actor, appoint, later
from anlan.kernel import personal
from anlan.kernel.scope import Actor, acting_as

ORDER, REVIEW, HANDOVER = "RECTIFY_ORDER", "REVIEW_OPINION", "HANDOVER"
REMEDIES = {"government": "金水区人民政府", "court": "金水区人民法院"}


@dataclass
class Bureau(City):
    """The city, with a second head, so that a document has somebody to sign it whoever drafts."""

    drawn: list[Any] = field(default_factory=list)

    @cached_property
    def office(self) -> Any:
        return scenes.organisation("OFFICE", "市集中办公室", system="OFFICE", doc_word="郑安集办")

    @cached_property
    def heads(self) -> tuple[Actor, Actor]:
        return self.head, self._officer("钱局", "", "department_head")

    def ordered_in_writing(self, *, at: datetime = NOW, due: int = 7, **given: Any) -> Hazard:
        """Found by the bureau and ordered by two officers, with an order document to follow."""
        h = scenes.register(self.officer, self.firm, at=at, **given)
        return hazards.order(
            h.pk, by=self.officer, at=at, due_on=scenes.day_of(at) + scenes.timedelta(days=due),
            requirement="加装箱门,整理线路", legal=True, second=self.second,
        )  # fmt: skip

    def order_drafted(self, *hazards_: Hazard, by: Actor | None = None, at: datetime = NOW) -> Document:
        found = hazards_ or (self.ordered_in_writing(at=at),)
        _ = self.heads
        by = by or self.officer
        second = self.second if by.id == self.officer.id else self.officer
        return commands.draft(by=by, at=at, type=ORDER, hazards=list(found), words=REMEDIES, second=second)

    def order_approved(self, *hazards_: Hazard, at: datetime = NOW) -> Document:
        d = self.order_drafted(*hazards_, at=at)
        return commands.approve(d.pk, by=self.head, at=at)

    def order_served(self, *hazards_: Hazard, at: datetime = NOW) -> Document:
        return serve(self.order_approved(*hazards_, at=at), by=self.officer, at=at)

    @cached_property
    def vice(self) -> Actor:
        """A second person of the city's office."""
        user = account("冯副")
        appoint(user, self.office, "office", "CITY")
        return actor(user)

    def handed_over(self, *, at: datetime = NOW, **given: Any) -> Hazard:
        h = scenes.register(self.clerk, self.firm, at=at, **({"general": False} | given))
        return hazards.assign(
            h.pk,
            by=self.clerk,
            at=at,
            to=self.bureau,
            reply_due=scenes.day_of(at) + scenes.timedelta(days=10),
        )

    def handover_drafted(self, *hazards_: Hazard, at: datetime = NOW) -> Document:
        _ = self.vice
        found = hazards_ or (self.handed_over(at=at),)
        words = {"subject": "关于交办事故隐患的通知", "requirement": "请依法办理。"}
        return commands.draft(by=self.clerk, at=at, type=HANDOVER, hazards=list(found), words=words)


def twin_of(city: Bureau, d: Document) -> Document:
    """A second draft that says the same, as a race or a hand on the database could leave it."""
    rows = Document.everything.filter(pk=d.pk)
    rows.update(state="VOID", void_reason="-")
    twin = city.order_drafted(d.lines.get().hazard)
    rows.update(state="DRAFT", void_reason="")
    return twin


def serve(d: Document, *, by: Actor, at: datetime = NOW, **given: Any) -> Document:
    said: dict[str, Any] = {
        "on": scenes.day_of(at),
        "how": "DIRECT",
        "receipt": "SIGNED",
        "receiver": "陈厂长",
    }
    said |= given
    kept = {n: personal.keep(said[n], kind="document") for n in ("receiver", "witness") if said.get(n)}
    return commands.serve(d.pk, by=by, at=at, **(said | kept))


def see(d: Document, by: Actor) -> Document | None:
    with acting_as(by):
        return Document.objects.opening(pk=d.pk).first()


__all__ = [
    "HANDOVER",
    "NOW",
    "ORDER",
    "REMEDIES",
    "REVIEW",
    "TODAY",
    "Bureau",
    "later",
    "see",
    "serve",
    "twin_of",
]
