"""Words, figures, dates and shapes for templates: `{% load anlan %}`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import engines
from django.template.base import Node, Parser, Token
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError

from anlan.kernel.clock import day_of
from anlan.kernel.told import told
from anlan.kernel.words import Reason, Refused

register = template.Library()
NONE = "—"
SOON_DAYS = 3


@register.filter
def words(reason: Reason | Refused | str | None) -> str:
    """A refusal in the reader's language."""
    if reason is None:
        return ""
    if isinstance(reason, Refused):
        reason = reason.reason
    return told(reason) if isinstance(reason, Reason) else str(reason)


# figures and dates


@register.filter
def thousands(value: Any) -> str:
    """122,302; "—" for nothing; words as they are."""
    return NONE if value is None or value == "" else value if isinstance(value, str) else f"{value:,}"


@register.filter
def decimal(value: Any) -> str:
    """12.5, 300, 0.1: a number without the zeros that its column adds."""
    return "" if value is None or value == "" else f"{Decimal(str(value)).normalize():f}"


@register.filter
def money(value: Any) -> str:
    """65,600 元; cents only where there are any."""
    if value is None or value == "":
        return NONE
    amount = Decimal(str(value)).quantize(Decimal("0.01"))
    figure = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return gettext("%(amount)s 元") % {"amount": figure}


@register.filter
def rate(value: Any, digits: int = 2) -> str:
    """A share of one as a percentage: 0.9825 is 98.25%. "—" for a rate over nothing."""
    return NONE if value is None or value == "" else f"{Decimal(str(value)) * 100:.{digits}f}%"


@register.filter
def day_long(value: date | datetime | None) -> str:
    """2019年8月6日."""
    if not value:
        return NONE
    day = _day(value)
    return gettext("%(y)d年%(m)d月%(d)d日") % {"y": day.year, "m": day.month, "d": day.day}


@register.filter
def day(value: date | datetime | None) -> str:
    """2019-08-06, for tables."""
    return _day(value).isoformat() if value else NONE


@register.filter
def moment(value: datetime | None) -> str:
    """2019-10-02 15:20, local."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else NONE


def _day(value: date | datetime) -> date:
    return day_of(value) if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A deadline as it is told: its tone, its shape, its words."""

    tone: str
    icon: str
    text: str


@register.simple_tag(takes_context=True)
def clock_face(context: template.Context, due: Any, stopped: Any = None) -> ClockFace | None:
    """How a deadline stands today, or on the day on which its clock stopped."""
    if not due:
        return None
    end, today = _day(due), context.get("today") or day_of(timezone.now())
    left = (end - (_day(stopped) if stopped else today)).days
    if left < 0:
        text = ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", -left) % {"days": -left}
        return ClockFace("late", "alert-circle", text)
    if stopped:
        return ClockFace("stopped", "clock-pause", gettext("按期"))
    if left == 0:
        return ClockFace("soon", "hourglass", gettext("今天到期"))
    text = ngettext("还剩 %(days)d 天", "还剩 %(days)d 天", left) % {"days": left}
    return ClockFace("soon" if left <= SOON_DAYS else "calm", "clock", text)


# shapes

STATE_SHAPES = {
    "DRAFT": ("pencil", "void"),
    "REGISTERED": ("circle-dashed", ""),
    "GRADING": ("circle-half-2", "waiting"),
    "ASSIGNED": ("send", "moving"),
    "RECTIFYING": ("progress", "moving"),
    "REVIEW": ("hourglass", "waiting"),
    "CLOSED": ("circle-check", "done"),
    "VOID": ("ban", "void"),
    "MERGED": ("git-merge", "void"),
    "ASKED": ("hourglass", "waiting"),
    "PROPOSED": ("hourglass", "waiting"),
    "PENDING": ("hourglass", "waiting"),
    "GRANTED": ("circle-check", "done"),
    "APPROVED": ("circle-check", "done"),
    "REFUSED": ("circle-x", "void"),
    "REJECTED": ("circle-x", "void"),
    "RETURNED": ("arrow-back-up", "waiting"),
    "SIGNED": ("signature", "moving"),
    "ISSUED": ("file-check", "moving"),
    "SERVED": ("mail", "moving"),
    "EXECUTED": ("circle-check", "done"),
    "IN_FORCE": ("player-pause", "moving"),
    "ACTIVE": ("progress", "moving"),
    "LIFTED": ("player-play", "done"),
    "REVOKED": ("ban", "void"),
    "ARCHIVED": ("archive", "done"),
    "SENT": ("send", "moving"),
    "DONE": ("circle-check", "done"),
    "ACCEPTED": ("circle-check", "done"),
    "ANSWERED": ("hourglass", "waiting"),
    "CONCLUDED": ("circle-check", "done"),
    "ROSTERED": ("calendar-due", "waiting"),
    "OUT": ("circle-check", "done"),
    "PLANNED": ("calendar-due", "waiting"),
    "UNDERWAY": ("progress", "moving"),
    "FINISHED": ("progress-check", "moving"),
    "FILED": ("archive", "done"),
    "FROZEN": ("hourglass", "waiting"),
    "WAITING": ("hourglass", "waiting"),
    "NORMAL": ("circle-check", "done"),
    "LATE": ("alert-triangle", "waiting"),
    "UNANSWERED": ("alert-circle", "moving"),
    "ABSENT": ("circle-x", "void"),
}
GRADE_SHAPES = {"MAJOR": ("diamond", "major"), "GENERAL": ("", "general"), "UNGRADED": ("", "ungraded")}
MESSAGE_SHAPES = {
    "success": "circle-check",
    "warning": "alert-triangle",
    "error": "alert-circle",
    "info": "info-circle",
    "debug": "info-circle",
}


