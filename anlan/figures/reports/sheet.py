"""A report as .xlsx in the form's own layout: title, whose and which days, two lines of headings, signatures."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from anlan.figures.reports.models import Report
from anlan.kernel.clock import CHINA

FIRST, WIDTH = 26, 11


def workbook(r: Report, shown: dict[str, Any]) -> bytes:
    """The bytes of the workbook. Texts are written as text, so that none becomes a formula."""
    form, sink = shown["form"], io.BytesIO()
    with xlsxwriter.Workbook(
        sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        page = book.add_worksheet(r.form)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        last = len(form.columns)
        page.set_column(0, 0, FIRST)
        page.set_column(1, last, WIDTH)
        look = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        head, text, figure = (book.add_format(look | more) for more in (
            {"bold": True}, {"align": "left"}, {"align": "right", "num_format": "#,##0"},
        ))  # fmt: skip
        title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        plain = book.add_format({"align": "left"})
        exact = book.add_format(look | {"align": "right", "num_format": "#,##0.00"})
        rate = book.add_format(look | {"align": "right", "num_format": "0.0"})
        page.set_row(0, 30)
        page.merge_range(0, 0, 0, last, str(form.title), title)
        page.merge_range(1, 0, 1, last, _about(r, shown), plain)
        _headings(page, form, shown["heads"], head)
        for at, line in enumerate(shown["lines"], start=4):
            page.write_string(at, 0, "　" * line["row"].deep + str(line["row"].label), text)
            for n, cell in enumerate(line["cells"], start=1):
                value = cell["value"]
                if value is None:
                    page.write_string(at, n, "—", figure)
                elif cell["column"].scale != 1:
                    page.write_number(at, n, round(value / cell["column"].scale, 2), exact)
                else:
                    page.write_number(at, n, value, rate if cell["is_rate"] else figure)
                if cell["filed"] and cell["by"]:
                    page.write_comment(at, n, _("由%(name)s填报") % {"name": cell["by"]})
        _foot(page, r, shown, 4 + len(shown["lines"]), plain)
    return sink.getvalue()


def _about(r: Report, shown: dict[str, Any]) -> str:
    said = _("填报单位:%(organ)s　地方:%(place)s　口径:%(whose)s　期间:%(start)s至%(end)s") % {
        "organ": r.organisation_name, "place": shown["place"], "whose": shown["whose"], "start": r.start, "end": r.end,
    }  # fmt: skip
    return said


def _headings(page: Any, form: Any, heads: list[dict[str, Any]], look: Any) -> None:
    page.merge_range(2, 0, 3, 0, str(form.first), look)
    page.set_row(3, 48)
    at = 1
    for group in heads:
        columns = group["columns"]
        if not group["group"]:
            for column in columns:
                page.merge_range(2, at, 3, at, str(column.label), look)
                at += 1
            continue
        if len(columns) > 1:
            page.merge_range(2, at, 2, at + len(columns) - 1, str(group["group"]), look)
        else:
            page.write_string(2, at, str(group["group"]), look)
        for column in columns:
            page.write_string(3, at, str(column.label), look)
            at += 1


def _foot(page: Any, r: Report, shown: dict[str, Any], at: int, look: Any) -> None:
    kept = shown["shown"]
    if kept is None:
        state = _("草稿:数字按记录实时统计,尚未冻结")
    else:
        state = _("第%(n)s次冻结:%(at)s %(name)s　校验码 %(digest)s　程序版本 %(version)s") % {
            "n": kept.nth, "at": kept.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"), "name": kept.by_name,
            "digest": kept.digest, "version": kept.version,
        }  # fmt: skip
    signed = r.filed_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if r.filed_at else ""
    page.write_string(at, 0, _("填表人:%(a)s　审签人:%(b)s　上报时间:%(at)s") % {
        "a": r.frozen_by_name or r.begun_by_name, "b": r.filed_by_name, "at": signed,
    }, look)  # fmt: skip
    page.write_string(at + 1, 0, state, look)
    if shown["form"].note:
        page.write_string(at + 2, 0, _("注:%(note)s") % {"note": shown["form"].note}, look)
