"""People and places to try the calendar with."""

from datetime import UTC, date, datetime

from anlan.kernel.scope import Actor, Level

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
ADMINISTRATOR = Actor(
    id=9001, name="系统管理员", role="administrator", level=Level.CITY, can=frozenset({"calendar.edit"})
)
CLERK = Actor(id=9002, name="经办人", role="department_officer", level=Level.COUNTY, code="410105",
              can=frozenset({"see"}))  # fmt: skip
ZHENGDONG, JINSHUI, ZHONGMU = "4101Z1", "410105", "410122"
RUYIHU = "410105560"  # 如意湖街道: lies in Jinshui, answers to Zhengdong
