"""The autumn as whole numbers: the article's figures shared out over days, counties, systems, firms and ways.

Three parts that do not touch: Mid-Autumn of the emergency-management system, National Day of the whole city, and
everything else until 31 October; then three weeks of November. Each part adds up by itself, so their sum does.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from anlan.demo.autumn import course, days, firms, formalism, outings, parks
from anlan.demo.autumn.article import ARTICLE, MID_AUTUMN, NATIONAL_DAY, REPORTED, SETTLED, Article
from anlan.demo.autumn.firms import SYSTEM_OF, SYSTEMS, WEIGHTS, Firm, Unit
from anlan.demo.autumn.kinds import Find, Plan, Stop, Visit, Way
from anlan.demo.autumn.share import among, dealt, deck, shares

#: who looks and how, of a thousand ordinary visits
ORDINARY: dict[Way, float] = {
    Way("SELF", "ENTERPRISE", "SELF_DAILY"): 150, Way("SELF", "ENTERPRISE", "SELF_COMPREHENSIVE"): 60,
    Way("SELF", "ENTERPRISE", "SELF_PROFESSIONAL"): 40, Way("TOWN", "TOWN", "GOV_PATROL"): 260,
    Way("TOWN", "TOWN", "GOV_OPEN"): 60, Way("BUREAU", "EMERGENCY", "GOV_OPEN"): 70,
    Way("BUREAU", "EMERGENCY", "GOV_SPECIAL"): 55, Way("BUREAU", "EMERGENCY", "GOV_COVERT"): 10,
    Way("BUREAU", "EMERGENCY", "GOV_LOOK_BACK"): 15, Way("BUREAU", "FIRE", "GOV_OPEN"): 60,
    Way("BUREAU", "FIRE", "GOV_SPECIAL"): 30, Way("BUREAU", "CONSTRUCTION", "GOV_OPEN"): 45,
    Way("BUREAU", "CONSTRUCTION", "GOV_SPECIAL"): 20, Way("BUREAU", "TRANSPORT", "GOV_OPEN"): 30,
    Way("BUREAU", "MARKET", "GOV_OPEN"): 25, Way("BUREAU", "TOURISM", "GOV_OPEN"): 12,
    Way("GROUP", "GROUP", "GOV_SUPERVISION"): 16, Way("GROUP", "GROUP", "GOV_COVERT"): 6,
    Way("SQUAD", "EMERGENCY", "GOV_SUPERVISION"): 9, Way("EXPERT", "EXPERT", "EXPERT_SERVICE"): 20,
    Way("EXPERT", "EXPERT", "EXPERT_PROFESSIONAL"): 7,
}  # fmt: skip
HOLIDAY = {
    w: n
    for w, n in ORDINARY.items()
    if w.by in ("BUREAU", "TOWN", "GROUP", "SQUAD") and w.source != "GOV_LOOK_BACK"
}
EMERGENCY = {
    Way("BUREAU", "EMERGENCY", "GOV_OPEN"): 60.0, Way("BUREAU", "EMERGENCY", "GOV_COVERT"): 20.0,
    Way("SQUAD", "EMERGENCY", "GOV_SUPERVISION"): 20.0,
}  # fmt: skip
#: how many findings a visit has, in parts of weight: many find nothing
FINDINGS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 4)
MAJOR_SECTORS = ("HAZCHEM", "TRADE", "BUILD", "COAL", "TRANSPORT", "FIRE")
#: of the visits by organs so many go to firms whose people have accounts
STAFFED = 0.13
ORDERED, OWN = 0.03, 0.06
#: of a thousand orders of National Day that were handed in at once, and orders without a document besides
DONE_AT_ONCE, WITHOUT_PAPER = 400, 300


def made(units: Sequence[Unit], *, seed: int, scale: float = 1.0, article: Article = ARTICLE) -> Plan:
    """The plan of a city. The same seed and scale give the same."""
    chance = random.Random(seed)  # noqa: S311  a story, no secret
    told = article.scaled(scale)
    plan = Plan(firms=firms.made(units, told.firms, chance))
    plan.parks = parks.planned(units, plan.firms)
    city = City(units, plan.firms, chance)
    _mid_autumn(city, told)
    _national_day(city, told)
    _ordinary(city, told)
    _november(city, told)
    plan.visits = sorted(city.visits, key=lambda v: (v.day, v.minute, v.firm.n))
    plan.stops = _stops(plan.visits, told, chance)
    outings.planned(plan, units, told, scale, chance)
    formalism.planted(plan, random.Random(f"formalism {seed}"))  # noqa: S311
    return plan


class City:
    """Firms to go to, and the visits so far."""

    def __init__(self, units: Sequence[Unit], made: Sequence[Firm], chance: random.Random):
        self.codes, self.chance, self.visits = [u.code for u in units], chance, list[Visit]()
        self.pools: dict[tuple[str, str], list[Firm]] = defaultdict(list)
        self.staffed: dict[tuple[str, str], list[Firm]] = defaultdict(list)
        self.reporting: dict[str, list[Firm]] = defaultdict(list)
        self.next: dict[tuple[str, str], int] = defaultdict(int)
        for f in made:
            for key in ((f.county, SYSTEM_OF.get(f.sector, "")), (f.county, "")):
                self.pools[key].append(f)
                if f.staffed:
                    self.staffed[key].append(f)
            if f.reports:
                self.reporting[f.county].append(f)
        for pool in self.pools.values():
            chance.shuffle(pool)

    def firm(self, county: str, way: Way) -> Firm:
        """The next firm in turn of those that this way leads to."""
        if way.by == "SELF":
            return self.chance.choice(self.reporting[county])
        key = (county, way.system if way.system in SYSTEMS else "")
        if self.chance.random() < STAFFED and way.by in ("BUREAU", "TOWN"):
            return self.chance.choice(self.staffed[key])
        self.next[key] += 1
        return self.pools[key][self.next[key] % len(self.pools[key])]

    def out(
        self, total: int, when: Mapping[date, float], ways: Mapping[Way, float], pick: Callable
    ) -> list[Visit]:
        """`total` visits over these days and the counties, by these ways."""
        cells = {(d, c): w * WEIGHTS[c] for d, w in when.items() for c in self.codes}
        where = deck(among(total, cells), self.chance)
        made = []
        for (day, county), way in zip(where, dealt(total, ways, self.chance), strict=True):
            firm = pick(county, way)
            made.append(Visit(day, self._minute(way), firm.county, way, firm, self._people(way)))
        self.visits += made
        return made

    def _minute(self, way: Way) -> int:
        if way.covert and self.chance.random() < 0.3:
            return self.chance.randint(19 * 60, 21 * 60)
        morning = self.chance.random() < 0.55
        return (
            self.chance.randint(8 * 60 + 40, 11 * 60)
            if morning
            else self.chance.randint(14 * 60 + 30, 17 * 60)
        )

    def _people(self, way: Way) -> int:
        return {"SELF": 0, "TOWN": 1, "EXPERT": 1}.get(way.by, 2)

    def find(self, visits: Sequence[Visit], total: int) -> None:
        """`total` findings in these visits, all put right on the spot so far."""
        if not visits:
            return
        weights = [self.chance.choice(FINDINGS) for _ in visits]
        weights = weights if any(weights) else [1] * len(visits)
        for v, n in zip(visits, shares(total, weights), strict=True):
            v.finds += [Find(self.chance.randrange(1 << 30)) for _ in range(n)]

    def fresh(self, unused: dict[tuple[str, str], list[Firm]], used: set[int]) -> Callable[[str, Way], Firm]:
        """Firms that nobody has been to in these days, those with accounts first; another county's at the last."""

        def pick(county: str, way: Way) -> Firm:
            system = way.system if way.system in SYSTEMS else ""
            for key in ((county, system), *((c, system) for c in self.codes)):
                pool = unused.setdefault(key, sorted(self.pools[key], key=lambda f: f.staffed))
                while pool:
                    firm = pool.pop()
                    if firm.n not in used:
                        used.add(firm.n)
                        return firm
            raise ValueError(f"no firm is left for {way}")

        return pick


