"""What stands beside the hazards: groups that went out, leaders in the field, interviews, fines."""

from collections.abc import Callable
from typing import Any

from anlan.campaigns.commands import group, trip
from anlan.campaigns.models import Campaign, Group
from anlan.demo import firms as names
from anlan.demo.autumn.kinds import Plan, Sortie
from anlan.demo.autumn.steps import at, done
from anlan.demo.autumn.who import Who
from anlan.enforcement import measures
from anlan.kernel.command import Command
from anlan.kernel.scope import Actor
from anlan.register.models import Enterprise

Lists = dict[tuple[str, int], tuple[Command, Actor, list[dict[str, Any]]]]
REASONS = ("隐患逾期未改", "主要负责人履职不到位", "同类隐患反复出现", "培训考核弄虚作假")
DEMANDS = "限期提交整改报告,主要负责人亲自督办,按期复查"
GROUNDS = ("未按期消除事故隐患", "未如实记录隐患排查治理情况", "特种作业人员无证上岗", "安全设施未经常性维护")
BASES = ("安全生产法(2014)第九十九条", "安全生产法(2014)第九十四条", "安全生产法(2014)第九十六条")


def lived(
    plan: Plan, who: Who, firms: dict[int, Enterprise], campaign: Campaign, sent: list[Group], tell: Callable[[int], None]
) -> None:  # fmt: skip
    """All of them, by the organs that sent, held and decided them."""
    lists: Lists = {}
    groups = {g.pk: g for g in Group.everything.filter(pk__in=[g.pk for g in sent])}
    standing = [groups[g.pk] for g in sent]
    for s in plan.sorties:
        by, said = _sortie(who, s, standing)
        _add(lists, group.record, by, said | {"campaign": campaign.pk} if s.standing is None else said)
    for t in plan.trips:
        leader = _leader(who, t.county, t.post)
        stops = [{"where": firms[t.where.n].name}]
        _add(lists, trip.record, who.cast.offices[t.county], {
            "at": at(t.day, 17 * 60 + 30), "leader": leader, "post": t.post, "day": t.day, "county": t.county,
            "of": t.county, "sector": t.where.sector, "what": "带队督导检查安全生产", "stops": stops,
        })  # fmt: skip
    for n, i in enumerate(plan.interviews):
        _add(lists, measures.interview, who.bureau(i.firm.county, i.firm.sector)[0], {
            "at": at(i.day, 17 * 60 + 40), "enterprise": firms[i.firm.n], "day": i.day, "demands": DEMANDS,
            "reason": REASONS[n % len(REASONS)],
        })  # fmt: skip
    for n, f in enumerate(plan.fines):
        _add(lists, measures.fine, who.bureau(f.firm.county, f.firm.sector)[0], {
            "at": at(f.day, 17 * 60 + 45), "enterprise": firms[f.firm.n], "day": f.day, "yuan": f.yuan,
            "reason": GROUNDS[n % len(GROUNDS)], "basis": BASES[n % len(BASES)],
        })  # fmt: skip
    for command, by, requests in lists.values():
        done(command, requests, by=by)
        tell(len(requests))


def _add(lists: Lists, command: Command, by: Actor, said: dict[str, Any]) -> None:
    lists.setdefault((command.name, by.position or by.id), (command, by, []))[2].append(said)


def _sortie(who: Who, s: Sortie, standing: list[Group]) -> tuple[Actor, dict[str, Any]]:
    said: dict[str, Any] = {
        "at": at(s.day, 18 * 60), "day": s.day, "county": s.county, "people_no": s.people,
        "result": "问题当场交办,按期复查", "task": "督导检查",
    }  # fmt: skip
    if s.standing is not None:
        head = (who.squads if s.squad else who.groups)[s.standing]
        g = standing[s.standing + (len(who.groups) if s.squad else 0)]
        keeper = who.bureau_of_the_city if s.squad else who.office
        assert head.organisation == g.pk
        return keeper, said | {"group": g}
    keeper = who.officer_of(s.county, s.system)
    return keeper, said | {"name": s.name, "kind": "COVERT" if s.covert else "TASK", "system": s.system}


def _leader(who: Who, county: str, post: str) -> str:
    """The same leader under the same post all autumn."""
    n = who.at[county] * 2 + post.endswith(("长", "主任"))
    return names.SURNAMES[n % len(names.SURNAMES)] + names.GIVEN[(n * 5 + 3) % len(names.GIVEN)]
