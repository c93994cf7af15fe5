"""What a paper takes from the record, so that nothing is typed twice.

`choices` says which hazards may stand on one paper together, `suggested` what is already known of the
words, `drawn` makes the sheet. The same checks answer for the button and for the act.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from anlan.enforcement import queries, rules
from anlan.enforcement.models import Document
from anlan.enforcement.sheets import HandoverSheet, Officer, RectifyOrder, ReviewOpinion, Sheet, chinese_date
from anlan.enforcement.states import BY_TWO_OFFICERS, TYPE_WORDS, Kind
from anlan.hazards import queries as hazards_
from anlan.hazards.checks import two_officers
from anlan.hazards.models import Hazard
from anlan.kernel.scope import Actor, Axis
from anlan.kernel.words import Reason, Refused, require
from anlan.people import queries as people
from anlan.places import queries as places
from anlan.places.models import PlaceKind
from anlan.standards import queries as standards

#: the words of each paper that a person may still change; everything else is the record's
WORDS: dict[str, tuple[str, ...]] = {
    Kind.HANDOVER: ("subject", "basis", "requirement", "contact", "copied_to"),
    Kind.RECTIFY_ORDER: ("government", "court"),
    Kind.REVIEW_OPINION: ("opinion",),
}
AT_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A sheet with what the row of the document copies from the record."""

    sheet: Sheet
    hazards: Sequence[Hazard]
    drawn_from: Sequence[int]
    addressee_id: int
    addressee: str
    enterprise_id: int | None
    answers: Document | None = None
    word: str = field(default="")


# -- may it be drafted -----------------------------------------------------------------------------


def last_link(h: Hazard) -> Any:
    return max(h.assignments.all(), key=attrgetter("pk"), default=None)


def decided_round(h: Hazard) -> Any:
    """The last round that was looked at again, passed or not."""
    decided = (r for r in h.rounds.all() if r.passed is not None)
    return max(decided, key=attrgetter("no"), default=None)


def source_of(type: str, h: Hazard) -> int | None:
    """What of the hazard's file a paper of this kind would speak of now."""
    if type == Kind.HANDOVER:
        link = last_link(h)
        return link.pk if link else None
    if type == Kind.RECTIFY_ORDER:
        return h.round
    decided = decided_round(h)
    return decided.no if decided else None


def why_not(
    type: str, h: Hazard, actor: Actor, *, but: int | None = None, papers: Sequence[Document] | None = None
) -> Reason | None:
    """Why no paper of this kind can be drafted about a hazard, or None. `papers` about it, where in hand."""
    if not actor.may("document.draft"):
        return Reason("您的职务不能起草文书")
    if type == Kind.HANDOVER:
        reason = rules.may_hand_over(h, last_link(h), actor)
    elif type == Kind.RECTIFY_ORDER:
        reason = rules.of_one_firm([h]) or rules.may_order(h, actor)
    else:
        order = queries.served_order(h) if papers is None else queries.served(papers)
        reason = rules.of_one_firm([h]) or rules.may_review(h, decided_round(h), order, actor)
    if reason is not None:
        return reason
    source = source_of(type, h)
    assert source is not None
    return rules.not_yet(queries.standing(type, hazard=h.pk, drawn_from=source, but=but))


def why_agency_cannot(actor: Actor, *, on: date) -> Reason | None:
    """Why this agency makes no papers: no word for its numbers, or nobody who could sign."""
    organ = people.organ(actor.organisation) if actor.organisation else None
    if organ is None:
        return Reason("您的职务不属于任何单位,不能起草文书")
    approvers = people.holders(organ.pk, on=on, can="document.approve")
    return rules.has_a_word(organ.doc_word) or rules.somebody_signs(approvers, actor)


def choices(type: str, h: Hazard, actor: Actor) -> list[Hazard]:
    """The hazards that may stand on one paper with this one, itself first."""
    if type == Kind.HANDOVER:
        rows = hazards_.ledger(filters=hazards_.Filters(), on=h.found_on, axis=Axis.HANDED)
        rows = rows.filter(now_organ=h.now_organ, assigned_on=h.assigned_on)
    else:
        firm = hazards_.Filters(enterprise=str(h.enterprise_id))
        rows = hazards_.ledger(filters=firm, on=h.found_on, axis=Axis.HANDED).filter(legal_order=True)
    others = rows.exclude(pk=h.pk).select_related("enterprise").order_by("pk")[:AT_MOST]
    order = queries.served_order(h) if type == Kind.REVIEW_OPINION else None
    fit = [o for o in others if why_not(type, o, actor) is None]
    if order is not None:
        fit = [o for o in fit if queries.served_order(o) == order]
    return [h, *fit]