def _slots(visits: Iterable[Visit], fits: Callable[[Visit], bool]) -> list[tuple[Visit, Find]]:
    return [(v, f) for v in visits if fits(v) for f in v.finds if f.course is None]


def _ordering(v: Visit) -> bool:
    """Whether what is found here may be ordered with a document: a bureau's visit to a firm with accounts."""
    return v.way.by == "BUREAU" and v.firm.staffed


def _send(
    city: City, slots: list[tuple[Visit, Find]], n: int, kind: str, *, by: date | None = None, after: date | None = None
) -> list[tuple[Visit, Find]]:  # fmt: skip
    """Lay out so many of these courses."""
    drawn = city.chance.sample(slots, min(n, len(slots)))
    for v, f in drawn:
        f.course = course.laid_out(kind, v.day, city.chance, by=by, after=after)
    return drawn


def _mid_autumn(city: City, told: Article) -> None:
    t = told.mid_autumn
    when = dict.fromkeys(days.between(*MID_AUTUMN), 1.0)
    visits = city.out(t.firms, when, EMERGENCY, city.fresh({}, set()))
    city.find(visits, t.found)
    slots = _slots(visits, _ordering) or _slots(visits, lambda v: True)
    _send(city, slots, t.found - t.on_spot, course.ORDERED, after=MID_AUTUMN[1])


