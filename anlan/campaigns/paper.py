"""The closing report as a Word file that an office goes on writing in."""

import io
from typing import Any

from django.http import FileResponse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY, TITLE = "仿宋_GB2312", "方正小标宋简体"


def chinese(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _font(run: Any, name: str, size: float) -> None:
    run.font.name, run.font.size = name, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _say(document: Any, text: str, *, size: float = 16, face: str = BODY, middle: bool = False) -> None:
    paragraph = document.add_paragraph()
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _font(paragraph.add_run(text), face, size)


def _table(document: Any, head: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    for line in (head, *rows):
        cells = table.rows[0].cells if line is head else table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            _font(cell.paragraphs[0].add_run(text), BODY, 10.5)


def paragraph(said: dict[str, Any]) -> str:
    """The whole in one sentence, every number with its unit."""
    told = [
        f"{one['indicator'].label}{one['value']:,}{one['indicator'].unit}"
        for one in said.get("whole", ())
        if one["value"]
    ]
    return ",".join(told)


def written(said: dict[str, Any], *, by: str) -> bytes:
    """The report as .docx: basis, organisation, plans, figures by county and by sector, problems."""
    c, document = said["c"], Document()
    _say(document, f"{c.name}工作总结", size=22, face=TITLE, middle=True)
    _say(document, f"{by}  {chinese(said['on'])}", middle=True)
    _say(document, f"根据{c.basis},{chinese(c.since)}至{chinese(c.until)}开展{c.name}。")
    if c.slogan:
        _say(document, f"行动要求:{c.slogan}。")
    if said.get("whole"):
        period = said["period"]
        _say(document, f"{chinese(period.start)}至{chinese(period.end)},{paragraph(said)}。")
    for each in said["plans"]:
        _say(
            document,
            f"《{each['p'].title}》下发{each['sent']}家,签收{each['signed']}家,上报细化方案{each['filed']}家,"
            f"准予备案{each['accepted']}家,逾期{each['late']}家。",
        )
    if said["groups"]:
        _say(document, f"组建督导暗访组{len(said['groups'])}个。")
    items = said["items"]
    if items["sheets"]:
        _say(
            document,
            f"四问四查{items['sheets']}份,列出事项{items['all']}项,完成{items['done']}项,逾期{items['late']}项。",
        )
    for title, rows in (("各县(市、区)", said.get("counties")), ("各行业领域", said.get("sectors"))):
        if rows:
            _say(document, title, middle=True)
            head = ["单位", *(f"{i.label}({i.unit})" for i in said["columns"])]
            _table(document, head, [[row["name"], *(f"{n:,}" for n in row["cells"])] for row in rows])
    if c.summary:
        _say(document, c.summary)
    if c.problems:
        _say(document, f"存在问题和下一步:{c.problems}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def answer(said: dict[str, Any], *, by: str) -> Any:
    raw = io.BytesIO(written(said, by=by))
    return FileResponse(
        raw, as_attachment=True, filename=f"{said['c'].name}工作总结.docx", content_type=MEDIA
    )