def together(type: str, h: Hazard, found: Sequence[Hazard]) -> list[Hazard]:
    """Of the choices those that were decided on the same day: they belong on the same paper."""
    if type == Kind.REVIEW_OPINION:
        return list(found)
    day = "assigned_on" if type == Kind.HANDOVER else "ordered_on"
    return [o for o in found if getattr(o, day) == getattr(h, day)]


# -- what is known already -------------------------------------------------------------------------


def suggested(type: str, hazards: Sequence[Hazard], actor: Actor) -> dict[str, Any]:
    """The words as the record gives them; a person may change them before they are signed."""
    if type == Kind.HANDOVER:
        return {
            "subject": "关于交办事故隐患的通知",
            "basis": "",
            "requirement": last_link(hazards[0]).words
            or "请依法督促有关单位限期整改，逐项验收销号，并将办理情况按期反馈。",
            "contact": "",
            "copied_to": "",
        }
    if type == Kind.RECTIFY_ORDER:
        return remedies(actor)
    return {"opinion": conclusion(hazards)}


def remedies(actor: Actor) -> dict[str, str]:
    """To whom the firm may turn: the government and the court of the agency's place.

    A zone has no government and no court of its own, and a city's agency may sit in any district: then
    the person says which.
    """
    place = places.place(actor.code) if actor.code else places.city()
    if place is None or place.kind == PlaceKind.ZONE:
        return {"government": "", "court": ""}
    district = place.code != (city.code if (city := places.city()) else "")
    return {
        "government": f"{place.name}人民政府",
        "court": f"{place.name}人民法院" if district else "",
    }


def conclusion(hazards: Sequence[Hazard]) -> str:
    """What the review found, in a sentence for those that passed and one for those that did not."""
    rounds = [decided_round(h) for h in hazards]
    done = [str(i) for i, r in enumerate(rounds, 1) if r is not None and r.passed]
    left = [
        (str(i), h) for i, (h, r) in enumerate(zip(hazards, rounds, strict=True), 1) if r and not r.passed
    ]
    said = []
    if done:
        said.append(f"经复查，第{'、'.join(done)}项已按要求整改完毕。")
    if left:
        due = max(h.due_on for _, h in left if h.due_on)
        numbers = "、".join(i for i, _ in left)
        said.append(f"经复查，第{numbers}项未按要求整改完毕，责令于{chinese_date(due)}前继续整改到位。")
    return "\n".join(said)


def basis_on(day: date) -> str:
    """The article under which a firm is ordered, in force on the day of the act (2014 art. 62, 2021 art. 65)."""
    row = standards.basis("inspection_powers", on=day)
    if row is None:
        raise Refused(Reason("标准库中没有%(day)s有效的执法依据,请联系系统管理员补充", {"day": day}))
    law = row.law.partition("（")[0]
    return f"《中华人民共和国{law}》{row.article}"


# -- the sheet -------------------------------------------------------------------------------------


def drawn(
    type: str,
    hazards: Sequence[Hazard],
    *,
    by: Actor,
    on: date,
    second: Actor | None,
    words: Mapping[str, str],
    but: int | None = None,
) -> Drawn:
    """The sheet of a paper about these hazards. Raises Refused for whatever forbids it."""
    if not hazards:
        raise Refused(Reason("请至少选择一处隐患"), "hazards")
    require(why_agency_cannot(by, on=on))
    for h in hazards:
        require(why_not(type, h, by, but=but), "hazards")
    if type in BY_TWO_OFFICERS:
        require(two_officers(actor=by, second=second, on=on), "second")
    said = {name: words.get(name, "").strip() for name in WORDS[type]}
    make = {
        Kind.HANDOVER: _handover,
        Kind.RECTIFY_ORDER: _order,
        Kind.REVIEW_OPINION: _review,
    }[Kind(type)]
    return make(hazards, by=by, on=on, second=second, said=said)


