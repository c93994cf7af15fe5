"""From quarantine to a record: tokens are claimed before an act, attachments are children of it.

The body of an act may not touch the database, so a form claims first and the act only builds rows.
Claiming does not refuse what an act has used already: the same act sent twice must come through to
the journal, which answers it; another act meets the constraint, which refuses in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from anlan.evidence.models import Attachment, Item, Label, Upload
from anlan.kernel import bulk
from anlan.kernel.scope import Actor, Coordinates
from anlan.kernel.words import Reason, Refused

UNKNOWN = Reason("没有找到上传的照片:可能已过24小时未使用被清理,请重新上传")


@dataclass(frozen=True, slots=True)
class Claimed:
    """An upload in the hands of an act."""

    token: UUID
    item: Item
    shown: Item | None
    name: str = ""
    warnings: tuple[Any, ...] = ()

    def __canonical__(self) -> str:
        """By content: a form sent twice without script brings the same file under two tokens."""
        return f"evidence:{self.item.sha256}"

    @classmethod
    def of(cls, upload: Upload) -> "Claimed":
        return cls(upload.token, upload.item, upload.shown, upload.name, tuple(upload.warnings))

    @classmethod
    def from_record(cls, attachment: Attachment) -> "Claimed":
        """A picture that hangs on one record, to be hung on another: what a visit showed, its hazard shows."""
        return cls(uuid4(), attachment.item, attachment.shown, attachment.name)

    def again(self) -> "Claimed":
        """The same picture brought a second time."""
        return Claimed(uuid4(), self.item, self.shown, self.name)


def claim(tokens: Iterable[str | UUID], *, by: Actor, at: datetime) -> list[Claimed]:
    """The uploads behind these tokens, in their order, each once.

    Raises Refused for one that is unknown, expired or somebody else's: the three look alike.
    """
    asked = list(dict.fromkeys(_uuid(token) for token in tokens))
    if not asked:
        return []
    found = {
        u.token: u
        for u in Upload.objects.filter(token__in=asked, person=by.id, expires__gt=at).select_related(
            "item", "shown"
        )
    }
    if len(found) < len(asked):
        raise Refused(UNKNOWN, "photos")
    return [Claimed.of(found[token]) for token in asked]


def _uuid(token: str | UUID) -> UUID:
    try:
        return token if isinstance(token, UUID) else UUID(str(token))
    except ValueError:
        raise Refused(UNKNOWN, "photos") from None


def attachments_for(
    uploads: Sequence[Claimed | Upload], *, subject: Any, kind: str, by: Actor, at: datetime, label: str
) -> list[Attachment]:
    """Unsaved attachments, for the body of an act to hand back as children. Touches no database.

    `subject` is the record, whose coordinates are copied as they stand when this is called: set them
    first. `kind` is its model name, as in `Access`. The same picture twice counts once.
    """
    place = _place_of(subject)
    once: dict[str, Claimed | Upload] = {}
    for upload in uploads:
        once.setdefault(upload.item.sha256, upload)
    return [
        bulk.new(
            Attachment, upload=u.token, item=u.item, shown=u.shown, sha256=u.item.sha256,
            shown_sha256=u.shown.sha256 if u.shown else "", taken_at=u.item.taken_at, lng=u.item.lng,
            lat=u.item.lat, kind=kind, subject=subject.pk, label=Label(label), by=by.id, by_name=by.name,
            at=at, name=u.name, **place,
        )
        for u in once.values()
    ]  # fmt: skip


def follow(attachments: Iterable[Attachment], *, subject: Any) -> list[Attachment]:
    """Attachments moved to where their record is now, for an act that moves it to hand back."""
    place, moved = _place_of(subject), []
    for attachment in attachments:
        if any(getattr(attachment, name) != value for name, value in place.items()):
            for name, value in place.items():
                setattr(attachment, name, value)
            moved.append(attachment)
    return moved


def _place_of(subject: Any) -> dict[str, Any]:
    coordinates: Coordinates = type(subject).coordinates

    def read(name: str) -> Any:
        return attrgetter(name)(subject) if name else None

    return {
        "county": read(coordinates.county) or "",
        "town": read(coordinates.town) or "",
        "sector": read(coordinates.sector) or "",
        "enterprise_id": read(coordinates.enterprise),
    }
