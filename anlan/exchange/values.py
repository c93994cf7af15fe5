"""What cells mean: days, yes and no, sources, sectors, what stands under a table. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from anlan.kernel.words import Reason

EPOCH = date(1899, 12, 30)  # what spreadsheets count from
#: what may stand behind a day: its sign, a weekday, an hour
_TAIL = (
    r"(?:日|号|\.)?(?:[\sT,]*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?[\sT,]*"
    r"(?:上午|下午|早|晚|AM|PM)?\s*(?:\d{1,2}[:时点].*)?)?$"
)
_FULL = re.compile(r"^(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*" + _TAIL)
_SHORT = re.compile(r"^(\d{2})\s*[年.\-]\s*(\d{1,2})\s*[月.\-]\s*(\d{1,2})\s*" + _TAIL)
_MONTH = re.compile(r"^(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?(?:份)?$")
_NO_YEAR = re.compile(r"^(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*(?:日|号)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_SPAN = re.compile(r"^(.*?\d(?:日|号)?)\s*(?:至|到|~|—|-{2}|–|-)\s*(\d.*)$")
_NUMERALS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CHINESE = re.compile(
    r"^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})(?:日|号))?$"
)
#: what a serial number can be: 1954 to 2119
_FIRST, _LAST = 20_000, 80_000


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be used, and what to do about it."""

    reason: Reason
    remedy: Reason


