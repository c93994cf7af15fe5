"""The journal for auditors: of a record, of a person; what each act changed; how the last check ended.

Reading it is itself noted in the access log. Personal values stand in the journal as digests only.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_safe

from anlan.inspections import draws_queries as draws
from anlan.kernel import accesslog, sealing
from anlan.kernel.accesslog import AccessLog
from anlan.kernel.clock import CHINA
from anlan.kernel.command import COMMANDS
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, Level
from anlan.kernel.web import Request, whole
from anlan.places import queries as places

SIZE, MOST = 50, 50_000
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
MAY, MAY_EXPORT = "journal.read", "journal.export"
KINDS = {
    "hazard": _later("隐患"), "visit": _later("检查"), "suspension": _later("停产整顿"),
    "enterprise": _later("企业档案"), "checklist": _later("检查表"), "apitoken": _later("接口令牌"),
    "subscription": _later("事件订阅"),
    "user": _later("账号"), "position": _later("职务"), "organisation": _later("单位"),
    "delegation": _later("委托"), "credential": _later("执法证"), "document": _later("文书"), "bulletin": _later("通报简报"),
    "interview": _later("约谈"), "fine": _later("罚款"),
    "calendarchange": _later("工作日历"), "draw": _later("随机抽取"),
    "recusal": _later("申报回避"), "roll": _later("检查覆盖"), "park": _later("园区"),
    "campaign": _later("集中行动"), "actionplan": _later("行动方案"), "receipt": _later("方案签收"),
    "group": _later("督导组"), "sortie": _later("督导出动"), "leadertrip": _later("领导带队"),
    "report": _later("统计报表"), "rollcall": _later("值班点名"),
    "worksheet": _later("工作清单"), "sheetitem": _later("清单事项"), "tag": _later("行动标记"),
}  # fmt: skip
_START = ("=", "+", "-", "@", "\t", "\r")


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, validators=[_within])


def _within(day: date) -> None:
    if not FIRST <= day <= LAST:
        raise ValidationError(_("请填写%(first)s至%(last)s之间的日期"), params={"first": FIRST, "last": LAST})


class Asking(forms.Form):
    """What narrows the journal."""

    kind = forms.ChoiceField(label=_later("记录种类"), required=False)
    subject = forms.IntegerField(label=_later("记录编号"), required=False, min_value=1, max_value=2**62)
    person = forms.CharField(label=_later("人员"), required=False, max_length=40)
    act = forms.ChoiceField(label=_later("操作"), required=False)
    since = _day(_later("自"))
    until = _day(_later("至"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("全部")), *kinds().items()]  # type: ignore[attr-defined]
        self.fields["act"].choices = [("", _("全部")), *sorted(acts().items())]  # type: ignore[attr-defined]


def kinds() -> dict[str, Any]:
    """Every kind of record that an act is upon, with its word."""
    return KINDS | {c.kind: c.kind for c in COMMANDS.values() if c.kind not in KINDS}


def acts() -> dict[str, str]:
    """Names of all acts with their words; an act of two workflows shows both."""
    found: dict[str, set[str]] = {}
    for command in COMMANDS.values():
        found.setdefault(command.transition.name, set()).add(str(command.transition.label))
    return {name: " / ".join(sorted(labels)) for name, labels in found.items()}


def entries(asked: dict[str, Any], *, by: Actor) -> QuerySet[JournalEntry]:
    """Entries as asked, the latest first; a county's auditor reads his county."""
    rows = JournalEntry.objects.exclude(kind="visit", subject__in=draws.hidden_from(by))
    if by.level is Level.COUNTY:
        rows = rows.filter(county=by.code)
    for name in ("kind", "subject", "act"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    if person := asked.get("person"):
        q = Q(person_name=person)
        if (number := whole(person)) is not None:
            q |= Q(person=number)
        rows = rows.filter(q)
    if asked.get("since"):
        rows = rows.filter(received__gte=datetime.combine(asked["since"], time(), CHINA))
    if asked.get("until"):
        after = asked["until"] + timedelta(days=1)
        rows = rows.filter(received__lt=datetime.combine(after, time(), CHINA))
    return rows.order_by("-no")


def _asked(request: Request) -> Asking:
    if not request.actor.may(MAY):
        raise Http404
    form = Asking(request.GET)
    form.is_valid()
    return form


@require_safe
def index(request: Request) -> HttpResponse:
    """The journal, filtered; and what proves it: seals and the last check."""
    now, form = timezone.now(), _asked(request)
    asked = getattr(form, "cleaned_data", {})
    rows = entries(asked, by=request.actor)
    if (before := whole(request.GET.get("before", ""))) is not None:
        rows = rows.filter(no__lt=before)
    page = list(rows[: SIZE + 1])
    query = request.GET.copy()
    if len(page) > SIZE:
        query["before"] = str(page[SIZE - 1].no)
    accesslog.note(
        by=request.actor, at=now, what="journal", kind=asked.get("kind") or "", subject=asked.get("subject"),
        count=len(page),
    )  # fmt: skip
    words = acts()
    last = sealing.last_seal()
    context = {
        "form": form,
        "rows": [_line(e, words) for e in page[:SIZE]],
        "next": f"?{query.urlencode()}" if len(page) > SIZE else "",
        "previous": "",
        "asked": request.GET.urlencode(),
        "may_export": request.actor.may(MAY_EXPORT),
        "last": last,
        "unsealed": sealing.unsealed(),
        "verified": _last_verify(),
    }
    return render(request, "site/journal.html", context, status=422 if form.errors else 200)


def _last_verify() -> Any:
    from anlan.site.models import JobRun

    return JobRun.objects.filter(name="verify").order_by("-started").first()


def _line(entry: JournalEntry, words: dict[str, str]) -> dict[str, Any]:
    return {
        "e": entry,
        "kind": KINDS.get(entry.kind, entry.kind),
        "act": words.get(entry.act, entry.act),
        "county": places.name_of(entry.county) if entry.county else "",
    }


def _told(was: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Each column before and after; a new record's columns that hold nothing are left out."""
    names = sorted(was.keys() | now.keys())
    said = [(name, was.get(name), now.get(name)) for name in names]
    return [(name, old, new) for name, old, new in said if not (_holds_nothing(old) and _holds_nothing(new))]


def _holds_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})


