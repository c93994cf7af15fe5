"""The report of a campaign as a page with every figure open, as PDF and as Word file."""

import io
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from anlan.campaigns.models import Campaign
from anlan.campaigns.pages.acts import one
from anlan.evidence import store
from anlan.figures.ask import indicator
from anlan.figures.bulletins import render as papers
from anlan.figures.bulletins import restating
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Rate
from anlan.kernel import accesslog
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request, address_of
from anlan.kernel.words import Reason, Refused
from anlan.site import closing, closing_paper

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_CHANGES = 40


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """As it was frozen, with what has changed since; of a campaign that runs, how it stands now."""
    now, actor = timezone.now(), request.actor
    c = one("campaign", pk, actor)
    said = closing.frozen(c) if closing.reads_whole(c, actor) else None
    kept = said is not None
    said = said or closing.draw(c, actor, now)
    accesslog.note(by=actor, at=now, what="see", kind="campaign", subject=pk, address=address_of(request))
    context = {
        "c": c,
        "said": said,
        "title": closing_paper.title(c),
        "kept": kept,
        "part": c.state == "CLOSED" and bool(c.report_sha256) and not kept,
        "organised": closing_paper.organised(said),
        "supervised": closing_paper.supervised(said),
        "whole": [f | {"href": _link(c, f["code"])} for f in said.get("whole", ())],
        "tables": [t for t in (_table(c, said, "units"), _table(c, said, "sectors")) if t],
        "restated": _restated(c, said, actor) if kept else None,
        "between": closing_paper.between(said) if said["figures"] else "",
    }
    return render(request, "campaigns/report.html", context)


def _link(c: Campaign, code: str, **narrow: str) -> str:
    """The rows behind a figure; behind a rate those of its part. "" of what this version counts no more."""
    if code not in INDICATORS:
        return ""
    i = indicator(code)
    asked = {k: v for k, v in narrow.items() if v}
    base = reverse("site:campaign_rows", args=[c.pk, i.part if isinstance(i, Rate) else code])
    return f"{base}?{urlencode(asked)}" if asked else base


def _table(c: Campaign, said: dict[str, Any], key: str) -> dict[str, Any] | None:
    if not said.get(key):
        return None
    lines = [
        {
            "name": line["name"],
            "cells": [
                {
                    "value": closing_paper.shown(v, rate=column["unit"] == "%"),
                    "href": "" if v is None else _link(
                        c, column["code"], county=line.get("place", ""), sector=line.get("sector", "")
                    ),
                }
                for column, v in zip(said["columns"], line["values"], strict=True)
            ],
        }
        for line in said[key]
    ]  # fmt: skip
    return {"of": key, "columns": said["columns"], "lines": lines}


def _restated(c: Campaign, said: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What is counted differently since the report was frozen, record by record where they are few."""
    found, shown = closing.changes(c, said), []
    for change in found[:MOST_CHANGES]:
        moved = change.moved
        shown.append(
            {
                "c": change, "name": _name(change),
                "href": _link(c, change.code, county=change.place, sector=change.sector),
                "gone": restating.named(moved, moved.gone) if moved else [],
                "come": restating.named(moved, moved.come) if moved else [],
                "gone_no": len(moved.gone) if moved else 0, "come_no": len(moved.come) if moved else 0,
            }
        )  # fmt: skip
    return {"changes": shown, "count": len(found), "more": max(0, len(found) - MOST_CHANGES)}


def _name(change: restating.Change) -> str:
    return change.name if change.place or change.sector else str(indicator(change.code).label)


@require_safe
def download(request: Request, pk: int, form: str) -> FileResponse:
    """The paper: what was frozen, by its hash; of a campaign that runs, and of a part of it, as it stands now."""
    now, actor = timezone.now(), request.actor
    c = one("campaign", pk, actor)
    if form not in MEDIA:
        raise Http404
    accesslog.note(
        by=actor, at=now, what="download", kind="campaign", subject=pk, address=address_of(request)
    )
    made = _bytes(c, form, actor, now)
    response = FileResponse(
        io.BytesIO(made),
        as_attachment=True,
        filename=f"{closing_paper.title(c)}.{form}",
        content_type=MEDIA[form],
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(c: Campaign, form: str, actor: Actor, now: Any) -> bytes:
    sha = c.report_pdf_sha256 if form == "pdf" else c.report_docx_sha256
    if sha and closing.reads_whole(c, actor):
        if not store.holds(sha):
            raise Refused(Reason("文件缺失或已被改动,没有下载。请联系系统管理员核验并从备份恢复"))
        return store.path_of(sha).read_bytes()
    said = closing_paper.context(c, closing.draw(c, actor, now))
    return papers.pdf(said) if form == "pdf" else papers.docx(said)
