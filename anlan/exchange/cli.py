"""`anlan import` and `anlan export`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from anlan.exchange import ledger, refused
from anlan.kernel.clock import day_of
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
    say: Callable[..., None],
) -> int:  # fmt: skip
    """Import a ledger. 0 where every row was accepted, 1 where some were refused."""
    if not path.is_file():
        raise Refused(Reason("没有这个文件:%(path)s", {"path": str(path)}))
    said = ledger.Mapping()
    if mapping is not None:
        try:
            said = ledger.Mapping.of(json.loads(mapping.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise Refused(Reason("无法读取对应关系文件:%(path)s", {"path": str(mapping)})) from error
    report = ledger.bring(path, by=actor(username), at=timezone.now(), mapping=said, dry_run=dry_run)
    if refused_to is not None and report.refusals:
        refused.workbook(path, refused_to, refusals=report.refusals)
    if as_json:
        say(json.dumps(report.plain(), ensure_ascii=False))
    else:
        would = "(试导入,未登记)" if dry_run else ""
        say(f"共{report.rows}行:接收{report.accepted}行(新增{report.new},已有{report.already_present}),"
            f"未接收{report.refused}行{would}")  # fmt: skip
        for r in report.refusals[:SHOWN]:
            say(f"  第{r.row}行“{r.column}”:{r.reason}。{r.remedy}")
        if len(report.refusals) > SHOWN:
            say(f"  ……另有{len(report.refusals) - SHOWN}处")
        if refused_to is not None and report.refusals:
            say(f"未接收的行已写入 {refused_to},改好后可再次导入")
    return 1 if report.refusals else 0