def day_of(
    text: str, *, year: int | None = None, day: int | None = None, likely: int | None = None
) -> date | Wrong:
    """A day as people write it. `year` and `day` are what the person gave for the whole sheet.

    `likely` is the year of other days near by: it is only suggested, never taken.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    said = _in_figures(said)
    if m := _FULL.match(said) or _COMPACT.match(said):
        return _made(text, int(m.group(1)), int(m.group(2)), int(m.group(3)))
    if m := _SHORT.match(said):
        return _made(text, 2000 + int(m.group(1)), int(m.group(2)), int(m.group(3)))
    if m := _MONTH.match(said):
        if day is None:
            return Wrong(
                Reason("日期“%(value)s”没有写到日", {"value": text}),
                Reason("请写成如 %(example)s,或在导入时为整张表指定日", {"example": f"{m.group(1)}-{int(m.group(2)):02d}-01"}),
            )  # fmt: skip
        return _made(text, int(m.group(1)), int(m.group(2)), day)
    if m := _NO_YEAR.match(said):
        month, on = int(m.group(1)), int(m.group(2))
        if year is not None:
            return _made(text, year, month, on)
        if month > 12:
            return _no_day(text)
        remedy = Reason("请补上年份,或在导入时为整张表指定年份")
        if likely is not None:
            example = f"{likely}-{month:02d}-{on:02d}"
            remedy = Reason("请补上年份,如 %(example)s,或在导入时为整张表指定年份", {"example": example})
        return Wrong(Reason("日期“%(value)s”没有写年份", {"value": text}), remedy)
    if (m := _SERIAL.match(said)) and _FIRST < int(m.group(1)) < _LAST:
        return EPOCH + timedelta(days=int(m.group(1)))
    if (m := _SPAN.match(said)) and isinstance(first := day_of(m.group(1), year=year, day=day), date):
        return Wrong(
            Reason("“%(value)s”是一段日期", {"value": text[:20]}), Reason("请写一天,如 %(example)s", {"example": first})
        )  # fmt: skip
    return _no_day(text)


def _no_day(text: str) -> Wrong:
    return Wrong(Reason("“%(value)s”不是日期", {"value": text[:20]}), Reason("请写成如 2019-09-11 的日期"))


def _in_figures(said: str) -> str:
    """二〇一九年九月十一日 in figures."""
    m = _CHINESE.match(said)
    if m is None:
        return said
    year = "".join(_NUMERALS[c] for c in m.group(1))
    parts = [_small(part) for part in m.groups()[1:] if part]
    return f"{year}-{'-'.join(parts)}" if len(parts) == 2 else f"{year}年{parts[0]}月"


def _small(said: str) -> str:
    tens, ten, ones = said.partition("十")
    if not ten:
        return _NUMERALS[said]
    return (_NUMERALS[tens] if tens else "1") + (_NUMERALS[ones] if ones else "0")


def _made(said: str, year: int, month: int, day: int) -> date | Wrong:
    try:
        return date(year, month, day)
    except ValueError:
        return Wrong(Reason("没有“%(value)s”这一天", {"value": said}), Reason("请核对月份和日期"))


#: what stands under 是否整改 → whether it was put right
DONE = {
    "是": True, "已整改": True, "已完成": True, "完成": True, "立即整改": True, "当场整改": True, "已销号": True,
    "已完成整改": True, "整改完成": True, "已闭环": True, "y": True, "yes": True, "√": True,
    "否": False, "未整改": False, "未完成": False, "整改中": False, "正在整改": False, "未整改到位": False,
    "部分整改": False, "限期整改": False, "待整改": False, "n": False, "no": False, "×": False, "": False,
}  # fmt: skip
AT_ONCE = frozenset({"立即整改", "当场整改"})

SOURCES = {
    "督导检查": "GOV_SUPERVISION", "督导": "GOV_SUPERVISION", "督察": "GOV_SUPERVISION", "督查": "GOV_SUPERVISION",
    "综合督查": "GOV_SUPERVISION", "暗访": "GOV_COVERT", "暗查": "GOV_COVERT", "暗查暗访": "GOV_COVERT",
    "明查": "GOV_OPEN", "明察": "GOV_OPEN", "检查": "GOV_OPEN", "日常检查": "GOV_OPEN", "执法检查": "GOV_PLAN",
    "计划检查": "GOV_PLAN", "双随机": "GOV_RANDOM", "专项检查": "GOV_SPECIAL", "回头看": "GOV_LOOK_BACK",
    "领导带队": "GOV_LEADER", "网格巡查": "GOV_PATROL", "移送": "GOV_TRANSFER", "专家检查": "EXPERT_SERVICE",
    "专家": "EXPERT_SERVICE", "专家服务": "EXPERT_SERVICE", "政府检查": "GOV_OTHER",
    "专家会诊": "EXPERT_PROFESSIONAL", "自查": "SELF_DAILY", "企业自查": "SELF_DAILY", "举报": "PUBLIC_OTHER",
    "12350": "PUBLIC_12350", "": "GOV_OTHER",
}  # fmt: skip

SECTORS = {
    "消防": "FIRE", "消防安全": "FIRE", "工贸": "TRADE", "工矿商贸": "TRADE", "机械": "TRADE", "旅游": "TOURISM",
    "文旅": "TOURISM", "危险化学品": "HAZCHEM", "危化品": "HAZCHEM", "危化": "HAZCHEM", "化工": "HAZCHEM",
    "非煤矿山": "MINE_NC", "煤矿": "COAL", "建筑施工": "BUILD", "建筑": "BUILD", "住建": "BUILD", "交通运输": "TRANSPORT",
    "交通": "TRANSPORT", "道路运输": "TRANSPORT", "民爆": "CIVEX", "民用爆炸物品": "CIVEX", "特种设备": "SPECIAL",
    "油气管道": "PIPELINE", "燃气": "PIPELINE", "人员密集场所": "CROWDED", "餐饮": "CROWDED", "养老": "CROWDED",
    "商贸": "CROWDED", "学校": "CROWDED", "医院": "CROWDED", "其他": "OTHER",
}  # fmt: skip


def is_major(category: str) -> bool:
    """A sheet that says 重大 only proposes: the competent organ determines."""
    return "重大" in category and "非重大" not in category


_SUMS = ("合计", "总计", "小计", "共计", "累计")
_NOTES = (
    "备注",
    "注:",
    "注:",
    "说明",
    "填表人",
    "填报人",
    "审核人",
    "制表",
    "负责人签字",
    "签字",
    "联系电话",
)


def is_under_the_table(first: str, *, filled: int, has_what_it_must: bool) -> bool:
    """A note, a signature line or a sum: never a row that has what every row must have.

    `first` is the first cell with something in it, `filled` how many there are.
    """
    if not first.startswith(_SUMS + _NOTES):
        return False
    return filled <= 2 or not has_what_it_must
