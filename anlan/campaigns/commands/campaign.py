"""A campaign and its parts; tags."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from anlan.campaigns import rules
from anlan.campaigns.commands.parts import named, parts, place_of
from anlan.campaigns.models import Campaign, Milestone, Phase, Post, Tag, WorkRule
from anlan.campaigns.states import Body, RuleKind
from anlan.campaigns.workflow import CAMPAIGN, CAMPAIGN_TAG
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require


def _describe(
    c: Campaign, *, name: str, basis: str, since: date, until: date, slogan: str = "", counties: Sequence[str] = (),
    sectors: Sequence[str] = (), sources: Sequence[str] = (),
) -> None:  # fmt: skip
    require(rules.text_given(text=name, what="行动名称", least=4), "name")
    require(rules.text_given(text=basis, what="行动依据(文件或会议)"), "basis")
    require(rules.in_order(since=since, until=until), "until")
    c.name, c.basis, c.slogan, c.since, c.until = name.strip(), basis.strip(), slogan.strip(), since, until
    c.counties, c.sectors, c.sources = sorted(counties), sorted(sectors), sorted(sources)


@performs(CAMPAIGN, "draft", on=Campaign)
def draft(
    c: Campaign, *, act: Act, name: str, basis: str, since: date, until: date, code: str = "", slogan: str = "",
    counties: Sequence[str] = (), sectors: Sequence[str] = (), sources: Sequence[str] = (),
) -> Done | None:  # fmt: skip
    """Prepare a campaign; it is the office's alone until it is opened.

    `code` names it in addresses and on the command line; its key with a c before it where none is given.
    """
    if act.by.organisation is None:
        raise Refused(Reason("请以集中办公室的职务办理"))
    _describe(c, name=name, basis=basis, since=since, until=until, slogan=slogan, counties=counties, sectors=sectors,
              sources=sources)  # fmt: skip
    c.code = code.strip().lower() or f"c{c.pk}"
    c.county, c.town = place_of(act.by)
    if c.county:
        c.counties = [c.county]
    c.office_id, c.office_name = act.by.organisation, act.by.organisation_name
    return None


@performs(CAMPAIGN, "change", on=Campaign)
def change(
    c: Campaign, *, act: Act, name: str, basis: str, since: date, until: date, slogan: str = "",
    counties: Sequence[str] = (), sectors: Sequence[str] = (), sources: Sequence[str] = (),
) -> Done | None:  # fmt: skip
    """Correct what is written; figures follow the lens at once."""
    _describe(c, name=name, basis=basis, since=since, until=until, slogan=slogan, counties=counties, sectors=sectors,
              sources=sources)  # fmt: skip
    if c.county:
        c.counties = [c.county]
    return None


@performs(CAMPAIGN, "open", on=Campaign)
def open_(c: Campaign, *, act: Act) -> Done | None:
    c.opened_on, c.opened_by_name = act.day, act.by.name
    return None


@performs(CAMPAIGN, "put_phase", on=Campaign)
def put_phase(c: Campaign, *, act: Act, name: str, since: date, until: date, aim: str = "") -> Done:
    require(rules.text_given(text=name, what="阶段名称"), "name")
    require(rules.in_order(since=since, until=until), "until")
    require(rules.inside(since=since, until=until, outer=c, what="阶段"), "since")
    return Done(children=[Phase(campaign=c, name=name.strip(), since=since, until=until, aim=aim.strip())])


@performs(CAMPAIGN, "put_milestone", on=Campaign)
def put_milestone(c: Campaign, *, act: Act, day: date, what: str, document: str = "") -> Done:
    """A day of the timeline; the meetings that ordered the campaign may lie before its first day."""
    require(rules.text_given(text=what, what="节点内容"), "what")
    if day > c.until:
        raise Refused(Reason("节点的日期晚于行动结束日%(until)s,请核对", {"until": c.until}), "day")
    return Done(children=[Milestone(campaign=c, day=day, what=what.strip(), document=document.strip())])


@performs(CAMPAIGN, "reach", on=Campaign, loads={"marks": parts(Milestone)})
def reach(c: Campaign, *, act: Act, marks: list[Milestone], item: int, on: date | None = None) -> Done:
    mark, day = named(marks, item), on or act.day
    if mark.reached_on is not None:
        raise Refused(Reason("这个节点已于%(day)s登记完成", {"day": mark.reached_on}), "item")
    if day > act.day:
        raise Refused(Reason("完成日期不能晚于今天"), "on")
    mark.reached_on, mark.reached_by_name = day, act.by.name
    return Done(children=[mark])


@performs(CAMPAIGN, "seat", on=Campaign)
def seat(
    c: Campaign, *, act: Act, body: str, name: str, title: str, home: int | None = None, home_name: str = "",
    seconded: bool = False, task: str = "", since: date | None = None,
) -> Done:  # fmt: skip
    """Somebody takes a post in the leading group or the office; seconded people come from a department."""
    require(rules.text_given(text=name, what="姓名"), "name")
    require(rules.text_given(text=title, what="在行动中的职务"), "title")
    if seconded and not home_name.strip():
        raise Refused(Reason("抽调人员请填写原单位"), "home_name")
    post = Post(
        campaign=c, body=Body(body), name=name.strip(), title=title.strip(), home=home, home_name=home_name.strip(),
        seconded=seconded, task=task.strip(), since=since or act.day,
    )  # fmt: skip
    return Done(children=[post])


@performs(CAMPAIGN, "unseat", on=Campaign, loads={"posts": parts(Post)})
def unseat(c: Campaign, *, act: Act, posts: list[Post], item: int, on: date | None = None) -> Done:
    post, day = named(posts, item), on or act.day
    require(rules.in_order(since=post.since, until=day), "on")
    post.until = day
    return Done(children=[post])


@performs(CAMPAIGN, "put_rule", on=Campaign, loads={"lines": parts(WorkRule)})
def put_rule(
    c: Campaign, *, act: Act, lines: list[WorkRule], kind: str, title: str, text: str, item: int | None = None
) -> Done:
    """A line of the work rules, new or reworded; a reworded line has to be ticked again."""
    require(rules.text_given(text=title, what="名称"), "title")
    require(rules.text_given(text=text, what="统一或加强的内容"), "text")
    line = named(lines, item) if item else WorkRule(campaign=c)
    line.kind, line.title, line.text = RuleKind(kind), title.strip(), text.strip()
    line.ticked_on, line.ticked_by_name, line.note = None, "", ""
    return Done(children=[line])


@performs(CAMPAIGN, "tick", on=Campaign, loads={"lines": parts(WorkRule)})
def tick(c: Campaign, *, act: Act, lines: list[WorkRule], item: int, note: str) -> Done:
    """A line is carried out: by whom and when, and how it is seen."""
    line = named(lines, item)
    require(rules.text_given(text=note, what="落实情况"), "note")
    line.ticked_on, line.ticked_by_name, line.note = act.day, act.by.name, note.strip()
    return Done(children=[line])


@performs(
    CAMPAIGN, "drop", on=Campaign,
    loads={"phases": parts(Phase), "marks": parts(Milestone), "lines": parts(WorkRule)},
)  # fmt: skip
def drop(
    c: Campaign, *, act: Act, phases: list[Phase], marks: list[Milestone], lines: list[WorkRule], what: str,
    item: int, reason: str,
) -> Done:  # fmt: skip
    """Take off a phase, a milestone or a line entered by mistake; the journal keeps it."""
    require(rules.text_given(text=reason, what="删去的原因"), "reason")
    rows: dict[str, list[Any]] = {"phase": phases, "milestone": marks, "rule": lines}
    row = named(rows.get(what, []), item)
    row.gone = True
    return Done(children=[row], note={"reason": reason.strip()})


@performs(CAMPAIGN, "close", on=Campaign)
def close(
    c: Campaign, *, act: Act, summary: str, problems: str = "", number: str = "", main_to: str = ""
) -> Done | None:
    """The end: what was done and what is left, in words; the figures are drawn from the records and frozen.

    `number` is the report's own in the office's register of papers, `main_to` whom it goes to.
    """
    require(rules.text_given(text=summary, what="工作总结", least=10), "summary")
    c.summary, c.problems = summary.strip(), problems.strip()
    c.report_number, c.report_to = number.strip(), main_to.strip()
    c.closed_on, c.closed_by_name = act.day, act.by.name
    return None


@performs(CAMPAIGN, "keep_report", on=Campaign)
def keep_report(
    c: Campaign, *, act: Act, said: str, kept: str, pdf: str, docx: str, version: str
) -> Done | None:
    """Note the hashes of the report that was drawn at closing, and which program drew it."""
    c.report_sha256, c.report_kept_sha256, c.report_pdf_sha256, c.report_docx_sha256 = said, kept, pdf, docx
    c.report_version = version
    return None


@performs(CAMPAIGN, "void", on=Campaign)
def void(c: Campaign, *, act: Act, reason: str) -> Done:
    require(rules.text_given(text=reason, what="撤销的原因"), "reason")
    return Done(note={"reason": reason.strip()})


@performs(CAMPAIGN_TAG, "tag", on=Tag)
def tag(
    t: Tag, *, act: Act, campaign: Campaign, kind: str, subject: int, label: str, why: str, county: str = "",
    town: str = "", sector: str = "",
) -> Done | None:  # fmt: skip
    """Put a record into a campaign that its lens does not hold."""
    require(rules.text_given(text=why, what="标注理由"), "why")
    if campaign.state not in ("DRAFT", "ACTIVE"):
        raise Refused(Reason("行动已结束,不能再标注"), "campaign")
    t.campaign, t.kind, t.subject, t.label = campaign, kind, subject, label[:100]
    t.county, t.town, t.sector = county, town, sector
    t.why, t.on, t.by_name = why.strip(), act.day, act.by.name
    return None


@performs(CAMPAIGN_TAG, "untag", on=Tag)
def untag(t: Tag, *, act: Act, reason: str) -> Done:
    require(rules.text_given(text=reason, what="取消的原因"), "reason")
    return Done(note={"reason": reason.strip()})
