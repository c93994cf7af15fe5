"""What the system does by the clock. One tick decides from the hour and from what ran before.

Ticks are idempotent: two workers, or one that was down for a day, do nothing twice and miss nothing.
"""

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import close_old_connections
from django.utils import timezone

from anlan.campaigns import following
from anlan.campaigns import jobs as campaigns
from anlan.evidence import jobs as evidence
from anlan.exchange import export_jobs as exports
from anlan.exchange import jobs as sheets
from anlan.figures.reports import jobs as reports
from anlan.inspections import jobs as coverage
from anlan.kernel import accesslog, sealing, tally
from anlan.kernel.clock import CHINA
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.notices import jobs as webhooks
from anlan.site import reminders
from anlan.site.models import JobRun

EVERY_S = 5.0
KEEP = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Job:
    """A task. `daily_at` None: at every tick, and only failures are remembered."""

    name: str
    run: Callable[[datetime], str]
    daily_at: time | None = None


def _fold(at: datetime) -> str:
    return f"{tally.fold()}"


def _flush(at: datetime) -> str:
    return f"{accesslog.flush(force=True)}"


def _seal(at: datetime) -> str:
    made = [sealing.seal(at=at, stream=stream) for stream in sealing.STREAMS]
    return ";".join(f"{s.stream} {s.last} {s.chained[:16]}" for s in made if s is not None) or "没有新的日志"


def _sheets(at: datetime) -> str:
    return f"{sheets.run_waiting(at=at)}"


def _exports(at: datetime) -> str:
    return f"{exports.run_waiting(at=at)}"


def _coverage(at: datetime) -> str:
    return f"{coverage.run_waiting(at=at)}"


def _webhooks(at: datetime) -> str:
    return f"{webhooks.deliver(at=at)}"


def _reports(at: datetime) -> str:
    return f"{reports.freeze_due(at=at)}"


def _sweep(at: datetime) -> str:
    return f"清理{evidence.sweep(at=at)}个未用文件"


def _remind(at: datetime) -> str:
    return f"提醒{reminders.remind(at=at) + campaigns.remind(at=at)}人次"


def _groups(at: datetime) -> str:
    return f"调整分工{following.align_all(at=at)}人次"


def _forget(at: datetime) -> str:
    from django.contrib.sessions.models import Session

    webhooks.forget(at=at)
    gone = Session.objects.filter(expire_date__lt=at).delete()[0]
    JobRun.objects.filter(started__lt=at - KEEP).exclude(name="verify").delete()
    return f"清理{gone}个会话"


JOBS: list[Job] = [
    Job("fold", _fold),
    Job("flush", _flush),
    Job("sheets", _sheets),
    Job("exports", _exports),
    Job("coverage", _coverage),
    Job("webhooks", _webhooks),
    Job("reports", _reports),
    Job("groups", _groups, time(0, 5)),
    Job("seal", _seal, time(0, 30)),
    Job("sweep", _sweep, time(1, 0)),
    Job("sessions", _forget, time(1, 30)),
    Job("remind", _remind, time(8, 0)),
]


def due(job: Job, *, at: datetime) -> bool:
    """Whether a job's turn has come and it has not yet gone well since."""
    if job.daily_at is None:
        return True
    local = at.astimezone(CHINA)
    turn = datetime.combine(local.date(), job.daily_at, CHINA)
    if local < turn:
        turn -= timedelta(days=1)
    return not JobRun.objects.filter(name=job.name, started__gte=turn, ok=True).exists()


def tick(*, at: datetime) -> list[str]:
    """Run whatever is due. Returns the names of what ran; one that fails does not stop the others."""
    ran = []
    for job in JOBS:
        if not due(job, at=at):
            continue
        try:
            with acting_as(SYSTEM):
                result = job.run(at)
        except Exception:
            remember(job.name, started=at, ok=False, result=traceback.format_exc(limit=1)[-290:])
        else:
            ran.append(job.name)
            if job.daily_at is not None:
                remember(job.name, started=at, ok=True, result=result)
    return ran


def remember(name: str, *, started: datetime, ok: bool, result: str) -> JobRun:
    return JobRun.objects.create(name=name, started=started, ended=timezone.now(), ok=ok, result=result[:300])


def loop(stopping: threading.Event) -> None:
    """Tick until told to stop."""
    while not stopping.is_set():
        close_old_connections()
        tick(at=timezone.now())
        stopping.wait(EVERY_S)