def _handover(
    hazards: Sequence[Hazard], *, by: Actor, on: date, second: Actor | None, said: dict[str, str]
) -> Drawn:
    links = [last_link(h) for h in hazards]
    if len({link.to_organisation for link in links}) > 1:
        raise Refused(Reason("一份交办单只交给一个单位,请只选交给同一单位的隐患"), "hazards")
    lines = [
        {
            "description": h.description, "clause": _clause(h), "requirement": h.requirement, "deadline": h.due_on,
            "place": "\n".join(p for p in (h.enterprise.name if h.enterprise else "", h.location) if p),
        }
        for h in hazards
    ]  # fmt: skip
    dues = [link.reply_due for link in links if link.reply_due]
    sheet = HandoverSheet.from_record(
        agency=by.organisation_name, addressee=links[0].to_name, lines=lines,
        reply_due=min(dues) if dues else None, **said,
    )  # fmt: skip
    return Drawn(
        sheet=sheet, hazards=hazards, drawn_from=[link.pk for link in links],
        addressee_id=links[0].to_organisation, addressee=links[0].to_name, enterprise_id=None,
        word=_word(Kind.HANDOVER, by),
    )  # fmt: skip


def _order(
    hazards: Sequence[Hazard], *, by: Actor, on: date, second: Actor | None, said: dict[str, str]
) -> Drawn:
    firm = _firm(hazards)
    require(_said(said["government"], "复议机关"), "government")
    require(_said(said["court"], "管辖法院"), "court")
    deadline = max(h.due_on for h in hazards if h.due_on)
    if deadline < on:
        raise Refused(Reason("整改期限%(day)s已过,不能再下达指令书", {"day": deadline}), "hazards")
    found = {h.found_on for h in hazards if h.found_organisation == by.organisation}
    lines = [
        {"description": h.description, "place": h.location, "clause": _clause(h), "requirement": h.requirement,
         "deadline": h.due_on}
        for h in hazards
    ]  # fmt: skip
    sheet = RectifyOrder.from_record(
        agency=by.organisation_name, addressee=firm.name, lines=lines,
        officers=_officers(by, second), legal_basis=basis_on(hazards[0].ordered_on or on), deadline=deadline,
        inspected_on=max(found) if found else None, **said,
    )  # fmt: skip
    return _upon_firm(Kind.RECTIFY_ORDER, sheet, hazards, [h.round for h in hazards], by=by)


def _review(
    hazards: Sequence[Hazard], *, by: Actor, on: date, second: Actor | None, said: dict[str, str]
) -> Drawn:
    firm = _firm(hazards)
    require(_said(said["opinion"], "复查意见"), "opinion")
    orders = {o.pk: o for h in hazards if (o := queries.served_order(h)) is not None}
    if len(orders) > 1:
        raise Refused(Reason("一份复查意见书只答复一份指令书,请只选同一份指令书中的隐患"), "hazards")
    (order,) = orders.values()
    rounds = [decided_round(h) for h in hazards]
    lines = [
        {"description": h.description, "place": h.location, "requirement": _required(h, r), "deadline": r.due_on,
         "opinion": (h.acceptance_opinion or "已整改完毕") if r.passed else f"未整改到位：{r.still_open}"}
        for h, r in zip(hazards, rounds, strict=True)
    ]  # fmt: skip
    sheet = ReviewOpinion.from_record(
        agency=by.organisation_name, addressee=firm.name, lines=lines,
        officers=_officers(by, second), decision_number=order.number, decision_on=order.approved_on,
        inspected_on=max(r.decided_on for r in rounds), **said,
    )  # fmt: skip
    return _upon_firm(Kind.REVIEW_OPINION, sheet, hazards, [r.no for r in rounds], by=by, answers=order)


def _firm(hazards: Sequence[Hazard]) -> Any:
    require(rules.of_one_firm(hazards), "hazards")
    return hazards[0].enterprise


def _upon_firm(
    type: str, sheet: Sheet, hazards: Sequence[Hazard], sources: Sequence[int], *, by: Actor, **more: Any
) -> Drawn:
    firm = _firm(hazards)
    return Drawn(
        sheet=sheet, hazards=hazards, drawn_from=sources, addressee_id=firm.pk, addressee=firm.name,
        enterprise_id=firm.pk, word=_word(type, by), **more,
    )  # fmt: skip


def _word(type: str, by: Actor) -> str:
    organ = people.organ(by.organisation or 0)
    assert organ is not None
    return f"{organ.doc_word.strip()}{TYPE_WORDS[Kind(type)]}"


def _officers(by: Actor, second: Actor | None) -> list[Officer]:
    return [
        Officer(name=a.name, credential=a.credential, valid_until=a.credential_until)
        for a in (by, second)
        if a is not None
    ]


def _clause(h: Hazard) -> str:
    return " ".join(part for part in (h.basis, h.clause) if part)


def _required(h: Hazard, r: Any) -> str:
    """What was required in the round; after a failed one the hazard's own says what is still open."""
    return h.requirement if r.passed else ""


def _said(text: str, what: str) -> Reason | None:
    return None if text else Reason("请填写%(what)s", {"what": what})
