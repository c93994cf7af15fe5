"""The reference pages that are printed from the code: `python -m anlan.site.reference write|check`."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "reference"
PRINTED = "<!-- Printed by `make docs`. Do not edit by hand. -->\n\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |\n"

    return line(head) + line(["---"] * len(head)) + "".join(line(r) for r in rows)


def indicators() -> str:
    """Every indicator: code, labels, unit, what is counted, by which date, where it is used."""
    from django.utils.translation import override

    from anlan.figures.indicators import INDICATORS

    rows = []
    for i in INDICATORS.values():
        with override("en"):
            english = str(i.label)
        rows.append(
            [f"`{i.code}`", str(i.label), english, str(i.unit), str(i.definition), str(i.counted_by), i.term]
        )
    return "# Indicators\n\n" + _table(
        ["code", "指标", "English", "unit", "定义", "counted by", "used in"], rows
    )


def roles() -> str:
    """Every role with its levels and capabilities."""
    from anlan.people.roles import INCOMPATIBLE, ROLES

    rows = [
        [f"`{r.code}`", str(r.label), ", ".join(sorted(r.levels)), ", ".join(f"`{c}`" for c in sorted(r.can)),
         "yes" if r.dated else ""]
        for r in ROLES.values()
    ]  # fmt: skip
    text = "# Roles\n\n" + _table(["role", "中文", "levels", "may", "dated"], rows)
    text += "\n## Never held by one person on the same day\n\n"
    for one, rest in INCOMPATIBLE:
        text += f"- {', '.join(sorted(one))} — {', '.join(sorted(rest))}\n"
    return text


def workflows() -> str:
    """Every workflow as a table of acts and a diagram of states."""
    from anlan.kernel.command import COMMANDS

    flows = {command.workflow.name: command.workflow for command in COMMANDS.values()}
    text = "# Workflows\n\n"
    for name, flow in sorted(flows.items()):
        rows = [
            [f"`{t.name}`", str(t.label), ", ".join(sorted(str(s) for s in t.source)) or "–",
             ", ".join(str(s) for s in t.targets) or "same", f"`{t.needs}`", t.law]
            for t in flow
        ]  # fmt: skip
        text += f"## {name}\n\n" + _table(["act", "中文", "from", "to", "needs", "law"], rows)
        text += f"\n```mermaid\n{flow.mermaid()}\n```\n\n"
    return text


_VARIABLE = re.compile(
    r'(?:environ\.get|_flag|environ)\(?\[?\s*"((?:ANLAN_|DATABASE_)[A-Z_]+)"(?:,\s*([^)\n]+))?'
)
MEANT = {
    "ANLAN_ACT_RATE": "forms a minute that one person may send to one machine; 0 sets no limit",
    "ANLAN_API_RATE": "requests a minute that one API token may make of one machine",
    "ANLAN_DATA_DIR": "where the SQLite file, photos and secrets are kept",
    "ANLAN_ENV": "`demo` or `production`; in production demo logins do not work and cookies are secure",
    "ANLAN_EVIDENCE_DIR": "where photos are kept",
    "ANLAN_FONTS_DIR": "a folder with official fonts (仿宋_GB2312, 方正小标宋), used before the bundled ones",
    "ANLAN_HOSTS": "host names that are answered, comma-separated; required in production",
    "ANLAN_LOG_LEVEL": "Python's log level",
    "ANLAN_ORIGINS": "origins trusted for forms behind a proxy, comma-separated, with scheme",
    "ANLAN_PROXIES": "addresses or networks of the proxies in front, comma-separated; only they may say who asked",
    "ANLAN_SESSION_ABSOLUTE": "seconds after which everybody signs in again",
    "ANLAN_SESSION_IDLE": "seconds without a request after which somebody signs in again",
    "ANLAN_SSL_REDIRECT": "whether plain HTTP is sent to HTTPS in production",
    "ANLAN_WEEK_STARTS": "weekday on which a reporting week begins, Monday 0 (Friday: 4)",
    "ANLAN_STATEMENT_TIMEOUT": "seconds after which PostgreSQL gives up a statement",
    "DATABASE_URL": "`sqlite:////absolute/file` or `postgres://user:password@host:port/name`",
}


def configuration() -> str:
    """Every variable of the environment that the settings read."""
    source = (ROOT / "anlan" / "site" / "settings.py").read_text(encoding="utf-8")
    found = {m.group(1): (m.group(2) or "").strip() for m in _VARIABLE.finditer(source)}
    rows = [
        [f"`{name}`", f"`{default}`" if default else "", MEANT.get(name, "")]
        for name, default in sorted(found.items())
    ]
    return "# Configuration\n\nRead once at start, from the environment.\n\n" + _table(
        ["variable", "default", "meaning"], rows
    )


def commands() -> str:
    """Every command of `anlan` with its arguments, as its own parser knows them."""
    import argparse

    from anlan.site.cli import parser

    text = "# Commands\n\nExit codes: 0 done; 1 something was found, refused or failed; 2 asked wrongly; "
    text += "3 cannot work here (no database, the port is taken); 141 nobody reads on (`anlan … | head`).\n\n"
    (subs,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    for name, command in subs.choices.items():
        rows = [
            [
                f"`{', '.join(a.option_strings) or a.dest}`",
                "" if a.default in (None, False, "==SUPPRESS==") else str(a.default),
                str(a.help or ""),
            ]
            for a in command._actions
            if not isinstance(a, argparse._HelpAction)
        ]
        text += f"## anlan {name}\n\n{command.description}\n\n"
        text += _table(["argument", "default", "meaning"], rows) + "\n" if rows else ""
    return text


PAGES: dict[str, Callable[[], str]] = {
    "indicators.md": indicators, "roles.md": roles, "workflows.md": workflows,
    "configuration.md": configuration, "commands.md": commands,
}  # fmt: skip


def main(what: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.site.settings")
    import django

    from anlan.site import i18n

    i18n.compile_()  # the English is read from the compiled catalogue, which may be older than its source
    django.setup()
    stale = []
    for name, page in PAGES.items():
        text, path = PRINTED + page().rstrip() + "\n", FOLDER / name
        if what == "write":
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    from anlan.site import client

    printed = ROOT / client.PATH
    if what == "write":
        printed.write_text(client.text(), encoding="utf-8")
    elif not printed.exists() or printed.read_text(encoding="utf-8") != client.text():
        stale.append(f"../../{client.PATH}")
    for name in stale:
        sys.stdout.write(f"docs/reference/{name} is out of date: run make docs\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
