"""Stories of hazards, each a generator: what happens, and after each act how many hours pass.

A story is lived until now: the act that would lie in the future is not performed, and that is what
waits on somebody's desk. `steps` stops one earlier, for a desk that would otherwise be empty.
"""

import random
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from anlan.demo import texts
from anlan.demo.city import Cast
from anlan.hazards.models import Hazard
from anlan.kernel.clock import CHINA, day_of
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import Actor, acting_as
from anlan.people import queries as people
from anlan.register.models import Enterprise

Story = Generator[float, None, None]
OPENS, ENDS = 8, 18


def office_hours(instant: datetime) -> datetime:
    """The instant, or the next morning where it falls into the night."""
    local = instant.astimezone(CHINA)
    if local.hour >= ENDS:
        local = (local + timedelta(days=1)).replace(hour=OPENS)
    elif local.hour < OPENS:
        local = local.replace(hour=OPENS)
    return local.astimezone(instant.tzinfo)


@dataclass
class Plot:
    """One hazard's life: who is concerned, what time it is in it, what has come of it."""

    cast: Cast
    firm: Enterprise
    t: datetime
    chance: random.Random
    photos_of: Callable[[str], list[Any]]
    h: Any = None
    texts: tuple[str, str, str] = ("", "", "")
    notes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pool = texts.FOUND.get(self.firm.sector) or texts.FOUND["TRADE"]
        self.texts = self.chance.choice(pool)

    @property
    def system(self) -> str:
        """The bureau that answers for the firm's sector."""
        organ = people.competent_organ(sector=self.firm.sector, county=self.firm.county, on=self.cast.today)
        return organ.system if organ else "EMERGENCY"

    @property
    def officer(self) -> Actor:
        return self.cast.officers[self.firm.county, self.system][0]

    @property
    def second(self) -> Actor:
        return self.cast.officers[self.firm.county, self.system][1]

    @property
    def head(self) -> Actor:
        return self.cast.heads[self.firm.county, self.system]

    @property
    def bureau(self) -> Any:
        return self.cast.organisations[f"{self.firm.county}/{self.system}"]

    @property
    def principal(self) -> Actor:
        return self.cast.principals[self.firm.pk]

    @property
    def manager(self) -> Actor:
        return self.cast.managers[self.firm.pk]

    @property
    def office(self) -> Actor:
        return self.cast.actors["office"]

    def within(self, counties: frozenset[str]) -> None:
        """A group looks where it was sent."""
        if self.firm.county not in counties:
            self.firm = self.chance.choice([f for f in self.cast.firms if f.county in counties])
            self.__post_init__()

    def find(self, by: Actor, source: str, **given: Any) -> None:
        what, _measures, clause = self.texts
        where = self.chance.choice(
            ("一层东侧", "二号车间", "北区", "仓储区", "西门附近", "主楼三层", "配电间")
        )
        said: dict[str, Any] = {
            "enterprise": self.firm, "description": f"{where}:{what}", "location": where, "source": source,
            "basis": clause, "general": by.may("hazard.grade"), "photos": self.photos_of("BEFORE"),
        }  # fmt: skip
        self.h = COMMANDS["hazard.register"](by=by, at=self.t, **(said | given))

    def do(self, act: str, by: Actor, **inputs: Any) -> Any:
        self.h = COMMANDS[f"hazard.{act}"](self.h.pk, by=by, at=self.t, **inputs)
        return self.h

    def order(self, days: int = 7, *, by: Actor | None = None, **given: Any) -> None:
        due = day_of(self.t) + timedelta(days=days)
        self.do("order", by or self.officer, due_on=due, requirement=self.texts[1], **given)

    def submit(self, by: Actor | None = None, **given: Any) -> None:
        money = self.chance.choice((0, 300, 800, 1500, 4200, 12_000))
        said = {"measures": f"已{self.texts[1]}", "photos": self.photos_of("AFTER"), "money_spent": money}
        self.do("submit", by or self.principal, **(said | given))

    def hours(self, low: float, high: float) -> float:
        return self.chance.uniform(low, high)


