"""Reads of documents, already limited to whoever acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Q, QuerySet

from anlan.enforcement.models import Document, DocumentLine, DocumentSeries
from anlan.enforcement.states import Kind, State
from anlan.kernel.kept import kept
from anlan.kernel.scope import Actor, Axis


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list can be narrowed by; "" is no narrowing."""

    type: str = ""
    state: str = ""
    text: str = ""
    enterprise: str = ""
    county: str = ""

    def given(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


def documents(*, filters: Filters, axis: Axis = Axis.PLACE) -> QuerySet[Document]:
    """Documents along one axis, narrowed."""
    rows = Document.objects.along(axis)
    for name, column in {"type": "type", "state": "state", "county": "county"}.items():
        if value := getattr(filters, name):
            rows = rows.filter(**{column: value})
    if filters.enterprise.isdigit():
        rows = rows.filter(enterprise_id=int(filters.enterprise))
    if filters.text:
        rows = rows.filter(Q(number__contains=filters.text) | Q(addressee__contains=filters.text))
    return rows


def document(pk: int) -> Document:
    """One document, if any of the three answers opens it. Raises Document.DoesNotExist."""
    return Document.objects.opening(pk=pk).select_related("answers").get()


def about(hazards: Iterable[Any], **narrowed: Any) -> QuerySet[Document]:
    """The documents that speak of these hazards, the newest first."""
    keys = [h.pk for h in hazards]
    return Document.objects.opening(lines__hazard__in=keys, **narrowed).distinct().order_by("-pk")


def lines_of(documents: Sequence[Document]) -> dict[int, list[DocumentLine]]:
    """The lines of documents in hand, with their hazards."""
    found: dict[int, list[DocumentLine]] = {d.pk: [] for d in documents}
    for line in DocumentLine.objects.of(documents).select_related("hazard__enterprise").order_by("no"):
        found[line.document_id].append(line)
    return found


def standing(type: str, *, hazard: int, drawn_from: int, but: int | None = None) -> Document | None:
    """The document of a kind that speaks of this already and is not void, whoever made it."""
    if not _spoken(type=type, hazard=hazard, drawn_from=drawn_from):
        return None
    rows = Document.objects.opening(type=type, lines__hazard=hazard, lines__drawn_from=drawn_from).exclude(
        state=State.VOID
    )
    return (rows if but is None else rows.exclude(pk=but)).order_by("pk").first()


@kept
def _spoken(type: Any, hazard: Any, drawn_from: Any) -> QuerySet[DocumentLine]:
    """Lines about this, of documents void or not."""
    return DocumentLine._base_manager.filter(type=type, hazard=hazard, drawn_from=drawn_from)


def served_order(hazard: Any) -> Document | None:
    """The order in writing under which a hazard is being put right."""
    return about([hazard], type=Kind.RECTIFY_ORDER, state=State.SERVED).first()


def served(papers: Iterable[Document]) -> Document | None:
    """Of the papers about a hazard, the newest first, the order under which it is being put right."""
    return next((d for d in papers if d.type == Kind.RECTIFY_ORDER and d.state == State.SERVED), None)


def to_approve(actor: Actor) -> QuerySet[Document]:
    """Drafts of my agency that others made and that wait for a signature."""
    return (
        _ours(actor)
        .filter(state=State.DRAFT, sent_back_on=None)
        .exclude(drafted_by=actor.id)
        .order_by("drafted_on", "pk")
    )


def sent_back(actor: Actor) -> QuerySet[Document]:
    """My drafts that came back."""
    rows = _ours(actor).filter(state=State.DRAFT, sent_back_on__isnull=False, drafted_by=actor.id)
    return rows.order_by("sent_back_on", "pk")


def to_serve(actor: Actor) -> QuerySet[Document]:
    """Signed documents of my agency that nobody has served yet."""
    return _ours(actor).filter(state=State.APPROVED).order_by("approved_on", "pk")


def _ours(actor: Actor) -> QuerySet[Document]:
    return Document.objects.along(Axis.HANDED).filter(agency=actor.organisation)


def series() -> QuerySet[DocumentSeries]:
    """Every series of numbers, for whoever checks them."""
    return DocumentSeries.objects.select_related("agency").order_by("agency", "type", "year")
