"""Builds the .docx templates under paper/. Run it after a change of layout, then look at the result.

    python -m anlan.enforcement.make_templates

The templates are ordinary Word files with places in double braces, so that an office may also edit them
in Word or WPS. They name the official fonts (仿宋_GB2312, 方正小标宋简体) and embed none.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

PAPER = Path(__file__).parent / "paper"
BODY, TITLE, BLACK, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
LATIN = "Times New Roman"
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
RED = RGBColor(0xD9, 0x00, 0x1B)
TWO, SMALL_TWO, THREE, FOUR, SMALL_FOUR, FIVE = Pt(22), Pt(18), Pt(16), Pt(14), Pt(12), Pt(10.5)

ORDER_COLUMNS = [
    ("序号", "line.no", 11), ("问题和隐患", "line.description", 50), ("部位", "line.place or '—'", 21),
    ("违反条款", "line.clause or '—'", 26), ("整改要求", "line.requirement or '—'", 28),
    ("整改期限", "line.deadline | narrow_day if line.deadline else '—'", 20),
]  # fmt: skip
REVIEW_COLUMNS = [
    ("序号", "line.no", 11), ("原查问题和隐患", "line.description", 42), ("部位", "line.place or '—'", 20),
    ("整改要求", "line.requirement or '—'", 28),
    ("整改期限", "line.deadline | narrow_day if line.deadline else '—'", 20), ("复查情况", "line.opinion or '—'", 35),
]  # fmt: skip
HANDOVER_COLUMNS = [
    ("序号", "line.no", 11), ("单位及部位", "line.place or '—'", 26), ("隐患情况", "line.description", 48),
    ("依据条款", "line.clause or '—'", 25), ("办理要求", "line.requirement or '—'", 26),
    ("整改期限", "line.deadline | narrow_day if line.deadline else '—'", 20),
]  # fmt: skip


class Paper:
    """A Word file being built: the few strokes that the three papers need."""

    def __init__(self, *, form: bool):
        self.docx = Document()
        self.size = FOUR if form else THREE
        self.pitch = Pt(21) if form else Pt(28.95)
        section = self.docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.top_margin, section.bottom_margin = (Mm(30), Mm(28)) if form else (Mm(37), Mm(35))
        section.footer_distance = Mm(20 if form else 28)
        style = self.docx.styles["Normal"]
        style.font.name, style.font.size = LATIN, self.size
        _east_asian(style.element.get_or_add_rPr(), BODY)
        self._footer(section.footer.paragraphs[0], form)

    def line(
        self, text: str, *, at: Any = LEFT, indent: bool = False, font: str = BODY, size: Any = None,
        colour: RGBColor | None = None, right: float = 0, keep: bool = False, before: float = 0,
        exact: bool = True,
    ) -> Any:  # fmt: skip
        """A paragraph. `indent` sets it in by two characters; `keep` holds it with the next one."""
        p = self.docx.add_paragraph()
        layout = p.paragraph_format
        layout.alignment, layout.space_before, layout.space_after = at, Pt(before), Pt(0)
        layout.keep_with_next, layout.widow_control = keep, True
        if exact:
            layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, self.pitch
        if indent:
            layout.first_line_indent = Pt(2 * self.size.pt)
            p._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
        if right:
            layout.right_indent = Pt(right * self.size.pt)
        run = p.add_run(text)
        run.font.size = size or self.size
        run.font.name = LATIN
        _east_asian(run._element.get_or_add_rPr(), font)
        if colour is not None:
            run.font.color.rgb = colour
        return p

    def tag(self, text: str) -> None:
        """A paragraph that holds only an instruction to the template and leaves no trace."""
        self.docx.add_paragraph(text)

    def rule(self, *, colour: str = "000000", eighths: int = 12) -> None:
        """A line across the page, as the lower border of an empty paragraph."""
        p = self.docx.add_paragraph()
        p.paragraph_format.space_after, p.paragraph_format.keep_with_next = Pt(6), True
        p.paragraph_format.line_spacing = Pt(4)
        borders = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for name, value in {"val": "single", "sz": str(eighths), "space": "1", "color": colour}.items():
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        p._p.get_or_add_pPr().append(borders)

    def hazards(self, columns: list[tuple[str, str, int]], *, size: Any) -> None:
        """The table of hazards: a head repeated on every page, one row for each line."""
        table = self.docx.add_table(rows=4, cols=len(columns))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for i, (label, value, width) in enumerate(columns):
            table.columns[i].width = Mm(width)
            for row in table.rows:
                row.cells[i].width = Mm(width)
            centred = label in {"序号", "整改期限"}
            fill_cell(table.rows[0].cells[i], label, size=size, font=BLACK, at=CENTRE)
            fill_cell(
                table.rows[2].cells[i],
                "{{ " + value + " }}",
                size=size,
                font=BODY,
                at=CENTRE if centred else LEFT,
            )
        fill_cell(table.rows[1].cells[0], "{%tr for line in lines %}", size=size, font=BODY, at=LEFT)
        fill_cell(table.rows[3].cells[0], "{%tr endfor %}", size=size, font=BODY, at=LEFT)
        mark_row(table.rows[0], "w:tblHeader")
        mark_row(table.rows[2], "w:cantSplit")

    def sign(self, rows: list[tuple[str, str, str]], *, loop: str = "") -> None:
        """Signature lines: what is to be signed, the room for it, what stands beside."""
        table = self.docx.add_table(rows=0, cols=4)
        table.autofit = False
        widths = (69, 27, 21, 39) if self.size == FOUR else (52, 36, 22, 46)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for label, beside, value in rows:
            cells = table.add_row().cells
            for cell, text, width in zip(cells, (label, "", beside, value), widths, strict=True):
                cell.width = Mm(width)
                fill_cell(cell, text, size=self.size, font=BODY, at=LEFT, keep=True, before=4)
            if value or beside:
                for cell in (cells[1], cells[3]):
                    _underline(cell)
        if loop:
            first, last = table.rows[0], table.rows[-1]
            before, after = table.add_row(), table.add_row()
            fill_cell(before.cells[0], "{%tr for " + loop + " %}", size=self.size, font=BODY, at=LEFT)
            fill_cell(after.cells[0], "{%tr endfor %}", size=self.size, font=BODY, at=LEFT)
            first._tr.addprevious(before._tr)
            last._tr.addnext(after._tr)

    def seal(self) -> None:
        """Agency and day at the right, with room for the seal."""
        self.line("{{ agency }}（印章）", at=RIGHT, right=3, keep=True, before=16)
        self.line("{{ date | day(numerals) }}", at=RIGHT, right=4, keep=True)

    def save(self, name: str) -> None:
        self.docx.save(str(PAPER / f"{name}.docx"))

    def _footer(self, p: Any, form: bool) -> None:
        p.alignment = CENTRE
        before, between, after = ("第 ", " 页 共 ", " 页") if form else ("— ", "", " —")
        for part in (before, "PAGE", between, "NUMPAGES" if form else "", after):
            if not part:
                continue
            run = p.add_run("" if part in {"PAGE", "NUMPAGES"} else part)
            run.font.size = FIVE if form else FOUR
            run.font.name = SONG
            _east_asian(run._element.get_or_add_rPr(), SONG)
            if part in {"PAGE", "NUMPAGES"}:
                for kind, text in (("begin", ""), ("", part), ("end", "")):
                    run._element.append(_field(kind, text))


def rectify_order() -> None:
    """责令限期整改指令书."""
    paper = Paper(form=True)
    _head(paper)
    paper.line("{{ addressee }}：")
    paper.line(
        "经{% if inspected_on %}{{ inspected_on | day }}现场检{% endif %}查，你单位存在下列问题和事故隐患：",
        indent=True,
    )
    paper.hazards(ORDER_COLUMNS, size=FIVE)
    paper.line(
        "依据{{ legal_basis }}，现责令你单位对上述第{{ line_numbers }}项问题于{{ deadline | day }}前整改完毕，"
        "达到有关法律、法规、规章和标准规定的要求。由此造成事故的，依法追究有关人员的责任。",
        indent=True, before=6,
    )  # fmt: skip
    paper.line(
        "整改期间，你单位应当采取措施，确保安全生产。逾期不整改或者整改后仍达不到要求的，将依法予以行政处罚。"
        "整改完毕后，应当书面报告我机关并申请复查。",
        indent=True,
    )
    paper.line(
        "如果不服本指令，可以依法在{{ review_term }}内向{{ government }}申请行政复议，或者在{{ suit_term }}内依法向"
        "{{ court }}提起行政诉讼，但本指令不停止执行，法律另有规定的除外。",
        indent=True, keep=True,
    )  # fmt: skip
    _officers(paper)
    paper.sign([("被检查单位负责人（签名）：", "日期：", _BLANK_DAY)])
    paper.seal()
    _copies(paper)
    paper.save("rectify_order")


def review_opinion() -> None:
    """整改复查意见书."""
    paper = Paper(form=True)
    _head(paper)
    paper.line("{{ addressee }}：")
    paper.line(
        "本机关于{{ decision_on | day }}作出了{{ decision }}的决定［{{ decision_number }}］，经"
        "{% if inspected_on %}于{{ inspected_on | day }}{% endif %}对你单位整改情况进行复查，提出如下意见：",
        indent=True,
    )
    paper.hazards(REVIEW_COLUMNS, size=FIVE)
    paper.line("{{ opinion }}", indent=True, before=6, keep=True)
    paper.sign([("被复查单位负责人（签名）：", "日期：", _BLANK_DAY)])
    _officers(paper)
    paper.seal()
    _copies(paper)
    paper.save("review_opinion")


def handover() -> None:
    """交办单."""
    paper = Paper(form=False)
    paper.line("{{ agency }}", at=CENTRE, font=TITLE, size=Pt(30), colour=RED, exact=False)
    paper.line("{{ number or '（编号于签发时赋予）' }}", at=CENTRE, before=8)
    paper.rule(colour="D9001B", eighths=12)
    paper.line("{{ subject or '事故隐患交办单' }}", at=CENTRE, font=TITLE, size=TWO, exact=False)
    paper.line("{{ addressee }}：", before=12)
    paper.line(
        "{% if basis %}{{ basis }}，{% endif %}现将下列{{ lines | length }}项事故隐患交由你单位办理。",
        indent=True,
    )
    paper.hazards(HANDOVER_COLUMNS, size=SMALL_FOUR)
    paper.tag("{%p if requirement %}")
    paper.line("{{ requirement }}", indent=True, before=6)
    paper.tag("{%p endif %}")
    paper.tag("{%p if reply_due %}")
    paper.line(
        "请于{{ reply_due | day }}前将办理情况书面反馈{{ reply_to or agency }}。", indent=True, keep=True
    )
    paper.tag("{%p endif %}")
    paper.tag("{%p if contact %}")
    paper.line("联系人及电话：{{ contact }}", indent=True, keep=True)
    paper.tag("{%p endif %}")
    paper.seal()
    paper.sign([("签收人（签名）：", "日期：", _BLANK_DAY)])
    paper.rule()
    paper.tag("{%p if copied_to %}")
    paper.line("抄送：{{ copied_to }}", size=FOUR)
    paper.tag("{%p endif %}")
    paper.line("{{ agency }}　　{{ date | day }}印发", size=FOUR, at=RIGHT)
    paper.rule()
    paper.line("{{ copies }}", size=SMALL_FOUR)
    paper.save("handover")


_BLANK_DAY = "　　年　月　日"


def _head(paper: Paper) -> None:
    paper.line("{{ heading }}", at=CENTRE, font=SONG, size=SMALL_TWO, exact=False)
    paper.rule(eighths=10)
    paper.line("{{ title }}", at=CENTRE, font=TITLE, size=TWO, exact=False)
    paper.line("{{ number or '（编号于签发时赋予）' }}", at=CENTRE, before=4)


def _officers(paper: Paper) -> None:
    label = "{% if loop.first %}行政执法人员（签名）：{% endif %}"
    paper.sign([(label, "证号：", "{{ officer.credential }}")], loop="officer in officers")


def _copies(paper: Paper) -> None:
    paper.rule(eighths=4)
    paper.line("{{ copies }}", size=SMALL_FOUR)


def _east_asian(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def fill_cell(
    cell: Any, text: str, *, size: Any, font: str, at: Any, keep: bool = False, before: float = 2
) -> None:
    p = cell.paragraphs[0]
    p.alignment, p.paragraph_format.keep_with_next = at, keep
    p.paragraph_format.space_before, p.paragraph_format.space_after = Pt(before), Pt(2)
    cell.vertical_alignment = 1
    if text:
        run = p.add_run(text)
        run.font.size, run.font.name = size, LATIN
        _east_asian(run._element.get_or_add_rPr(), font)


def mark_row(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _underline(cell: Any) -> None:
    borders = OxmlElement("w:tcBorders")
    bottom = OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "4", "space": "0", "color": "000000"}.items():
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)


def _field(kind: str, text: str) -> Any:
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        return mark
    code = OxmlElement("w:instrText")
    code.text = f" {text} "
    return code


if __name__ == "__main__":
    rectify_order()
    review_opinion()
    handover()
