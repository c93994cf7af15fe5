"""Sheets too long for one answer are taken in by the worker, chunk by chunk, until somebody cancels."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from anlan.exchange import ledger, refused
from anlan.exchange.models import SheetIn, Step
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused
from anlan.people import queries as people
from anlan.people.models import User


def folder() -> Path:
    path = Path(settings.DATA_DIR) / "sheets"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(sheet: SheetIn) -> Path:
    return folder() / f"{sheet.pk}{Path(sheet.name).suffix.lower()[:6]}"


def refused_of(sheet: SheetIn) -> Path:
    return folder() / f"{sheet.pk}.refused.xlsx"


def words(reason: Reason) -> str:
    """A reason in the language of who asks."""
    text = gettext(reason.msgid)
    return text % reason.params if reason.params else text


def take_in(sheet: SheetIn, *, by: Actor, at: datetime) -> None:
    """Adopt what can be adopted, keep the report and the sheet of what was refused."""

    def going(done: int) -> bool:
        SheetIn.objects.filter(pk=sheet.pk).update(done=done)
        return not SheetIn.objects.filter(pk=sheet.pk, step=Step.CANCELLED).exists()

    mapping = ledger.Mapping.of(sheet.mapping)
    try:
        report = ledger.bring(path_of(sheet), by=by, at=at, mapping=mapping, going=going)
    except Refused as refusal:
        SheetIn.objects.filter(pk=sheet.pk).update(step=Step.FAILED, report={"failed": words(refusal.reason)})
        return
    if report.refusals:
        refused.workbook(path_of(sheet), refused_of(sheet), refusals=report.refusals, words=words)
    step = Step.CANCELLED if report.cancelled else Step.DONE
    SheetIn.objects.filter(pk=sheet.pk).update(step=step, report=report.plain(words), total=report.rows)


def run_waiting(*, at: datetime) -> int:
    """Take in the sheets that wait, in the position their sender had. Returns how many."""
    taken = 0
    for sheet in SheetIn.objects.filter(step=Step.WAITING).order_by("at")[:5]:
        if not SheetIn.objects.filter(pk=sheet.pk, step=Step.WAITING).update(step=Step.RUNNING):
            continue
        user = User.objects.filter(pk=sheet.person).first()
        by = people.actor_for(user, on=day_of(at), position=sheet.position) if user else None
        if by is None or by.position != sheet.position:
            failed = words(Reason("发送人已不在原职务,请由现任人员重新导入"))
            SheetIn.objects.filter(pk=sheet.pk).update(step=Step.FAILED, report={"failed": failed})
            continue
        take_in(sheet, by=by, at=at)
        taken += 1
    return taken
