"""Plans go down, are signed for, refined and filed upward."""

from collections.abc import Sequence
from datetime import date

from anlan.campaigns import events, rules
from anlan.campaigns.commands.parts import named, parts, place_of
from anlan.campaigns.models import ActionPlan, Campaign, Receipt, SubAction
from anlan.campaigns.states import ActionKind, PlanKind
from anlan.campaigns.workflow import PLAN, RECEIPT
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require
from anlan.people.models import Organisation


def _write(
    p: ActionPlan, act: Act, *, kind: str, title: str, basis: str, text: str, sign_due_on: date, file_due_on: date,
    number: str = "", sector: str = "",
) -> None:  # fmt: skip
    require(rules.text_given(text=title, what="方案标题", least=4), "title")
    require(rules.text_given(text=basis, what="方案依据"), "basis")
    require(rules.text_given(text=text, what="方案正文", least=10), "text")
    require(rules.ahead(due=sign_due_on, on=act.day, what="签收期限"), "sign_due_on")
    if file_due_on < sign_due_on:
        raise Refused(Reason("上报期限早于签收期限,请核对"), "file_due_on")
    if kind == PlanKind.SECTOR and not sector:
        raise Refused(Reason("分领域方案须选择行业领域"), "sector")
    p.kind, p.title, p.number, p.basis = PlanKind(kind), title.strip(), number.strip(), basis.strip()
    p.text, p.sector, p.sign_due_on, p.file_due_on = text.strip(), sector, sign_due_on, file_due_on


@performs(PLAN, "draft", on=ActionPlan)
def draft(
    p: ActionPlan, *, act: Act, campaign: Campaign, kind: str, title: str, basis: str, text: str, sign_due_on: date,
    file_due_on: date, number: str = "", sector: str = "", refines: ActionPlan | None = None,
) -> Done | None:  # fmt: skip
    """A plan of a running campaign; `refines` names the plan from above that it carries out."""
    if campaign.state != "ACTIVE":
        raise Refused(Reason("行动还没有启动或已经结束,不能起草方案"), "campaign")
    if act.by.organisation is None:
        raise Refused(Reason("请以集中办公室的职务办理"))
    _write(p, act, kind=kind, title=title, basis=basis, text=text, sign_due_on=sign_due_on, file_due_on=file_due_on,
           number=number, sector=sector)  # fmt: skip
    p.campaign, p.refines = campaign, refines.pk if refines is not None else None
    p.county, p.town = place_of(act.by)
    p.issuer, p.issuer_name = act.by.organisation, act.by.organisation_name
    return None


@performs(PLAN, "change", on=ActionPlan)
def change(
    p: ActionPlan, *, act: Act, kind: str, title: str, basis: str, text: str, sign_due_on: date, file_due_on: date,
    number: str = "", sector: str = "",
) -> Done | None:  # fmt: skip
    _write(p, act, kind=kind, title=title, basis=basis, text=text, sign_due_on=sign_due_on, file_due_on=file_due_on,
           number=number, sector=sector)  # fmt: skip
    return None


@performs(PLAN, "issue", on=ActionPlan)
def issue(p: ActionPlan, *, act: Act, addressees: Sequence[Organisation]) -> Done:
    """Send it to departments and counties, or on to more of them; each signs for it by itself."""
    keys = list(dict.fromkeys(o.pk for o in addressees))
    require(rules.has_addressees(keys), "addressees")
    if p.issuer in keys:
        raise Refused(Reason("方案不能下发给本单位"), "addressees")
    require(rules.ahead(due=p.file_due_on, on=act.day, what="上报期限"), "addressees")
    p.issued_on, p.issued_by_name = p.issued_on or act.day, act.by.name
    return Done(opens=[(key, None, None) for key in keys], event=events.Issued(p, keys))


@performs(PLAN, "withdraw", on=ActionPlan)
def withdraw(p: ActionPlan, *, act: Act, reason: str) -> Done | None:
    require(rules.text_given(text=reason, what="撤回的原因"), "reason")
    p.void_reason = reason.strip()
    return None


# -- at the addressee ------------------------------------------------------------------------------


