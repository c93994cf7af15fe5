"""What was refused, as the same sheet with the reasons in it, to be mended and sent again; and empty forms."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from anlan.exchange import reading
from anlan.exchange.headers import ANNOTATIONS, Kind
from anlan.exchange.report import Refusal
from anlan.kernel.words import Reason

#: nothing that came from outside can start a formula or a link
PLAIN: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
#: comments are kept in memory, rows are not
COMMENTS, LISTED = 2000, 5000
Lists = Mapping[str, Sequence[str]]


def workbook(
    source: Path, to: Path, *, kind: Kind, refusals: Iterable[Refusal], lists: Lists | None = None,
    words: Callable[[Reason], str] = str,
) -> int:  # fmt: skip
    """Write the refused rows of `source` under its titles and its header. Returns how many.

    The cells at fault are coloured and carry the reason as a comment; three columns beside the sheet's own
    say why, what to do, and in which row it stood. `lists`: header → values to choose from.
    """
    by_row: dict[int, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        by_row[refusal.row].append(refusal)
    with (
        reading.opened(source, kinds=[kind]) as sheet,
        xlsxwriter.Workbook(str(to), PLAIN | {"constant_memory": True}) as book,
    ):
        kept = [n for n, h in enumerate(sheet.headers) if h not in ANNOTATIONS]
        headers = [sheet.headers[n] for n in kept]
        page = Page(book, "未接收", headers=[*headers, *ANNOTATIONS], titles=_titles(sheet))
        if lists:
            page.offer(lists)
        for row in sheet.below:
            if row.number not in by_row:
                continue
            wrong = by_row[row.number]
            says = {r.column: f"{words(r.reason)}。{words(r.remedy)}" for r in wrong}
            remedies = ";".join(dict.fromkeys(words(r.remedy) for r in wrong))
            cells = [row.text(n) for n in kept]
            notes = [";".join(words(r.reason) for r in wrong), remedies, str(row.number)]
            page.write([*cells, *notes], says=says)
    return page.rows


def _titles(sheet: reading.Sheet) -> list[str]:
    return [" ".join(dict.fromkeys(row.filled())) for row in sheet.above]


class Page:
    """A worksheet with titles, a header that stays, and cells that are text."""

    def __init__(self, book: Any, name: str, *, headers: Sequence[str], titles: Sequence[str] = ()):
        self.book, self.headers = book, list(headers)
        self.sheet = book.add_worksheet(name)
        self.fault = book.add_format({"bg_color": "#FBE3E6", "border": 1, "border_color": "#C8102E"})
        self.text = book.add_format({"num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "bg_color": "#F0F2F5", "border": 1})
        for n, header in enumerate(self.headers):
            beside = header in ANNOTATIONS
            self.sheet.set_column(
                n, n, 40 if beside else max(12, min(28, 2 * len(header) + 4)), wrap if beside else self.text
            )
        for line, title in enumerate(titles):
            self.sheet.write_string(line, 0, title)
        self.top = len(titles)
        for n, header in enumerate(self.headers):
            self.sheet.write_string(self.top, n, header, bold)
        self.sheet.freeze_panes(self.top + 1, 0)
        self.rows = self.comments = 0

    def write(self, cells: Sequence[str], *, says: Mapping[str, str] | None = None) -> None:
        """One row; `says`: header → what is wrong with the cell under it."""
        self.rows += 1
        line = self.top + self.rows
        for n, cell in enumerate(cells):
            wrong = (says or {}).get(self.headers[n])
            if wrong is None and cell:
                self.sheet.write_string(line, n, cell)
            elif wrong is not None:
                self.sheet.write_string(line, n, cell, self.fault)
                if self.comments < COMMENTS:
                    self.comments += 1
                    self.sheet.write_comment(line, n, wrong, {"x_scale": 2})

    def offer(self, lists: Lists) -> None:
        """Values to choose from, on a sheet of their own; another value is warned of, not forbidden."""
        values = self.book.add_worksheet("可填的值")
        shown = [(header, known) for header, known in lists.items() if header in self.headers and known]
        longest = max((len(known) for _h, known in shown), default=0)
        for line in range(longest + 1):  # row by row: a sheet in constant memory is written downwards
            for n, (header, known) in enumerate(shown):
                value = header if line == 0 else known[line - 1] if line <= len(known) else ""
                if value:
                    values.write_string(line, n, str(value))
        values.set_column(0, max(0, len(shown) - 1), 24)
        for n, (header, known) in enumerate(shown):
            letter = xlsxwriter.utility.xl_col_to_name(n)
            source = f"='可填的值'!${letter}$2:${letter}${len(known) + 1}"
            self.sheet.data_validation(
                self.top + 1, self.headers.index(header), self.top + LISTED, self.headers.index(header),
                {"validate": "list", "source": source, "error_type": "warning"},
            )  # fmt: skip


def template(to: Path, *, kind: Kind, lists: Lists, examples: Iterable[Sequence[str]] = ()) -> None:
    """An empty sheet of the kind's form, with lists of values to choose from."""
    with xlsxwriter.Workbook(str(to), PLAIN) as book:
        page = Page(book, str(kind.label), headers=kind.form)
        page.offer(lists)
        for example in examples:
            page.write(example)


def passwords(to: Path, *, opened: Iterable[Sequence[str]]) -> None:
    """The one-time passwords of accounts just opened, to be handed to their holders."""
    to.touch(mode=0o600)
    with xlsxwriter.Workbook(str(to), PLAIN) as book:
        page = Page(book, "一次性密码", headers=("用户名", "姓名", "一次性密码"))
        for row in opened:
            page.write(row)