def _national_day(city: City, told: Article) -> None:
    t, last = told.national_day, NATIONAL_DAY[1]
    when = dict.fromkeys(days.between(*NATIONAL_DAY), 1.0)
    visits = city.out(t.firms, when, HOLIDAY, city.fresh({}, set()))
    city.find(visits, t.general + t.major)
    early = lambda v: _ordering(v) and v.day <= last - timedelta(days=2)
    majors = [s for s in _slots(visits, early) if s[0].firm.sector in MAJOR_SECTORS]
    for _, f in _send(city, majors, t.major, course.MAJOR, by=last):
        assert f.course is not None
        f.course.legal = True
    legal = max(0, t.orders - t.major)
    unfixed, at_once = t.general - t.rectified, legal * DONE_AT_ONCE // 1000
    left = min(legal - at_once, unfixed)
    _send(city, _slots(visits, early), legal - left, course.LEGAL, by=last)
    _send(city, _slots(visits, _ordering), left, course.LEGAL, after=last)
    town = lambda v: v.firm.staffed and v.way.by in ("BUREAU", "TOWN")
    _send(
        city,
        _slots(visits, lambda v: town(v) and early(v)),
        t.general * WITHOUT_PAPER // 15_782,
        course.ORDERED,
        by=last,
    )
    _send(city, _slots(visits, town), unfixed - left, course.ORDERED, after=last)


def _ordinary(city: City, told: Article) -> None:
    """Everything else until the report; on Mid-Autumn the emergency-management system has its own figures."""
    mid, national = told.mid_autumn, told.national_day
    total = told.visits - mid.firms - national.firms
    when = days.ordinary()
    feast = {d: w for d, w in when.items() if days.holiday(d)}
    others = {
        w: n for w, n in ORDINARY.items() if w.system != "EMERGENCY" and w.by in ("BUREAU", "TOWN", "GROUP")
    }
    at_feast = round(total * sum(feast.values()) / sum(when.values()))
    visits = city.out(at_feast, feast, others, city.firm)
    visits += city.out(
        total - at_feast, {d: w for d, w in when.items() if d not in feast}, ORDINARY, city.firm
    )
    _not_before_they_stood(city, visits)
    major = told.major - national.major
    city.find(visits, told.general - mid.found - national.general + major)
    _furnish(city, visits, major + told.orders)
    slots = [
        s
        for s in _slots(visits, _ordering)
        if s[0].firm.sector in MAJOR_SECTORS and not days.holiday(s[0].day)
    ]
    legal = told.orders - national.orders
    for n, (_, f) in enumerate(_send(city, slots, major, course.MAJOR)):
        assert f.course is not None
        f.course.legal = n < legal
    _send(city, _slots(visits, _ordering), max(0, legal - major), course.LEGAL)
    _usual(city, visits)


