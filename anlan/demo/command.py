"""Campaigns as they are commanded: the one of the article, autumn 2019, and one that runs today.

Played by the commands in the order of days. Of today's campaign some addressees are late, some were returned;
of the old one everything was filed and put on record.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from anlan.campaigns.commands import campaign, group, plan, sheet, trip
from anlan.campaigns.models import Campaign, Group, Receipt
from anlan.demo.city import HOME, Cast
from anlan.inspections import draws
from anlan.kernel.clock import CHINA
from anlan.kernel.scope import Actor, acting_as
from anlan.people import queries as people
from anlan.places import queries as places

#: the code of the campaign that is made last of all
LAST = "current"
AUTUMN = {
    "name": "全市安全生产隐患排查治理集中行动", "code": "autumn-2019",
    "basis": "2019年7月31日全省安全生产电视电话会议、8月6日市政府紧急明电", "slogan": "遏制事故、隐患清零、确保安全",
    "since": date(2019, 7, 31), "until": date(2019, 10, 31),
}  # fmt: skip
PHASES = (
    ("动员部署", date(2019, 7, 31), date(2019, 8, 11), "传达会议精神,制定方案,逐级部署"),
    ("全面排查", date(2019, 8, 12), date(2019, 9, 12), "企业自查、专家服务、政府检查,排查出的隐患立查立改"),
    ("中秋", date(2019, 9, 13), date(2019, 9, 15), "每天派出2个暗访组,三级值班"),
    ("集中攻坚", date(2019, 9, 16), date(2019, 9, 30), "挂牌督办重大隐患,四问四查"),
    ("国庆", date(2019, 10, 1), date(2019, 10, 7), "督导检查不间断,领导带队到一线"),
    ("巩固提升", date(2019, 10, 8), date(2019, 10, 31), "回头看,防反弹,总结提升"),
)
MILESTONES = (
    (date(2019, 7, 31), "全省安全生产电视电话会议", ""),
    (date(2019, 8, 1), "全市安全生产工作会议", ""),
    (date(2019, 8, 6), "紧急明电下发集中行动方案", "紧急明电"),
    (date(2019, 8, 12), "成立市领导小组,设立集中办公室", ""),
)
#: what is unified and strengthened is the city's own to write; the news report gives the headings' numbers alone
RULES = (
    ("UNIFIED", "统一指挥", "领导小组统一部署,集中办公室统一调度"),
    ("UNIFIED", "统一标准", "各行业使用同一套检查表和重大隐患判定标准"),
    ("UNIFIED", "统一台账", "隐患一律进入同一台账,闭环销号"),
    ("UNIFIED", "统一督导", "督导组分工到县,问题统一交办"),
    ("UNIFIED", "统一通报", "数字从台账统计,按日按周通报"),
    ("STRENGTHENED", "加强领导", "党政主要负责同志带队检查"),
    ("STRENGTHENED", "加强排查", "企业自查、专家服务、政府检查三查并举"),
    ("STRENGTHENED", "加强执法", "该停的停、该罚的罚、该曝光的曝光"),
    ("STRENGTHENED", "加强值守", "节日期间三级值班、每日点名"),
    ("STRENGTHENED", "加强问责", "走过场、搞形式的严肃追责"),
)
TEXT = (
    "一、目标:排查到位、整改到位,重大隐患动态清零。\n二、范围:覆盖每一个领域、园区、企业、场所、岗位。\n"
    "三、方式:企业自查自改、专家指导服务、政府督导检查。\n四、要求:集中行动与分领域行动相结合,按期签收、细化、上报。"
)
DEPARTMENT_SECTOR = {
    "市城乡建设局": "BUILD",
    "市消防救援支队": "FIRE",
    "市交通运输局": "TRANSPORT",
    "市文化广电和旅游局": "TOURISM",
}


def at(day: date, hour: float = 10) -> datetime:
    return datetime.combine(day, time(), CHINA) + timedelta(hours=hour)


class Command:
    """Who acts for whom: the office, and one person at each department and county office."""

    def __init__(self, cast: Cast):
        self.cast, self.office = cast, cast.actors["office"]
        self.answers: dict[int, Actor] = {}
        for organ in people.organisations(kinds=("DEPARTMENT", "COUNTY_OFFICE")):
            found = people.colleagues(organ.pk, on=cast.today, can="campaign.answer")
            if found:
                self.answers[organ.pk] = found[0]
        self.addressees = list(people.organisations(kinds=("DEPARTMENT", "COUNTY_OFFICE")))

    def opened(self, said: dict[str, Any], when: datetime) -> Campaign:
        c = campaign.draft(by=self.office, at=when, **said)
        return campaign.open_(c.pk, by=self.office, at=when)

    def staffed(self, c: Campaign, when: datetime) -> None:
        """Leading group, office with seconded members of the ten departments, and the work rules."""
        day = when.astimezone(CHINA).date()
        seats = [
            ("LEADING_GROUP", "张宏伟", "组长", "市人民政府"),
            ("LEADING_GROUP", "李国安", "副组长", "市人民政府"),
            ("LEADING_GROUP", "周明德", "成员", "市应急管理局"),
            ("LEADING_GROUP", "杜文博", "成员", "市公安局"),
            ("SPECIAL_TEAM", "孟庆国", "组长", "市工业和信息化局"),
            ("SPECIAL_TEAM", "任秋实", "成员", "市住房保障和房地产管理局"),
            ("PUBLICITY", "苏海燕", "组长", "市委宣传部"),
        ]
        for body, name, title, home in seats:
            campaign.seat(
                c.pk, by=self.office, at=when, body=body, name=name, title=title, home_name=home, since=day
            )
        spare = [
            "程海涛",
            "曹志远",
            "韩立新",
            "邓佳琪",
            "彭建军",
            "梁晓峰",
            "崔文静",
            "郝国强",
            "武春生",
            "尹思远",
        ]
        for organ in people.organisations(kinds=("DEPARTMENT",)):
            who = self.answers.get(organ.pk)
            campaign.seat(
                c.pk, by=self.office, at=when, body="OFFICE", name=who.name if who else spare.pop(), title="成员", home=organ.pk,
                home_name=organ.name, seconded=True, task="联络本行业领域", since=day,
            )  # fmt: skip
        for kind, title, text in RULES:
            campaign.put_rule(c.pk, by=self.office, at=when, kind=kind, title=title, text=text)

    def issued(self, c: Campaign, when: datetime, title: str, days: tuple[int, int]) -> list[Receipt]:
        day = when.astimezone(CHINA).date()
        p = plan.draft(
            by=self.office, at=when, campaign=c, kind="GENERAL", title=title, basis=c.basis[:200], text=TEXT,
            sign_due_on=day + timedelta(days=days[0]), file_due_on=day + timedelta(days=days[1]),
        )  # fmt: skip
        plan.issue(p.pk, by=self.office, at=when, addressees=self.addressees)
        return list(Receipt.everything.filter(plan=p).order_by("pk"))

    def refined(self, r: Receipt, who: Actor, when: datetime) -> None:
        """A concentrated action, and one of the addressee's field."""
        day = max(r.campaign.since, when.astimezone(CHINA).date())
        said: dict[str, Any] = {
            "by": who,
            "at": when,
            "since": day,
            "until": r.campaign.until,
            "owner": who.name,
        }
        plan.refine(r.pk, kind="CONCENTRATED", name="集中排查行动", measures="三查并举,边查边改", **said)
        sector = DEPARTMENT_SECTOR.get(r.organisation_name, "HAZCHEM")
        plan.refine(r.pk, kind="SECTOR", name="分领域专项行动", sector=sector, target=40, **said)

    def filed(self, r: Receipt, who: Actor, when: datetime) -> None:
        plan.file_(r.pk, by=who, at=when, title=f"{r.organisation_name}实施方案", text=TEXT)


