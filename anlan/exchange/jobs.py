"""Sheets too long for one answer are taken in by the worker, chunk by chunk, until somebody stops them.

What was taken in stays; the same sheet goes on where it stopped, because a row is taken once.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from anlan.exchange import intake, refused
from anlan.exchange.kinds import KINDS
from anlan.exchange.kinds.base import Vocabulary
from anlan.exchange.mapping import Mapping
from anlan.exchange.models import SheetIn, Step
from anlan.exchange.report import Report, stored
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.told import told
from anlan.kernel.words import Reason, Refused
from anlan.people import queries as people
from anlan.people.models import User

#: a worker that has not said for so long that it goes on has ended
SILENT = timedelta(minutes=3)
FETCHED_WITHIN = timedelta(days=1)
#: how long a sheet and what was refused of it can be fetched
KEPT = timedelta(days=30)
WAITS = Q(step=Step.WAITING)


def folder() -> Path:
    path = Path(settings.DATA_DIR) / "sheets"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(sheet: SheetIn) -> Path:
    return folder() / f"{sheet.pk}{Path(sheet.name).suffix.lower()[:6]}"


def refused_of(sheet: SheetIn) -> Path:
    return folder() / f"{sheet.pk}.refused.xlsx"


def passwords_of(sheet: SheetIn) -> Path:
    return folder() / f"{sheet.pk}.passwords.xlsx"


def lists_for(kind_name: str, *, on: datetime) -> dict[str, list[str]]:
    """header of the form → the values one can choose from, as they are in force."""
    kind = KINDS[kind_name]
    vocabularies: dict[str, Vocabulary] = kind.reader.vocabularies_on(day_of(on))
    lists = {}
    for field in kind.fields:
        if field.values and field.values in vocabularies:
            for header in field.also:
                lists[header] = [str(label) for _code, label in vocabularies[field.values].choices]
    return lists


def take_in(sheet: SheetIn, *, by: Actor, at: datetime) -> None:
    """Take in what can be, keep the report and the sheet of what was refused."""
    mine = SheetIn.objects.filter(pk=sheet.pk)

    def going(done: int, total: int) -> bool:
        mine.update(done=done, beat=timezone.now())
        return not mine.filter(step=Step.CANCELLED).exists()

    try:
        report = intake.bring(
            path_of(sheet), by=by, at=at, kind=sheet.kind, mapping=Mapping.of(sheet.mapping), going=going
        )
    except Refused as refusal:
        mine.update(step=Step.FAILED, report={"failed": stored(refusal.reason)})
        return
    _send_back(sheet, report, by=by, at=at)
    mine.update(
        step=Step.CANCELLED if report.cancelled else Step.DONE, report=report.kept() | {"samples": {}}, done=report.rows,
        total=report.rows + report.left,
    )  # fmt: skip


def _send_back(sheet: SheetIn, report: Report, *, by: Actor, at: datetime) -> None:
    refused_of(sheet).unlink(missing_ok=True)
    if report.opened:
        refused.passwords(passwords_of(sheet), opened=report.opened)
    if report.refusals:
        with acting_as(by):
            lists = lists_for(sheet.kind, on=at)
        refused.workbook(
            path_of(sheet), refused_of(sheet), kind=KINDS[sheet.kind], refusals=report.refusals, lists=lists,
            words=told,
        )  # fmt: skip


def _forget(at: datetime) -> None:
    """Files are not kept for ever; one-time passwords that nobody fetched within a day are gone."""
    for pattern, term in (("*.passwords.xlsx", FETCHED_WITHIN), ("*", KEPT)):
        for path in folder().glob(pattern):
            if path.stat().st_mtime < (at - term).timestamp():
                path.unlink(missing_ok=True)


def run_waiting(*, at: datetime) -> int:
    """Take in the sheets that wait, in the position their sender had. Returns how many."""
    _forget(at)
    taken = 0
    silent = Q(step=Step.RUNNING, beat__lt=at - SILENT)
    for sheet in SheetIn.objects.filter(WAITS | silent).order_by("at")[:5]:
        if not SheetIn.objects.filter(WAITS | silent, pk=sheet.pk).update(step=Step.RUNNING, beat=at):
            continue
        user = User.objects.filter(pk=sheet.person).first()
        by = people.actor_for(user, on=day_of(at), position=sheet.position) if user else None
        if by is None or user is None or not user.is_active or by.position != sheet.position:
            failed = Reason("发送人已不在原职务,请由现任人员重新导入")
            SheetIn.objects.filter(pk=sheet.pk).update(step=Step.FAILED, report={"failed": stored(failed)})
            continue
        take_in(sheet, by=by, at=at)
        taken += 1
    return taken
