"""What cells mean: days, yes and no, sources, sectors, grades. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from anlan.kernel.words import Reason

EPOCH = date(1899, 12, 30)  # what spreadsheets count from
_FULL = re.compile(r"^(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?(?:[\sT]\d{1,2}[::时].*)?$")
_MONTH = re.compile(r"^(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?$")
_NO_YEAR = re.compile(r"^(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be used, and what to do about it."""

    reason: Reason
    remedy: Reason


def day_of(text: str, *, year: int | None = None, day: int | None = None) -> date | Wrong:
    """A day as people write it. `year` and `day` are what the person gave for the whole sheet."""
    said = text.strip()
    for pattern in (_FULL, _COMPACT):
        if m := pattern.match(said):
            return _made(said, int(m.group(1)), int(m.group(2)), int(m.group(3)))
    if m := _MONTH.match(said):
        if day is None:
            return Wrong(
                Reason("日期“%(value)s”没有写到日", {"value": said}),
                Reason("请写成如 %(example)s,或在导入时为整张表指定日", {"example": f"{m.group(1)}-{int(m.group(2)):02d}-01"}),
            )  # fmt: skip
        return _made(said, int(m.group(1)), int(m.group(2)), day)
    if m := _NO_YEAR.match(said):
        if year is None:
            return Wrong(
                Reason("日期“%(value)s”没有写年份", {"value": said}),
                Reason("请补上年份,或在导入时为整张表指定年份"),
            )
        return _made(said, year, int(m.group(1)), int(m.group(2)))
    if said.isdigit() and 20_000 < int(said) < 80_000:
        return EPOCH + timedelta(days=int(said))
    return Wrong(Reason("“%(value)s”不是日期", {"value": said[:20]}), Reason("请写成如 2019-09-11 的日期"))


def _made(said: str, year: int, month: int, day: int) -> date | Wrong:
    try:
        return date(year, month, day)
    except ValueError:
        return Wrong(Reason("没有“%(value)s”这一天", {"value": said}), Reason("请核对月份和日期"))


#: what stands under 是否整改 → whether it was put right
DONE = {
    "是": True, "已整改": True, "已完成": True, "完成": True, "立即整改": True, "当场整改": True, "已销号": True,
    "y": True, "yes": True, "√": True,
    "否": False, "未整改": False, "未完成": False, "整改中": False, "正在整改": False, "未整改到位": False,
    "部分整改": False, "n": False, "no": False, "×": False, "": False,
}  # fmt: skip
AT_ONCE = frozenset({"立即整改", "当场整改"})

SOURCES = {
    "督导检查": "GOV_SUPERVISION", "督导": "GOV_SUPERVISION", "督察": "GOV_SUPERVISION", "督查": "GOV_SUPERVISION",
    "综合督查": "GOV_SUPERVISION", "暗访": "GOV_COVERT", "暗查": "GOV_COVERT", "明查": "GOV_OPEN", "明察": "GOV_OPEN",
    "检查": "GOV_OPEN", "执法检查": "GOV_PLAN", "计划检查": "GOV_PLAN", "双随机": "GOV_RANDOM", "专项检查": "GOV_SPECIAL",
    "回头看": "GOV_LOOK_BACK", "领导带队": "GOV_LEADER", "网格巡查": "GOV_PATROL", "移送": "GOV_TRANSFER",
    "专家检查": "EXPERT_SERVICE", "专家会诊": "EXPERT_PROFESSIONAL", "自查": "SELF_DAILY", "企业自查": "SELF_DAILY",
    "举报": "PUBLIC_OTHER", "12350": "PUBLIC_12350", "": "GOV_OTHER",
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


FOOTNOTES = (
    "备注",
    "注:",
    "注:",
    "说明",
    "填表人",
    "填报人",
    "审核人",
    "制表",
    "合计",
    "总计",
    "小计",
    "共计",
)


def is_footnote(first: str, filled: int) -> bool:
    """A line under the table: a note or a sum, where almost nothing else stands in the row."""
    return filled <= 2 and first.startswith(FOOTNOTES)
