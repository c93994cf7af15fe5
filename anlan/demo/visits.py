"""Visits of the three modes, as they are made every day: some find something, many do not.

What a visit finds goes round the loop like any other hazard. One checklist has a second version since three
weeks ago; visits before it keep the first.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from anlan.demo import texts
from anlan.demo.plot import Plot, Tale
from anlan.hazards.models import Hazard
from anlan.inspections.models import Advice, Finding, Visit
from anlan.kernel.clock import CHINA
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import Actor, acting_as
from anlan.standards import checklists

LATE = 14
BASIS = ("年度监督检查计划", "集中行动实施方案", "专项行动方案", "双随机抽查任务")
LEADERS = (("王建军", "副区长"), ("李国安", "副市长"), ("赵文博", "区长"), ("孙立平", "党工委委员"))
CLEAN = ("经检查,未发现隐患", "抽查现场和资料,未发现隐患", "按检查表逐项检查,未发现隐患")
FOUND = ("发现问题已责令整改,按期复查", "存在问题已当面指出,限期整改", "发现隐患,责令按期整改并反馈")
ADVICE = (
    ("建议增设可燃气体报警联锁", "设计单位核算后实施"),
    ("建议调整巡检路线,覆盖泵房和配电室", "本周起执行"),
    ("建议开展一次受限空间救援演练", "列入下月演练计划"),
    ("建议更换老旧电缆桥架", "本年度大修时更换"),
)


def do(p: Plot, v: Visit, act: str, by: Actor, **given: Any) -> Visit:
    return COMMANDS[f"visit.{act}"](v.pk, by=by, at=p.t, **given)


def begin(p: Plot, by: Actor, source: str, **given: Any) -> Visit:
    return COMMANDS["visit.begin"](
        by=by, at=p.t, enterprise=p.firm, source=source, where=p.firm.address[:100], places=_place(p), **given
    )


def by_day(p: Plot) -> Tale:
    """Nobody begins a visit late in the afternoon."""
    hour = p.t.astimezone(CHINA).hour
    if hour >= LATE:
        yield 33 - hour


def _place(p: Plot) -> str:
    return "CROWDED" if p.firm.sector in ("FIRE", "CROWDED") else "OTHER"


def fill(p: Plot, v: Visit, by: Actor, *, faults: int = 0, on_spot: bool = False, share: float = 0.9) -> None:
    """Answer the list: most items met, some not applicable, some not looked at; faults beside it."""
    v = Visit.everything.select_related("checklist").get(pk=v.pk)
    with acting_as(by):
        items = checklists.items_of(v.checklist) if v.checklist else []
    answers = [_answer(p, i) for i in items if p.chance.random() < share]
    for n in range(1, faults + 1):
        if n > 1:
            p.__post_init__()  # another fault of the same firm
        answers.append(_fault(p, f"+{n}", on_spot=on_spot and n == 1))
    do(p, v, "answer", by, answers=answers)


def _answer(p: Plot, item: Any) -> dict[str, Any]:
    if item.number:
        limit = item.limit if item.limit is not None else Decimal(p.chance.choice((60, 100, 240)))
        share = Decimal("0.85") if item.direction == "MAX" else Decimal("1.2")
        number = (limit * item.factor * share).quantize(Decimal("0.1"))
        return {"code": item.code, "number": number, "limit": None if item.limit is not None else limit}
    return {"code": item.code, "result": "NA" if p.chance.random() < 0.12 else "MET"}


def _fault(p: Plot, code: str, *, on_spot: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "code": code, "result": "NOT_MET", "words": f"{p.where}{p.fault.what}"[:500], "location": p.where,
        "before": p.photos("BEFORE"),
    }  # fmt: skip
    if on_spot:
        said |= {"on_spot": True, "measures": f"当场{p.fault.measures}", "after": p.photos("AFTER")}
    return said


def finish(p: Plot, v: Visit, by: Actor, *, clean: bool, **given: Any) -> list[Hazard]:
    """The end, and the hazards that came of it."""
    said = {"conclusion": p.chance.choice(CLEAN if clean else FOUND)} | given
    if v.mode != "SELF" and not said.get("refused"):
        said |= {"signer": "现场负责人", "signer_post": "安全科长", "firm_opinion": "情况属实"}
    do(p, v, "finish", by, **said)
    keys = Finding.everything.filter(visit=v.pk).order_by("pk").values_list("hazard", flat=True)
    return [Hazard.everything.get(pk=key) for key in keys if key is not None]


def worked_off(p: Plot, found: list[Hazard]) -> Tale:
    """The first hazard of a visit goes round the loop; the others stay with whoever waits for them."""
    waiting = [h for h in found if h.state == "REGISTERED"]
    for p.h in waiting:
        if p.h.grade == "UNGRADED":
            p.do("grade_general", p.officer, basis="总局令16第3条")
        p.order(5, 7)
    for p.h in waiting[:1]:
        yield p.hours(30, 90)
        p.submit()
        yield p.hours(8, 40)
        p.accept()
    yield 1


# -- government ------------------------------------------------------------------------------------


def planned(faults: int, *, ends: str = "file", refused: bool = False) -> Callable[[Plot], Tale]:
    """Planned by the bureau, approved by its head, held by two, filed. `ends` rests it earlier."""

    def tale(p: Plot) -> Tale:
        v = COMMANDS["visit.plan"](
            by=p.officer, at=p.t, enterprise=p.firm, source=p.chance.choice(("GOV_PLAN", "GOV_RANDOM")),
            planned_on=p.day(), planned_until=p.day(12), basis=p.chance.choice(BASIS), party=[p.second],
        )  # fmt: skip
        yield p.hours(2, 8)
        if ends == "plan":
            return
        do(p, v, "authorise", p.head, opinion="同意,注意廉洁纪律")
        yield p.hours(18, 40)
        if ends == "authorise":
            return
        yield from by_day(p)
        do(p, v, "start", p.officer, where=p.firm.address[:100], places=_place(p))
        yield p.hours(0.3, 1)
        fill(p, v, p.officer, faults=faults, on_spot=faults > 1, share=0.5 if ends == "answer" else 0.95)
        yield p.hours(0.5, 1.5)
        if ends == "answer":
            return
        said = {"refused": True, "witness": "社区网格员"} if refused else {}
        found = finish(p, v, p.officer, clean=not faults, **said)
        yield p.hours(2, 20)
        do(p, v, "file", p.second)
        yield p.hours(1, 3)
        yield from worked_off(p, found)

    return tale


def unplanned(source: str, faults: int) -> Callable[[Plot], Tale]:
    """Begun where one stands."""

    def tale(p: Plot) -> Tale:
        yield from by_day(p)
        led = p.chance.choice(LEADERS) if source == "GOV_LEADER" else ("", "")
        v = begin(p, p.officer, source, basis="集中行动", party=[p.second], led_by=led[0], led_post=led[1])
        yield p.hours(0.3, 1)
        fill(p, v, p.officer, faults=faults, on_spot=p.chance.random() < 0.5, share=0.7)
        yield p.hours(0.5, 1)
        found = finish(p, v, p.officer, clean=not faults)
        yield p.hours(1, 10)
        do(p, v, "file", p.officer)
        yield p.hours(1, 3)
        yield from worked_off(p, found)

    return tale


def by_group(who: str, source: str, faults: int, *, ends: str = "file") -> Callable[[Plot], Tale]:
    """A supervision group, or a covert one whose visit nobody else sees until it is filed."""

    def tale(p: Plot) -> Tale:
        finder = p.cast.actors[who]
        p.within(finder.duties)
        yield from by_day(p)
        v = begin(p, finder, source)
        yield p.hours(0.5, 1)
        fill(p, v, finder, faults=faults, share=0.5)
        yield p.hours(0.5, 1)
        if ends == "answer":
            return
        finish(p, v, finder, clean=not faults)
        yield p.hours(2, 10)
        do(p, v, "file", finder)
        yield 1

    return tale


def abandoned(p: Plot) -> Tale:
    """Begun, and the gate was shut."""
    v = begin(p, p.officer, "GOV_OPEN", basis="群众反映", party=[p.second])
    yield p.hours(0.3, 1)
    do(p, v, "void", p.officer, reason="企业停业,大门关闭,改日再查")
    yield 1


# -- experts and the firm itself -------------------------------------------------------------------


def expert(faults: int) -> Callable[[Plot], Tale]:
    """The bureau brings an expert; he advises, the firm answers."""

    def tale(p: Plot) -> Tale:
        yield from by_day(p)
        p.within((), ("HAZCHEM", "TRADE"))
        adviser = p.cast.actors["expert"]
        v = begin(p, p.officer, "EXPERT_SERVICE", basis="专家指导服务", party=[adviser])
        yield p.hours(0.5, 1)
        fill(p, v, adviser, faults=faults, share=0.8)
        words, why = p.chance.choice(ADVICE)
        do(p, v, "advise", adviser, words=words)
        yield p.hours(0.5, 1)
        found = finish(p, v, p.officer, clean=not faults)
        yield p.hours(1, 3)
        do(p, v, "file", p.officer)
        yield p.hours(10, 60)
        adopted = p.chance.random() < 0.75
        item = Advice.everything.filter(visit=v.pk).values_list("pk", flat=True)[0]
        reason = why if adopted else "现有措施已能满足要求"
        do(p, v, "decide_advice", p.principal, item=item, adopted=adopted, why=reason)
        yield p.hours(1, 3)
        yield from worked_off(p, found)

    return tale


def self_check(faults: int, *, on_spot: bool = False) -> Callable[[Plot], Tale]:
    """The firm by the same list, once a month; what it finds it puts right itself."""

    def tale(p: Plot) -> Tale:
        yield from by_day(p)
        source = p.chance.choice(("SELF_COMPREHENSIVE", "SELF_DAILY", "SELF_HOLIDAY", "SELF_SEASONAL"))
        v = begin(p, p.manager, source)
        yield p.hours(0.5, 1)
        fill(p, v, p.manager, faults=faults, on_spot=on_spot)
        yield p.hours(0.5, 1)
        found = finish(p, v, p.manager, clean=not faults, confirmed_by=p.principal)
        for p.h in (h for h in found if h.state == "REGISTERED"):
            yield p.hours(1, 4)
            p.do("start_own", p.manager, due_on=p.day(5), **p.own_order())
            yield p.hours(20, 60)
            p.submit(p.manager)
            yield p.hours(4, 30)
            p.do("accept_own", p.principal, opinion=texts.OPINIONS[0])
        yield 1

    return tale


# -- the checklist itself --------------------------------------------------------------------------


def second_version(p: Plot) -> Tale:
    """The city's department publishes a second version of the list for hazardous chemicals."""
    department = p.cast.organisations["市应急管理局"]
    head = p.cast.heads[department.pk]
    with acting_as(head):
        current = checklists.in_force("HAZCHEM", on=p.day())
        assert current is not None
        items = [checklists.said(i) for i in checklists.items_of(current)]
    first = COMMANDS["checklist.draft"](
        by=head, at=p.t, code="HAZCHEM", version=checklists.next_version("HAZCHEM"), label=current.label, items=items
    )  # fmt: skip
    yield 2
    COMMANDS["checklist.discard"](first.pk, by=head, at=p.t, reason="结合督导情况重新起草")
    yield 20
    made = COMMANDS["checklist.draft"](
        by=head, at=p.t, code="HAZCHEM", version=checklists.next_version("HAZCHEM"), label=current.label, items=items
    )  # fmt: skip
    yield 2
    COMMANDS["checklist.put_item"](
        made.pk, by=head, at=p.t, code="HC16", heading="应急", text="应急器材完好,岗位有应急处置卡",
        how="看器材柜和处置卡,请当班人员演示佩戴空气呼吸器", not_met="器材失效、数量不足或人员不会使用",
        clause="安全生产法第81条",
    )  # fmt: skip
    COMMANDS["checklist.put_item"](
        made.pk, by=head, at=p.t, code="HC12", text="动火、受限空间等特殊作业审批、分析、监护,视频录像",
        how="查当日作业票,到作业点核对,调看作业录像",
    )  # fmt: skip
    COMMANDS["checklist.drop_item"](made.pk, by=head, at=p.t, code="HC08")
    yield 4
    COMMANDS["checklist.publish"](
        made.pk, by=head, at=p.t, since=p.day(1), note="增加应急器材,特殊作业加查录像;管道穿越改由专项检查"
    )  # fmt: skip
    yield 1
