"""A ledger of 130,000 rows and 21 columns taken in, on an empty register: every row an act with its journal.

The memory is the most that this process and the parser beside it ever held, added up.
"""

import resource
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from anlan.exchange import intake, reading
from anlan.exchange.kinds import KINDS
from anlan.hazards.models import Hazard
from anlan.places import queries as places
from bench.result import Options, Row
from bench.world import World, world

ROWS, FIRMS = 130_000, 5_000
SECONDS, MEGABYTES = 60, 600
HEADERS = (
    "上报单位", "行业领域", "企业类型", "企业名称", "统一社会信用代码", "属地", "详细地址", "负责人", "隐患分类", "隐患描述",
    "隐患位置", "检查方式", "检查人", "检查时间", "判定依据", "违反判定依据具体条款", "是否整改", "实际整改完成时间",
    "整改责任部门/责任人", "整改措施", "举报情况备注",
)  # fmt: skip


def measure(options: Options) -> Iterator[Row]:
    here = world()
    n = ROWS if options.hazards >= 126_000 else options.hazards
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        make(path, n, here)
        read = _seconds(lambda: _only_read(path))
        began, worked = time.perf_counter(), time.process_time()
        report = intake.bring(path, by=here.clerk, at=here.now)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        again = _seconds(lambda: intake.bring(path, by=here.clerk, at=here.now))
    if (report.new, report.refused) != (n, 0) or Hazard.everything.count() < n:
        raise RuntimeError(f"{report.new} of {n} rows were taken in: {report.refusals[:3]}")
    ours, parser = _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)
    yield Row(
        name=f"a ledger of {n:,} × {len(HEADERS)} taken in",
        target=f"≤ {SECONDS} s and ≤ {MEGABYTES} MB",
        median=took * 1000,
        said=f"{took / n * 1e6:.0f} µs a row, {worked / n * 1e6:.0f} µs of it this process at work, {read / n * 1e6:.0f} µs to "
        f"read it; the same once more "
        f"{again:.1f} s, 0 new; {ours} MB and the parser {parser} MB",
        passed=took <= SECONDS and ours + parser <= MEGABYTES,
    )


def make(path: Path, n: int, here: World) -> None:
    """A sheet by rule: a title, the 21 columns, n rows of so many firms over all counties and a campaign's days."""
    counties = [p.name for p in places.counties()]
    sectors = ("危化", "消防", "工贸", "建筑施工", "交通运输")
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "安全生产隐患排查台账")
        page.write_row(1, 0, HEADERS)
        for i in range(n):
            firm = i % FIRMS
            county, day = counties[firm % len(counties)], here.today - timedelta(days=1 + i % 92)
            done = day + timedelta(days=1) if i % 10 < 8 else None
            page.write_row(
                i + 2, 0,
                (
                    f"{county}安委办", sectors[firm % 5], "企业", f"某砚岭{firm:05d}号化工厂", "", county, f"产业路{firm}号",
                    "", "一般", f"第{i}处配电箱无门,线路裸露,未设置警示标识", f"{i % 40}号车间东侧", "督导检查",
                    f"第{i % 15}组", f"{day:%Y.%m.%d}", "GB 50054-2011", "第4.2.3条", "是" if done else "否",
                    f"{done:%Y-%m-%d}" if done else "", "安全科", "加装箱门,整理线路", "",
                ),
            )  # fmt: skip


def _only_read(path: Path) -> int:
    with reading.opened(path, kinds=KINDS.values()) as sheet:
        return sum(1 for _row in sheet.below)


def _seconds(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _peak(who: int) -> int:
    """The most memory ever held, in megabytes."""
    return resource.getrusage(who).ru_maxrss // 1024