def _not_before_they_stood(city: City, visits: Sequence[Visit]) -> None:
    """Groups go out once they are set up: an earlier day of theirs is exchanged with a later visit's of others."""
    stand = days.GROUPS_STAND
    later = [
        v for v in visits if v.day >= stand and v.way.by not in ("GROUP", "SQUAD") and not days.holiday(v.day)
    ]
    early = [v for v in visits if v.day < stand and v.way.by in ("GROUP", "SQUAD")]
    for v, w in zip(early, city.chance.sample(later, min(len(early), len(later))), strict=False):
        v.day, w.day = w.day, v.day


def _furnish(city: City, visits: Sequence[Visit], wanted: int) -> None:
    """In a small city the few orders must find a firm: bureaus' visits go to firms with accounts until they do."""
    bureaus = [v for v in visits if v.way.by == "BUREAU" and v.finds and not days.holiday(v.day)]
    fits = lambda v: v.firm.staffed and v.firm.sector in MAJOR_SECTORS
    missing = wanted - sum(len(v.finds) for v in bureaus if fits(v))
    for v in bureaus:
        if missing <= 0:
            return
        firm = next((f for f in city.staffed[v.county, v.way.system] if f.sector in MAJOR_SECTORS), None)
        if firm is not None and not fits(v):
            v.firm, missing = firm, missing - len(v.finds)


def _usual(city: City, visits: Sequence[Visit]) -> None:
    """Orders without a document, and what firms find themselves and do not settle at once."""
    n = sum(len(v.finds) for v in visits)
    ordered = _slots(visits, lambda v: v.firm.staffed and v.way.by in ("BUREAU", "TOWN"))
    _send(city, ordered, int(n * ORDERED), course.ORDERED)
    own = _slots(visits, lambda v: v.way.by == "SELF")
    _send(city, own, int(len(own) * OWN), course.OWN)


def _november(city: City, told: Article) -> None:
    visits = city.out(told.november_visits, days.november(), ORDINARY, city.firm)
    city.find(visits, told.november_general)
    _usual(city, visits)


def _stops(visits: Sequence[Visit], told: Article, chance: random.Random) -> list[Stop]:
    """One suspension to a firm, on grounds that stand: majors first, then what was ordered with a document."""
    found: dict[str, list[tuple[Visit, Find]]] = {course.MAJOR: [], course.LEGAL: []}
    for v in visits:
        for f in v.finds:
            c = f.course
            stands = c is not None and (c.submitted is None or c.submitted > v.day + timedelta(days=1))
            if c is not None and c.kind in found and stands and v.day <= REPORTED and not days.holiday(v.day):
                found[c.kind].append((v, f))
    chance.shuffle(found[course.LEGAL])
    firms_stopped: set[int] = set()
    stops = []
    for v, f in [*found[course.MAJOR], *found[course.LEGAL]]:
        if len(stops) < told.suspended and v.firm.n not in firms_stopped:
            firms_stopped.add(v.firm.n)
            closed = f.course.accepted if f.course else None
            lifted = days.desk_day(closed + timedelta(days=2)) if closed else None
            stops.append(Stop(v.day, v, f, lifted if lifted and lifted <= SETTLED else None))
    return sorted(stops, key=lambda s: s.day)
