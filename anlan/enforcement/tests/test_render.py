"""The papers as files: A4, the number on them, the same bytes from the same words."""

import io
import re
from datetime import date

import docx
import pytest

from anlan.enforcement import render
from anlan.enforcement.sheets import HandoverSheet, RectifyOrder, ReviewOpinion, Sheet, chinese_date, clean
from anlan.kernel.words import Refused

OFFICERS = (
    {"name": "李强", "credential": "16010001", "valid_until": date(2027, 1, 1)},
    {"name": "王磊", "credential": "16010002"},
)
NUMBER = "（金水）应急责改〔2019〕12号"


def line(**given):
    said = {"description": "配电箱无门", "place": "二车间", "clause": "GB 50054", "requirement": "加装箱门",
            "deadline": date(2019, 10, 8)}  # fmt: skip
    return said | given


def order(lines=None, **given) -> Sheet:
    said = {
        "agency": "金水区应急管理局", "addressee": "河南中原化工有限公司", "lines": lines or [line()], "officers": OFFICERS,
        "legal_basis": "《中华人民共和国安全生产法》第六十二条", "deadline": date(2019, 10, 8), "government": "金水区人民政府",
        "court": "金水区人民法院",
    }  # fmt: skip
    return RectifyOrder.from_record(**(said | given))


def review() -> Sheet:
    return ReviewOpinion.from_record(
        agency="金水区应急管理局", addressee="河南中原化工有限公司", lines=[line(opinion="已整改")], officers=OFFICERS,
        decision_number=NUMBER, decision_on=date(2019, 10, 1), opinion="经复查，第1项已按要求整改完毕。",
    )  # fmt: skip


def handover() -> Sheet:
    return HandoverSheet.from_record(
        agency="市集中行动办公室", addressee="金水区应急管理局", lines=[line()], requirement="请依法办理。",
        reply_due=date(2019, 10, 20),
    )  # fmt: skip


def words(sheet: Sheet, number: str = NUMBER, day: str = "2019-10-01") -> dict:
    return {**sheet.context(), "number": number, "date": day}


@pytest.mark.parametrize("sheet", [order(), review(), handover()], ids=["order", "review", "handover"])
class TestEveryPaper:
    def test_the_pdf_is_a4_and_the_same_bytes_again(self, sheet):
        made = render.render_pdf(sheet.kind, words(sheet))
        box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", made)
        assert box is not None
        assert [round(float(side)) for side in box.groups()] == [595, 842]
        assert render.render_pdf(sheet.kind, words(sheet)) == made

    def test_the_word_file_opens_on_a4_says_everything_and_is_the_same_bytes_again(self, sheet):
        made = render.render_docx(sheet.kind, words(sheet))
        assert render.render_docx(sheet.kind, words(sheet)) == made
        opened = docx.Document(io.BytesIO(made))
        page = opened.sections[0]
        assert page.page_width is not None
        assert page.page_height is not None
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        text = "\n".join(p.text for p in opened.paragraphs)
        cells = "\n".join(c.text for t in opened.tables for row in t.rows for c in row.cells)
        for said in (NUMBER, sheet.addressee, sheet.agency, "2019年10月1日"):
            assert said in text
        assert "配电箱无门" in cells
        assert "{" not in text + cells

    def test_the_title_of_the_pdf_names_kind_and_number(self, sheet):
        made = render.render_pdf(sheet.kind, words(sheet))
        assert f"{render.TITLES[sheet.kind]} {NUMBER}".encode() in made or NUMBER.encode("utf-16-be") in made

    def test_a_draft_has_no_number_and_says_so(self, sheet):
        made = docx.Document(io.BytesIO(render.render_docx(sheet.kind, words(sheet, "", ""))))
        assert any("编号于签发时赋予" in p.text for p in made.paragraphs)
        assert render.render_pdf(sheet.kind, words(sheet, "", "")).startswith(b"%PDF")


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", made))


def test_sixty_long_lines_go_over_many_pages_and_one_endless_line_too():
    many = render.render_pdf("RECTIFY_ORDER", words(order([line(description="线路老化" * 60)] * 60)))
    endless = render.render_pdf("RECTIFY_ORDER", words(order([line(description="甲乙丙丁" * 1500)])))
    assert pages(many) >= 10
    assert pages(endless) >= 3


def test_words_of_the_record_are_never_read_as_markup():
    odd = '#panic("x") *粗* $x$ {{ 7*7 }} {% raw %} <w:p/> & "引号" \\ @ref'
    sheet = order([line(description=odd)])
    assert render.render_pdf("RECTIFY_ORDER", words(sheet)).startswith(b"%PDF")
    opened = docx.Document(io.BytesIO(render.render_docx("RECTIFY_ORDER", words(sheet))))
    assert opened.tables[0].rows[1].cells[1].text == odd


def test_invisible_characters_do_not_get_in():
    assert clean("配\u200b电\x00箱\u202e\r\n无门\t") == "配电箱\n无门"


def test_a_character_in_no_font_is_refused_by_name():
    with pytest.raises(Refused, match="字库中没有“𠮷”字"):
        render.render_pdf("RECTIFY_ORDER", words(order([line(description="𠮷野家")])))


def test_days_are_written_as_papers_write_them():
    assert chinese_date(date(2019, 10, 8)) == "2019年10月8日"
    assert chinese_date(date(2020, 12, 31), numerals=True) == "二〇二〇年十二月三十一日"
