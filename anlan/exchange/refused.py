"""What was refused, as the same sheet with two columns more, to be mended and sent again."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import xlsxwriter

from anlan.exchange import reading
from anlan.exchange.ledger import Refusal
from anlan.kernel.words import Reason

WHY, REMEDY = "未接收原因", "怎样修改"


def workbook(
    source: Path, to: Path, *, refusals: Iterable[Refusal], words: Callable[[Reason], str] = str
) -> int:
    """Write the refused rows of `source` under its header; the cells at fault are marked. Returns how many.

    Every cell is written as text: nothing that came from outside can start a formula.
    """
    by_row: dict[int, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        by_row[refusal.row].append(refusal)
    sheet = reading.sheet(source)
    with xlsxwriter.Workbook(str(to), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("未接收")
        bold = book.add_format({"bold": True, "bg_color": "#F0F2F5", "border": 1})
        fault = book.add_format({"bg_color": "#FDF0F1", "border": 1})
        wrap = book.add_format({"text_wrap": True})
        headers = [str(c).strip() for c in sheet.header.cells]
        for n, header in enumerate([*headers, WHY, REMEDY]):
            page.write_string(0, n, header, bold)
        page.freeze_panes(1, 0)
        page.set_column(0, len(headers) - 1, 14)
        page.set_column(len(headers), len(headers) + 1, 40, wrap)
        line = 0
        for row in sheet.below:
            if row.number not in by_row:
                continue
            line += 1
            wrong = by_row[row.number]
            columns = {r.column for r in wrong}
            for n, header in enumerate(headers):
                page.write_string(line, n, row.text(n), fault if header in columns else None)
            page.write_string(line, len(headers), ";".join(words(r.reason) for r in wrong))
            page.write_string(line, len(headers) + 1, ";".join(words(r.remedy) for r in wrong))
    return line


def template(to: Path, *, lists: dict[str, list[str]], headers: list[str], examples: list[list[Any]]) -> None:
    """An empty sheet with the form's headers, an example, and lists of values to choose from."""
    with xlsxwriter.Workbook(str(to), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page, values = book.add_worksheet("隐患台账"), book.add_worksheet("可填的值")
        bold = book.add_format({"bold": True, "bg_color": "#F0F2F5", "border": 1})
        for n, header in enumerate(headers):
            page.write_string(0, n, header, bold)
        for line, example in enumerate(examples, 1):
            for n, cell in enumerate(example):
                page.write_string(line, n, str(cell))
        page.freeze_panes(1, 0)
        page.set_column(0, len(headers) - 1, 16)
        for n, (header, known) in enumerate(lists.items()):
            values.write_string(0, n, header, bold)
            for line, value in enumerate(known, 1):
                values.write_string(line, n, value)
            at = headers.index(header)
            letter = xlsxwriter.utility.xl_col_to_name(n)
            source = f"=可填的值!${letter}$2:${letter}${len(known) + 1}"
            page.data_validation(
                1, at, 5000, at, {"validate": "list", "source": source, "error_type": "warning"}
            )
        values.set_column(0, len(lists) - 1, 24)
