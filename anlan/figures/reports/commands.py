"""Acts of a report: begin, enter, freeze, sign, send back, return."""

from collections.abc import Mapping, Sequence
from datetime import date

from anlan.figures import engine
from anlan.figures.reports import cadence, filling, queries, rules
from anlan.figures.reports.models import FiledFigure, Frozen, Report
from anlan.figures.reports.shape import Row
from anlan.figures.reports.workflow import REPORT
from anlan.kernel import canonical
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Level
from anlan.kernel.words import Reason, Refused, require


@performs(REPORT, "begin", on=Report)
def begin(r: Report, *, act: Act, form: str, day: date, sector: str = "") -> Done:
    """Open the form of one's own place for the period in which `day` lies. `sector`: of one's own alone."""
    by = act.by
    asked = queries.form_named(form)
    if by.organisation is None or by.level not in (Level.CITY, Level.COUNTY):
        raise Refused(Reason("请以市或县(市、区)的职务建立报表"))
    require(rules.sector_is_own(sector=sector, sectors=by.sectors), "sector")
    period = cadence.period_of(asked.cadence, day)
    require(rules.has_begun(start=period.start, on=act.day), "day")
    r.form, r.sector = asked.code, sector
    r.county = by.code[:6] if by.level is Level.COUNTY else ""
    r.place = r.county or queries.city_code()
    r.start, r.end, r.due_at = period.start, period.end, cadence.due(asked.cadence, period)
    r.organisation, r.organisation_name = by.organisation, by.organisation_name
    r.begun_by_name, r.begun_on, r.filled_by = by.name, act.day, by.id
    return Done()


def _entered(rows: Sequence[Report]) -> dict[int, list[FiledFigure]]:
    found: dict[int, list[FiledFigure]] = {r.pk: [] for r in rows}
    for figure in FiledFigure.objects.of(rows):
        found[figure.report_id].append(figure)
    return found


@performs(REPORT, "enter", on=Report, loads={"entered": _entered})
def enter(r: Report, *, act: Act, entered: list[FiledFigure], values: Mapping[str, int | None]) -> Done:
    """Enter what the system cannot see: `row.indicator` → number. Other cells are counted and refuse a number."""
    form, changed = filling.form_of(r), []
    if not r.county:
        raise Refused(Reason("市级报表由各县(市、区)已上报的数字汇总,不另行填报"))
    known = {f"{x.row}.{x.code}": x for x in entered}
    rows = {row.key: row for row in form.rows(r.place)}
    by_hand = {f"{row.key}.{code}": (row, code) for row, code in filling.by_hand(form, rows.values())}
    for name, n in values.items():
        if name not in by_hand:
            raise Refused(Reason("“%(cell)s”由系统从记录数出,不能填写", {"cell": name}))
        row, code = by_hand[name]
        require(rules.number_is_plain(n, label=f"{row.label} {engine.indicator(code).label}"), name)
        figure = known.get(name)
        if figure is None and n is None:
            continue
        if figure is not None and figure.n == n:
            continue
        figure = figure or FiledFigure(
            report=r, row=row.key, code=code, start=r.start, end=r.end, county=r.county
        )
        figure.sector, figure.n = _sector_of(r, row), n or 0
        figure.by_name, figure.on = act.by.name, act.day
        changed.append(figure)
    r.filled_by = act.by.id
    return Done(children=changed)


def _sector_of(r: Report, row: Row) -> str:
    told = dict(row.only).get("sector", ())
    return told[0] if len(told) == 1 else r.sector


@performs(REPORT, "freeze", on=Report)
def freeze(r: Report, *, act: Act) -> Done:
    """Keep the table as it stands now, with its hash; what changes afterwards shows beside it."""
    body = filling.frozen_text(r, at=act.at.happened)
    r.nth += 1
    r.digest = canonical.digest(body)
    r.frozen_at, r.frozen_by, r.frozen_by_name = act.at.happened, act.by.id, act.by.name
    kept = Frozen(
        report=r, nth=r.nth, body=body, digest=r.digest, version=queries.VERSION, at=act.at.happened,
        by_name=act.by.name,
    )  # fmt: skip
    return Done(children=[kept])


@performs(REPORT, "sign", on=Report, loads={"entered": _entered})
def sign(r: Report, *, act: Act, entered: list[FiledFigure]) -> Done:
    """A second person signs; with this the report is filed, and what was entered by hand counts."""
    r.filed_at, r.filed_by_name = act.at.happened, act.by.name
    for figure in entered:
        figure.counts = True
    return Done(children=entered)


@performs(REPORT, "send_back", on=Report)
def send_back(r: Report, *, act: Act, reason: str) -> Done:
    """The signer does not sign; the report is filled in again."""
    return _back(r, act, reason, [])


@performs(REPORT, "return", on=Report, loads={"entered": _entered})
def give_back(r: Report, *, act: Act, entered: list[FiledFigure], reason: str) -> Done:
    """The city returns what was filed, to be corrected openly: the table that was filed stays on record."""
    for figure in entered:
        figure.counts = False
    return _back(r, act, reason, entered)


def _back(r: Report, act: Act, reason: str, children: list[FiledFigure]) -> Done:
    require(rules.why_given(reason), "reason")
    r.returned_on, r.returned_by_name, r.return_reason = act.day, act.by.name, reason.strip()
    r.filed_at, r.filed_by_name = None, ""
    return Done(children=children, note={"reason": reason.strip()})
