"""A bulletin as text, PDF and Word file, all from the same words, in the layout of official papers (GB/T 9704).

Title, number, signer, addressees and body come first; each table is an attachment on its own page. The same words give
the same bytes, so that a hash says whether a file is still the one that was signed.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from anlan.enforcement.render import repacked
from anlan.figures.bulletins import wordfile
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.paragraph import chinese
from anlan.figures.bulletins.states import KIND_WORDS, Kind
from anlan.kernel import typeset

PAPER = Path(__file__).parent / "paper" / "bulletin.typ"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
#: marks as they stand on paper, at the width of a character
WIDE = str.maketrans(",:;()", "，：；（）")
ORDINALS = "一二三四五六"


def context(b: Bulletin, content: Mapping[str, Any]) -> dict[str, Any]:
    """The paper's words: what is on it, from what was drawn and from the act of signing."""
    attachments = [
        made for key, make in (("sectors", _sectors), ("units", _units), ("majors", _majors)) if key in content
        and (made := make(content))
    ]  # fmt: skip
    return wide({
        "kind": b.kind, "kind_word": KIND_WORDS[Kind(b.kind)], "agency": b.organisation_name,
        "number": b.number, "date": chinese(b.signed_on) if b.signed_on else "", "signer": b.signed_by_name,
        "day": b.signed_on.isoformat() if b.signed_on else "",
        "title": b.title, "main_to": b.main_to, "copied_to": b.copied_to,
        "correction": correction(b), "heading": content["heading"],
        "body": _body(content, attachments), "attachments": attachments,
        "digest": b.digest, "version": b.version,
    })  # fmt: skip


def wide(said: Any) -> Any:
    """The same words with the marks of an official paper."""
    if isinstance(said, str):
        return said.translate(WIDE)
    if isinstance(said, dict):
        return {k: wide(v) for k, v in said.items()}
    return [wide(v) for v in said] if isinstance(said, list) else said


def correction(b: Bulletin) -> str:
    """The sentence by which a corrected bulletin names the one that it replaces."""
    old = b.replaces
    if old is None:
        return ""
    assert old.signed_on is not None
    return f"本件更正并替代{old.called}({chinese(old.signed_on)}印发)。更正原因:{b.correction.rstrip('。')}。"


def statistics(content: Mapping[str, Any]) -> str:
    return "".join(p if isinstance(p, str) else p["text"] for p in content.get("statistics", ()))


def _body(content: Mapping[str, Any], attachments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    parts: list[tuple[str, list[str]]] = []
    see = pointing(attachments)
    if "statistics" in content:
        parts.append(("总体情况", [statistics(content), *see]))
    elif see:
        parts.append(("有关情况", see))
    for key, heading in (("problems", "存在问题"), ("requirements", "工作要求")):
        if key in content:
            parts.append((heading, paragraphs(content[key])))
    return numbered(parts)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of what somebody wrote."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pointing(attachments: Sequence[Any]) -> list[str]:
    """The sentence that points to the attachments, where there are any."""
    pointed = "、".join(f"附件{n}" for n in range(1, len(attachments) + 1))
    return [f"具体情况见{pointed}。"] if attachments else []


def numbered(parts: Iterable[tuple[str, list[str]]]) -> list[dict[str, Any]]:
    """The parts of a body under their headings."""
    return [
        {"heading": f"{ORDINALS[n]}、{heading}", "paragraphs": said}
        for n, (heading, said) in enumerate(parts)
    ]


def table_of(title: str, head: list[str], rows: list[list[str]], note: str = "") -> dict[str, Any]:
    return {"title": title, "head": head, "rows": rows, "note": note}


def shown(value: Any, *, rate: bool = False) -> str:
    """A figure in a table; over nothing a dash."""
    return "—" if value is None else f"{value}%" if rate else f"{value}"


def cells(table: Mapping[str, Any], line: Mapping[str, Any]) -> list[str]:
    return [shown(v, rate=c["unit"] == "%") for c, v in zip(table["columns"], line["values"], strict=True)]


def heads(table: Mapping[str, Any]) -> list[str]:
    return [c["label"] if c["unit"] == "%" else f"{c['label']}({c['unit']})" for c in table["columns"]]


def _sectors(content: Mapping[str, Any]) -> dict[str, Any]:
    table = content["sectors"]
    rows = [[line["name"], *cells(table, line)] for line in table["lines"]]
    return table_of("分行业领域情况表", ["行业领域", *heads(table)], rows)


def _units(content: Mapping[str, Any]) -> dict[str, Any]:
    table = content["units"]
    rows = [
        [f"{line['rank']}" if line["rank"] else "—", line["name"], *cells(table, line)]
        for line in table["lines"]
    ]
    note = "位次按期间发现的隐患整改率排列,并列的位次相同;期间没有发现隐患的单位不排位次。"
    return table_of("各单位情况及位次表", ["位次", "单位", *heads(table)], rows, note)


def _majors(content: Mapping[str, Any]) -> dict[str, Any] | None:
    if not content["majors"]:
        return None
    rows = [
        [
            m["number"], m["county"], m["where"], m["what"],
            chinese(date.fromisoformat(m["due_on"])) if m["due_on"] else "—", left(m["days"]),
        ]
        for m in content["majors"]
    ]  # fmt: skip
    until = chinese(date.fromisoformat(content["end"]))
    head = ["编号", "单位", "企业(场所)", "隐患情况", "整改期限", "距期限"]
    return table_of("在办重大隐患清单", head, rows, f"距期限天数截至{until}计算。")


def left(days: int | None) -> str:
    """The countdown in words."""
    return "—" if days is None else f"逾期{-days}天" if days < 0 else "当天到期" if days == 0 else f"{days}天"


# -- forms -----------------------------------------------------------------------------------------


def text(said: Mapping[str, Any]) -> str:
    """The same words without a layout, for a message."""
    lines = [said["agency"], f"{said['kind_word']} {said['number'] or '(草稿)'}".strip(), said["title"]]
    lines += [f"签发人:{said['signer']}"] if said["signer"] else []
    lines += ["", f"{said['main_to']}:", *([said["correction"]] if said["correction"] else [])]
    for part in said["body"]:
        lines += ["", part["heading"], *part["paragraphs"]]
    for n, table in enumerate(said["attachments"], 1):
        lines += [
            "",
            f"附件{n} {table['title']}",
            "\t".join(table["head"]),
            *("\t".join(r) for r in table["rows"]),
        ]
        lines += [table["note"]] if table["note"] else []
    lines += ["", said["agency"], said["date"]] + ([f"抄送:{said['copied_to']}"] if said["copied_to"] else [])
    return "\n".join(lines).strip() + "\n"


def pdf(said: Mapping[str, Any]) -> bytes:
    """PDF/A. Raises Refused for a character that no font at hand can show."""
    day = date.fromisoformat(said["day"]) if said["day"] else None
    dated = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _EPOCH
    return typeset.pdf(PAPER, said, dated=dated)


def docx(said: Mapping[str, Any]) -> bytes:
    """A Word file that names the official fonts and embeds none."""
    raw = io.BytesIO()
    made = wordfile.written(said)
    about = made.core_properties
    day = date.fromisoformat(said["day"]) if said["day"] else _EPOCH.date()
    about.title, about.author = said["title"], said["agency"]
    about.created = about.modified = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    about.last_modified_by, about.revision = said["agency"], 1
    made.save(raw)
    return repacked(raw.getvalue())