def autumn(cmd: Command) -> tuple[Campaign, list[Group]]:
    """The campaign of the article: ordered, planned, its groups sent out."""
    start = at(date(2019, 8, 1), 9)
    c = cmd.opened(AUTUMN, start)
    for name, since, until, aim in PHASES:
        campaign.put_phase(c.pk, by=cmd.office, at=start, name=name, since=since, until=until, aim=aim)
    for day, what, document in MILESTONES:
        campaign.put_milestone(c.pk, by=cmd.office, at=start, day=day, what=what, document=document)
    with acting_as(cmd.office):
        marks = list(c.milestones.all())
    for mark in marks:
        campaign.reach(c.pk, by=cmd.office, at=at(date(2019, 8, 12), 11), item=mark.pk, on=mark.day)
    cmd.staffed(c, at(date(2019, 8, 12)))
    with acting_as(cmd.office):
        lines = list(c.workrules.all())
    for line in lines:
        campaign.tick(c.pk, by=cmd.office, at=at(date(2019, 8, 20)), item=line.pk, note="已形成制度并执行")
    for n, r in enumerate(
        cmd.issued(c, at(date(2019, 8, 6), 15), "安全生产隐患排查治理集中行动方案", (2, 6))
    ):
        who = cmd.answers.get(r.organisation)
        if who is None:
            continue
        plan.sign(r.pk, by=who, at=at(date(2019, 8, 7), 9 + n * 0.1))
        cmd.refined(r, who, at(date(2019, 8, 9), 9 + n * 0.1))
        cmd.filed(r, who, at(date(2019, 8, 12), 14 + n * 0.1))
        plan.accept(r.pk, by=cmd.office, at=at(date(2019, 8, 13), 9 + n * 0.1))
    return c, groups(cmd, c, date(2019, 8, 12), date(2019, 10, 31))


