"""The words of the loop: states, grades, tracks. State is what somebody decided; lateness is arithmetic."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    REGISTERED = "REGISTERED", _("已登记")
    GRADING = "GRADING", _("待定级")
    ASSIGNED = "ASSIGNED", _("已交办")
    RECTIFYING = "RECTIFYING", _("整改中")
    REVIEW = "REVIEW", _("待验收")
    CLOSED = "CLOSED", _("已销号")
    VOID = "VOID", _("作废")
    MERGED = "MERGED", _("已合并")


class Grade(models.TextChoices):
    """Ungraded is a class of its own: general + major + ungraded = found."""

    UNGRADED = "UNGRADED", _("未定级")
    GENERAL = "GENERAL", _("一般隐患")
    MAJOR = "MAJOR", _("重大隐患")


class Track(models.TextChoices):
    """Who found it decides who accepts it."""

    OWN = "OWN", _("企业自查")
    FOUND = "FOUND", _("检查发现")


class Basis(models.TextChoices):
    """On what a closure rests. Imported ones stand apart in every rate."""

    ACCEPTED = "ACCEPTED", _("验收销号")
    OWN = "OWN", _("企业内部验收")
    ON_SPOT = "ON_SPOT", _("当场整改")
    IMPORTED = "IMPORTED", _("导入,原系统已办结")


class Handing(models.TextChoices):
    """Kinds of assignment."""

    HAND_OVER = "HAND_OVER", _("交办")
    PASS_ON = "PASS_ON", _("转办")
    TRANSFER = "TRANSFER", _("移送")


OPEN = frozenset({State.REGISTERED, State.GRADING, State.ASSIGNED, State.RECTIFYING, State.REVIEW})
GONE = (State.VOID, State.MERGED)


def number_of(county: str, found_on: date | None, pk: int) -> str:
    """A hazard's number for people: unit, year and a running number that is never given twice."""
    return f"{county}-{found_on.year}-{pk:07d}" if found_on else "—"
