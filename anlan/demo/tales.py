"""What happens to a hazard, as it happens every day: found by an organ, a group or the firm itself."""

from collections.abc import Callable

from anlan.demo import texts
from anlan.demo.plot import Plot, Tale
from anlan.hazards.models import Hazard
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import acting_as

CHECKS = ("GOV_OPEN", "GOV_PLAN", "GOV_RANDOM", "GOV_SPECIAL")

# -- what an organ finds ---------------------------------------------------------------------------


def organ(p: Plot) -> Tale:
    """Found by the bureau, ordered, rectified, accepted."""
    p.find(p.officer, *CHECKS)
    yield p.hours(1, 6)
    p.order(3, 5, 7, 10, 15)
    yield p.hours(24, 120)
    p.submit()
    yield p.hours(8, 60)
    p.accept()
    yield 1


def led(p: Plot) -> Tale:
    """The same, found by enforcement while a leader led the inspection."""
    p.find(p.second, "GOV_LEADER")
    yield p.hours(1, 4)
    p.order(3, 5, 7, by=p.second)
    yield p.hours(20, 90)
    p.submit(p.manager)
    yield p.hours(8, 40)
    p.accept(p.second)
    yield 1


def failed(p: Plot) -> Tale:
    """Not good enough the first time."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(1, 6)
    p.order(7)
    yield p.hours(24, 90)
    p.submit()
    yield p.hours(8, 40)
    p.do("fail", p.officer, still_open=p.chance.choice(texts.STILL_OPEN), due_on=p.day(5))
    yield p.hours(24, 80)
    p.submit()
    yield p.hours(8, 40)
    p.accept()
    yield 1


def late(p: Plot) -> Tale:
    """Submitted after the day: closed, and late all the same."""
    p.find(p.officer, *CHECKS)
    yield p.hours(1, 6)
    p.order(3, 5)
    yield p.hours(150, 190)
    p.do("urge", p.officer, words=p.chance.choice(texts.URGES))
    yield p.hours(20, 60)
    p.submit()
    yield p.hours(8, 40)
    p.accept()
    yield 1


def overdue(p: Plot) -> Tale:
    """Ordered, and nobody did anything."""
    p.find(p.officer, *CHECKS)
    yield p.hours(1, 6)
    p.order(2, 3, 5)
    yield p.hours(150, 200)
    p.do("urge", p.officer, words=p.chance.choice(texts.URGES))
    yield 1


def extended(granted: bool) -> Callable[[Plot], Tale]:
    """More time is asked for, and granted or not."""

    def tale(p: Plot) -> Tale:
        p.find(p.officer, "GOV_SPECIAL")
        yield p.hours(1, 6)
        p.order(10)
        yield p.hours(30, 80)
        p.do(
            "ask_extension", p.principal, reason=p.chance.choice(texts.DELAYS), until=p.day(20),
            interim="停用该设备,专人看护",
        )  # fmt: skip
        yield p.hours(10, 40)
        if granted:
            p.do("grant_extension", p.officer, opinion="情况属实,同意延期")
        else:
            p.do("refuse_extension", p.officer, opinion=p.chance.choice(texts.REFUSES))
        yield p.hours(60, 160)
        p.submit()
        yield p.hours(8, 60)
        p.accept()
        yield 1

    return tale


def spot(signed: bool) -> Callable[[Plot], Tale]:
    """Put right before the officer left; whoever answers for the place signs, or refuses before a witness."""

    def tale(p: Plot) -> Tale:
        p.h = COMMANDS["hazard.fix_on_spot"](
            by=p.officer, at=p.t, **p.found(), source=p.chance.choice(CHECKS), measures=f"当场{p.fault.measures}",
            before=p.photos("BEFORE"), after=p.photos("AFTER"), signer="现场负责人" if signed else "",
            refused=not signed, witness="" if signed else "社区网格员",
        )  # fmt: skip
        yield 1

    return tale


# -- what a group or the office finds --------------------------------------------------------------


def group(who: str, source: str) -> Callable[[Plot], Tale]:
    """Found by a group, handed over by the office, worked off by the bureau, reported back."""

    def tale(p: Plot) -> Tale:
        finder = p.cast.actors[who]
        p.within(finder.duties)
        p.find(finder, source, general=False)
        yield p.hours(2, 8)
        p.do("assign", p.office, to=p.bureau, reply_due=p.day(9), words="请依法核查处理,按期反馈")
        yield p.hours(2, 8)
        p.do("sign", p.officer)
        yield p.hours(1, 8)
        p.do("grade_general", p.officer, basis=p.fault.clause)
        yield p.hours(1, 4)
        p.order(7)
        yield p.hours(30, 120)
        p.submit()
        yield p.hours(8, 40)
        p.accept()
        yield p.hours(2, 20)
        p.do("reply", p.officer, words="已督促整改到位并复查销号")
        yield 1

    return tale


def returned(p: Plot) -> Tale:
    """Given back twice; then the office decides, and the third time it stays."""
    p.find(p.office, "PUBLIC_12350", general=False)
    yield p.hours(2, 5)
    clerk = p.cast.officers[p.other.pk][0]
    for _again in range(2):
        p.do("assign", p.office, to=p.other, words="请核查")
        yield p.hours(2, 5)
        p.do("return_", clerk, reason="不属于本单位监管职责", proposed=p.bureau)
        yield p.hours(2, 5)
    p.do("assign", p.office, to=p.bureau, words="经研究由你单位办理,不得再退")
    yield p.hours(2, 5)
    p.do("sign", p.officer)
    yield 2


def passed_on(p: Plot) -> Tale:
    """Handed to the bureau, passed on to the town's station, which signs for it and works it off."""
    if p.firm.town not in p.cast.stations:
        p.firm = p.chance.choice([f for f in p.cast.firms if f.town in p.cast.stations])
        p.__post_init__()
    station = p.cast.stations[p.firm.town]
    p.find(p.office, "PUBLIC_LETTER", general=False)
    yield p.hours(2, 6)
    p.do("assign", p.office, to=p.bureau, reply_due=p.day(12))
    yield p.hours(2, 6)
    p.do("sign", p.officer)
    yield p.hours(1, 3)
    p.do("pass_on", p.officer, to=p.cast.organisations[p.firm.town], words="请属地跟进")
    yield p.hours(3, 10)
    p.do("sign", station)
    yield p.hours(1, 4)
    p.do("grade_general", station, basis=p.fault.clause)
    yield p.hours(1, 4)
    p.order(5, by=station)
    yield p.hours(30, 80)
    p.submit()
    yield p.hours(8, 40)
    p.accept(station)
    yield 1


