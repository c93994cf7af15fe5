"""The menu, by what people do and not by tables.

An entry names the address it leads to and the capabilities of which one is enough. It is shown only
where that page exists and the position may use it, so a module that is not there leaves no dead link.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlan.kernel.scope import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `needs` empty: everybody who is signed in."""

    label: Promise | str
    icon: str
    url: str
    needs: frozenset[str] = frozenset()

    @property
    def href(self) -> str:
        return address(self.url)

    def is_for(self, actor: Actor) -> bool:
        return bool(self.href) and (not self.needs or not self.needs.isdisjoint(actor.can))

    def holds(self, path: str) -> bool:
        """Whether a page at this path belongs under the entry."""
        return path == self.href if self.href == "/" else path.startswith(self.href)


@cache
def address(name: str) -> str:
    """Where a named page lives, "" while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


SEE = frozenset({"see"})
LOOK = frozenset({"see", "visit.hold"})

MENU: tuple[tuple[Entry, ...], ...] = (
    (
        Entry(_("工作台"), "target-arrow", "site:home"),
        Entry(_("隐患"), "alert-triangle", "hazards:list", SEE),
        Entry(_("检查"), "clipboard-check", "inspections:list", LOOK),
        Entry(_("集中行动"), "flag", "campaigns:list", frozenset({"campaign.see"})),
        Entry(_("挂牌督办"), "rosette", "hazards:listings", SEE),
        Entry(_("执法"), "gavel", "enforcement:list", SEE),
        Entry(_("值班"), "phone-call", "duty:today", frozenset({"duty.see"})),
    ),
    (
        Entry(_("统计"), "chart-bar", "figures:index", frozenset({"figures.see"})),
        Entry(_("大屏"), "device-desktop", "screen:show", frozenset({"figures.see"})),
        Entry(_("通报简报"), "file-text", "bulletins:list", frozenset({"figures.see"})),
        Entry(_("企业"), "building-factory-2", "register:list", SEE),
        Entry(_("标准"), "book-2", "standards:index"),
        Entry(_("公开"), "world", "disclosure:index"),
    ),
    (
        Entry(_("日志"), "history", "site:journal", frozenset({"journal.read"})),
        Entry(_("系统"), "settings", "people:list", frozenset({"people.manage"})),
    ),
)

#: pages that are found by their titles and stand in no menu
MORE: tuple[Entry, ...] = (
    Entry(_("登记隐患"), "plus", "hazards:register", frozenset({"hazard.register"})),
    Entry(_("当场整改"), "check", "hazards:fix_on_spot", frozenset({"hazard.fix_on_spot"})),
    Entry(_("停产整顿"), "player-pause", "hazards:suspensions", SEE),
    Entry(_("督导暗访组"), "users-group", "campaigns:groups", frozenset({"campaign.see"})),
    Entry(_("四问四查"), "help", "campaigns:sheets", frozenset({"campaign.see"})),
    Entry(_("领导带队"), "user-check", "campaigns:leaders", frozenset({"campaign.see"})),
    Entry(_("导入台账"), "upload", "exchange:index", frozenset({"hazard.adopt"})),
    Entry(_("我的导出"), "download", "exchange:exports", SEE),
    Entry(_("登记企业"), "plus", "register:enter", frozenset({"register.enter"})),
    Entry(_("检查覆盖"), "map-pin", "inspections:rolls", SEE),
    Entry(_("园区"), "building-factory-2", "register:parks", SEE),
    Entry(_("随机抽取"), "refresh", "inspections:draws", SEE),
    Entry(_("抽取结果公开"), "world", "inspections:published"),
    Entry(_("申报回避"), "user", "inspections:recusals", frozenset({"visit.hold"})),
    Entry(_("统计报表"), "clipboard-check", "figures:reports", frozenset({"report.fill", "report.sign"})),
    Entry(_("消息"), "bell", "notices:list"),
    Entry(_("我的账号"), "user", "people:me"),
    Entry(_("工作日历"), "calendar", "places:calendar"),
    Entry(_("查阅记录"), "eye", "site:looks", frozenset({"journal.read"})),
    Entry(_("关于与快捷键"), "info-circle", "site:about"),
)

PHONE: tuple[Entry, ...] = (
    Entry(_("待办"), "list-check", "site:home"),
    Entry(_("检查"), "clipboard-check", "inspections:list", LOOK),
    Entry(_("上报"), "camera", "hazards:register", frozenset({"hazard.register"})),
    Entry(_("我的"), "user", "people:me"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands on one page."""

    label: str
    icon: str
    href: str
    here: bool


def _lines(entries: tuple[Entry, ...], actor: Actor, path: str) -> list[Line]:
    shown = [e for e in entries if e.is_for(actor)]
    # the longest address that holds the path: /hazards/listings/ is not also /hazards/
    nearest = max((e.href for e in shown if e.holds(path)), key=len, default=None)
    return [Line(str(e.label), e.icon, e.href, e.href == nearest) for e in shown]


def menu(*, by: Actor, path: str) -> Iterator[list[Line]]:
    """The menu's groups for this position; groups with nothing in them are left out."""
    return (lines for group in MENU if (lines := _lines(group, by, path)))


def phone_bar(*, by: Actor, path: str) -> list[Line]:
    """The lower bar of the phone."""
    return _lines(PHONE, by, path)


def pages(*, by: Actor) -> list[Line]:
    """Every page that this position can open and that has a title to be found by."""
    entries = (*(e for group in MENU for e in group), *MORE)
    return [Line(str(e.label), e.icon, e.href, False) for e in entries if e.is_for(by)]
