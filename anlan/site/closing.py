"""The closing report of a campaign: drawn from the records, frozen when it closes, compared with what is counted now.

Every figure is an indicator through the campaign's lens. What was drawn at closing is kept as canonical text in a file
named by its hash, beside the keys of the records behind each figure; `changes` says what is counted differently since.
Official words: Chinese whatever the reader's language.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import override

from anlan.campaigns import queries, words
from anlan.campaigns.commands import campaign as commands
from anlan.campaigns.models import Campaign
from anlan.evidence import store
from anlan.figures import lens
from anlan.figures.ask import indicator
from anlan.figures.bulletins import drawing, keeping, render, restating
from anlan.figures.bulletins.drawing import Kept
from anlan.figures.bulletins.restating import Change
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Counted, Distinct, Rate
from anlan.figures.periods import Period
from anlan.figures.reports.queries import VERSION
from anlan.inspections import coverage_queries as coverage
from anlan.inspections.states import Tier
from anlan.kernel import canonical
from anlan.kernel.clock import Moment, day_of
from anlan.kernel.events import Performed
from anlan.kernel.replay import Finding
from anlan.kernel.scope import Actor, Level, acting_as, system_for
from anlan.kernel.words import Reason
from anlan.places import queries as places
from anlan.site import closing_paper as paper
from anlan.site.campaigns import lens_of, of_sector, sectors_of, tagged, units_of, where
from anlan.standards import queries as standards

#: by the window, so that it does not move with what is put right after the last day
RATE = "window_rate"
#: what the report says of the whole, in its order
WHOLE = (
    "visits", "firms_checked", "found_general", "found_major", "rectified", "on_spot", "closed", RATE, "open_major",
    "ordered", "suspended", "groups_out", "sorties", "sortie_people", "leader_trips", "leader_trips_principal",
)  # fmt: skip
#: and of each unit and sector
LINES = ("visits", "firms_checked", "found_general", "found_major", "rectified", RATE, "ordered", "suspended")


def _parts(codes: Sequence[str]) -> list[str]:
    """What is counted for these figures: a rate by its part and its whole."""
    return list(dict.fromkeys(one for code in codes for one in drawing.counted(code)))


def opens(code: str) -> bool:
    """Whether a figure opens into its records through a campaign's lens."""
    return isinstance(INDICATORS.get(code), Counted | Distinct)


# -- drawing ---------------------------------------------------------------------------------------


