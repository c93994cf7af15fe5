"""Whatever stands in an address is answered: a page, a sentence or «not found», never an error."""

import random
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.test_doors import DOORS
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAMES = (
    "axis", "state", "grade", "sector", "county", "town", "source", "track", "enterprise", "when",
    "text", "since", "until", "cursor", "by", "place", "from", "to", "code", "on", "view", "year",
    "before", "kind", "subject", "person", "act", "q", "print", "scale", "key", "next", "documents",
    "mark", "description", "start", "end", "system", "page", "size", "organisation", "group",
    "hour", "month", "period", "columns", "sort", "order", "tab", "id", "pk",
)  # fmt: skip
#: what has broken systems like this one
NASTY = (
    "", "0", "-1", "²", "٣", "1e9", "NaN", "999999999999999999", "9223372036854775808", "9" * 400, "0001-01-01",
    "9999-12-31", "2019-02-30", "2019-W01-1", "20190806", "10000-01-01", "'", "' OR '1'='1", "1); DROP TABLE hazards_hazard;--",
    "%", "_", "\\", "%00", "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "\"onmouseover=alert(1) x=\"", "../../etc/passwd",
    "http://169.254.169.254/", "//example.org", "😀", "\u202e", "\ufeff", "ﷺ" * 50, "true", "null", "[]", "{}", "place",
    "4101", "410105", "410105001", "OPEN", "open", "overdue", "-found_at", "password", "id__gt", "REGISTERED",
    "WyJhIl0:1abc:xyz", ":", "a:b", "2026-11-25T00:00:00+08:00",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    st.integers(-(2**70), 2**70).map(str),
    st.dates().map(str),
)
ASKED = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4)
#: pages that read something from the address, and who opens them
PAGES = {
    "hazards:list": "clerk", "hazards:four_lists": "officer", "hazards:queue": "clerk", "hazards:alike": "officer",
    "hazards:suspensions": "officer", "hazards:register": "officer",
    "figures:index": "clerk", "figures:rows": "clerk", "standards:index": "clerk", "places:tree": "clerk",
    "places:calendar": "clerk", "register:list": "clerk", "people:list": "admin", "site:journal": "auditor",
    "site:looks": "auditor", "site:journal_export": "auditor", "evidence:upload": "officer", "people:login": "nobody",
    "register:sign_up": "nobody",
}  # fmt: skip
ONCE = settings(
    max_examples=25, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


def answered(w: World, who: str, path: str) -> None:
    answer = w.client(who).get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)
    assert answer.status_code < 500, path


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_parameter_breaks_a_page(name: str, w: World):
    entry, who = DOORS[name], PAGES[name]
    path, own = reverse(name, args=entry.args(w)), entry.query.lstrip("?")

    @ONCE
    @given(asked=ASKED)
    def ask(asked: dict[str, str]) -> None:
        said = "&".join(f"{k}={quote(v)}" for k, v in asked.items())
        answered(
            w,
            who,
            f"{path}?{said}{'&' if own and 'code' not in asked else ''}{own if 'code' not in asked else ''}",
        )

    ask()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_nasty_value_breaks_a_page(name: str, w: World):
    """The values that have broken others: each once in many places at once."""
    entry, who = DOORS[name], PAGES[name]
    path, own = reverse(name, args=entry.args(w)), entry.query.lstrip("?")
    for n, value in enumerate(NASTY):
        names = random.Random(n).sample(NAMES, 20)
        answered(w, who, f"{path}?{'&'.join(f'{k}={quote(value)}' for k in names)}&{own}")


def test_no_number_in_an_address_breaks_it(w: World):
    wrong = []
    for name, entry in DOORS.items():
        args = entry.args(w)
        if not any(isinstance(a, int) for a in args):
            continue
        who = next((one for one in (entry.get or entry.post).split() if one in w.users), "clerk")
        for number in (0, 2**31, 2**63 - 1, 2**63, 10**30):
            path = reverse(name, args=tuple(number if isinstance(a, int) else a for a in args))
            for method in ("get", "post"):
                with world.undone():
                    code = getattr(w.client(who), method)(path).status_code
                if code >= 500 or code == 200:
                    wrong.append(f"{method} {path}: {code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("year", ["0", "1", "1582", "9999", "10000", "99999999999999999999"])
def test_no_year_breaks_the_calendar(year: str, w: World):
    answer: Any = w.client("admin").post(f"/places/calendar/year/{year}/", {"source": "通知"})
    assert answer.status_code in (400, 404, 422)