def transferred(p: Plot) -> Tale:
    """Another regulator's business, who takes it over."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(2, 6)
    p.do("transfer", p.officer, to=p.other, words="涉及特种设备,移送主管部门处理")
    yield p.hours(6, 30)
    clerk = p.cast.officers[p.other.pk][0]
    p.do("accept_transfer", clerk)
    yield p.hours(2, 6)
    p.order(7, by=clerk)
    yield 4


# -- what a firm finds -----------------------------------------------------------------------------


def own(p: Plot) -> Tale:
    """Found by the firm itself, rectified by one and accepted by another."""
    p.find(
        p.manager, "SELF_DAILY", "SELF_COMPREHENSIVE", "SELF_HOLIDAY", "SELF_PROFESSIONAL", "SELF_SEASONAL"
    )
    yield p.hours(1, 8)
    p.do("start_own", p.manager, due_on=p.day(p.chance.choice((3, 5, 7))), **p.own_order())
    yield p.hours(20, 60)
    p.submit(p.manager)
    yield p.hours(4, 30)
    p.do("accept_own", p.principal, opinion="现场查看,已整改")
    yield 1


def own_failed(p: Plot) -> Tale:
    """The principal is not satisfied the first time."""
    p.find(p.manager, "SELF_DAILY")
    yield p.hours(1, 8)
    p.do("start_own", p.manager, due_on=p.day(5), **p.own_order())
    yield p.hours(20, 60)
    p.submit(p.manager)
    yield p.hours(4, 30)
    p.do("fail_own", p.principal, still_open=p.chance.choice(texts.STILL_OPEN), due_on=p.day(3))
    yield p.hours(10, 40)
    p.submit(p.manager)
    yield p.hours(4, 30)
    p.do("accept_own", p.principal, opinion="第二次查看,已整改")
    yield 1


def own_spot(p: Plot) -> Tale:
    """Put right at once in a self-check; a second person of the firm confirms."""
    p.h = COMMANDS["hazard.fix_on_spot"](
        by=p.manager, at=p.t, **p.found(), source="SELF_DAILY", measures=f"当场{p.fault.measures}",
        before=p.photos("BEFORE"), after=p.photos("AFTER"), confirmed_by=p.principal,
    )  # fmt: skip
    yield 1


def taken_over(p: Plot) -> Tale:
    """A self-found one that the regulator takes over and accepts himself."""
    p.find(p.manager, "SELF_DAILY")
    yield p.hours(4, 12)
    p.do("start_own", p.manager, due_on=p.day(7), **p.own_order())
    yield p.hours(4, 20)
    p.do("take_over", p.officer, reason="涉及相邻多户,由部门直接监管")
    yield p.hours(20, 60)
    p.submit(p.manager)
    yield p.hours(8, 40)
    p.accept()
    yield 1


def told_and_fixed(p: Plot) -> Tale:
    """A worker reports; the firm grades and puts it right."""
    p.find(p.cast.actors["worker"], "SELF_WORKER", general=False)
    yield p.hours(2, 10)
    p.do("grade_general", p.manager, basis=p.fault.clause)
    yield p.hours(1, 4)
    p.do("start_own", p.manager, due_on=p.day(5), **p.own_order())
    yield p.hours(20, 60)
    p.submit(p.manager)
    yield p.hours(4, 30)
    p.do("accept_own", p.principal, opinion="现场查看,已整改")
    yield 1


def told(by: str, *sources: str) -> Callable[[Plot], Tale]:
    """Reported by somebody who decides nothing: a worker, a grid officer."""

    def tale(p: Plot) -> Tale:
        p.find(p.cast.actors[by], *sources, general=False)
        yield 4

    return tale


# -- leaving the loop otherwise --------------- --------------------------------------------------


def voided(p: Plot) -> Tale:
    """Registered by mistake; two people take it back."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(2, 8)
    p.do("ask_void", p.officer, reason="现场核实为已停用设备,不构成隐患")
    yield p.hours(4, 30)
    p.do("void", p.head)
    yield 1


