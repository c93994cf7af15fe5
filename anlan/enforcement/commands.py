"""Acts upon official documents: draft, approve with a number, serve, void."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from anlan.enforcement import drafting, events, numbers, queries, render, rules
from anlan.enforcement.models import Document, DocumentLine
from anlan.enforcement.states import How, Receipt
from anlan.enforcement.workflow import DOCUMENT
from anlan.evidence import store
from anlan.hazards.models import Hazard
from anlan.kernel import canonical
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import require


def _write(d: Document, made: drafting.Drawn) -> None:
    """The words and what is copied of the record."""
    first = made.hazards[0]
    d.context = canonical.text(made.sheet.context())
    d.addressee_id, d.addressee, d.enterprise_id = made.addressee_id, made.addressee, made.enterprise_id
    d.word, d.answers = made.word, made.answers
    d.county, d.town, d.sector = first.now_county, first.now_town, first.now_sector


def _lines(d: Document, made: drafting.Drawn, *, stands: bool = False) -> list[DocumentLine]:
    return [
        DocumentLine(document=d, type=d.type, no=no, hazard=h, drawn_from=source, stands=stands)
        for no, (h, source) in enumerate(zip(made.hazards, made.drawn_from, strict=True), 1)
    ]


def _made(d: Document, act: Act, type: str) -> None:
    assert act.by.organisation is not None  # whoever has none was refused before
    d.type, d.agency_id, d.agency_name = type, act.by.organisation, act.by.organisation_name
    d.system = act.by.system
    d.drafted_by, d.drafted_by_name, d.drafted_on = act.by.id, act.by.name, act.day


@performs(DOCUMENT, "draft", on=Document)
def draft(
    d: Document,
    *,
    act: Act,
    type: str,
    hazards: Sequence[Hazard],
    words: dict[str, str],
    second: Actor | None = None,
) -> Done:
    """Draft a paper about hazards from the record; `words` is the little that a person adds."""
    made = drafting.drawn(type, hazards, by=act.by, on=act.day, second=second, words=words)
    _made(d, act, type)
    _write(d, made)
    _can_be_shown(d)
    return Done(children=_lines(d, made), opens=[(act.by.organisation, None, None)], event=events.Drafted(d))


def _can_be_shown(d: Document) -> None:
    """A character that no font can show is refused here, not at signing."""
    render.render_pdf(d.type, d.words())


@performs(DOCUMENT, "record", on=Document)
def record(
    d: Document, *, act: Act, type: str, hazards: Sequence[Hazard], second: Actor | None = None, signed_by: str,
    words: dict[str, str],
) -> Done:  # fmt: skip
    """Enter a paper that was signed and served on paper that day: it takes its number from the series.

    Drawn from the record like any other; its files are made from its words whenever they are asked for.
    """
    made = drafting.drawn(type, hazards, by=act.by, on=act.day, second=second, words=words)
    require(rules.signer_named(signed_by), "signed_by")
    _made(d, act, type)
    _write(d, made)
    d.on_paper, d.open_to_id = True, d.enterprise_id
    d.year, d.no = act.day.year, numbers.take(d, year=act.day.year)
    d.number = numbers.written(d, year=d.year, no=d.no)
    d.approved_by_name, d.approved_on, d.served_on = signed_by.strip(), act.day, act.day
    d.served_by_name, d.served_how, d.receipt = act.by.name, How.DIRECT, Receipt.SIGNED
    opens: list[Any] = [(act.by.organisation, None, None)]
    return Done(children=_lines(d, made, stands=True), opens=opens)


@performs(DOCUMENT, "revise", on=Document, loads={"lines": queries.lines_of})
def revise(
    d: Document, *, act: Act, lines: list[DocumentLine], words: dict[str, str], second: Actor | None = None
) -> Done:
    """Draw it anew from the record as it stands now, with other words."""
    hazards = [line.hazard for line in lines]
    _write(
        d,
        drafting.drawn(d.type, hazards, by=act.by, on=act.day, second=second, words=words, but=d.pk),
    )
    _can_be_shown(d)
    d.sent_back_on = None
    return Done(event=events.Drafted(d))


@performs(DOCUMENT, "send_back", on=Document)
def send_back(d: Document, *, act: Act, reason: str) -> Done:
    """Not signed as it is; the drafter is told why."""
    require(rules.reason_given(reason), "reason")
    d.sent_back_on = act.day
    return Done(event=events.SentBack(d, reason.strip()), note={"reason": reason.strip()})


@performs(DOCUMENT, "discard", on=Document)
def discard(d: Document, *, act: Act, reason: str) -> Done:
    """Give a draft up. It never had a number, so none is lost."""
    require(rules.reason_given(reason), "reason")
    d.void_reason, d.voided_on, d.voided_by_name = reason.strip(), act.day, act.by.name
    return Done()


@performs(DOCUMENT, "approve", on=Document, loads={"lines": queries.lines_of})
def approve(d: Document, *, act: Act, lines: list[DocumentLine]) -> Done:
    """Sign it: number, date, PDF and Word file, all or nothing.

    The number is taken first, because taking it holds the series until the act ends; what comes after
    may refuse, and then the number goes back.
    """
    with transaction.atomic():
        no = numbers.take(d, year=act.day.year)
        for line in lines:
            other = queries.standing(d.type, hazard=line.hazard_id, drawn_from=line.drawn_from, but=d.pk)
            require(rules.not_yet(other if other is not None and other.no else None))
            line.stands = True
        d.year, d.no, d.number = act.day.year, no, numbers.written(d, year=act.day.year, no=no)
        d.approved_by, d.approved_by_name, d.approved_on = act.by.id, act.by.name, act.day
        pdf, docx = render.render_pdf(d.type, d.words()), render.render_docx(d.type, d.words())
        d.pdf_sha256, d.docx_sha256 = store.sha256(pdf), store.sha256(docx)
        store.keep(pdf, sha=d.pdf_sha256)
        store.keep(docx, sha=d.docx_sha256)
    return Done(children=lines, event=events.Approved(d))


@performs(DOCUMENT, "serve", on=Document)
def serve(
    d: Document,
    *,
    act: Act,
    on: date,
    how: str,
    receipt: str,
    receiver: str = "",
    witness: str = "",
    consented: bool = False,
) -> Done:
    """Say how and when it reached whom (送达回执). `receiver` and `witness` are digests of personal values."""
    upon_firm = d.enterprise_id is not None
    assert d.approved_on is not None
    require(rules.served_between(on=on, approved=d.approved_on, today=act.day), "on")
    require(rules.way_fits(how=how, upon_firm=upon_firm, consented=consented), "how")
    require(rules.service_is_proved(how=how, receipt=receipt, receiver=receiver, witness=witness), "receipt")
    d.served_on, d.served_by_name = on, act.by.name
    d.served_how, d.receipt, d.receiver, d.witness = how, receipt, receiver, witness
    d.open_to_id = d.enterprise_id
    opens: list[Any] = [] if upon_firm else [(d.addressee_id, None, None)]
    note = {"consented": True} if consented else {}
    return Done(opens=opens, event=events.Served(d), note=note)


@performs(DOCUMENT, "void", on=Document, loads={"lines": queries.lines_of})
def void(d: Document, *, act: Act, lines: list[DocumentLine], reason: str) -> Done:
    """It does not stand. Its number stays with it (作废号) and is never given again."""
    require(rules.reason_given(reason), "reason")
    for line in lines:
        line.stands = False
    d.void_reason, d.voided_on, d.voided_by_name = reason.strip(), act.day, act.by.name
    return Done(children=lines, event=events.Voided(d, was_served=d.served_on is not None))


def words_of(d: Document) -> dict[str, str]:
    """The words that a person may change, as they stand."""
    said = json.loads(d.context)
    return {name: said.get(name) or "" for name in drafting.WORDS[d.type]}
