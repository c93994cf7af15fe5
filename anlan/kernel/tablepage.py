"""A table on a page: the rows of one page as cells, the total, the neighbours, the columns to choose from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.template import engines
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from anlan.kernel import paging
from anlan.kernel.tables import COUNTED, Column, Listing, Row, SavedView, Table, cells, fields_of, said
from anlan.kernel.web import Request, whole

SIZE = 50
#: how many lines stand on one printout; the file holds all
PRINTED = 1000
COLUMN, BEFORE = "col", "before"
#: what an address says of the page in a list, not of the list
PLACE = ("cursor", "print", BEFORE)


def context(
    request: Request, table: Table, listing: Listing, *, href: Callable[[int], str], also: tuple[str, ...] = (),
    size: int = SIZE, bound: tuple[Any, ...] = (),
) -> dict[str, Any]:  # fmt: skip
    """What `ui/table.html` and `ui/table_tools.html` draw. `also`: fields that the page needs beside."""
    asked = _asked(request)
    columns = table.chosen(request.GET.getlist(COLUMN))
    key = () if listing.key == "pk" else (listing.key,)
    page = paging.page(
        listing.rows, key=listing.key, column=listing.column, ascending=listing.ascending, size=size,
        cursor=request.GET.get("cursor", ""), values=fields_of(columns, *key, *also),
        bound=paging.binding(table.code, table.asked(request.GET), bound, request.actor.position),
    )  # fmt: skip
    whole_list = None if page.next or page.previous else len(page.rows)
    names, total = table.names(), listing.total(whole=whole_list)
    before = whole(request.GET.get(BEFORE, "")) or 0
    chosen = {c.code for c in columns}
    assert request.actor.today is not None  # the door says the day
    drawn = _drawing(columns, names, today=request.actor.today)
    return {
        "table": table,
        "columns": columns,
        "rows": [
            {"pk": row["pk"], "values": row, "cells": drawn(row | {"no": no}, href(row["pk"]))}
            for no, row in enumerate(page.rows, before + 1)
        ],
        "next": _with(asked, page.next, before + len(page.rows)),
        "previous": _with(asked, page.previous, max(before - size, 0)),
        "total": f"{COUNTED:,}+" if total is None else total,
        "asked": asked.urlencode(),
        "asked_pairs": [(k, v) for k, values in asked.lists() if k != COLUMN for v in values],
        "choosable": [{"column": c, "on": c.code in chosen} for c in table.columns],
    }  # fmt: skip


def _drawing(columns: Sequence[Column], names: Any, *, today: date) -> Callable[[Row, str], SafeString]:
    """Draws the cells of a row; what every row shares is worked out once."""
    opens = [
        format_html(
            '<td{} data-label="{}">', format_html(' class="{}"', c.kind.value) if c.kind else "", c.label
        )
        for c in columns
    ]
    language = get_language() or ""

    def inside(c: Column, row: Row, href: str) -> str:
        value = c.of(row, names)
        if c.link:
            return format_html('<a href="{}" data-open>{}</a>', href, said(value))
        if c.shape:
            return _shape(c.shape, tuple((f, row[f]) for f in c.needs), value, today, language)
        return escape(said(value))

    def drawn(row: Row, href: str) -> SafeString:
        pairs = zip(opens, columns, strict=True)
        return SafeString("".join(f"{start}{inside(c, row, href)}</td>" for start, c in pairs))

    return drawn


@lru_cache(maxsize=4096)
def _shape(
    name: str, given: tuple[tuple[str, Any], ...], value: Any, today: date, language: str
) -> SafeString:  # fmt: skip
    """A cell that is more than words, drawn once for the same values in a language on a day."""
    known = {"row": dict(given), "cell": {"value": value}, "today": today}
    return SafeString(engines["django"].get_template(name).render(known))  # type: ignore[attr-defined]


def printed(request: Request, table: Table, listing: Listing) -> dict[str, Any]:
    """The same rows and columns for paper, to a limit that is said."""
    columns = table.chosen(request.GET.getlist(COLUMN))
    rows = list(listing.ordered().values(*fields_of(columns))[: PRINTED + 1])
    names = table.names()
    return {
        "table": table,
        "columns": columns,
        "rows": [cells(columns, row | {"no": no}, names) for no, row in enumerate(rows[:PRINTED], 1)],
        "cut": len(rows) > PRINTED,
        "at_most": PRINTED,
        "wide": len(columns) > 5,
    }


def _asked(request: Request) -> QueryDict:
    asked = request.GET.copy()
    for name in PLACE:
        asked.pop(name, None)
    return asked


def _with(asked: QueryDict, cursor: str, before: int) -> str:
    """The address of a neighbouring page, with how many rows stand before it, for their numbers."""
    if not cursor:
        return ""
    query = asked.copy()
    query["cursor"], query[BEFORE] = cursor, str(before)
    return f"?{query.urlencode()}"


def chips(
    request: Request, given: Mapping[str, str], labels: Mapping[str, Any], words: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What narrows the list now, each with the way to take it off."""
    asked, shown = _asked(request), []
    for name, value in given.items():
        without = asked.copy()
        without.pop(name, None)
        called = words.get(name, {}).get(value, value)
        shown.append({"label": labels[name], "value": called, "href": f"?{without.urlencode()}"})
    return shown


# -- saved views ---------------------------------------------------------------------------------------

MOST_VIEWS = 20


def views(request: Request, table: Table) -> list[dict[str, Any]]:
    """The views that this person keeps of a list, as tabs."""
    here = sorted(QueryDict(_asked(request).urlencode()).lists())
    kept = SavedView.objects.filter(person=request.actor.id, table=table.code).order_by("pk")
    return [
        {"view": v, "href": f"?{v.query}", "here": sorted(QueryDict(v.query).lists()) == here}
        for v in kept[:MOST_VIEWS]
    ]


def keep_view(*, person: int, table: str, name: str, query: str, at: datetime) -> SavedView:
    """Keep a view under a name; the same name again replaces it."""
    asked = QueryDict(query[:1000], mutable=True)
    for key in PLACE:
        asked.pop(key, None)
    made, _ = SavedView.objects.update_or_create(
        person=person, table=table, name=name.strip()[:30], defaults={"query": asked.urlencode()[:1000], "at": at}
    )  # fmt: skip
    return made
