"""The report of a campaign as a page with every figure open, as PDF and as Word file."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from anlan.campaigns.models import Campaign
from anlan.campaigns.pages.acts import one
from anlan.figures.ask import indicator
from anlan.figures.bulletins import keeping, restating, view
from anlan.figures.bulletins import render as papers
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Rate
from anlan.kernel import accesslog
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request, address_of, attachment
from anlan.site import closing, closing_paper

FORMS = ("pdf", "docx")
TABLES = (("units", "各单位情况", "单位"), ("sectors", "分行业领域情况", "行业领域"))


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """As it was frozen, with what has changed since; of a campaign that runs, how it stands now."""
    now, actor = timezone.now(), request.actor
    c = one("campaign", pk, actor)
    said = closing.frozen(c) if closing.reads_whole(c, actor) else None
    kept = said is not None
    said = said or closing.draw(c, actor, now)
    to = _opens(c)
    accesslog.note(by=actor, at=now, what="see", kind="campaign", subject=pk, address=address_of(request))
    context = {
        "c": c,
        "said": said,
        "title": closing_paper.title(c),
        "kept": kept,
        "part": c.state == "CLOSED" and bool(c.report_sha256) and not kept,
        "organised": closing_paper.organised(said),
        "supervised": closing_paper.supervised(said),
        "whole": [f | {"href": to(f["code"], "", "")} for f in said.get("whole", ())],
        "tables": [
            view.table_of(said["columns"], said[key], to) | {"of": key, "heading": heading, "first": first}
            for key, heading, first in TABLES
            if said.get(key)
        ],
        "restated": view.told(closing.changes(c, said), to, _name) if kept else None,
        "between": closing_paper.between(said) if said["figures"] else "",
    }
    return render(request, "campaigns/report.html", context)


def _opens(c: Campaign) -> view.To:
    """The rows behind a figure; behind a rate those of its part. "" of what this version counts no more."""

    def to(code: str, county: str = "", sector: str = "") -> str:
        if code not in INDICATORS:
            return ""
        i = indicator(code)
        asked = {k: v for k, v in (("county", county), ("sector", sector)) if v}
        base = reverse("site:campaign_rows", args=[c.pk, i.part if isinstance(i, Rate) else code])
        return f"{base}?{urlencode(asked)}" if asked else base

    return to


def _name(change: restating.Change) -> str:
    return change.name if change.place or change.sector else str(indicator(change.code).label)


@require_safe
def download(request: Request, pk: int, form: str) -> FileResponse:
    """The paper: what was frozen, by its hash; of a campaign that runs, and of a part of it, as it stands now."""
    now, actor = timezone.now(), request.actor
    c = one("campaign", pk, actor)
    if form not in FORMS:
        raise Http404
    accesslog.note(
        by=actor, at=now, what="download", kind="campaign", subject=pk, address=address_of(request)
    )
    return attachment(_bytes(c, form, actor, now), name=f"{closing_paper.title(c)}.{form}")


def _bytes(c: Campaign, form: str, actor: Actor, now: Any) -> bytes:
    sha = c.report_pdf_sha256 if form == "pdf" else c.report_docx_sha256
    if sha and closing.reads_whole(c, actor):
        return keeping.paper(sha)
    said = closing_paper.context(c, closing.draw(c, actor, now))
    return papers.pdf(said) if form == "pdf" else papers.docx(said)
