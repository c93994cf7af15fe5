"""A bulletin on the page: its sections with every figure a link into its rows, and what has changed since."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from anlan.figures import reach
from anlan.figures.bulletins import commands, restating
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.reading import About
from anlan.figures.bulletins.render import correction, left
from anlan.figures.bulletins.restating import Change
from anlan.figures.bulletins.states import State
from anlan.kernel.scope import Actor
from anlan.kernel.words import Refused

MOST_CHANGES = 40
#: code, place and sector of a figure → where it opens, "" where nowhere
To = Callable[[str, str, str], str]


def content_of(b: Bulletin) -> tuple[dict[str, Any], str]:
    """What it says and the hash of that: as signed, or as drawn now."""
    if b.state == State.SIGNED:
        return b.frozen, b.digest
    made = commands.drawn(b)
    return made.content, made.digest


class Links:
    """Addresses of the rows behind figures, for whoever may read them whole."""

    def __init__(self, about: About, actor: Actor):
        self.about = about
        try:
            self.open = bool(reach.place_within(about.place, actor=actor)) and actor.sectors is None
        except Refused:
            self.open = False

    def to(self, code: str, place: str = "", sector: str = "") -> str:
        """ "" where the reader's own figures would be others."""
        if not self.open:
            return ""
        period = self.about.period
        asked: dict[str, Any] = {
            "code": code,
            "place": place or self.about.place,
            "from": period.start,
            "to": period.end,
        }
        narrowed = {d: v[0] for d, v in self.about.narrowing(code) or () if len(v) == 1}
        if self.about.group and not narrowed.keys() & {"source", "grade"}:
            return ""
        part = {"sector": sector} if sector else {}
        return f"{reverse('figures:rows')}?{urlencode(asked | narrowed | part)}"


def sections(b: Bulletin, content: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The sections with links, for the template."""
    return of(content, Links(b.about, actor)) | {"correction": correction(b)}


def of(content: Mapping[str, Any], links: Links) -> dict[str, Any]:
    shown: dict[str, Any] = {"heading": content["heading"]}
    if "statistics" in content:
        shown["statistics"] = [
            {"words": p} if isinstance(p, str) else {"words": p["text"], "href": links.to(p["code"])}
            for p in content["statistics"]
        ]
    for key in ("sectors", "units"):
        if key in content:
            shown[key] = table_of(content[key]["columns"], content[key]["lines"], links.to)
    if "majors" in content:
        shown["majors"] = [m | {"left": left(m["days"])} for m in content["majors"]]
        shown["has_majors"] = True
    for key in ("problems", "requirements"):
        if content.get(key):
            shown[key] = content[key]
    return shown


def table_of(
    columns: Sequence[Mapping[str, Any]], lines: Iterable[Mapping[str, Any]], to: To
) -> dict[str, Any]:
    """A table for the template: each figure with where it opens, over nothing a dash."""
    shown = []
    for line in lines:
        cells = [
            {
                "value": "—" if v is None else f"{v}%" if c["unit"] == "%" else v,
                "href": "" if v is None else to(c["code"], line.get("place", ""), line.get("sector", "")),
            }
            for c, v in zip(columns, line["values"], strict=True)
        ]
        shown.append({"name": line["name"], "rank": line.get("rank"), "cells": cells})
    return {"columns": columns, "lines": shown}


def restated(b: Bulletin, actor: Actor) -> dict[str, Any] | None:
    """What is counted differently now; None of a draft."""
    if b.state != State.SIGNED:
        return None
    return told(restating.changes(b), Links(b.about, actor).to, lambda c: c.name)


def told(found: Sequence[Change], to: To, name: Callable[[Change], str]) -> dict[str, Any]:
    """Changes for the template, the first of them with the records that left and came as far as the reader may open."""
    shown = []
    for c in found[:MOST_CHANGES]:
        moved = c.moved or restating.Moved("")
        shown.append(
            {
                "c": c, "name": name(c), "href": to(c.code, c.place, c.sector),
                "gone": restating.named(moved, moved.gone) if moved.gone else [],
                "come": restating.named(moved, moved.come) if moved.come else [],
                "gone_no": len(moved.gone), "come_no": len(moved.come),
            }
        )  # fmt: skip
    return {"changes": shown, "count": len(found), "more": max(0, len(found) - MOST_CHANGES)}
