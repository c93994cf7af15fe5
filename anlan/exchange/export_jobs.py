"""Exports are made by the worker, or at once when they are short. Who asked is looked up again each time:
when it is made, and when it is taken away.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from anlan.exchange import out
from anlan.exchange.exports import Export, Stage
from anlan.kernel import accesslog
from anlan.kernel.canonical import digest
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.tables import TABLES, Listing, Table
from anlan.kernel.told import told
from anlan.kernel.words import Reason, Refused
from anlan.people import queries as people
from anlan.people.models import User

KEPT = timedelta(days=3)
#: rows made while the person waits; longer ones are left to the worker
AT_ONCE = 2000
MOST_WAITING = 5

GONE = Reason("您已不在导出时的职务,不能再下载。请以现在的职务重新导出")
CHANGED = Reason("您的职责范围在导出后有变化,不能再下载。请重新导出")
EXPIRED = Reason("文件已过期并删除,请重新导出")
NOT_READY = Reason("文件还没有生成,请稍候")
TOO_MANY = Reason("已有%(n)s个导出在排队,请等它们完成或先取消", {"n": MOST_WAITING})

#: papers that are one file each: form → (path, asked, by, at) → None
PAPERS: dict[str, Callable[[Path, Mapping[str, Any], Actor, datetime], None]] = {}


def folder() -> Path:
    path = Path(settings.DATA_DIR) / "exports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(export: Export) -> Path:
    return folder() / f"{export.pk}.{export.form}"


def scope_of(actor: Actor) -> str:
    """Whose rows: what the position reaches, as a short hash."""
    sectors = sorted(actor.sectors) if actor.sectors is not None else None
    reach = (actor.id, actor.position, actor.level, actor.code, sectors, actor.organisation, actor.may("see"))
    return digest(repr(reach))


def ask(
    *, table: str, asked: dict[str, str], columns: list[str], form: str, name: str, by: Actor, at: datetime, language: str
) -> Export:  # fmt: skip
    """Put an export on the list; short ones are made at once. Raises Refused where too many wait."""
    waiting = Export.objects.filter(person=by.id, stage__in=(Stage.WAITING, Stage.RUNNING))
    if waiting.count() >= MOST_WAITING:
        raise Refused(TOO_MANY)
    export = Export(
        person=by.id, position=by.position, scope=scope_of(by), table=table, asked=asked, columns=columns, form=form,
        language=language, name=name[:120], at=at, expires=at + KEPT,
    )  # fmt: skip
    with acting_as(by):
        small = table not in TABLES or _listing(export, by).rows.order_by()[: AT_ONCE + 1].count() <= AT_ONCE
        export.save()
        if small:
            make(export, by=by)
            export.refresh_from_db()
    return export


def _listing(export: Export, by: Actor) -> Listing:
    return TABLES[export.table].listing(export.asked, by, day_of(export.at))


def make(export: Export, *, by: Actor) -> None:
    """Make the file as this person, now."""
    mine = Export.objects.filter(pk=export.pk)
    if not mine.filter(stage=Stage.WAITING).update(stage=Stage.RUNNING):
        return

    def going(done: int) -> bool:
        return bool(mine.filter(stage=Stage.RUNNING).update(done=done))

    path = path_of(export)
    try:
        with acting_as(by), override(export.language):
            n = _paper(export, path, by) if export.table in PAPERS else _table(export, path, by, going)
    except out.Stopped:
        return
    except Refused as refusal:
        mine.update(stage=Stage.FAILED, failed=told(refusal.reason))
        return
    except Exception:
        mine.update(stage=Stage.FAILED, failed=gettext("系统出错,没有完成。请稍后再试。"))
        raise
    if not mine.filter(stage=Stage.RUNNING).update(
        stage=Stage.DONE, done=n, total=n, bytes=path.stat().st_size
    ):
        path.unlink(missing_ok=True)  # cancelled at the last moment


def _paper(export: Export, path: Path, by: Actor) -> int:
    PAPERS[export.table](path, export.asked, by, export.at)
    return 1


def _table(export: Export, path: Path, by: Actor, going: out.Going) -> int:
    table: Table = TABLES[export.table]
    listing = _listing(export, by)
    Export.objects.filter(pk=export.pk).update(total=listing.rows.order_by().count())
    if table.chinese:
        with override("zh-hans"):
            return _written(export, path, table, listing, going)
    return _written(export, path, table, listing, going)


def _written(export: Export, path: Path, table: Table, listing: Listing, going: out.Going) -> int:
    return out.write(
        path, form=export.form, table=table, columns=table.chosen(export.columns), rows=listing.ordered(),
        going=going,
    )  # fmt: skip


def still(export: Export, *, at: datetime) -> Actor:
    """Whoever asked for it, as he acts now in the same position with the same reach. Raises Refused."""
    user = User.objects.filter(pk=export.person).first()
    open_ = user is not None and user.is_active
    by = people.actor_for(user, on=day_of(at), position=export.position) if user and open_ else None
    if by is None or by.position != export.position or not by.can:
        raise Refused(GONE)
    if scope_of(by) != export.scope:
        raise Refused(CHANGED)
    return by


def taken_away(export: Export, *, at: datetime, address: str = "") -> Path:
    """The file, if the right to it still stands; the log says who took how much. Raises Refused."""
    if export.expires <= at or export.stage == Stage.EXPIRED:
        raise Refused(EXPIRED)
    if export.stage != Stage.DONE or not path_of(export).exists():
        raise Refused(NOT_READY)
    by = still(export, at=at)
    kind = TABLES[export.table].kind if export.table in TABLES else export.table
    accesslog.note(by=by, at=at, what="export", kind=kind, subject=None, count=export.done, address=address)
    accesslog.flush(force=True)
    return path_of(export)


def cancel(export: Export) -> None:
    Export.objects.filter(pk=export.pk, stage__in=(Stage.WAITING, Stage.RUNNING)).update(
        stage=Stage.CANCELLED
    )


def run_waiting(*, at: datetime) -> int:
    """Make what waits, each as the person who asked; throw away what has expired. Returns how many."""
    made = 0
    for export in Export.objects.filter(stage=Stage.WAITING).order_by("at")[:5]:
        try:
            by = still(export, at=at)
        except Refused as refusal:
            with override(export.language):
                failed = told(refusal.reason)
            Export.objects.filter(pk=export.pk).update(stage=Stage.FAILED, failed=failed)
            continue
        make(export, by=by)
        made += 1
    for export in Export.objects.filter(expires__lte=at).exclude(stage=Stage.EXPIRED)[:100]:
        path_of(export).unlink(missing_ok=True)
        Export.objects.filter(pk=export.pk).update(stage=Stage.EXPIRED)
    return made
