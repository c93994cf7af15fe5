"""The house's own rules, as tests: what a reviewer would otherwise have to remember."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps

from anlan.kernel.command import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "anlan"
#: files that are one table or one mechanism and would be worse in parts
LONG = {
    "kernel/command.py": 570,
    "site/reactions.py": 460,
}
#: where a scoped table may be read whole
EVERYTHING = ("kernel/", "figures/", "demo/")
SPEAKS = ("kernel/", "site/cli.py", "site/i18n.py", "site/reference.py", "exchange/parse.py")
#: what stands at the root of every system; a folder beside these is that of somebody's own machine
USUAL = re.compile(
    r"bin|boot|dev|etc|lib(x?32|64)?|lost\+found|media|mnt|opt|proc|run|sbin|srv|sys|tmp|usr|var|home|\..*"
)
ROOTS = [f.name for f in Path("/").iterdir() if f.is_dir() and not USUAL.fullmatch(f.name)]
MACHINE = re.compile("|".join([r"/root/", r"/home/\w+", *(rf"(?<!\.)/{re.escape(name)}/" for name in ROOTS)]))


def sources(suffix: str = ".py", *, tests: bool = False) -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob(f"*{suffix}")):
        name = path.relative_to(PACKAGE).as_posix()
        if "migrations/" in name or "/static/" in name or (not tests and "/tests/" in name):
            continue
        yield name, path.read_text(encoding="utf-8")


def test_no_file_is_longer_than_four_hundred_lines():
    long = {name: text.count("\n") for name, text in sources()}
    assert not {n: c for n, c in long.items() if c > LONG.get(n, 400)}


def test_scoped_tables_are_read_whole_only_where_that_is_meant():
    found = [n for n, text in sources() if ".everything" in text and not n.startswith(EVERYTHING)]
    assert not found


def test_nothing_but_the_workflow_moves_a_state():
    moved = []
    for name, text in sources():
        if name == "kernel/command.py":
            continue
        for node in ast.walk(ast.parse(text)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(
                isinstance(t, ast.Attribute) and t.attr == "state" for t in targets
            ) and "self.state" not in (ast.unparse(node)):
                moved.append(f"{name}:{node.lineno}")
    assert not moved


def test_every_transition_has_exactly_one_command():
    flows = {c.workflow.name: c.workflow for c in COMMANDS.values()}
    for flow in flows.values():
        assert {f"{flow.name}.{t.name}" for t in flow} == {
            n for n in COMMANDS if n.startswith(f"{flow.name}.")
        }


def test_every_act_with_a_button_has_a_form():
    from anlan.hazards.forms import BY_ACT
    from anlan.hazards.workflow import HAZARD

    unlisted = {"adopt", "rehome"}  # adopt comes from sheets; rehome follows the firm
    assert {t.name for t in HAZARD} - unlisted == set(BY_ACT)


def test_nothing_prints_but_the_command_line():
    loud = [
        f"{name}:{node.lineno}"
        for name, text in sources()
        if name not in SPEAKS
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not loud


def test_templates_hold_no_script_and_no_style():
    bad = re.compile(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", re.I)
    assert not [name for name, text in sources(".html") if bad.search(text) and "/paper/" not in name]


def test_the_project_knows_no_machine_of_ours():
    named = [
        str(path.relative_to(ROOT))
        for folder in ("anlan", "docs", "tests", "bench", "scripts", "web/src", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and path.suffix in {".py", ".md", ".html", ".ts", ".css", ".csv", ""}
        and path.name != Path(__file__).name
        and MACHINE.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]  # fmt: skip
    assert not named


def test_every_module_says_what_it_is():
    silent = [
        name
        for name, text in sources()
        if text.strip() and not ast.get_docstring(ast.parse(text)) and Path(name).name not in {"apps.py", "urls.py", "wsgi.py"}
    ]  # fmt: skip
    assert not silent


def test_rules_are_pure():
    for name, text in sources():
        if name.endswith("/rules.py"):
            assert "django" not in text, name
            assert ".now()" not in text, name


def test_the_clock_is_read_only_at_the_edge():
    edges = ("pages.py", "api.py", "cli.py", "jobs.py", "middleware.py", "context.py", "journal.py", "accounts.py",
             "suspensions.py", "play.py", "forms.py", "tokens.py", "views.py", "besides.py", "__init__.py")  # fmt: skip
    read = [
        n
        for n, text in sources()
        if "timezone.now()" in text
        and Path(n).name not in edges
        and "pages" not in n
        and "templatetags" not in n
        and not Path(n).name.startswith("api_")
    ]
    assert not read


def test_every_app_has_one_way_forward():
    assert django.VERSION >= (5, 2)
    for config in apps.get_app_configs():
        if config.name.startswith("anlan.") and (Path(config.path) / "migrations").is_dir():
            numbers = [p.name[:4] for p in (Path(config.path) / "migrations").glob("0*.py")]
            assert len(numbers) == len(set(numbers)), config.name