@performs(RECEIPT, "send", on=Receipt)
def send(r: Receipt, *, act: Act, plan: ActionPlan, to: Organisation) -> Done:
    r.plan, r.campaign_id, r.issuer = plan, plan.campaign_id, plan.issuer
    r.organisation, r.organisation_name, r.kind, r.county, r.town = (
        to.pk,
        to.name,
        to.kind,
        to.county,
        to.town,
    )
    r.sent_on, r.sign_due_on, r.file_due_on = act.day, max(plan.sign_due_on, act.day), plan.file_due_on
    return Done(opens=[(to.pk, None, None), (plan.issuer, None, None)], event=events.Sent(r))


@performs(RECEIPT, "sign", on=Receipt)
def sign(r: Receipt, *, act: Act) -> Done | None:
    r.signed_on, r.signed_by_name = act.day, act.by.name
    return None


@performs(RECEIPT, "refine", on=Receipt, loads={"actions": parts(SubAction)})
def refine(
    r: Receipt, *, act: Act, actions: list[SubAction], kind: str, name: str, since: date, until: date, owner: str,
    sector: str = "", county: str = "", target: int | None = None, measures: str = "", item: int | None = None,
) -> Done:  # fmt: skip
    """One sub-action of the addressee's own plan, new or reworded: concentrated, or of one field."""
    require(rules.text_given(text=name, what="分行动名称"), "name")
    require(rules.text_given(text=owner, what="责任科室或责任人"), "owner")
    require(rules.action_is_placed(kind=kind, sector=sector), "sector")
    require(rules.in_order(since=since, until=until), "until")
    require(rules.inside(since=since, until=until, outer=r.campaign, what="分行动"), "since")
    if r.county and county and county != r.county:
        raise Refused(Reason("分行动的地点须在本县(市、区)内"), "county")
    row = named(actions, item) if item else SubAction(receipt=r)
    row.kind, row.name, row.sector, row.county = ActionKind(kind), name.strip(), sector, county or r.county
    row.since, row.until, row.target, row.owner = since, until, target, owner.strip()
    row.measures = measures.strip()
    return Done(children=[row])


@performs(RECEIPT, "drop", on=Receipt, loads={"actions": parts(SubAction)})
def drop(r: Receipt, *, act: Act, actions: list[SubAction], item: int) -> Done:
    row = named(actions, item)
    row.gone = True
    return Done(children=[row])


@performs(RECEIPT, "file", on=Receipt, loads={"actions": parts(SubAction)})
def file_(r: Receipt, *, act: Act, actions: list[SubAction], title: str, text: str, number: str = "") -> Done:
    """The refined plan goes upward, with its sub-actions."""
    require(rules.text_given(text=title, what="细化方案标题", least=4), "title")
    require(rules.text_given(text=text, what="细化方案正文", least=10), "text")
    require(rules.refined(actions))
    r.own_title, r.own_number, r.own_text = title.strip(), number.strip(), text.strip()
    r.filed_on, r.filed_by_name = act.day, act.by.name
    return Done(event=events.Filed(r))


@performs(RECEIPT, "return", on=Receipt)
def return_(r: Receipt, *, act: Act, reason: str) -> Done:
    require(rules.text_given(text=reason, what="退回的理由", least=4), "reason")
    r.returned_no += 1
    r.return_reason = reason.strip()
    return Done(event=events.ReceiptReturned(r, reason.strip()))


@performs(RECEIPT, "accept", on=Receipt)
def accept(r: Receipt, *, act: Act, opinion: str = "") -> Done:
    r.accepted_on, r.accepted_by_name = act.day, act.by.name
    return Done(event=events.ReceiptAccepted(r), note={"opinion": opinion.strip()})


@performs(RECEIPT, "urge", on=Receipt)
def urge(r: Receipt, *, act: Act, words: str = "") -> Done:
    if r.urged_on == act.day:
        raise Refused(Reason("今天已经催办过该单位,请明天再催"))
    r.urged_no += 1
    r.urged_on = act.day
    return Done(event=events.ReceiptUrged(r, words.strip()), note={"words": words.strip()})