def play(
    plot: Plot, story: Callable[[Plot], Story], *, until: datetime, steps: int | None = None
) -> Hazard | None:
    """Live a story until a moment, or so many acts of it."""
    for done, pause in enumerate(story(plot), 1):
        plot.t = office_hours(plot.t + timedelta(hours=pause))
        if plot.t >= until or (steps is not None and done >= steps):
            break
    return plot.h


# -- what an organ finds ---------------------------------------------------------------------------


def organ(p: Plot) -> Story:
    """Found by the county's bureau, ordered, rectified, accepted."""
    p.find(p.officer, p.chance.choice(("GOV_OPEN", "GOV_PLAN", "GOV_RANDOM", "GOV_SPECIAL")))
    yield p.hours(1, 6)
    p.order(p.chance.choice((3, 5, 7, 10, 15)))
    yield p.hours(24, 120)
    p.submit()
    yield p.hours(8, 60)
    p.do("accept", p.officer, opinion="现场复查,已按要求整改到位")
    yield 1


def legal(p: Plot) -> Story:
    """With the statutory order of two officers, and accepted by two."""
    p.find(p.officer, "GOV_PLAN")
    yield p.hours(1, 6)
    p.order(p.chance.choice((7, 10, 15)), legal=True, second=p.second)
    yield p.hours(48, 150)
    p.submit()
    yield p.hours(8, 48)
    p.do("accept", p.officer, opinion="经两名执法人员现场复查,符合要求", second=p.second)
    yield 1


def failed(p: Plot) -> Story:
    """Not good enough the first time."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(1, 6)
    p.order(7)
    yield p.hours(24, 90)
    p.submit()
    yield p.hours(8, 40)
    p.do("fail", p.officer, still_open="仅更换部分部件,其余未整改", due_on=day_of(p.t) + timedelta(days=5))
    yield p.hours(24, 80)
    p.submit()
    yield p.hours(8, 40)
    p.do("accept", p.officer, opinion="第二次复查合格")
    yield 1


def overdue(p: Plot) -> Story:
    """Ordered, and nobody did anything."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(1, 6)
    p.order(p.chance.choice((2, 3, 5)))
    yield p.hours(150, 200)
    p.do("urge", p.officer, words="已超过整改期限,请立即整改并提交")
    yield 1


def extended(p: Plot) -> Story:
    """More time is asked for, and granted or not."""
    p.find(p.officer, "GOV_SPECIAL")
    yield p.hours(1, 6)
    p.order(10)
    yield p.hours(60, 110)
    until = day_of(p.t) + timedelta(days=20)
    p.do(
        "ask_extension",
        p.principal,
        reason="备件须向厂家订购,到货需要时间",
        until=until,
        interim="停用该设备,专人看护",
    )
    yield p.hours(10, 40)
    if p.chance.random() < 0.7:
        p.do("grant_extension", p.officer, opinion="情况属实,同意延期")
    else:
        p.do("refuse_extension", p.officer, opinion="本地有现货,不同意延期")
    yield p.hours(60, 160)
    p.submit()
    yield p.hours(8, 60)
    p.do("accept", p.officer, opinion="已整改到位")
    yield 1


def spot(p: Plot) -> Story:
    """Put right before the officer left."""
    what, measures, clause = p.texts
    refuses = p.chance.random() < 0.15
    p.h = COMMANDS["hazard.fix_on_spot"](
        by=p.officer, at=p.t, enterprise=p.firm, description=f"现场:{what}", source="GOV_OPEN", basis=clause,
        measures=f"当场{measures}", before=p.photos_of("BEFORE"), after=p.photos_of("AFTER"),
        signer="" if refuses else "现场负责人", refused=refuses, witness="社区网格员" if refuses else "",
    )  # fmt: skip
    yield 1