def autumn_ends(cmd: Command, c: Campaign, sent: list[Group]) -> None:
    """Its groups are dissolved, the report is written."""
    for g in sent:
        group.end(g.pk, by=cmd.office, at=at(date(2019, 10, 31), 17), reason="行动结束")
    campaign.close(
        c.pk, by=cmd.office, at=at(date(2019, 10, 31), 17.5),
        summary="行动期间覆盖每一个领域、园区、企业、场所和岗位,排查出的隐患逐条交办、逐条销号。",
        problems="个别企业自查不实,下一步以回头看和随机复查防止反弹。",
    )  # fmt: skip


def groups(cmd: Command, c: Campaign, since: date, until: date) -> list[Group]:
    """Fifteen groups of the city over sixteen units without interruption, thirteen of its bureau."""
    units, start, made = places.counties(), at(since, 14), []
    able = [a for key, a in sorted(cmd.answers.items()) if a.level == "CITY"]
    bureau = next(a for a in able if a.organisation_name == "市应急管理局")
    for n in range(15):
        g = group.found(by=cmd.office, at=start, kind="SUPERVISE", name=f"市政府第{n + 1}督导组", since=since, until=until,
                        campaign=c, task="督导检查不间断")  # fmt: skip
        group.join(g.pk, by=cmd.office, at=start, user=able[n % len(able)].id, title="组长", head=True)
        _joins(cmd.office, g, start, [able[(n + k) % len(able)].id for k in (1, 2)], able[n % len(able)].id)
        for unit in [units[n]] if n < 14 else units[14:]:
            group.assign(g.pk, by=cmd.office, at=start, county=unit.code)
        made.append(g)
    for n in range(13):
        g = group.found(by=bureau, at=start, kind="SUPERVISE", name=f"市应急管理局第{n + 1}督导组", since=since, until=until,
                        campaign=c)  # fmt: skip
        officers = cmd.cast.officers[bureau.organisation] if bureau.organisation else (bureau,)
        group.join(g.pk, by=bureau, at=start, user=officers[n % len(officers)].id, title="组长", head=True)
        _joins(bureau, g, start, [officers[(n + 1) % len(officers)].id], officers[n % len(officers)].id)
        for unit in [units[n]] if n < 12 else units[12:]:
            group.assign(g.pk, by=bureau, at=start, county=unit.code)
        made.append(g)
    return made


