"""The days of autumn 2019: phases, the Chinese week, how much is done on each."""

from datetime import date, timedelta

from anlan.demo.autumn.article import BEGIN, END, MID_AUTUMN, NATIONAL_DAY, REPORTED

#: Saturdays and Sundays that were worked for the holiday beside them (国办 notice of 2018-12-06)
WORKED = frozenset({date(2019, 9, 29), date(2019, 10, 12)})
#: phases in which the city is lived through, one after the other, each with its last day
PHASES = (
    (date(2019, 8, 11), 0.55), (date(2019, 9, 12), 1.0), (date(2019, 9, 15), 0.5), (date(2019, 9, 30), 1.2),
    (date(2019, 10, 7), 0.0), (date(2019, 10, 31), 0.95), (date(2019, 11, 20), 0.6),
)  # fmt: skip
WEEKEND = 0.45
#: the leading group and the groups of supervision were set up on the day before
GROUPS_STAND = date(2019, 8, 13)


def between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def phase_of(day: date) -> int:
    return next((n for n, (last, _) in enumerate(PHASES) if day <= last), len(PHASES) - 1)


def holiday(day: date) -> bool:
    return MID_AUTUMN[0] <= day <= MID_AUTUMN[1] or NATIONAL_DAY[0] <= day <= NATIONAL_DAY[1]


def weight(day: date) -> float:
    """How much is done on a day outside the two holidays' own figures."""
    rest = day.weekday() >= 5 and day not in WORKED
    return PHASES[phase_of(day)][1] * (WEEKEND if rest and not holiday(day) else 1.0)


def ordinary() -> dict[date, float]:
    """The days until the report, but for National Day, which has figures of its own."""
    return {d: w for d in between(BEGIN, REPORTED) if (w := weight(d))}


def november() -> dict[date, float]:
    return {d: weight(d) for d in between(REPORTED + timedelta(days=1), END)}


def desk_day(day: date) -> date:
    """The first day on which something is handed in: no holiday, no Sunday."""
    while holiday(day) or (day.weekday() == 6 and day not in WORKED):
        day += timedelta(days=1)
    return day
