"""What the acting person may see of photos and documents.

A photo opens with the record it hangs on, by its own place, or for who brought it and has not used it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from anlan.evidence import images
from anlan.evidence.models import Attachment, Item, Kind, Role, Trace, Upload
from anlan.kernel.kept import kept
from anlan.kernel.scope import Actor

SAME = 3  # bits of 64; see Trace
CANDIDATES = 5000


@dataclass(frozen=True, slots=True)
class Shot:
    """An attachment as a page shows it. `href` opens what may be looked at, `original` the file as it came."""

    href: str
    thumbnail: str
    original: str
    caption: str
    label: str
    kind: str
    sha256: str
    taken_at: datetime | None
    at: datetime
    by_name: str


def for_subject(*, kind: str, subject: int, in_hand: bool = False) -> QuerySet[Attachment]:
    """Attachments of one record, in the order they came; none where it does not open.

    `in_hand`: the caller has just opened the record itself and need not ask again.
    """
    rows = Attachment.objects.on(kind=kind, subject=subject, in_hand=in_hand)
    return rows.select_related("item").order_by("at", "pk")


@kept
def _on(kind: Any, subject: Any) -> QuerySet[Attachment]:
    return for_subject(kind=kind, subject=subject, in_hand=True)


def of_subjects(*, kind: str, subjects: Iterable[int]) -> dict[int, list[Attachment]]:
    """By record, for an act that moves records (see `commands.follow`)."""
    found = {subject: list(for_subject(kind=kind, subject=subject)) for subject in subjects}
    return {subject: rows for subject, rows in found.items() if rows}


def gallery(*, kind: str, subject: int, in_hand: bool = False) -> dict[str, list[Shot]]:
    """A record's pictures by label (BEFORE, DURING, AFTER, …), ready for a page."""
    shots: dict[str, list[Shot]] = defaultdict(list)
    found = _on(kind=kind, subject=subject) if in_hand else for_subject(kind=kind, subject=subject)
    for attachment in found:
        shots[attachment.label].append(shot(attachment))
    return dict(shots)


def of_enterprise(enterprise: int, *, county: str, at_most: int = 60) -> list[Shot]:
    """The latest pictures of records of an enterprise in its county, of those I may see."""
    rows = Attachment.objects.filter(county=county, enterprise_id=enterprise, item__kind=Kind.PHOTO)
    return [shot(a) for a in rows.select_related("item").order_by("-at", "-pk")[:at_most]]


def photos_of(*, kind: str, subject: int) -> dict[str, Attachment]:
    """The attachments of a record by the hash of their picture."""
    return {a.sha256: a for a in for_subject(kind=kind, subject=subject).select_related("shown")}


def shot(attachment: Attachment) -> Shot:
    document = attachment.item.kind == Kind.DOCUMENT
    original = reverse("evidence:original", args=[attachment.sha256])
    when = images.local(attachment.taken_at or attachment.at)[:16]
    return Shot(
        href=original
        if document
        else reverse("evidence:view", args=[attachment.shown_sha256 or attachment.sha256]),
        thumbnail=reverse("evidence:thumb", args=[attachment.sha256]),
        original=original,
        caption=" ".join(p for p in (attachment.name if document else "", when, attachment.by_name) if p),
        label=attachment.label,
        kind=attachment.item.kind,
        sha256=attachment.sha256,
        taken_at=attachment.taken_at,
        at=attachment.at,
        by_name=attachment.by_name,
    )


def seen_before(item: Item) -> QuerySet[Attachment]:
    """Attachments of this picture or of one that looks the same, within what the acting person may see.

    Found also when re-saved or made smaller; not when cropped or turned.
    """
    return Attachment.objects.filter(item__in=alike(item)).order_by("at", "pk")


def alike(item: Item) -> list[int]:
    """Keys of originals that are this picture or look the same, itself included."""
    mine = list(item.traces.values_list("bits", flat=True))
    near = (
        Trace.objects.filter(bits__in=mine).values_list("item", "item__phash").distinct()[:CANDIDATES]
        if mine
        else ()
    )
    return [
        item.pk,
        *(pk for pk, phash in near if pk != item.pk and images.distance(phash, item.phash) <= SAME),
    ]


def waiting(*, by: Actor, at: datetime) -> QuerySet[Upload]:
    """What this person brought and no act has used, newest first."""
    mine = Upload.objects.filter(~Attachment.objects.used(), person=by.id, expires__gt=at)
    return mine.select_related("item").order_by("-at")


def brought(item: Item, *, by: Actor, at: datetime) -> Upload | None:
    """A quarantined upload of this person in which the item, or its copy, lies."""
    this = Q(shown=item) if item.role == Role.WATERMARKED else Q(item=item)
    return Upload.objects.filter(this, person=by.id, expires__gt=at).select_related("shown").first()


def may_see(item: Item, *, by: Actor, at: datetime) -> Attachment | Upload | None:
    """That through which the acting person sees this item, or None."""
    return Attachment.objects.showing(item) or brought(item, by=by, at=at)
