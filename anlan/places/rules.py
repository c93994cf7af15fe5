"""What may be decided about the calendar, and where a code may not be used."""

from datetime import date, timedelta

from anlan.kernel.words import Reason

#: numbers of Zhengzhou that were in use once; they are never given again (domain: GB/T 2260)
RETIRED = frozenset({"410107", "410121"})
#: from how many days before its end the calendar is missed
WARN_DAYS = 60


def never_reused(code: str) -> Reason | None:
    if code[:6] in RETIRED:
        return Reason("代码%(code)s已停用,不得再次使用,请改用新的代码", {"code": code})
    return None


def ends_soon(last: date, today: date) -> Reason | None:
    """A warning, not a refusal: working-day terms need next year's arrangement."""
    left = (last - today).days
    if left < 0:
        return Reason(
            "工作日历已于%(last)s到期,按工作日计算的期限无法推算,请立即录入新年度放假安排", {"last": last}
        )
    if left < WARN_DAYS:
        return Reason(
            "工作日历只到%(last)s,还有%(left)s天,请录入下一年度放假安排", {"last": last, "left": left}
        )
    return None


def within_years(day: date, first: date, last: date) -> Reason | None:
    """A day is decided for a year that is known or for the one that follows it."""
    if not first <= day <= date(last.year + 1, 12, 31):
        return Reason("只能录入%(first)s至%(last)s的日期", {"first": first.year, "last": last.year + 1})
    return None


def next_year(year: int, last: date) -> Reason | None:
    if year != last.year + 1:
        return Reason("年度应逐年录入,下一个应录入的年度是%(year)s年", {"year": last.year + 1})
    return None


def differs(day: date, working: bool, now_working: bool | None) -> Reason | None:
    if now_working is working:
        return Reason("%(day)s原本就是这样安排,不需要录入", {"day": day})
    return None


def days_from(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