def merged(p: Plot) -> Tale:
    """Two people saw the same thing."""
    p.find(p.officer, "GOV_OPEN")
    first = p.h
    yield 2
    p.find(p.second, "GOV_OPEN")
    yield p.hours(2, 8)
    with acting_as(p.officer):
        into = Hazard.objects.opening(pk=first.pk).get()
    p.do("ask_merge", p.officer, into=into, reason="与前一条为同一处隐患")
    yield p.hours(4, 20)
    p.do("merge", p.head)
    yield 1


def kept(p: Plot) -> Tale:
    """One takes it for the same as another; the second person does not."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(2, 8)
    p.do("ask_void", p.officer, reason="企业称该设备已停用")
    yield p.hours(4, 20)
    p.do("keep", p.head, reason="现场设备仍在使用,继续办理")
    yield 2
    p.order(5)
    yield 4


def relapsed(p: Plot) -> Tale:
    """Closed, and back again at the look-back."""
    yield from organ(p)
    yield p.hours(80, 140)
    p.do(
        "relapse", p.officer, description=f"回头看:{p.fault.what},整改后又反弹", source="GOV_LOOK_BACK",
        photos=p.photos("BEFORE"),
    )  # fmt: skip
    yield 1


def corrected(p: Plot) -> Tale:
    """The head corrects what was written."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(4, 20)
    p.do("correct", p.head, changes={"location": f"{p.h.location}西侧"}, reason="部位填写有误")
    yield 2
    p.order(7)
    yield 4


def rehomed(p: Plot) -> Tale:
    """The town that answers for it changes."""
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(4, 20)
    town = next((t for t in p.cast.stations if t.startswith(p.firm.county)), "")
    p.do("rehome", p.officer, county=p.firm.county, town=town, reason="属地街道辖区调整")
    yield 2
    p.order(7)
    yield 4