def _joins(keeper: Actor, g: Group, when: datetime, others: list[int], head: int) -> None:
    """The members beside the head of a group."""
    for user in dict.fromkeys(others):
        if user != head:
            group.join(g.pk, by=keeper, at=when, user=user, title="组员")


def _draws(cmd: Command, c: Campaign, day: date) -> None:
    """Yesterday's lots: where the covert group goes within three days, sealed and drawn."""
    when = at(day - timedelta(days=2), 18)
    d = draws.commit(
        by=cmd.office, at=when, kind="COVERT", purpose="节前暗访", day=day - timedelta(days=1), until=day + timedelta(days=2),
        groups=[cmd.cast.organisations["group3"].pk], groups_no=1, firms_no=2, campaign=c.pk,
    )  # fmt: skip
    draws.draw(
        d.pk, by=cmd.office, at=when + timedelta(minutes=10), said="七上八下", witness="纪检监察组周敏"
    )


def today(cmd: Command) -> None:
    """A campaign that runs: some have filed, some are late, one was returned; groups go out every day."""
    cast = cmd.cast
    day = cast.today
    begun = day - timedelta(days=12)
    c = cmd.opened(
        {
            "name": "岁末年初安全防范集中行动", "code": LAST, "basis": "市安委会会议纪要", "since": begun,
            "until": day + timedelta(days=60), "slogan": "集中行动与分领域行动相结合",
        },
        at(begun, 9),
    )  # fmt: skip
    for name, first, last in (("动员部署", 0, 4), ("集中排查", 5, 40), ("巩固提升", 41, 72)):
        campaign.put_phase(c.pk, by=cmd.office, at=at(begun, 9), name=name, since=begun + timedelta(days=first),
                           until=begun + timedelta(days=last))  # fmt: skip
    for n, what in ((0, "全市动员会议"), (8, "第一次调度会"), (30, "中期督查"), (70, "总结会议")):
        campaign.put_milestone(c.pk, by=cmd.office, at=at(begun, 9), day=begun + timedelta(days=n), what=what)
    with acting_as(cmd.office):
        meeting = c.milestones.all()[0]
    campaign.reach(c.pk, by=cmd.office, at=at(begun, 17), item=meeting.pk)
    cmd.staffed(c, at(begun, 11))
    with acting_as(cmd.office):
        lines = list(c.workrules.all())
    for line in lines[:6]:
        campaign.tick(
            c.pk, by=cmd.office, at=at(begun + timedelta(days=3)), item=line.pk, note="已印发并执行"
        )
    _cascade(cmd, c, begun)
    _go_out(cmd, c, begun)
    _questions(cmd, c, begun)
    _draws(cmd, c, day)


def _cascade(cmd: Command, c: Campaign, begun: date) -> None:
    home = cmd.cast.organisations[f"{HOME}/office"].pk
    for n, r in enumerate(cmd.issued(c, at(begun, 15), "岁末年初安全防范实施方案", (2, 8))):
        who = cmd.answers.get(r.organisation)
        if who is None or n % 9 == 8:
            continue
        plan.sign(r.pk, by=who, at=at(begun + timedelta(days=1), 9 + n * 0.1))
        if r.organisation == home or n % 5 == 4:
            continue
        cmd.refined(r, who, at(begun + timedelta(days=4), 9 + n * 0.1))
        cmd.filed(r, who, at(begun + timedelta(days=6), 9 + n * 0.1))
        if n % 7 == 3:
            plan.return_(
                r.pk, by=cmd.office, at=at(begun + timedelta(days=7), 9), reason="分行动没有写明每周检查家次"
            )
        elif n % 3:
            plan.accept(r.pk, by=cmd.office, at=at(begun + timedelta(days=7), 9 + n * 0.1))


