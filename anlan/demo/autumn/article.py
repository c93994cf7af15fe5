"""What the article reports of autumn 2019, and the same for a city of another size."""

from dataclasses import dataclass, replace
from datetime import date

BEGIN, REPORTED, END = date(2019, 8, 1), date(2019, 10, 31), date(2019, 11, 20)
MID_AUTUMN = (date(2019, 9, 13), date(2019, 9, 15))
NATIONAL_DAY = (date(2019, 10, 1), date(2019, 10, 7))

#: by then everything found in the autumn is closed: nobody's desk of today holds work of 2019
SETTLED = date(2020, 1, 20)


@dataclass(frozen=True, slots=True)
class MidAutumn:
    """中秋: the emergency-management system alone."""

    groups: int = 245
    people: int = 778
    firms: int = 861
    found: int = 711
    on_spot: int = 705


@dataclass(frozen=True, slots=True)
class NationalDay:
    """国庆: the whole city. `fines` in yuan; `trips` of the principal leaders of the sixteen counties."""

    groups: int = 428
    people: int = 2_836
    firms: int = 6_892
    general: int = 15_782
    major: int = 3
    rectified: int = 15_506
    interviews: int = 4
    fines: int = 65_600
    orders: int = 96
    trips: int = 29


@dataclass(frozen=True, slots=True)
class Article:
    """截至10月底: the whole city; `firms` are those on the register, `november` what came after it was reported."""

    visits: int = 122_302
    general: int = 126_113
    major: int = 160
    suspended: int = 297
    orders: int = 1_919
    mid_autumn: MidAutumn = MidAutumn()
    national_day: NationalDay = NationalDay()
    firms: int = 60_000
    november_visits: int = 13_400
    november_general: int = 11_200

    def scaled(self, scale: float) -> "Article":
        """Every figure times `scale`, halves up; no part is larger than its whole, nobody goes out without a group."""

        def n(value: int) -> int:
            return int(value * scale + 0.5)

        m, d = self.mid_autumn, self.national_day
        found = n(m.found)
        mid = MidAutumn(
            groups=n(m.groups), people=_people(n(m.groups), n(m.people)), firms=n(m.firms), found=found,
            on_spot=min(found, n(m.on_spot)),
        )  # fmt: skip
        general = n(d.general)
        national = replace(
            d, groups=n(d.groups), people=_people(n(d.groups), n(d.people)), firms=n(d.firms), general=general,
            major=n(d.major), rectified=min(general, n(d.rectified)), interviews=n(d.interviews), fines=n(d.fines),
            orders=n(d.orders), trips=n(d.trips),
        )  # fmt: skip
        return Article(
            visits=max(n(self.visits), mid.firms + national.firms),
            general=max(n(self.general), mid.found + national.general),
            major=max(n(self.major), national.major), suspended=n(self.suspended),
            orders=max(n(self.orders), national.orders), mid_autumn=mid, national_day=national,
            firms=n(self.firms), november_visits=n(self.november_visits), november_general=n(self.november_general),
        )  # fmt: skip


def _people(groups: int, people: int) -> int:
    return max(people, groups) if groups else 0


ARTICLE = Article()
