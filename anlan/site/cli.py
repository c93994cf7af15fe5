"""The command `anlan`.

Exit codes: 0 done; 1 something was found, refused or failed; 2 asked wrongly; 3 cannot work here (no
database, the port is taken); 141 nobody reads on (`anlan … | head`).
"""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TextIO

from anlan.site import serving

OK, FOUND, USAGE, CANNOT = 0, 1, 2, 3
#: what a shell says of a command whose reader has gone: 128 and SIGPIPE
UNREAD = 141


def say(*words: Any) -> None:
    """To the person at the terminal."""
    _tell(sys.stdout, *words)


def complain(*words: Any) -> None:
    _tell(sys.stderr, *words)


def _tell(out: TextIO, *words: Any, end: str = "\n") -> None:
    """Raises SystemExit where nobody reads on; what is left is written to nowhere, by the interpreter's end too."""
    try:
        print(*words, file=out, end=end, flush=True)
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
        raise SystemExit(UNREAD) from None


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        return _run(argv)
    finally:
        _tell(sys.stdout, end="")


def _run(argv: Sequence[str] | None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.site.settings")
    p = parser()
    asked = p.parse_args(argv)
    if not getattr(asked, "run", None):
        p.print_help()
        return USAGE
    try:
        import django

        django.setup()
    except Exception as error:
        complain(f"配置有误,无法启动:{error}")
        return CANNOT
    from django.db.utils import OperationalError, ProgrammingError

    from anlan.kernel.words import Refused

    try:
        return asked.run(asked) or OK
    except Refused as refusal:
        complain(str(refusal.reason))
        return FOUND
    except (OperationalError, ProgrammingError) as error:
        complain(f"数据库无法使用:{error}\n请检查 DATABASE_URL,或先运行 anlan migrate")
        return CANNOT
    except KeyboardInterrupt:
        return FOUND


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    p = argparse.ArgumentParser(
        prog="anlan", description="安澜:安全生产隐患治理系统", epilog="每个命令用 --help 查看说明。"
    )
    p.add_argument("--version", action="version", version=f"anlan {_version()}")
    sub = p.add_subparsers(title="命令", metavar="命令")

    def add(name: str, run: Callable[[argparse.Namespace], int | None], help: str) -> argparse.ArgumentParser:
        c = sub.add_parser(name, help=help, description=help)
        c.set_defaults(run=run)
        return c

    for c in (add("serve", _serve, "提供服务"),):
        _serving(c)
        c.add_argument("--workers", type=int, default=2, help="工作进程数,缺省2")
        c.add_argument("--no-migrate", action="store_true", help="启动时不更新数据库结构")
        c.add_argument("--no-work", action="store_true", help="不在本进程内运行定时任务(另行运行 anlan work)")
    add("work", _work, "运行定时任务:汇总、封存、提醒、清理")
    c = add("migrate", _migrate, "更新数据库结构")
    c = add("demo", _demo, "装入演示城市并提供服务;已有数据时保留")
    _serving(c)
    c.add_argument("--no-serve", action="store_true", help="只装入,不提供服务")
    c.add_argument("--fresh", action="store_true", help="清空演示数据,重新装入")
    c.add_argument("--seed", type=int, default=2019, help="随机种子,缺省2019")
    c.add_argument(
        "--scale",
        type=_scale,
        default=1.0,
        help="2019年秋的规模,0.001至10,缺省1,即全市(1.2GB):先用小城提供服务,装好后自动换上;0为只有今天的四十家企业",
    )
    c.add_argument("--switch", action="store_true", help="换上已装好的整座城市,现有数据移到 small/")
    c = add("import", _import, "导入隐患台账、企业、人员表(.xlsx .xls .csv)")
    c.add_argument("file", type=Path)
    c.add_argument("--as", dest="user", required=True, help="以谁的身份导入(用户名)")
    c.add_argument("--kind", default="", help="表的种类:hazards、enterprises、people;不填则按表头识别")
    c.add_argument("--mapping", type=Path, help="对应关系(JSON)")
    c.add_argument("--dry-run", action="store_true", help="只检查,不登记")
    c.add_argument("--json", action="store_true", help="以JSON输出")
    c.add_argument("--refused", type=Path, help="未接收的行写到这个 .xlsx,改好后可再次导入")
    c.add_argument("--passwords", type=Path, help="人员表:新账号的一次性密码写到这个 .xlsx")
    c = add("export", _export, "导出隐患台账、清单或企业(.csv .xlsx)")
    c.add_argument("file", type=Path)
    c.add_argument("--as", dest="user", required=True, help="以谁的身份导出(用户名)")
    c.add_argument("--table", default="form21", help="导出哪张表,缺省form21(可再导入的21栏台账);另有 hazards、risks、"
                   "assignments、leaders、acceptance、enterprises")  # fmt: skip
    c.add_argument("--query", default="", help="筛选和栏目,同列表地址里“?”之后的部分")
    c = add("figures", _figures, "统计指标")
    c.add_argument("--codes", default="", help="指标代码,以逗号分开;不填为全部")
    c.add_argument(
        "--split", default="", help="细分:sector source grade system day week month hour organisation"
    )
    _about(c)
    c = add("bulletin", _bulletin, "通报的统计段落")
    _about(c)
    c = add("verify", _verify, "校验:日志、记录、封存、统计、影像是否一致")
    c.add_argument("--json", action="store_true")
    add("reindex", _reindex, "重建搜索索引")
    c = add("backup", _backup, "备份数据库和影像到一个文件")
    c.add_argument("file", type=Path)
    c = add("restore", _restore, "从备份恢复到空的数据库")
    c.add_argument("file", type=Path)
    c.add_argument("--force", action="store_true", help="覆盖现有数据")
    c = add("user", _user, "账号")
    c.add_argument("what", choices=["add", "reset", "list", "unlock"])
    c.add_argument("username", nargs="?", default="")
    c.add_argument("--name", default="", help="姓名(add)")
    c.add_argument("--administrator", action="store_true", help="同时任命为系统管理员(add)")
    return p


def _scale(text: str) -> float:
    """0, or from a thousandth of the city to ten cities."""
    value = float(text)
    if value and not 0.001 <= value <= 10:
        raise argparse.ArgumentTypeError("规模须为0,或在0.001与10之间")
    return value


def _version() -> str:
    try:
        return version("anlan")
    except PackageNotFoundError:
        return "0"


def _serving(c: argparse.ArgumentParser) -> None:
    c.add_argument("--host", default="127.0.0.1")
    c.add_argument("--port", type=int, default=8000)


def _about(c: argparse.ArgumentParser) -> None:
    """Which place, which period, whose: what every question about figures says."""
    c.add_argument("--place", default="4101", help="地方代码,缺省4101(郑州市)")
    c.add_argument(
        "--period", default="", help="期间名称,如 mid-autumn-2019、2019-08、to-date(代替 --from、--to)"
    )
    c.add_argument("--from", dest="start", type=date.fromisoformat, help="起始日(含),如2019-09-13")
    c.add_argument("--to", dest="end", type=date.fromisoformat, help="截止日(含)")
    c.add_argument("--system", default="", help="口径,如 emergency(应急管理系统);不填为全部系统")
    c.add_argument("--json", action="store_true", help="以JSON输出")


# -- serving ---------------------------------------------------------------------------------------


def _refuse_taken(asked: argparse.Namespace) -> int:
    complain(f"端口{asked.port}已被占用:请先停止占用它的程序,或用 --port 另选一个。"
             f"\nPort {asked.port} is taken: stop what uses it, or choose another with --port.")  # fmt: skip
    return CANNOT


def _serve(asked: argparse.Namespace) -> int:
    if serving.taken(asked.host, asked.port):
        return _refuse_taken(asked)
    if not asked.no_migrate:
        _migrate(asked)
    say(f"安澜 http://{asked.host}:{asked.port}/  (Ctrl+C 停止)")
    ended = serving.foreground(asked.host, asked.port, workers=asked.workers, work=not asked.no_work)
    return OK if ended else FOUND


def _work(asked: argparse.Namespace) -> int:
    from anlan.site import jobs

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    jobs.loop(stopping)
    return OK


def _migrate(asked: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return OK


def _demo(asked: argparse.Namespace) -> int:
    if not asked.no_serve and serving.taken(asked.host, asked.port):
        return _refuse_taken(asked)
    from anlan.demo import play
    from anlan.site import growing

    if asked.switch:
        growing.take()
        say("已换上整座城市,原来的数据保留在 small/")
    if not asked.fresh:
        _migrate(asked)
    whole = None
    if not asked.no_serve:
        whole = growing.wanted(asked.seed, asked.scale, fresh=asked.fresh, say=say)
    if whole is not None:
        whole.begin()
    logins = play.run(
        seed=asked.seed, autumn=0 if whole is not None else asked.scale, fresh=asked.fresh, tell=_progress()
    )
    say(play.table(logins))
    if asked.no_serve:
        return OK
    say(f"\n安澜 http://{asked.host}:{asked.port}/  (Ctrl+C 停止)")
    if whole is None:
        return OK if serving.foreground(asked.host, asked.port, workers=2, work=True) else FOUND
    whole.remember()
    say("现在可以登录使用。2019年秋的整座城市(六万家企业)正在另一个文件夹里装入,装好后自动换上")
    with serving.until_told():
        return growing.serve(
            whole, start=lambda: serving.children(asked.host, asked.port, workers=2, work=True),
            told=lambda: play.table(play.logins()), say=say,
        )  # fmt: skip
    return OK


def _progress() -> Callable[[str, int, int], None]:
    """A bar on a terminal; on anything else one line per tenth."""
    last = {"": -1}

    def tell(what: str, done: int, total: int) -> None:
        part = 0 if not total else min(100, 100 * done // total)
        if sys.stderr.isatty():
            bar = "█" * (part // 4) + "░" * (25 - part // 4)
            print(
                f"\r{bar} {part:3d}% {what} {done:,}/{total:,}\033[K",
                end="\n" if done >= total else "",
                file=sys.stderr,
            )
        elif part // 10 != last.get(what, -1):
            last[what] = part // 10
            complain(f"{part:3d}% {what} {done:,}/{total:,}")

    return tell


# -- data ------------------------------------------------------------------------------------------


def _import(asked: argparse.Namespace) -> int:
    from anlan.exchange import cli

    return cli.bring(
        asked.file, username=asked.user, mapping=asked.mapping, dry_run=asked.dry_run, as_json=asked.json,
        refused_to=asked.refused, kind=asked.kind, passwords_to=asked.passwords, say=say,
    )  # fmt: skip


def _export(asked: argparse.Namespace) -> int:
    from anlan.exchange import cli

    return cli.take_out(asked.file, username=asked.user, table=asked.table, query=asked.query, say=say)


def _figures(asked: argparse.Namespace) -> int:
    from anlan.figures import cli

    cli.figures(asked, say=say)
    return OK


def _bulletin(asked: argparse.Namespace) -> int:
    from anlan.figures import cli

    cli.bulletin(asked, say=say)
    return OK


def _verify(asked: argparse.Namespace) -> int:
    from django.utils import timezone

    from anlan.site import jobs, verify

    started = timezone.now()
    report = verify.run()
    jobs.remember("verify", started=started, ok=report.holds, result=verify.summary(report))
    if asked.json:
        say(json.dumps({
            "holds": report.holds, "entries": report.entries, "subjects": report.subjects, "records": report.records,
            "cells": report.cells, "seals": report.seals, "unsealed": report.unsealed, "last_root": report.last_root,
            "findings": [{"kind": f.kind, "subject": f.subject, "what": str(f.reason)} for f in report.findings],
        }, ensure_ascii=False))  # fmt: skip
    else:
        for finding in report.findings:
            say("✗", finding.reason)
        say(verify.summary(report))
    return OK if report.holds else FOUND


def _reindex(asked: argparse.Namespace) -> int:
    from anlan.kernel import search
    from anlan.kernel.scope import SYSTEM, acting_as

    with acting_as(SYSTEM):
        for source in search.SOURCES.values():
            say(f"{source.model._meta.model_name}:{search.rebuild(source)}")
    return OK


def _backup(asked: argparse.Namespace) -> int:
    from django.utils import timezone

    from anlan.site import backup

    say(backup.backup(asked.file, at=timezone.now()))
    return OK


def _restore(asked: argparse.Namespace) -> int:
    from anlan.site import backup

    say(backup.restore(asked.file, force=asked.force))
    return OK


def _user(asked: argparse.Namespace) -> int:
    from anlan.site import accounts

    return accounts.run(asked, say=say, complain=complain)