def _go_out(cmd: Command, c: Campaign, begun: date) -> None:
    """The three groups that stand already become groups of the campaign; they go out day by day."""
    cast, until = cmd.cast, c.until
    names = (
        ("supervisor", "SUPERVISE", "市督导第一组"),
        ("group2", "SUPERVISE", "市督导第二组"),
        ("covert", "COVERT", "市暗访第一组"),
    )
    for n, (key, kind, name) in enumerate(names):
        organ, me = cast.organisations[f"group{n + 1}"], cast.actors[key]
        g = group.found(by=cmd.office, at=at(begun, 16), kind=kind, name=name, since=begun, until=until, campaign=c,
                        organisation=organ, task="四不两直,直奔现场")  # fmt: skip
        for i, p in enumerate(people.standing_in(organ.pk, on=cast.today)):
            group.join(g.pk, by=cmd.office, at=at(begun, 16), user=p.user_id, title=str(p), head=i == 0)
        for county in sorted(me.duties):
            group.assign(g.pk, by=cmd.office, at=at(begun, 16), county=county)
        with acting_as(cmd.office):
            g, party = Group.everything.get(pk=g.pk), [m.user for m in g.members.all()]
        _days(cmd, g, party, sorted(me.duties))


def _days(cmd: Command, g: Group, party: list[int], counties: list[str]) -> None:
    for back in range(5, -3, -1):
        day = cmd.cast.today - timedelta(days=back)
        county = counties[back % len(counties)]
        s = group.roster(by=cmd.office, at=at(min(day, cmd.cast.today - timedelta(days=1)), 8), group=g, day=day, county=county,
                         party=party, task="检查重点企业和节日场所")  # fmt: skip
        if back > 0:
            group.go(s.pk, by=cmd.office, at=at(day, 9))
            group.report(s.pk, by=cmd.office, at=at(day, 17), result=f"检查{2 + back % 3}家,问题当场交办")


def _questions(cmd: Command, c: Campaign, begun: date) -> None:
    home, bureau = cmd.cast.organisations[f"{HOME}/office"], cmd.cast.organisations[f"{HOME}/EMERGENCY"]
    w = sheet.start(by=cmd.office, at=at(begun + timedelta(days=2)), to=home, campaign=c, title=f"{home.name}四问四查",
                    due_on=cmd.cast.today + timedelta(days=10))  # fmt: skip
    officer, who = cmd.cast.actors["department"], cmd.answers[home.pk]
    said = (
        ("LESSONS", "去年冬季两起中毒事故,有限空间作业未审批", 1), ("HAZARDS", "城区老旧液化气站安全距离不足", 9),
        ("GAPS", "夜间检查人员不足,乡镇一级专业力量弱", -1), ("MEASURES", "聘请专家逐企会诊,每周一次", 2),
    )  # fmt: skip
    for n, (block, words, due) in enumerate(said):
        i = sheet.raise_(by=who, at=at(begun + timedelta(days=3), 9 + n), sheet=w, block=block, words=words,
                         owner=bureau, due_on=cmd.cast.today + timedelta(days=due))  # fmt: skip
        if n in (0, 3):
            sheet.answer(
                i.pk, by=officer, at=at(begun + timedelta(days=6), 9 + n), words="已制定审批清单并组织培训"
            )
        if n == 0:
            sheet.accept(i.pk, by=cmd.office, at=at(begun + timedelta(days=7)), opinion="属实")
    trip.record(
        by=cmd.office, at=at(begun + timedelta(days=5), 17), leader="李国安", post="副市长", what="带队督导危化企业",
        day=begun + timedelta(days=5), county=HOME, stops=[{"where": "化工园区"}, {"where": "液化气储配站"}],
    )  # fmt: skip


def play(cast: Cast, *, autumn_too: bool) -> None:
    """The campaign of today; before it the one of the article, where it was not lived already."""
    cmd = Command(cast)
    if autumn_too:
        autumn_ends(cmd, *autumn(cmd))
    today(cmd)