# -- what a group or the office finds ----------------------------------------------------------------


def group(p: Plot) -> Story:
    """Found by a group, handed over by the office, worked off by the bureau, reported back."""
    p.within(p.cast.actors["supervisor"].duties)
    p.find(p.cast.actors["supervisor"], p.chance.choice(("GOV_COVERT", "GOV_SUPERVISION")), general=False)
    yield p.hours(2, 12)
    reply = day_of(p.t) + timedelta(days=7)
    p.do("assign", p.office, to=p.bureau, reply_due=reply, words="请依法核查处理,按期反馈")
    yield p.hours(2, 20)
    p.do("sign", p.officer)
    yield p.hours(1, 8)
    p.do("grade_general", p.officer, basis=p.texts[2])
    yield p.hours(1, 4)
    p.order(7)
    yield p.hours(30, 120)
    p.submit()
    yield p.hours(8, 40)
    p.do("accept", p.officer, opinion="复查合格")
    yield p.hours(2, 20)
    p.do("reply", p.officer, words="已督促整改到位并复查销号")
    yield 1


def returned(p: Plot) -> Story:
    """Given back twice; then the office decides."""
    p.find(p.office, "GOV_SUPERVISION", general=False)
    yield p.hours(2, 8)
    other = p.cast.organisations[f"{p.firm.county}/MARKET"]
    clerk = p.cast.officers[p.firm.county, "MARKET"][0]
    for _again in range(2):
        p.do("assign", p.office, to=other, words="请核查")
        yield p.hours(4, 20)
        p.do("return_", clerk, reason="不属于本单位监管职责", proposed=p.bureau)
        yield p.hours(4, 20)
    p.do("assign", p.office, to=p.bureau, words="经研究,由你单位办理,不得再退")
    yield p.hours(4, 20)
    p.do("sign", p.officer)
    yield 2


def passed_on(p: Plot) -> Story:
    """Handed to the bureau, passed on to the town's station."""
    p.find(p.office, "GOV_LEADER", general=False)
    yield p.hours(2, 8)
    p.do("assign", p.office, to=p.bureau, reply_due=day_of(p.t) + timedelta(days=10))
    yield p.hours(3, 10)
    p.do("sign", p.officer)
    yield p.hours(2, 6)
    station = p.cast.organisations.get(p.firm.town)
    if station is None:
        return
    p.do("pass_on", p.officer, to=station, words="请属地跟进")
    yield 4


def transferred(p: Plot) -> Story:
    """Another regulator's business, who takes it over."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(2, 8)
    system = "MARKET" if p.system != "MARKET" else "FIRE"
    p.do(
        "transfer",
        p.officer,
        to=p.cast.organisations[f"{p.firm.county}/{system}"],
        words="涉及特种设备,移送市场监管部门",
    )
    yield p.hours(6, 30)
    p.do("accept_transfer", p.cast.officers[p.firm.county, system][0])
    yield 4


# -- what a firm finds -------------------------------------------------------------------------------


def own(p: Plot) -> Story:
    """Found by the firm itself, rectified by one and accepted by another."""
    p.find(
        p.manager, p.chance.choice(("SELF_DAILY", "SELF_COMPREHENSIVE", "SELF_HOLIDAY", "SELF_PROFESSIONAL"))
    )
    yield p.hours(1, 10)
    p.do(
        "start_own",
        p.manager,
        due_on=day_of(p.t) + timedelta(days=p.chance.choice((3, 5, 7))),
        responsible="",
    )
    yield p.hours(20, 90)
    p.submit(p.manager)
    yield p.hours(4, 30)
    p.do("accept_own", p.principal, opinion="现场查看,已整改")
    yield 1


def taken_over(p: Plot) -> Story:
    """A self-found one that the town takes over."""
    p.find(p.manager, "SELF_DAILY")
    yield p.hours(10, 40)
    town = p.cast.actors["town"]
    if p.firm.town == town.code:
        p.do("take_over", town, reason="涉及多户,由属地直接监管")
    yield 4


def told(by: str, source: str) -> Callable[[Plot], Story]:
    """Reported by somebody who decides nothing: worker, grid officer, expert."""

    def story(p: Plot) -> Story:
        p.find(p.cast.actors[by], source, general=False)
        yield 4

    return story


def voided(p: Plot) -> Story:
    """Registered by mistake; two people take it back."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(4, 20)
    p.do("ask_void", p.officer, reason="同一部位重复登记,现场核实不构成隐患")
    yield p.hours(4, 30)
    p.do("void", p.head)
    yield 1


