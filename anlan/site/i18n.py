"""The catalogues, by Babel: `python -m anlan.site.i18n update|check|compile`.

Messages are the Chinese sentences themselves, so Chinese needs no catalogue and English must be
complete: a sentence without English is an error, not a gap. GNU gettext is not needed.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
ENGLISH = PACKAGE / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
#: how a message is marked, and which argument it is
KEYWORDS: dict[str, Any] = {
    "_": None, "_later": None, "_now": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "Reason": (1,),
}  # fmt: skip
#: calls whose `what` is a word of ours that stands in a sentence (kernel.told)
NAMING = frozenset({"text_given", "known", "ahead", "inside", "within_the_group"})
PLACE = re.compile(r"%(?:\((\w+)\))?[sd]|%%")
#: a catalogue is compared by its messages; a date in it would only make two branches differ
BEGUN = datetime(2019, 8, 6, tzinfo=UTC)
HEADER = "English catalogue of Anlan. Messages are the Chinese sentences of the source."


def _files() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "tests" not in path.parts and "data" not in path.parts:
            if path.suffix != ".py" and "templates" not in path.parts:
                continue
            if "migrations" not in path.parts and "static" not in path.parts:
                yield path


def _messages(path: Path) -> Iterator[tuple[int, Any, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
    options: Any = {"encoding": "utf-8"}
    marks: Any = list(KEYWORDS)
    if path.suffix == ".py":
        yield from _named(text)
    for line, function, said, _comments in extract_python(io.BytesIO(text.encode()), marks, [], options):
        yield line, function, said


def _named(text: str) -> Iterator[tuple[int, str, str]]:
    """The words that rules are told to ask for: `text_given(text=…, what="行动名称")`."""
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for said in call.keywords if name in NAMING else ():
            if (
                said.arg == "what"
                and isinstance(said.value, ast.Constant)
                and isinstance(said.value.value, str)
            ):
                yield call.lineno, "gettext", said.value.value


def extract() -> Catalog:
    """Every message of the source, with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    for path in _files():
        where = path.relative_to(PACKAGE.parent).as_posix()
        for _line, function, said in _messages(path):
            parts = said if isinstance(said, (list, tuple)) else (said,)
            spec = KEYWORDS[function]
            if function == "pgettext":
                if isinstance(parts[1], str):
                    catalog.add(parts[1], context=parts[0], locations=[(where, 0)])
            elif function == "ngettext":
                if isinstance(parts[0], str) and isinstance(parts[1], str):
                    catalog.add((parts[0], parts[1]), locations=[(where, 0)])
            elif isinstance(parts[(spec or (1,))[0] - 1], str) and parts[0]:
                catalog.add(parts[0], locations=[(where, 0)])
    return catalog


def english() -> Catalog:
    if not ENGLISH.exists():
        return Catalog(locale="en", charset="utf-8")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def updated() -> tuple[Catalog, list[Message]]:
    """The English catalogue as the source asks for it now, and the messages without English."""
    known, wanted = english(), extract()
    made = Catalog(
        locale="en", charset="utf-8", header_comment=f"# {HEADER}", fuzzy=False, project="Anlan", version="1",
        creation_date=BEGUN, revision_date=BEGUN, last_translator="Anlan", language_team="en",
        msgid_bugs_address="-",
    )  # fmt: skip
    bare = []
    for message in sorted((m for m in wanted if m.id), key=lambda m: (str(m.id), m.context or "")):
        before = known.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        said = before.string if before is not None and not before.fuzzy else ""
        if isinstance(message.id, (list, tuple)) and not isinstance(said, (list, tuple)):
            said = ("", "")
        kept = made.add(message.id, said, locations=message.locations[:1], context=message.context)
        if kept is None or not said or not all(said):
            bare.append(message)
    return made, bare


def update() -> int:
    made, bare = updated()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, made, width=0, omit_header=False, sort_output=True, include_lineno=False)
    _tell(f"{len(made)} messages, {len(bare)} without English")
    return 0


def _places(text: Any) -> set[str]:
    parts = text if isinstance(text, (list, tuple)) else (text,)
    return {m.group(0) for part in parts for m in PLACE.finditer(part or "")} - {"%%"}


def check() -> int:
    """Complete, up to date, and with the same places to fill."""
    made, bare = updated()
    wrong = [f"without English: {m.id}" for m in bare]
    before = {str(m.id) for m in english() if m.id}
    now = {str(m.id) for m in made if m.id}
    wrong += [f"not in the catalogue yet: {words}" for words in sorted(now - before)]
    wrong += [f"no longer in the source: {words}" for words in sorted(before - now)]
    for m in made:
        if m.id and m.string and _places(m.id) != _places(m.string):
            wrong.append(f"places differ: {m.id} / {m.string}")
    for words in wrong:
        _tell(words)
    return 1 if wrong else 0


def compile_() -> int:
    if not ENGLISH.exists():
        return 0
    with ENGLISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, english())
    return 0


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    commands = {"update": update, "check": check, "compile": compile_}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        _tell("python -m anlan.site.i18n update|check|compile")
        sys.exit(2)
    sys.exit(commands[sys.argv[1]]())
