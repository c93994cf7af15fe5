"""Major hazards and the suspensions that rest on them."""

from collections.abc import Callable

from anlan.demo import texts
from anlan.demo.plot import Plot, Tale

SIX = {
    "goals": "消除隐患,达到规范要求",
    "methods": "委托有资质单位设计施工",
    "funds_materials": "专项资金已列支,设备已订货",
    "bodies_persons": "总经理负责,安全科实施",
    "time_requirements": "分三阶段,按期完成",
    "safety_emergency": "施工期间停用装置,专人监护,备足应急物资",
}
FIVE = {f"{name}_fulfilled": True for name in ("responsibility", "measures", "funds", "time", "emergency")}


def _determined(p: Plot, *days: int, suspend: bool = True) -> Tale:
    """Proposed, determined by two officers, ordered."""
    clause = p.make_major()
    p.find(p.officer, "GOV_SPECIAL", general=False)
    yield p.hours(1, 4)
    p.do("propose_major", p.officer, clause=clause, words="现场检查符合判定标准")
    yield p.hours(2, 8)
    p.do("confirm_major", p.officer, basis=clause, evacuate=False, suspend=suspend, second=p.second)
    yield p.hours(1, 4)
    p.order(*(days or (20, 30)), legal=True, second=p.second)
    yield p.hours(16, 40)


def _treated(p: Plot) -> Tale:
    """Planned, reported on, submitted with an evaluation."""
    planned = p.chance.choice((120_000, 260_000, 380_000))
    p.do("plan", p.principal, **SIX, **FIVE, money_planned=planned)
    yield p.hours(40, 90)
    p.do("progress", p.principal, words="设备已到场,正在安装", percent=60)
    yield p.hours(60, 120)
    p.submit(money_spent=planned - 17_000, evaluation=p.chance.choice(("SELF", "EXPERT", "AGENCY")))
    yield p.hours(10, 30)


def _accepted(p: Plot) -> Tale:
    """Looked at on site by two officers, approved by the head."""
    p.do(
        "propose_acceptance", p.officer, opinion="现场核查,治理方案已全部落实", second=p.second,
        photos=p.photos("AFTER"),
    )  # fmt: skip
    yield p.hours(10, 40)
    p.do("approve_acceptance", p.head, opinion="同意销号")
    yield 2


def major(p: Plot) -> Tale:
    """The whole way round."""
    yield from _determined(p, suspend=False)
    yield from _treated(p)
    yield from _accepted(p)


def sent_back(p: Plot) -> Tale:
    """The head is not satisfied with what his officers propose."""
    yield from _determined(p, suspend=False)
    yield from _treated(p)
    p.do(
        "propose_acceptance",
        p.officer,
        opinion="现场核查,已基本落实",
        second=p.second,
        photos=p.photos("AFTER"),
    )
    yield p.hours(10, 30)
    p.do("refuse_acceptance", p.head, still_open="联锁测试记录不全,请补做测试", due_on=p.day(10))
    yield 4


def major_extended(p: Plot) -> Tale:
    """The head decides on more time for a major one."""
    yield from _determined(p, 45, suspend=False)
    p.do("plan", p.principal, **SIX, **FIVE, money_planned=210_000)
    yield p.hours(30, 60)
    p.do(
        "ask_extension",
        p.principal,
        reason=p.chance.choice(texts.DELAYS),
        until=p.day(75),
        interim="停用装置",
    )
    yield p.hours(20, 60)
    p.do("grant_extension", p.head, opinion="已停用相关装置,同意延期")
    yield 4


def upgraded(p: Plot) -> Tale:
    """Ordered as a general one, then seen to be worse; the running deadline goes on."""
    clause = p.make_major()
    p.find(p.officer, "GOV_OPEN")
    yield p.hours(1, 6)
    p.order(15)
    yield p.hours(10, 30)
    p.do("propose_major", p.officer, clause=clause, words="复查发现符合判定标准")
    yield p.hours(4, 20)
    p.do("confirm_major", p.officer, basis=clause, evacuate=True, suspend=False, expert="专家组意见")
    yield 4


def not_major(p: Plot) -> Tale:
    """Proposed by a group, and found not to be major."""
    group = p.cast.actors["supervisor"]
    p.within(group.duties, texts.MAJOR)
    clause = p.make_major()
    p.find(group, "GOV_COVERT", general=False)
    yield 2
    p.do("propose_major", group, clause=clause)
    yield p.hours(6, 30)
    p.do("not_major", p.officer, reasons="系统处于检修状态,未投料,不符合判定条件", second=p.second)
    yield 1


def reported(p: Plot) -> Tale:
    """The safety manager proposes, and tells the regulator himself."""
    clause = p.make_major()
    p.find(p.manager, "SELF_PROFESSIONAL", general=False)
    yield 2
    p.do("propose_major", p.manager, clause=clause, words="本企业自查认为符合判定标准")
    yield p.hours(4, 12)
    p.do("report_major", p.manager, words="已向主要负责人报告两日,未见安排,特直接报告")
    yield 4


def suspended(*, ends: str = "lift", part: bool = False) -> Callable[[Plot], Tale]:
    """A major one that stops production. `ends`: reject, approve, refuse, apply or lift."""

    def tale(p: Plot) -> Tale:
        yield from _determined(p)
        p.suspension(
            "propose", p.officer, enterprise=p.firm, hazards=[p.h], extent="PART" if part else "WHOLE",
            scope_words=f"{p.h.location}及相连装置" if part else "", reason="重大隐患排除前无法保证安全",
        )  # fmt: skip
        yield p.hours(2, 8)
        if ends == "propose":
            return
        if ends == "reject":
            p.suspension("reject", p.head, reason="已停用相关装置,范围可缩小,请重新提出")
            yield 1
            return
        p.suspension("approve", p.head)
        yield p.hours(4, 10)
        if ends == "approve":
            return
        if ends == "refuse":
            p.suspension("apply", p.principal, words="已采取临时措施,申请复产")
            yield p.hours(10, 30)
            p.suspension("refuse", p.head, reason="隐患尚未治理,不同意复产")
            yield p.hours(10, 20)
        yield from _treated(p)
        p.suspension("apply", p.principal, words="隐患已按方案治理并提交验收,申请复产")
        yield p.hours(4, 10)
        if ends == "apply":
            return
        yield from _accepted(p)
        p.suspension(
            "review", p.officer, second=p.second, passed=True, words="现场核查,隐患已消除,具备复产条件"
        )
        yield p.hours(2, 8)
        p.suspension("lift", p.head, opinion="同意复产")
        yield 1

    return tale