def merged(p: Plot) -> Story:
    """Two people saw the same thing."""
    p.find(p.officer, "GOV_OPEN")
    first = p.h
    yield 2
    p.find(p.second, "GOV_OPEN")
    yield p.hours(4, 20)
    with acting_as(p.officer):
        into = Hazard.objects.opening(pk=first.pk).get()
    p.do("ask_merge", p.officer, into=into, reason="与前一条为同一处隐患")
    yield p.hours(4, 20)
    p.do("merge", p.head)
    yield 1


def relapsed(p: Plot) -> Story:
    """Closed, and back again at the look-back."""
    yield from organ(p)
    if p.h is not None and p.h.state == "CLOSED":
        p.t = office_hours(p.t + timedelta(hours=100))
        p.do(
            "relapse", p.officer, description=f"回头看:{p.texts[0]},整改后又反弹", source="GOV_LOOK_BACK",
            photos=p.photos_of("BEFORE"),
        )  # fmt: skip
        yield 1


def corrected(p: Plot) -> Story:
    """The head corrects what was written."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(4, 20)
    p.do("correct", p.head, changes={"location": "二号车间东侧"}, reason="部位填写有误")
    yield 2
    p.order(7)
    yield 4


def instructed(p: Plot) -> Story:
    """A leader writes a line on it; the owner answers."""
    p.find(p.officer, "GOV_LEADER")
    yield p.hours(2, 6)
    p.order(5)
    yield p.hours(4, 20)
    due = day_of(p.t) + timedelta(days=7)
    p.do("instruct", p.cast.actors["leader"], words="请盯紧整改,举一反三", owner=p.bureau, due_on=due)
    yield p.hours(30, 90)
    p.do("answer_instruction", p.officer, answer="已约见企业负责人,落实整改责任")
    yield 2


# -- major ones --------------------------------------------------------------------------------------


def major(p: Plot) -> Story:
    """Proposed, determined by two officers, treated under a plan, accepted on site, approved by the head."""
    what, clause = texts.MAJOR.get(p.firm.sector, texts.MAJOR["TRADE"])
    p.texts = (what, "按治理方案停用相关装置并完成改造", clause)
    p.find(p.officer, "GOV_SPECIAL", general=False)
    yield p.hours(1, 4)
    p.do("propose_major", p.officer, clause=clause, words="现场检查符合判定标准")
    yield p.hours(2, 10)
    p.do("confirm_major", p.officer, basis=clause, evacuate=False, suspend=True, second=p.second)
    yield p.hours(1, 4)
    p.order(p.chance.choice((20, 30)), legal=True, second=p.second)
    yield p.hours(20, 60)
    items = ("goals", "methods", "funds_materials", "bodies_persons", "time_requirements", "safety_emergency")
    words = ("消除隐患,达到规范要求", "委托有资质单位设计施工", "专项资金已列支", "总经理负责,安全科实施",
             "分三阶段,按期完成", "施工期间停用装置,专人监护,备足应急物资")  # fmt: skip
    fulfilled = {f"{n}_fulfilled": True for n in ("responsibility", "measures", "funds", "time", "emergency")}
    p.do("plan", p.principal, **dict(zip(items, words, strict=True)), **fulfilled, money_planned=380_000)
    yield p.hours(40, 90)
    p.do("progress", p.principal, words="设备已到场,正在安装", percent=60)
    yield p.hours(60, 150)
    p.submit(money_spent=356_000, evaluation="SELF")
    yield p.hours(10, 40)
    p.do(
        "propose_acceptance",
        p.officer,
        opinion="现场核查,治理方案已全部落实",
        second=p.second,
        photos=p.photos_of("AFTER"),
    )
    yield p.hours(10, 40)
    p.do("approve_acceptance", p.head, opinion="同意销号")
    yield 1


def not_major(p: Plot) -> Story:
    """Proposed by a group, and found not to be major."""
    _what, clause = texts.MAJOR.get(p.firm.sector, texts.MAJOR["TRADE"])
    p.within(p.cast.actors["supervisor"].duties)
    p.find(p.cast.actors["supervisor"], "GOV_COVERT", general=False)
    yield 2
    p.do("propose_major", p.cast.actors["supervisor"], clause=clause)
    yield p.hours(6, 30)
    p.do("not_major", p.officer, reasons="系统处于检修状态,未投料,不符合判定条件")
    yield 1


def opined(p: Plot) -> Story:
    """An expert is asked, and says what he thinks."""
    expert = p.cast.actors["expert"]
    p.find(expert, "EXPERT_SERVICE", general=False)
    yield p.hours(5, 20)
    p.do("opinion", expert, words="建议核算防火间距,并检查联锁投用情况", thinks_major=False)
    yield 1


def stories() -> Iterator[tuple[Callable[[Plot], Story], int, str, tuple[int, int], int | None]]:
    """(story, how many of 400, where, days ago from–to, acts at most). "home" is the printed firm."""
    # the life of the city
    yield organ, 66, "any", (3, 88), None
    yield legal, 22, "any", (6, 88), None
    yield failed, 12, "any", (8, 80), None
    yield own, 52, "any", (2, 88), None
    yield spot, 50, "any", (0, 88), None
    yield group, 24, "any", (4, 85), None
    yield extended, 10, "any", (5, 60), None
    yield overdue, 10, "any", (9, 40), None
    yield major, 9, "any", (8, 70), None
    yield relapsed, 5, "any", (25, 85), None
    yield corrected, 3, "any", (4, 50), None
    yield instructed, 5, "any", (3, 40), None
    yield voided, 4, "any", (5, 50), None
    yield merged, 3, "any", (5, 50), None
    yield not_major, 2, "any", (5, 50), None
    yield transferred, 3, "any", (5, 40), None
    # what waits today on the printed desks
    yield group, 12, "any", (0, 2), 1
    yield group, 6, "home", (1, 3), 2
    yield organ, 6, "home", (1, 3), 1
    yield organ, 6, "home", (4, 9), 3
    yield extended, 5, "home", (4, 8), 3
    yield overdue, 5, "home", (9, 20), 3
    yield major, 4, "home", (16, 30), 8
    yield major, 3, "home", (5, 9), 2
    yield major, 2, "home", (6, 12), 5
    yield voided, 3, "home", (2, 4), 2
    yield instructed, 4, "home", (2, 6), 3
    yield returned, 2, "home", (4, 8), 5
    yield passed_on, 6, "home", (2, 6), 4
    yield own, 8, "home", (2, 6), 2
    yield own, 5, "home", (3, 6), 3
    yield own, 6, "home", (0, 2), 1
    yield taken_over, 2, "home", (3, 8), None
    yield transferred, 2, "home", (2, 5), 2
    yield told("worker", "SELF_WORKER"), 11, "home", (0, 12), None
    yield told("grid", "GOV_PATROL"), 11, "town", (0, 12), None
    yield opined, 11, "any", (0, 20), None
