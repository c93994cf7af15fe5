"""A person's own notices."""

from typing import Any

from django.db.models import QuerySet

from anlan.kernel import canonical
from anlan.kernel.words import Reason
from anlan.notices.models import Notice


def inbox(*, person: int) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).order_by("-at", "-pk")


def unread(*, person: int, at_most: int = 99) -> int:
    """How many are unread, counted no further than `at_most` + 1."""
    return len(Notice.objects.filter(person=person, read_at=None).values_list("pk")[: at_most + 1])


def told(*, kind: str, words: Reason, about: Any) -> set[int]:
    """Who was told exactly this of a record, on whatever day."""
    said = {k: str(canonical.plain(v)) for k, v in words.params.items()}
    rows = Notice.objects.filter(
        kind=kind, subject_kind=about._meta.model_name, subject=about.pk, msgid=words.msgid
    )
    return {n.person for n in rows if n.params == said}
