"""The Word file of a bulletin: the same paper as the PDF, for an office that goes on writing in it."""

from collections.abc import Mapping
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Pt

from anlan.enforcement import make_templates as strokes
from anlan.enforcement.make_templates import BLACK, BODY, CENTRE, FIVE, FOUR, RED, RIGHT, TITLE, TWO, Paper

HEADS = {"BRIEF": "安全生产工作简报", "BATTLE": "隐患排查治理战报"}
UNNUMBERED, NO_DAY = "（编号于签发时赋予）", "　　年　月　日"


def written(said: Mapping[str, Any]) -> Any:
    """A python-docx document."""
    paper = Paper(form=False)
    _head(paper, said)
    paper.line(said["title"], at=CENTRE, font=TITLE, size=TWO, before=18, exact=False)
    paper.line(f"{said['main_to']}：", before=14)
    if said["correction"]:
        paper.line(said["correction"], indent=True)
    for part in said["body"]:
        paper.line(part["heading"], indent=True, font=BLACK, keep=True)
        for words in part["paragraphs"]:
            paper.line(words, indent=True)
    for n, table in enumerate(said["attachments"], 1):
        paper.line(
            f"{'附件：' if n == 1 else '　　　'}{n}. {table['title']}",
            indent=True,
            before=12 if n == 1 else 0,
        )
    paper.line(said["agency"], at=RIGHT, right=3, keep=True, before=28)
    paper.line(said["date"] or NO_DAY, at=RIGHT, right=4)
    for n, table in enumerate(said["attachments"], 1):
        _attachment(paper, n, table, said["heading"])
    _imprint(paper, said)
    return paper.docx


def _head(paper: Paper, said: Mapping[str, Any]) -> None:
    number, day = said["number"] or UNNUMBERED, said["date"] or NO_DAY
    if said["kind"] == "NOTICE":
        size = Pt(min(34, 440 // max(1, len(said["agency"]) + 2)))
        paper.line(f"{said['agency']}文件", at=CENTRE, font=TITLE, size=size, colour=RED, exact=False)
        paper.line(f"{number}　　　　签发人：{said['signer'] or '　　　'}", at=CENTRE, before=16)
    else:
        paper.line(HEADS[said["kind"]], at=CENTRE, font=TITLE, size=Pt(36), colour=RED, exact=False)
        paper.line(number, at=CENTRE, before=8)
        paper.line(f"{said['agency']}　　　　{day}", at=CENTRE)
        if said["signer"]:
            paper.line(f"签发人：{said['signer']}", at=CENTRE)
    paper.rule(colour="D9001B", eighths=16)


def _attachment(paper: Paper, n: int, table: Mapping[str, Any], heading: str) -> None:
    paper.docx.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    paper.line(f"附件{n}", font=BLACK)
    paper.line(table["title"], at=CENTRE, font=TITLE, size=TWO, exact=False)
    paper.line(heading, at=CENTRE, size=FOUR)
    made = paper.docx.add_table(rows=1, cols=len(table["head"]))
    made.style = "Table Grid"
    for row, face in ((table["head"], BLACK), *((r, BODY) for r in table["rows"])):
        cells = made.rows[0].cells if face is BLACK else made.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            strokes.fill_cell(
                cell, words, size=FIVE, font=face, at=CENTRE if len(words) < 12 else strokes.LEFT
            )
    strokes.mark_row(made.rows[0], "w:tblHeader")
    paper.line(f"注：{table['note']}" if table["note"] else "", size=FIVE, exact=False)


def _imprint(paper: Paper, said: Mapping[str, Any]) -> None:
    paper.rule(eighths=8)
    if said["copied_to"]:
        paper.line(f"抄送：{said['copied_to']}", size=FOUR)
        paper.rule(eighths=4)
    paper.line(f"{said['agency']}　　{said['date'] or NO_DAY}印发", size=FOUR)
    paper.rule(eighths=8)
