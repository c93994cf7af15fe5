"""Sharing visits out among groups: fair by number, short by distance. Pure; the same input gives the same result.

First everybody gets his share: as many visits as bring all groups to the same load, among those that may go
there. Then each part is laid out as a round trip, and strings of neighbouring visits are taken out and put back
where they cost least, worse results being accepted ever more rarely (Christiaens and Vanden Berghe, "Slack
Induction by String Removals for Vehicle Routing Problems", Transportation Science 54, 2020).
"""

import cmath
import heapq
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

#: kilometres of a degree of latitude
DEGREE = 111.2
#: how much more than its exact share a group may get, so that nobody crosses the city for one visit
SLACK = 1.05
NEAR, STRING, REMOVED = 14, 10, 8


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit to be made: where, and which groups (by their place in the list) may make it."""

    x: float
    y: float
    may: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """A group: where it starts and ends its day, and how many visits it has already."""

    x: float
    y: float
    load: int = 0


def flat(lng: float, lat: float, *, middle: float = 34.75) -> tuple[float, float]:
    """A position in kilometres on a plane that touches the city."""
    return lng * DEGREE * math.cos(math.radians(middle)), lat * DEGREE


def caps(stops: int, teams: Sequence[Team]) -> list[int]:
    """The most that each group may get: its share with a little slack."""
    return [max(1, math.ceil(n * SLACK)) if n else 0 for n in shares(stops, [t.load for t in teams])]


def shares(n: int, loads: Sequence[int]) -> list[int]:
    """How many of n each gets so that all end as level as can be."""
    got, heap = [0] * len(loads), [(load, i) for i, load in enumerate(loads)]
    heapq.heapify(heap)
    for _ in range(n):
        load, i = heapq.heappop(heap)
        got[i] += 1
        heapq.heappush(heap, (load + 1, i))
    return got


def length(route: Sequence[int], stops: Sequence[Stop], team: Team) -> float:
    """Kilometres of a round trip as the crow flies."""
    points = [complex(team.x, team.y), *(complex(stops[i].x, stops[i].y) for i in route)]
    return sum(abs(points[i] - points[i - 1]) for i in range(len(points)))


def share(stops: Sequence[Stop], teams: Sequence[Team], *, rounds: int | None = None) -> list[list[int]]:
    """For each group its visits, by their place in the list, in the order of a good round trip.

    A visit that nobody may make is in no list.
    """
    plan = _Plan(stops, teams)
    plan.deal()
    plan.improve(effort(len(stops)) if rounds is None else rounds)
    return plan.routes


def effort(n: int) -> int:
    """Rounds of improvement that are worth waiting for."""
    return min(6_000, 20 * n) if n <= 1000 else 2_000


class _Plan:
    def __init__(self, stops: Sequence[Stop], teams: Sequence[Team]):
        self.stops, self.teams = stops, teams
        self.at = [complex(s.x, s.y) for s in stops]
        self.base = [complex(t.x, t.y) for t in teams]
        self.routes: list[list[int]] = [[] for _ in teams]
        self.where = [-1] * len(stops)
        self.cap = [0] * len(teams)
        self.least = [0] * len(teams)
        self.random = random.Random(len(stops))  # noqa: S311  repeatable, and nothing to guess

    # -- fair shares ---------------------------------------------------------------------------

    def deal(self) -> None:
        """Everybody's share, those whom few may visit first; each share a sector around the base."""
        classes: dict[tuple[int, ...], list[int]] = {}
        for i, s in enumerate(self.stops):
            if s.may:
                classes.setdefault(s.may, []).append(i)
        loads = [t.load for t in self.teams]
        for may in sorted(classes, key=lambda m: (len(m), m)):
            members = classes[may]
            got = shares(len(members), [loads[g] for g in may])
            middle = sum(self.base[g] for g in may) / len(may)
            members.sort(key=lambda i: (cmath.phase(self.at[i] - middle), abs(self.at[i] - middle)))
            start = 0
            for g, n in zip(may, got, strict=True):
                self.routes[g] += members[start : start + n]
                loads[g] += n
                start += n
        for g, route in enumerate(self.routes):
            self.cap[g], self.least[g] = math.ceil(len(route) * SLACK), int(len(route) / SLACK)
            self.routes[g] = self._tour(route, self.base[g])
            for i in route:
                self.where[i] = g

    def _tour(self, route: list[int], base: complex) -> list[int]:
        """A round trip: the nearest next, then crossings undone."""
        left, tour, here = set(route), [], base
        while left:
            i = min(left, key=lambda i: (abs(self.at[i] - here), i))
            left.remove(i)
            tour.append(i)
            here = self.at[i]
        return self._uncrossed(tour, base)

    def _uncrossed(self, tour: list[int], base: complex) -> list[int]:
        points = [base, *(self.at[i] for i in tour)]
        order, n = list(range(len(points))), len(points)
        better = n > 3
        while better:
            better = False
            for i in range(n - 2):
                a, b = points[order[i]], points[order[i + 1]]
                ab = abs(a - b)
                for j in range(i + 2, n - (i == 0)):
                    c = points[order[j]]
                    if (ac := abs(a - c)) >= ab:
                        continue
                    d = points[order[(j + 1) % n]]
                    if ac + abs(b - d) < ab + abs(c - d) - 1e-9:
                        order[i + 1 : j + 1] = order[j:i:-1]
                        b = points[order[i + 1]]
                        ab, better = abs(a - b), True
        return [tour[i - 1] for i in order[1:]]

    # -- short ways ----------------------------------------------------------------------------

    def improve(self, rounds: int) -> None:
        placed = [i for i, g in enumerate(self.where) if g >= 0]
        if len(placed) < 3 or len(self.teams) == 0 or rounds < 1:
            return
        self.near = _near([self.at[i] for i in placed], placed, len(self.at))
        total = sum(length(r, self.stops, t) for r, t in zip(self.routes, self.teams, strict=True))
        if total <= 0:  # all in one place: no trip is longer than another
            return
        hot = total / len(placed) / 2
        cold, now, best = hot / 200, 0.0, 0.0
        kept = [list(r) for r in self.routes]
        cooling, heat = (cold / hot) ** (1 / rounds), hot
        for n in range(rounds):
            done = self._ruin_and_recreate(placed)
            if done is not None:
                delta, old = done
                if delta < -heat * math.log(self.random.random() or 1e-12):
                    now += delta
                else:
                    self._back(old)
                if now < best - 1e-9 and n % 8 == 0 and n * 4 > rounds * 3:
                    best, kept = now, [list(r) for r in self.routes]
            heat *= cooling
        if best < 0:
            self.routes = kept
        self.routes = [self._uncrossed(r, b) for r, b in zip(self.routes, self.base, strict=True)]

    def _ruin_and_recreate(self, placed: list[int]) -> tuple[float, dict[int, list[int]]] | None:
        """Take strings of neighbours out and put them back. Returns what it costs more, and what was before."""
        rnd, old = self.random, dict[int, list[int]]()
        out: list[int] = []
        strings = 1 + int(rnd.random() * REMOVED / 3)
        centre = placed[int(rnd.random() * len(placed))]
        delta = 0.0
        for i in [centre, *self.near[centre]]:
            g = self.where[i]
            if g in old or i in out:
                continue
            if len(old) >= strings:
                break
            route = self.routes[g]
            old[g] = route[:]
            n = min(len(route), 1 + int(rnd.random() * STRING))
            at = route.index(i)
            start = max(0, min(at - int(rnd.random() * n), len(route) - n))
            base = self.base[g]
            cut = route[start : start + n]
            ring = [self.at[route[start - 1]] if start else base, *(self.at[j] for j in cut)]
            ring.append(self.at[route[start + n]] if start + n < len(route) else base)
            delta += abs(ring[0] - ring[-1]) - sum(abs(ring[k + 1] - ring[k]) for k in range(n + 1))
            del route[start : start + n]
            out += cut
            for j in cut:
                self.where[j] = -1
        how = rnd.random()
        if how < 0.5:
            rnd.shuffle(out)
        else:
            centre_at = self.base[self._any_group(out[0])]
            out.sort(key=lambda i: abs(self.at[i] - centre_at), reverse=how < 0.75)
        for i in out:
            cost = self._put(i, old)
            if cost is None:
                self._back(old)
                return None
            delta += cost
        if any(len(self.routes[g]) < self.least[g] for g in old):
            self._back(old)
            return None
        return delta, old

    def _any_group(self, i: int) -> int:
        return self.stops[i].may[0]

    def _put(self, i: int, old: dict[int, list[int]]) -> float | None:
        """Where it costs least, beside a near neighbour or at the start of a trip."""
        here, at, routes, where, cap = self.at[i], self.at, self.routes, self.where, self.cap
        may, rnd = self.stops[i].may, self.random.random
        best, place = math.inf, (-1, 0)
        for j in self.near[i]:
            g = where[j]
            if g < 0 or len(routes[g]) >= cap[g] or (g not in may) or rnd() < 0.01:
                continue
            route = routes[g]
            k = route.index(j)
            pj = at[j]
            far = abs(pj - here)
            p = at[route[k - 1]] if k else self.base[g]
            cost = abs(p - here) + far - abs(p - pj)
            if cost < best:
                best, place = cost, (g, k)
            q = at[route[k + 1]] if k + 1 < len(route) else self.base[g]
            cost = far + abs(q - here) - abs(pj - q)
            if cost < best:
                best, place = cost, (g, k + 1)
        for g in may if best is math.inf or rnd() < 0.2 else ():
            if len(routes[g]) < cap[g]:
                base, route = self.base[g], routes[g]
                first = at[route[0]] if route else base
                cost = abs(base - here) + abs(first - here) - abs(base - first)
                if cost < best:
                    best, place = cost, (g, 0)
        g, k = place
        if g < 0:
            return None
        if g not in old:
            old[g] = routes[g][:]
        routes[g].insert(k, i)
        where[i] = g
        return best

    def _back(self, old: dict[int, list[int]]) -> None:
        for g, route in old.items():
            self.routes[g] = route
            for i in route:
                self.where[i] = g


def _near(points: list[complex], keys: list[int], size: int) -> list[list[int]]:
    """For each point its nearest others, by a grid."""
    side = max(1, int(math.sqrt(len(points) / 3)))
    left, low = min(p.real for p in points), min(p.imag for p in points)
    wide = max(max(p.real for p in points) - left, max(p.imag for p in points) - low, 1e-6) / side
    grid: dict[tuple[int, int], list[int]] = {}
    cell = [(int((p.real - left) / wide), int((p.imag - low) / wide)) for p in points]
    for n, c in enumerate(cell):
        grid.setdefault(c, []).append(n)
    near: list[list[int]] = [[] for _ in range(size)]
    for n, (cx, cy) in enumerate(cell):
        reach, found = 1, list[int]()
        while len(found) <= NEAR and reach <= 2 * side + 1:
            found = [
                m
                for x in range(cx - reach, cx + reach + 1)
                for y in range(cy - reach, cy + reach + 1)
                for m in grid.get((x, y), ())
            ]
            reach *= 2
        p = points[n]
        nearest = heapq.nsmallest(NEAR + 1, ((abs(points[m] - p), m) for m in found))
        near[keys[n]] = [keys[m] for _d, m in nearest if m != n][:NEAR]
    return near
