"""Paper from words: PDF by typst, .docx by docxtpl, both from the same context.

The same context gives the same bytes, so that a hash says whether a file is still the one that was
approved. PDF/A is asked for because it refuses a character that no font can show, instead of printing
an empty box on an order.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from anlan.enforcement.sheets import chinese_date
from anlan.enforcement.states import Kind
from anlan.kernel import typeset

PAPER = Path(__file__).parent / "paper"
TEMPLATES = {
    Kind.HANDOVER: "handover",
    Kind.RECTIFY_ORDER: "rectify_order",
    Kind.REVIEW_OPINION: "review_opinion",
}
#: titles as the forms print them; official documents are not translated
TITLES = {
    Kind.HANDOVER: "交办单",
    Kind.RECTIFY_ORDER: "责令限期整改指令书",
    Kind.REVIEW_OPINION: "整改复查意见书",
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def render_pdf(type: str, context: Mapping[str, Any]) -> bytes:
    """The paper as PDF/A. Raises Refused for a character that no font at hand can show."""
    template = PAPER / f"{TEMPLATES[Kind(type)]}.typ"
    return typeset.pdf(template, _data(type, context), dated=_dated(context))


def render_docx(type: str, context: Mapping[str, Any]) -> bytes:
    """The paper as a Word file that names the official fonts and embeds none."""
    template = DocxTemplate(PAPER / f"{TEMPLATES[Kind(type)]}.docx")
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters["day"] = _day
    environment.filters["narrow_day"] = lambda value: _day(value).replace("年", "年\n")
    template.render(_data(type, context), jinja_env=environment, autoescape=True)
    about = template.docx.core_properties
    dated = _dated(context).replace(tzinfo=None)
    about.title, about.author = f"{TITLES[Kind(type)]} {context['number']}".strip(), context["agency"]
    about.created = about.modified = dated
    about.last_modified_by, about.revision = context["agency"], 1
    raw = io.BytesIO()
    template.save(raw)
    return repacked(raw.getvalue())


def items_of(context: Mapping[str, Any]) -> str:
    """The items of a paper, as its sentences name them: 1至3."""
    return _ranges([line["no"] for line in context["lines"]])


def _data(type: str, context: Mapping[str, Any]) -> dict[str, Any]:
    return {**context, "title": TITLES[Kind(type)], "line_numbers": items_of(context)}


def _ranges(numbers: list[int]) -> str:
    """1、2、3 as 1至3: the items of an order, as its sentence names them."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return "、".join(
        f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(str(n) for n in run) for run in runs
    )


def _day(value: str | None, numerals: bool = False) -> str:
    return chinese_date(date.fromisoformat(value), numerals=numerals) if value else "　　年　月　日"


def _dated(context: Mapping[str, Any]) -> datetime:
    """The day of the paper as its file's date, so that nothing of the machine's clock gets in."""
    if not context["date"]:
        return _EPOCH
    day = date.fromisoformat(context["date"])
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def repacked(raw: bytes) -> bytes:
    """The same archive with its members in order and without the time of packing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            member.compress_type, member.external_attr, member.create_system = (
                zipfile.ZIP_DEFLATED,
                0o600 << 16,
                3,
            )
            target.writestr(member, source.read(name))
    return out.getvalue()
