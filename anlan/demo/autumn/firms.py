"""The enterprises of sixteen units, made by rule. No name is meant to be that of a firm that exists."""

import random
from collections.abc import Sequence
from typing import NamedTuple

from anlan.demo.autumn.share import among, deck
from anlan.demo.firms import STREETS

#: sixteen units: how much of the city's work lies there
WEIGHTS: dict[str, float] = {
    "410102": 7, "410103": 7, "410104": 6.5, "410105": 10, "410106": 2.5, "410108": 4.5, "410122": 7.5, "410181": 8,
    "410182": 7.5, "410183": 7.5, "410184": 8.5, "410185": 7, "410171": 4.5, "410172": 4.5, "410173": 4, "4101Z1": 4,
}  # fmt: skip
#: which sectors a system of organisations looks after
SYSTEMS: dict[str, tuple[str, ...]] = {
    "EMERGENCY": ("HAZCHEM", "MINE_NC", "TRADE", "COAL", "PIPELINE", "OTHER"), "FIRE": ("FIRE", "CROWDED"),
    "CONSTRUCTION": ("BUILD",), "TRANSPORT": ("TRANSPORT",), "TOURISM": ("TOURISM",), "MARKET": ("SPECIAL",),
}  # fmt: skip
SYSTEM_OF = {sector: system for system, sectors in SYSTEMS.items() for sector in sectors}
SECTORS: dict[str, float] = {
    "TRADE": 27, "FIRE": 21, "CROWDED": 12, "BUILD": 8, "SPECIAL": 7, "OTHER": 8.4, "HAZCHEM": 6, "TRANSPORT": 6,
    "TOURISM": 2.4, "MINE_NC": 1.2, "COAL": 0.3, "PIPELINE": 0.4, "CIVEX": 0.1,
}  # fmt: skip
MOUNTAINS = frozenset({"410181", "410182", "410183", "410185"})
HILLS_ONLY = frozenset({"MINE_NC", "COAL"})
CHARS = "砚澜沐岳禾沣昕泽榆隆砥畅岱衡菁锐箬盛嵩钧磊栖析垚程澄霖溪旻晟珩琅瑾桐梓楠柘榛荇荻蔚芷苒屿峤崧"
TRADES: dict[str, tuple[str, ...]] = {
    "HAZCHEM": ("化工", "气体", "涂料", "加油站", "溶剂", "农资化工"),
    "TRADE": ("机械", "耐材", "食品", "家具", "铝业", "磨料", "铸造", "包装", "电气", "纺织"),
    "BUILD": ("住宅项目部", "安置房项目部", "厂房项目部", "学校项目部", "道路项目部"),
    "FIRE": ("商城", "宾馆", "医院", "仓储", "批发市场", "养老院", "写字楼"),
    "CROWDED": ("影城", "饭店", "健身会所", "培训学校", "网吧"), "SPECIAL": ("电梯", "锅炉供热", "起重设备", "压力容器"),
    "TRANSPORT": ("客运", "物流", "危货运输", "驾校", "公交"), "TOURISM": ("景区", "游乐园", "度假村"),
    "MINE_NC": ("石料", "采石", "铝土矿"), "COAL": ("煤业",), "PIPELINE": ("天然气管道", "燃气管网"), "CIVEX": ("民爆",),
    "OTHER": ("商贸", "服务", "农业", "科技"),
}  # fmt: skip
SCALES = {"MICRO": 46, "SMALL": 38, "MEDIUM": 13, "LARGE": 3}
HEADS = {"MICRO": (3, 19), "SMALL": (20, 280), "MEDIUM": (300, 900), "LARGE": (1000, 4200)}
PREMISES: dict[str, tuple[str, str]] = {
    "BUILD": ("主体施工区", "SITE"), "COAL": ("主井", "MINE"), "MINE_NC": ("采场", "MINE"), "FIRE": ("营业楼", "VENUE"),
    "CROWDED": ("营业厅", "VENUE"), "TOURISM": ("游览区", "VENUE"), "TRANSPORT": ("停车场", "OTHER"),
}  # fmt: skip
POSTS: dict[str, str] = {
    "BUILD": "架子工", "COAL": "采煤工", "MINE_NC": "爆破工", "FIRE": "消防控制室值班", "CROWDED": "现场值班",
    "TRANSPORT": "驾驶员", "TOURISM": "设备操作", "HAZCHEM": "装卸操作", "SPECIAL": "设备检验",
}  # fmt: skip
#: of a hundred firms so many have people with accounts, and so many of those report their self-checks
STAFFED, REPORTING = 2.7, 1.35


class Unit(NamedTuple):
    """A county-level unit with its towns, as (code, name)."""

    code: str
    name: str
    towns: tuple[tuple[str, str], ...]


class Firm(NamedTuple):
    """An enterprise. `staffed`: its people have accounts; `reports`: they report what they find themselves."""

    n: int
    county: str
    town: str
    sector: str
    name: str
    scale: str
    headcount: int
    address: str
    staffed: bool
    reports: bool


def made(units: Sequence[Unit], total: int, chance: random.Random) -> list[Firm]:
    """`total` enterprises, and so many more that every unit has one of each of the six systems."""
    firms: list[Firm] = []
    for unit, n in zip(units, among(total, {u.code: WEIGHTS[u.code] for u in units}).values(), strict=True):
        firms += _of(unit, n, len(firms), chance)
    return firms


def _of(unit: Unit, total: int, first: int, chance: random.Random) -> list[Firm]:
    sectors = {s: w for s, w in SECTORS.items() if s not in HILLS_ONLY or unit.code in MOUNTAINS}
    parts = among(total, sectors)
    for wanted in SYSTEMS.values():
        if not any(parts.get(s) for s in wanted):
            parts[next(s for s in wanted if s in parts)] = 1
    staffed: dict[str, int] = {}
    firms = []
    for i, sector in enumerate(deck(parts, chance)):
        system = SYSTEM_OF.get(sector, "")
        staffed[system] = staffed.get(system, 0) + 1
        nth = staffed[system] - 1
        has = bool(system) and _every(nth, STAFFED)
        tells = has and system in ("EMERGENCY", "FIRE") and _every(nth, REPORTING)
        firms.append(_firm(unit, first + i, i, sector, has, tells, chance))
    return firms


def _every(nth: int, percent: float) -> bool:
    """The first, and from there on so many of a hundred."""
    return nth == 0 or int(nth * percent / 100) != int((nth - 1) * percent / 100)


def _firm(
    unit: Unit, n: int, i: int, sector: str, staffed: bool, reports: bool, chance: random.Random
) -> Firm:
    town, named = unit.towns[chance.randrange(len(unit.towns))]
    a, b = CHARS[i % len(CHARS)], CHARS[(i // len(CHARS) + i * 7 + 3) % len(CHARS)]
    trade = TRADES[sector][(i // 97) % len(TRADES[sector])]
    size = chance.choices(list(SCALES), list(SCALES.values()))[0]
    end = (
        ""
        if trade.endswith(("部", "站", "校", "院", "城", "园", "村", "区", "吧", "店", "楼", "所"))
        else "有限公司"
    )
    short = unit.name[:2] if unit.code.startswith("4101") and unit.code[4:].isdigit() else "郑东"
    return Firm(
        n, unit.code, town, sector, f"{short}{a}{b}{trade}{end}", size, chance.randint(*HEADS[size]),
        f"{named}{chance.choice(STREETS)}{chance.randint(1, 380)}号", staffed, reports,
    )  # fmt: skip