@require_safe
def entry(request: Request, no: int) -> HttpResponse:
    """One entry: who, when, and every column before and after."""
    if not request.actor.may(MAY):
        raise Http404
    found = entries({}, by=request.actor).filter(no=no).first()
    if found is None:
        raise Http404
    said = json.loads(found.body)
    changed = _told(said["before"], said["after"])
    children = [(label, pk, _told(was, now)) for label, pk, was, now in said["children"]]
    accesslog.note(
        by=request.actor, at=timezone.now(), what="journal", kind=found.kind, subject=found.subject
    )
    context = _line(found, acts()) | {"said": said, "changed": changed, "children": children}
    return render(request, "site/journal_entry.html", context)


@require_safe
def looks(request: Request) -> HttpResponse:
    """Who looked at or took away what holds personal data."""
    if not request.actor.may(MAY) or request.actor.level is not Level.CITY:
        raise Http404
    rows = AccessLog.objects.order_by("-no")
    if name := request.GET.get("person", "").strip()[:40]:
        rows = rows.filter(person_name=name)
    if (before := whole(request.GET.get("before", ""))) is not None:
        rows = rows.filter(no__lt=before)
    page = list(rows[: SIZE + 1])
    query = request.GET.copy()
    if len(page) > SIZE:
        query["before"] = str(page[SIZE - 1].no)
    context = {
        "rows": page[:SIZE],
        "next": f"?{query.urlencode()}" if len(page) > SIZE else "",
        "previous": "",
        "person": request.GET.get("person", ""),
        "kinds": kinds(),
    }
    return render(request, "site/looks.html", context)


class _Echo:
    def write(self, value: str) -> str:
        return value


def safe(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_START) else text


@require_safe
def export(request: Request) -> HttpResponse | StreamingHttpResponse:
    """The journal as it is filtered, as .csv; at most 50,000 entries. The export is logged."""
    form = _asked(request)
    if not request.actor.may(MAY_EXPORT):
        raise Http404
    if form.errors:
        return index(request)
    rows = entries(form.cleaned_data, by=request.actor)[:MOST]
    now = timezone.now()
    accesslog.note(by=request.actor, at=now, what="export", kind="journal", subject=None, count=rows.count())
    accesslog.flush(force=True)
    head = [_("序号"), _("记录种类"), _("记录编号"), _("步"), _("操作"), _("人员"), _("办理时间"), _("收到时间"),
            _("内容"), _("校验值")]  # fmt: skip

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff" + writer.writerow(head)
        for e in rows.iterator(chunk_size=500):
            cells = (e.no, e.kind, e.subject, e.seq, e.act, e.person_name, e.happened.isoformat(),
                     e.received.isoformat(), e.body, e.digest)  # fmt: skip
            yield writer.writerow([safe(c) for c in cells])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journal-{now:%Y%m%d}.csv"'
    return response
