"""`anlan import` and the actor of `anlan export`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from anlan.exchange import intake, jobs, out, reading, refused
from anlan.exchange.kinds import KINDS
from anlan.exchange.mapping import Mapping, remember, remembered
from anlan.exchange.report import Report
from anlan.kernel import accesslog
from anlan.kernel.canonical import digest
from anlan.kernel.clock import day_of
from anlan.kernel.scope import acting_as
from anlan.kernel.tablepage import COLUMN
from anlan.kernel.tables import TABLES
from anlan.kernel.words import Reason, Refused
from anlan.people import queries as people

SHOWN = 20


def actor(username: str) -> Any:
    """Somebody as he acts today. Refused for an unknown or closed account."""
    user = people.user_named(username)
    if user is None or not user.is_active:
        raise Refused(Reason("没有可用的账号“%(name)s”,请核对用户名", {"name": username}))
    return people.actor_for(user, on=day_of(timezone.now()), position=user.acting_position)


def bring(
    path: Path, *, username: str, mapping: Path | None, dry_run: bool, as_json: bool, refused_to: Path | None,
    say: Callable[..., None], kind: str = "", passwords_to: Path | None = None,
) -> int:  # fmt: skip
    """Import a sheet. 0 where every row was accepted, 1 where some were refused.

    `passwords_to`: where the one-time passwords of accounts go; a sheet of people is refused without it.
    """
    if not path.is_file():
        raise Refused(Reason("没有这个文件:%(path)s", {"path": str(path)}))
    by, now = actor(username), timezone.now()
    kind, said = _mapping(path, mapping, by=by, kind=kind, keep=not dry_run)
    if kind == "people" and not dry_run and passwords_to is None:
        raise Refused(Reason("请用 --passwords 指定一次性密码写到哪个文件"))
    report = intake.bring(path, by=by, at=now, kind=kind, mapping=said, dry_run=dry_run)
    if refused_to is not None and report.refusals:
        with acting_as(by):
            lists = jobs.lists_for(report.kind, on=now)
        refused.workbook(path, refused_to, kind=KINDS[report.kind], refusals=report.refusals, lists=lists)
    if passwords_to is not None and report.opened:
        refused.passwords(passwords_to, opened=report.opened)
    if as_json:
        say(json.dumps(report.plain(), ensure_ascii=False))
    else:
        _tell(report, dry_run=dry_run, refused_to=refused_to, say=say)
    return 1 if report.refusals else 0


def _mapping(path: Path, file: Path | None, *, by: Any, kind: str, keep: bool) -> tuple[str, Mapping]:
    """The kind of the sheet, and what the file says over what this person chose before.

    Kept for the next time, unless nothing is to change.
    """
    given = Mapping()
    if file is not None:
        try:
            given = Mapping.of(json.loads(file.read_text(encoding="utf-8-sig")))
        except (OSError, ValueError) as error:
            raise Refused(Reason("无法读取对应关系文件:%(path)s", {"path": str(file)})) from error
    with reading.opened(path, kinds=intake.kinds_for(by, kind)) as sheet:
        which = {"kind": sheet.kind.name, "headers": digest("|".join(sheet.fields))}
        if strangers := [f for f in given.columns.values() if f and f not in sheet.kind.by_name]:
            raise Refused(
                Reason("对应关系里没有“%(field)s”这个字段,可用的有:%(known)s",
                       {"field": strangers[0], "known": "、".join(sheet.kind.by_name)}), "mapping",
            )  # fmt: skip
    said = given.over(remembered(by.id, **which))
    if file is not None and keep:
        remember(by.id, **which, mapping=said)
    return which["kind"], said


def _tell(report: Report, *, dry_run: bool, refused_to: Path | None, say: Callable[..., None]) -> None:
    would = "(试导入,未登记)" if dry_run else ""
    say(f"共{report.rows}行:接收{report.accepted}行(新增{report.new},已有{report.already_present}),"
        f"未接收{report.refused}行{would}")  # fmt: skip
    for note in report.notes:
        say(f"  {note}")
    for number, why in report.skipped[:SHOWN]:
        say(f"  跳过第{number}行:{why}")
    for c in report.changed[:SHOWN]:
        say(f"  第{c.row}行已登记为{c.number},“{c.column}”现写“{c.value}”:{c.stands}。导入没有修改它")
    if len(report.changed) > SHOWN:
        say(f"  ……另有{len(report.changed) - SHOWN}行与台账不同")
    for r in report.refusals[:SHOWN]:
        say(f"  第{r.row}行“{r.column}”:{r.reason}。{r.remedy}")
    if len(report.refusals) > SHOWN:
        say(f"  ……另有{len(report.refusals) - SHOWN}处")
    if refused_to is not None and report.refusals:
        say(f"未接收的行已写入 {refused_to},改好后可再次导入")


def take_out(path: Path, *, username: str, table: str, query: str, say: Callable[..., None]) -> int:
    """Write a table to a file as this person may see it. The export is logged."""
    made, form = TABLES.get(table), path.suffix.lower().lstrip(".")
    if made is None:
        known = "、".join(sorted(TABLES))
        raise Refused(Reason("没有名为“%(name)s”的表,可用:%(known)s", {"name": table, "known": known}))
    if form not in out.FORMS:
        raise Refused(Reason("文件名须以 .csv 或 .xlsx 结尾:%(path)s", {"path": path.name}))
    by, now, said = actor(username), timezone.now(), QueryDict(query)
    with acting_as(by):
        rows = made.listing(made.asked(said), by, day_of(now)).ordered()
        n = out.write(path, form=form, table=made, columns=made.chosen(said.getlist(COLUMN)), rows=rows)
    accesslog.note(by=by, at=now, what="export", kind=made.kind, subject=None, count=n)
    accesslog.flush(force=True)
    say(f"已导出{n}条到 {path}")
    return 0
