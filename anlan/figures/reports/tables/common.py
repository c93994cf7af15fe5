"""Rows and columns that several forms share."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.reports.shape import Column, Row, sector
from anlan.places import queries as places

GENERAL, MAJOR = _("一般隐患"), _("重大隐患")
#: every sector of the system, with the words of the forms
SECTORS = (
    ("hazchem", _("危险化学品(含烟花爆竹)"), "HAZCHEM"),
    ("mine", _("金属非金属矿山(含尾矿库)"), "MINE_NC"),
    ("coal", _("煤矿"), "COAL"),
    ("trade", _("冶金有色等工贸企业"), "TRADE"),
    ("build", _("建筑施工"), "BUILD"),
    ("transport", _("道路运输"), "TRANSPORT"),
    ("tourism", _("旅游"), "TOURISM"),
    ("civex", _("民用爆炸物品"), "CIVEX"),
    ("fire", _("消防"), "FIRE"),
    ("special", _("特种设备"), "SPECIAL"),
    ("pipeline", _("石油天然气(油气管道)"), "PIPELINE"),
    ("crowded", _("商场市场等人员密集场所"), "CROWDED"),
    ("others", _("其他"), "OTHER"),
)


def sector_rows(place: str) -> tuple[Row, ...]:
    """A row for each sector, the sum of all first."""
    total = Row(key="total", label=_("合计"), only=sector(*(code for _k, _l, code in SECTORS)), total=True)
    return (total, *(Row(key=key, label=label, only=sector(code)) for key, label, code in SECTORS))


def county_rows(place: str) -> tuple[Row, ...]:
    """Of the city every county and their sum; of a county itself."""
    if len(place) > 4:
        return (Row(key=place, label=places.name_of(place), place=place),)
    total = Row(key="total", label=_("全市合计"), place=place, total=True)
    return (total, *(Row(key=c.code, label=c.label, place=c.code) for c in places.counties()))


def town_rows(place: str) -> tuple[Row, ...]:
    """Of a county its towns, of the city its counties, each with the sum first."""
    if len(place) <= 4:
        return county_rows(place)
    total = Row(key="total", label=_("全县(市、区)合计"), place=place, total=True)
    return (total, *(Row(key=t.code, label=t.label, place=t.code) for t in places.towns(place)))


def money(code: str, label: object, **given: object) -> Column:
    return Column(code=code, label=label, scale=10_000, **given)  # type: ignore[arg-type]
