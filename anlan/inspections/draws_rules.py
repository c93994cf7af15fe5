"""Drawing by lot, as pure functions: the same papers and the same seed give the same draw, everywhere, for ever.

Every candidate holds as many lots as his weight says, one to eight. Lot j of a candidate is the j-th eight bytes
of SHA-512 over "seed|candidate"; his lowest lot is his number, and the lowest numbers are drawn. So a candidate
with weight 4 is drawn four times as readily as one with weight 1, no number depends on the order of a list, and
no arithmetic but the comparison of bytes is needed to repeat it.

The seed is SHA-256 over "secret|words of the witness". The secret is fixed before the draw and its SHA-256
published (the commitment); the witness says his words afterwards, so that neither side can steer the draw.
"""

import hashlib
import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason

VERSION = "LOTS-1"
MOST_LOTS, LOT = 8, 8
OFFICERS = 2
#: a draw names at most so many places to visit; more is a plan, not a draw
MOST = 1000

Candidate = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Pick:
    """One place drawn, and who goes: a group, or officers."""

    firm: int
    group: int | None
    officers: tuple[int, ...] = ()

    def plain(self) -> list[Any]:
        return [self.firm, self.group, list(self.officers)]


def commitment(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def seed(secret: str, said: str) -> str:
    return hashlib.sha256(f"{secret}|{said}".encode()).hexdigest()


def number(seed: str, who: str, weight: int = 1) -> bytes:
    """A candidate's number: the lowest of his lots."""
    lots = hashlib.sha512(f"{seed}|{who}".encode()).digest()
    return min(lots[i : i + LOT] for i in range(0, LOT * weight, LOT))


def lowest(seed: str, candidates: Iterable[Candidate], n: int) -> list[int]:
    """The n firms with the lowest numbers, lowest first."""
    prefix, sha = f"{seed}|firm:".encode(), hashlib.sha512
    numbered = []
    for key, _county, weight in candidates:
        lots = sha(b"%s%d" % (prefix, key)).digest()
        best = lots[:8]
        for i in range(8, 8 * weight, 8):
            if lots[i : i + 8] < best:
                best = lots[i : i + 8]
        numbered.append((best, key))
    return [key for _best, key in heapq.nsmallest(n, numbered)]


def draw(papers: Mapping[str, Any], seed: str) -> list[Pick]:
    """The whole draw from its papers."""
    return _covert(papers, seed) if papers["kind"] == "COVERT" else _random(papers, seed)


def _covert(papers: Mapping[str, Any], seed: str) -> list[Pick]:
    """Which groups go, to which of their counties, to which firms there."""
    groups = sorted(papers["groups"], key=lambda g: number(seed, f"group:{g['id']}"))
    picks: list[Pick] = []
    taken: set[int] = set()
    for g in groups[: papers["groups_no"]]:
        barred = set(g["barred"]) | taken
        pools: dict[str, list[Candidate]] = {c: [] for c in g["counties"]}
        for c in papers["candidates"]:
            if c[1] in pools and c[0] not in barred:
                pools[c[1]].append(c)
        places = sorted((c for c in pools if pools[c]), key=lambda c: number(seed, f"place:{g['id']}:{c}"))
        if places:
            found = lowest(seed, pools[places[0]], papers["firms_no"])
            taken |= set(found)
            picks += [Pick(key, g["id"]) for key in found]
    return picks


def _random(papers: Mapping[str, Any], seed: str) -> list[Pick]:
    """Firms by lot, and for each two officers by lot among those who have the fewest so far."""
    officers, load = papers["officers"], {o["id"]: 0 for o in papers["officers"]}
    barred = {o["id"]: set(o["barred"]) for o in officers}
    picks = []
    for firm in lowest(seed, papers["candidates"], papers["firms_no"]):
        free = [o["id"] for o in officers if firm not in barred[o["id"]]]
        free.sort(key=lambda o: (load[o], number(seed, f"officer:{o}:{firm}")))
        pair = tuple(free[:OFFICERS])
        for o in pair:
            load[o] += 1
        picks.append(Pick(firm, None, pair))
    return picks


def with_a_pair(candidates: Sequence[Candidate], officers: Sequence[Mapping[str, Any]]) -> list[Candidate]:
    """Firms to which two of the officers may go. The others have no lot: drawn, nobody could be sent there."""
    back = Counter(firm for o in officers for firm in o["barred"])
    return [c for c in candidates if len(officers) - back[c[0]] >= OFFICERS]


# -- weights ---------------------------------------------------------------------------------------


def risk(*, is_key: bool, majors: int) -> int:
    """1 ordinary, 3 a key unit, +2 where major hazards are open. The coverage list sorts by it."""
    return 1 + (2 if is_key else 0) + (2 if majors else 0)


def weight(*, risk: int, last: date | None, on: date) -> int:
    """Lots of a firm: its risk, and one each after a month, a quarter, half a year without a visit."""
    days = (on - last).days if last is not None else 10_000
    return min(MOST_LOTS, risk + (days > 30) + (days > 90) + (days > 180))


# -- refusals --------------------------------------------------------------------------------------


def enough(*, firms: int, asked: int, most: int) -> Reason | None:
    if asked < 1:
        return Reason("请填写抽取家数")
    if asked > MOST:
        return Reason("一次最多抽取%(most)s家,更多的请列入检查计划", {"most": MOST})
    if not firms:
        return Reason("这个范围内没有可抽取的在册企业,请调整县(市、区)或行业领域")
    if asked > most:
        return Reason("范围内只有%(n)s家可抽取,少于要抽的%(asked)s家,请扩大范围", {"n": most, "asked": asked})
    return None


def enough_have_a_pair(*, firms: int, among: int, asked: int) -> Reason | None:
    if firms < asked:
        return Reason(
            "%(among)s家中只有%(n)s家能派出两名不须回避的检查人员,少于要抽的%(asked)s家,请增加参加抽取的人员或扩大范围",
            {"among": among, "n": firms, "asked": asked},
        )
    return None


def groups_are_there(*, groups: Sequence[Any], asked: int) -> Reason | None:
    if asked < 1:
        return Reason("请填写每日派出组数")
    if len(groups) < asked:
        return Reason(
            "只有%(n)s个组可以派出,少于%(asked)s个,请先组建或选择更多的组",
            {"n": len(groups), "asked": asked},
        )
    return None


def group_has_somebody(*, name: str, people: Collection[Any], counties: Collection[str]) -> Reason | None:
    if not people:
        return Reason("%(name)s当天没有成员,请先加入成员", {"name": name})
    if not counties:
        return Reason("%(name)s还没有分工到县(市、区),请先分工", {"name": name})
    return None


def officers_are_there(n: int) -> Reason | None:
    if n < OFFICERS:
        return Reason("至少要有两名可以检查的人员参加抽取(执法人员须有有效执法证)")
    return None


def everybody_has_a_pair(picks: Iterable[Pick]) -> Reason | None:
    """Nobody checks alone, also where all others must stand back."""
    if any(p.group is None and len(p.officers) < OFFICERS for p in picks):
        return Reason("有企业因回避凑不齐两名检查人员,请增加参加抽取的人员后重新抽取")
    return None


def repetition_is_explained(*, nth: int, reason: str) -> Reason | None:
    if nth > 1 and len(reason.strip()) < 4:
        return Reason("当天同类抽取已有%(n)s次,每一次都保留在案。再次抽取请写明原因", {"n": nth - 1})
    return None


def of_whoever_draws(d: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if d.organisation == actor.organisation else Reason("由组织抽取的单位办理")


def all_are_held(*, waiting: int) -> Reason | None:
    if waiting:
        return Reason("还有%(n)s次检查没有归档,全部归档或作废后才能公开,以免泄露去向", {"n": waiting})
    return None