@register.filter
def state_icon(state: Any) -> str:
    return STATE_SHAPES.get(str(state), ("circle", ""))[0]


@register.filter
def state_tone(state: Any) -> str:
    return STATE_SHAPES.get(str(state), ("circle", ""))[1]


@register.filter
def grade_icon(grade: Any) -> str:
    return GRADE_SHAPES.get(str(grade).upper(), ("", ""))[0]


@register.filter
def grade_tone(grade: Any) -> str:
    return GRADE_SHAPES.get(str(grade).upper(), ("", "ungraded"))[1]


@register.filter
def message_icon(tags: str) -> str:
    return next((MESSAGE_SHAPES[t] for t in tags.split() if t in MESSAGE_SHAPES), "info-circle")


def _vite() -> Any:
    return DjangoViteAssetLoader.instance()


@register.simple_tag
def front_end(entry: str = "src/main.ts") -> SafeString:
    """A bundle's style and script; nothing where the front end has not been built."""
    try:
        return mark_safe(_vite().generate_vite_asset(entry, app="default"))  # noqa: S308
    except DjangoViteAssetNotFoundError:
        return SafeString("")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Tabler icon from the sprite; web/icons.txt lists those that are in it. Decoration: words stand beside."""
    try:
        return _drawn_icon(_vite(), name)
    except DjangoViteAssetNotFoundError:
        return SafeString("")


@lru_cache(maxsize=512)
def _drawn_icon(vite: Any, name: str) -> SafeString:
    sprite = vite.generate_vite_asset_url("generated/icons.svg", app="default")
    return format_html(
        '<svg class="icon" aria-hidden="true" width="20" height="20"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


# shapes drawn once


@register.simple_tag(takes_context=True)
def pure(context: template.Context, name: str, **given: Any) -> SafeString:
    """Like `include … with … only`, for a template that shows nothing but what it is given: drawn once for
    the same values in a language on a day, for a list shows the same shapes over and over.

    `{% pure "ui/clock.html" due=h.due_on stopped=h.stopped_on %}`
    """
    today = context.get("today") or day_of(timezone.now())
    return _drawn(name, tuple(given.items()), today, get_language() or "")


@lru_cache(maxsize=4096)
def _drawn(name: str, given: tuple[tuple[str, Any], ...], today: date, language: str) -> SafeString:
    return SafeString(engines["django"].get_template(name).render({"today": today, **dict(given)}))


# forms


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's widget with the classes of the house."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        ours = "form-check-input"
    elif isinstance(widget, forms.Select):
        ours = "form-select"
    else:
        ours = "form-control"
    theirs = widget.attrs.get("class", "")
    attrs: dict[str, str | bool] = {"class": f"{theirs} {ours}".strip()}
    if isinstance(widget, forms.DateInput) and widget.input_type == "date":
        widget.format = "%Y-%m-%d"  # a browser's date field knows this form alone, whatever the language
    if isinstance(widget, forms.Textarea):
        attrs["rows"] = widget.attrs["rows"] if widget.attrs.get("rows") != "10" else "4"
    return field.as_widget(attrs=attrs)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Radio buttons or check boxes in a row."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def act_address(base: str, name: str) -> str:
    """Where an act is done: `base` with ACT replaced by its name, or with the name behind it."""
    return base.replace("ACT", name) if "ACT" in base else f"{base}{name}/"


# the frame


class Again(Node):
    """Draws a block a second time, as plain text: a page's title is also its heading."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context: template.Context) -> str:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks.get_block(self.name) if blocks else None
        if block is None:
            return ""
        with context.push():
            return SafeString(strip_tags(block.nodelist.render(context)).strip())


@register.tag
def again(parser: Parser, token: Token) -> Again:
    """`{% again "title" %}`"""
    return Again(token.split_contents()[1].strip("\"'"))
