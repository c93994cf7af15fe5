"""`anlan figures` and `anlan bulletin`: figures for people at a terminal and for other programs."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from anlan.figures import engine, periods, whose
from anlan.figures.bulletins import paragraph, reading
from anlan.figures.indicators import INDICATORS
from anlan.figures.periods import Period
from anlan.kernel.clock import day_of
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

Say = Callable[..., None]


def _named(asked: argparse.Namespace) -> periods.Named:
    """The period under its name; two days have none."""
    if asked.period and (asked.start or asked.end):
        raise Refused(Reason("期间请用 --period 或 --from、--to 之一,不要同时给出"))
    if asked.period:
        with override("zh-hans"):  # it stands in an official text
            return periods.named(asked.period, on=day_of(timezone.now()))
    if asked.start is None or asked.end is None:
        raise Refused(Reason("请用 --period 给出期间名称,或同时给出 --from 和 --to"))
    return periods.Named("", "", Period(asked.start, asked.end))


def _place(asked: argparse.Namespace) -> str:
    found = places.place(asked.place)
    if found is None or len(asked.place) < 4:
        raise Refused(Reason("没有代码为“%(place)s”的地方", {"place": asked.place}))
    return asked.place


def figures(asked: argparse.Namespace, *, say: Say) -> None:
    """Values of indicators, as a table or as JSON."""
    place, period, only = _place(asked), _named(asked).period, whose.only(asked.system)
    codes = tuple(c.strip() for c in asked.codes.split(",") if c.strip()) or tuple(INDICATORS)
    table = engine.read(engine.Ask(codes, (place,), period, only, asked.split or ""))
    values = {c: table[c, place] for c in codes}
    if asked.json:
        said: dict[str, Any] = {
            "place": place, "from": str(period.start), "to": str(period.end), "system": asked.system.upper(),
            "figures": values,
        }  # fmt: skip
        if asked.split:
            said["split"] = {c: {v: table.part(c, place, v) for v in table.parts(place)} for c in codes}
        say(json.dumps(said, ensure_ascii=False))
        return
    for code in codes:
        i, value = engine.indicator(code), values[code]
        say(f"{code:24} {'—' if value is None else value:>12} {i.unit}  {i.label}")
        for part in table.parts(place) if asked.split else ():
            shown = table.part(code, place, part)
            say(f"  {part:22} {'—' if shown is None else shown:>12}")


def bulletin(asked: argparse.Namespace, *, say: Say) -> None:
    """The statistics paragraph; with --json each figure's code, value and count of rows behind it."""
    place, named = _place(asked), _named(asked)
    system = whose.system(asked.system) if asked.system else ""
    about = reading.About(place, named.period, system=system, code=named.code, label=named.label)
    made = paragraph.paragraph(about)
    if not asked.json:
        say(made.text)
        return
    said = [
        {"code": code, "value": value, "rows": reading.rows(code, about).count()}
        for code, value in made.figures
    ]
    say(json.dumps({"text": made.text, "figures": said}, ensure_ascii=False))
