"""Acts upon bulletins: draft, revise, send back, sign, withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from anlan.figures import reach, whose
from anlan.figures.bulletins import drawing, events, keeping, numbers, queries, render, rules
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.workflow import BULLETIN
from anlan.figures.periods import Named
from anlan.figures.reports.queries import VERSION
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Level
from anlan.kernel.words import Conflict, require
from anlan.people import queries as people

WORDS = ("title", "problems", "requirements", "main_to", "copied_to")


def _write(
    b: Bulletin, *, act: Act, place: str, named: Named, system: str, group: str, sections: Sequence[str],
    words: Mapping[str, str], addressed: Sequence[str],
) -> None:  # fmt: skip
    """What a draft is about and says; refused where it could not be sent out."""
    b.place = reach.place_within(place, actor=act.by)
    require(rules.period_is_over(end=named.period.end, on=act.day), "end")
    require(rules.sections_chosen(sections=sections, words=words), "sections")
    require(rules.has_units(sections=sections, place=b.place), "sections")
    require(rules.titled(words["title"]), "title")
    require(rules.addressed_to(words["main_to"]), "main_to")
    require(rules.sent_within(addressed=addressed, county=b.county), "addressed")
    b.start, b.end, b.period, b.period_label = named.period.start, named.period.end, named.code, named.label
    b.system, b.group = whose.system(system) if system else "", group
    b.sections, b.addressed = ",".join(sections), ",".join(addressed)
    for name in WORDS:
        setattr(b, name, words[name].strip())
    assert b.about  # an unknown kind of group is refused here


@performs(BULLETIN, "draft", on=Bulletin)
def draft(
    b: Bulletin,
    *,
    act: Act,
    kind: str,
    place: str,
    named: Named,
    sections: Sequence[str],
    words: Mapping[str, str],
    addressed: Sequence[str] = (),
    system: str = "",
    group: str = "",
    replaces: Bulletin | None = None,
    correction: str = "",
) -> Done:
    """Begin a bulletin of one's own office; `replaces` is the signed one that it corrects, `correction` why."""
    require(rules.drafts_for_a_place(act.by))
    office = people.organ(act.by.organisation or 0)
    assert office is not None  # whoever has none was refused above
    b.kind, b.organisation_id, b.organisation_name = kind, office.pk, office.name
    b.word = office.doc_word
    require(rules.has_a_word(kind=kind, word=b.word), "kind")
    b.county = act.by.code[:6] if act.by.level is Level.COUNTY else ""
    if replaces is not None:
        other = queries.replacing(replaces)
        require(rules.may_replace(replaces, kind=kind, by=act.by, replaced_by=other), "replaces")
        require(rules.reason_given(correction), "correction")
        b.replaces, b.correction = replaces, correction.strip()
    _write(
        b, act=act, place=place, named=named, system=system, group=group, sections=sections, words=words,
        addressed=addressed,
    )  # fmt: skip
    b.drafted_by, b.drafted_by_name, b.drafted_on = act.by.id, act.by.name, act.day
    return Done(event=events.Drafted(b))


@performs(BULLETIN, "revise", on=Bulletin)
def revise(
    b: Bulletin, *, act: Act, place: str, named: Named, sections: Sequence[str], words: Mapping[str, str],
    addressed: Sequence[str] = (), system: str = "", group: str = "",
) -> Done:  # fmt: skip
    """Choose and word it anew; whoever does so is its drafter."""
    _write(
        b, act=act, place=place, named=named, system=system, group=group, sections=sections, words=words,
        addressed=addressed,
    )  # fmt: skip
    b.drafted_by, b.drafted_by_name = act.by.id, act.by.name
    b.sent_back_on, b.sent_back_reason = None, ""
    return Done(event=events.Drafted(b))


@performs(BULLETIN, "send_back", on=Bulletin)
def send_back(b: Bulletin, *, act: Act, reason: str) -> Done:
    """Not signed as it is; the office is told why."""
    require(rules.reason_given(reason), "reason")
    b.sent_back_on, b.sent_back_reason = act.day, reason.strip()
    return Done(event=events.SentBack(b, reason.strip()), note={"reason": reason.strip()})


@performs(BULLETIN, "withdraw", on=Bulletin)
def withdraw(b: Bulletin, *, act: Act, reason: str) -> Done:
    """Give a draft up. It never had a number, so none is lost."""
    require(rules.reason_given(reason), "reason")
    b.withdrawn_reason = reason.strip()
    return Done(note={"reason": reason.strip()})


def drawn(b: Bulletin) -> drawing.Drawn:
    """What a bulletin says now."""
    return drawing.draw(b.about, b.chosen, {"problems": b.problems, "requirements": b.requirements})


@performs(BULLETIN, "sign", on=Bulletin)
def sign(b: Bulletin, *, act: Act, seen_digest: str) -> Done:
    """Freeze it: number, figures with the records behind them, PDF and Word file, all or nothing.

    `seen_digest` is the hash of what the signer read. The number is taken first, because taking it holds the series
    until the act ends; what comes after may refuse, and then the number goes back.
    """
    no = numbers.take(b, year=act.day.year)
    made = drawn(b)
    if reason := rules.read_by_signer(seen=seen_digest, drawn=made.digest):
        raise Conflict(reason)
    b.year, b.no, b.number = act.day.year, no, numbers.written(b, year=act.day.year, no=no)
    b.signed_by, b.signed_by_name, b.signed_on, b.signed_at = act.by.id, act.by.name, act.day, act.at.happened
    b.content, b.digest, b.version = made.text, made.digest, VERSION
    b.kept_sha256 = keeping.put(keeping.pack(drawing.kept(made.content, b.about)))
    said = render.context(b, made.content)
    b.pdf_sha256, b.docx_sha256 = keeping.put(render.pdf(said)), keeping.put(render.docx(said))
    readers = tuple(queries.readers(b))
    opens: list[Any] = [(reader, None, None) for reader in readers]
    return Done(opens=opens, event=events.Signed(b, readers))