def draw(c: Campaign, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything that the report says, as plain values. Without figures for whoever may count nothing of it."""
    on, view = day_of(now), lens_of(c, actor, day_of(now))
    with override("zh-hans"):
        said = {
            "campaign": c.pk, "name": c.name, "basis": c.basis, "slogan": c.slogan, "office": c.office_name,
            "since": c.since.isoformat(), "until": c.until.isoformat(), "on": (c.closed_on or on).isoformat(),
            "summary": c.summary, "problems": c.problems, "bodies": _bodies(c), "rules": _rules(c),
            "plans": _plans(c, actor, on), "groups": _groups(c, actor), "items": queries.numbers_of(c, on=on),
            "timeline": _timeline(c, on), "coverage": _coverage(c, actor), "figures": [],
        }  # fmt: skip
        if view is not None:
            said |= _counted(view, c)
    return said


def _bodies(c: Campaign) -> list[dict[str, Any]]:
    rows = words.by_body(c.posts.filter(gone=False))
    return [
        {"label": str(b["label"]), "people": len(b["rows"]), "seconded": sum(p.seconded for p in b["rows"])}
        for b in rows
    ]


def _rules(c: Campaign) -> list[dict[str, Any]]:
    rows = words.by_kind(c.workrules.filter(gone=False))
    return [{"label": str(k["label"]), "all": len(k["rows"]), "ticked": k["ticked"]} for k in rows]


def _plans(c: Campaign, actor: Actor, on: date) -> list[dict[str, Any]]:
    found = []
    for p in queries.plans(c, actor):
        if p.state != "DRAFT":
            m = words.matrix(queries.receipts(p), on)
            found.append(
                {"plan": p.pk, "title": p.title, "number": p.number}
                | {k: m[k] for k in ("sent", "signed", "filed", "accepted", "late")}
            )
    return found


def _groups(c: Campaign, actor: Actor) -> list[list[Any]]:
    """How many groups of each kind, dissolved ones too."""
    both = [
        *queries.groups(actor, campaign=c.pk),
        *queries.groups(actor, campaign=c.pk, ended=True),
    ]
    return [[label, n] for label, n in sorted(Counter(str(g.get_kind_display()) for g in both).items())]


def _timeline(c: Campaign, on: date) -> list[dict[str, Any]]:
    return [
        {
            "day": t["day"].isoformat(), "until": t["until"].isoformat() if t.get("until") else "", "what": t["what"],
            "document": t.get("document", ""), "reached": reached.isoformat() if (reached := _reached(t, on)) else "",
        }
        for t in words.timeline(c, on)
    ]  # fmt: skip


def _reached(t: dict[str, Any], on: date) -> date | None:
    """When a milestone was reached; a phase is over at the end of its last day."""
    if t["reached"] is None and t.get("until") and t["until"] <= on:
        return t["until"]
    return t["reached"]


def _coverage(c: Campaign, actor: Actor) -> list[dict[str, Any]]:
    """The five ones, where the campaign has a roll."""
    r = None if actor.level is Level.NAMED else coverage.rolls().filter(campaign=c.pk).first()
    if r is None:
        return []
    lines = coverage.tree(r, actor)
    return [
        {"roll": r.pk, "tier": t.value, "label": str(t.label), "nodes": lines[t].nodes, "seen": lines[t].seen,
         "visits": lines[t].visits, "rate": _percent(lines[t].seen, lines[t].nodes)}
        for t in Tier
    ]  # fmt: skip


def _counted(view: lens.Lens, c: Campaign) -> dict[str, Any]:
    units, fields = units_of(view, c), sectors_of(view)
    whole, at = read(WHOLE, view), read_units(LINES, view, units)
    by_field = {s: read(LINES, of_sector(view, s)) for s in fields}
    said: dict[str, Any] = {
        "places": list(view.places), "only": [[d, list(v)] for d, v in view.only], "reach": list(view.reach),
        "start": view.period.start.isoformat(), "end": view.period.end.isoformat(), "where": where(view),
        "whole": [{"code": code, **_named(code), "value": n} for code, n in whole.items()],
        "columns": [{"code": code, **_named(code)} for code in LINES],
        "units": [{"place": p, "name": places.name_of(p), "values": list(at[p].values())} for p in units],
        "sectors": [
            {"sector": s, "name": standards.sector_name(s), "values": list(row.values())}
            for s, row in by_field.items()
            if any(row.values())
        ],
    }  # fmt: skip
    figures = [{"code": code, "place": "", "sector": "", "value": n} for code, n in whole.items()]
    figures += [
        {"code": code, "place": line.get("place", ""), "sector": line.get("sector", ""), "value": n}
        for line in (*said["units"], *said["sectors"])
        for code, n in zip(LINES, line["values"], strict=True)
    ]
    return said | {"figures": figures}


def _named(code: str) -> dict[str, str]:
    i = indicator(code)
    return {"label": str(i.label), "unit": str(i.unit)}


def _percent(part: int, whole: int) -> str | None:
    """In per cent as text, so that no machine rounds it anew; None over nothing."""
    return f"{100 * part / whole:.1f}" if whole else None


def _of(codes: Sequence[str], counted: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for code in codes:
        i = indicator(code)
        found[code] = _percent(counted[i.part], counted[i.whole]) if isinstance(i, Rate) else counted[code]
    return found


def read(codes: Sequence[str], view: lens.Lens) -> dict[str, Any]:
    """Figures through a lens, rates among them."""
    return _of(codes, lens.figures(_parts(codes), view))


def read_units(codes: Sequence[str], view: lens.Lens, units: Sequence[str]) -> dict[str, dict[str, Any]]:
    at = lens.by_place(_parts(codes), view, units)
    return {p: _of(codes, at[p]) for p in units}


# -- frozen ----------------------------------------------------------------------------------------


def freeze(event: Performed, *, by: Actor, at: Moment) -> None:
    """A campaign that closes keeps its report: what it says, the records behind it, PDF and Word, all or nothing."""
    if event.command != "campaign.close":
        return
    for c in event.rows:
        with acting_as(by):
            said = draw(c, by, at.received)
            view = lens_of(c, by, at.day)
            kept = keeping.pack(behind(view)) if view is not None else keeping.pack({})
        text = keeping.put(canonical.text(said).encode())
        made = paper.context(c, said, digest=text, version=VERSION)
        commands.keep_report(
            c.pk, by=replace(system_for(by), can=frozenset({"campaign.system"})), at=at, version=VERSION,
            said=text, kept=keeping.put(kept), pdf=keeping.put(render.pdf(made)),
            docx=keeping.put(render.docx(made)),
        )  # fmt: skip


def behind(view: lens.Lens) -> Kept:
    """The keys of the records behind each figure of the whole, by the kind of record."""
    found: Kept = {}
    for code in _parts(WHOLE):
        rows = lens.rows(code, view)
        found[code] = (rows.model._meta.label_lower, sorted(rows.order_by().values_list("pk", flat=True)))
    return found


def frozen(c: Campaign) -> dict[str, Any] | None:
    """What was kept at closing; None where nothing was, or where the file is missing or was changed."""
    if not c.report_sha256 or not store.holds(c.report_sha256):
        return None
    return json.loads(store.path_of(c.report_sha256).read_bytes())


def reads_whole(c: Campaign, actor: Actor) -> bool:
    """Whether somebody may count all that the report tells; others read of it what lies in their place."""
    if not actor.may("figures.see") or actor.sectors is not None:
        return False
    return actor.level is Level.CITY or (actor.level is Level.COUNTY and c.county == actor.code[:6] != "")


def then(said: dict[str, Any], c: Campaign) -> lens.Lens | None:
    """The lens through which a frozen report was drawn, over what is tagged now."""
    if not said["figures"]:
        return None
    period = Period(date.fromisoformat(said["start"]), date.fromisoformat(said["end"]))
    only = tuple((d, tuple(v)) for d, v in said["only"])
    return lens.Lens(tuple(said["places"]), period, only, tagged(c), reach=tuple(said["reach"]))


def changes(c: Campaign, said: dict[str, Any]) -> list[Change]:
    """Every figure of the frozen report that is counted differently now, in its order."""
    view = then(said, c)
    if view is None:
        return []
    whole = read(_declared(said["whole"]), view)
    codes = _declared(said["columns"])
    at = read_units(codes, view, [line["place"] for line in said["units"]])
    shown = {line["sector"] for line in said["sectors"]}
    fields = {s: read(codes, of_sector(view, s)) for s in shown}
    kept: Kept | None = None
    found = []
    for f in said["figures"]:
        code = f["code"]
        counted = fields[f["sector"]] if f["sector"] else at[f["place"]] if f["place"] else whole
        if code not in counted or (now := counted[code]) == f["value"]:
            continue
        moved = None
        if not f["sector"] and not f["place"]:
            kept = kept if kept is not None else keeping.of(c.report_kept_sha256) or {}
            moved = restating.moved(
                (kept[one][1], lens.rows(one, view)) for one in drawing.counted(code) if one in kept
            )
        found.append(Change(code, f["place"], f["sector"], f["value"], now, moved))
    return found


def _declared(columns: Sequence[dict[str, Any]]) -> list[str]:
    """The codes of a frozen report that this version of the program still counts."""
    return [column["code"] for column in columns if column["code"] in INDICATORS]


def check() -> Iterator[Finding]:
    """What can be wrong with frozen reports: a file that is missing or was changed. The caller acts as the system."""
    for c in queries.campaigns().exclude(report_sha256=""):
        for what, sha in (
            ("正文", c.report_sha256), ("底账", c.report_kept_sha256), ("PDF", c.report_pdf_sha256),
            ("Word", c.report_docx_sha256),
        ):  # fmt: skip
            if not store.holds(sha):
                said = {"name": c.name, "what": what}
                yield Finding(
                    Reason("%(name)s总结报告的%(what)s文件缺失或已被改动,请从备份恢复", said),
                    "campaign",
                    c.pk,
                )
