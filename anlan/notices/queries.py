"""A person's own notices."""

from django.db.models import QuerySet

from anlan.notices.models import Notice


def inbox(*, person: int) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).order_by("-at", "-pk")


def unread(*, person: int, at_most: int = 99) -> int:
    """How many are unread, counted no further than `at_most` + 1."""
    return len(Notice.objects.filter(person=person, read_at=None).values_list("pk")[: at_most + 1])
