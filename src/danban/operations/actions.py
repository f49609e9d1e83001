"""The life of a job: claimed, done, retried, given back by the reaper, pruned; and who schedules."""

from __future__ import annotations

import datetime as dt
import random
import traceback
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.jobs import MAX_ATTEMPTS
from danban.operations.models import RecurringRun, SchedulerLease, WorkerBeat
from danban.operations.rules import BEAT_LOST, KEEP_DONE, KEEP_FAILED, LEASE, wait_before_retry
from danban.operations.states import Act

_LEASE_NAME = "scheduler"
WORKER_LOST = "danban.operations.WorkerLost"


@transaction.atomic
def beat(*, worker_id: str) -> bool:
    """Say that this worker lives, and ask for the scheduler's lease; whether it is ours now."""
    now = clock.now()
    if not WorkerBeat.objects.filter(pk=worker_id).update(seen_at=now):
        WorkerBeat.objects.create(pk=worker_id, started_at=now, seen_at=now)
    lease, _made = SchedulerLease.objects.get_or_create(
        pk=_LEASE_NAME, defaults={"owner": worker_id, "until": now + LEASE}
    )
    free = SchedulerLease.objects.filter(Q(owner=worker_id) | Q(until__lt=now), pk=lease.pk)
    return bool(free.update(owner=worker_id, until=now + LEASE))


@transaction.atomic
def leave(*, worker_id: str) -> None:
    """A worker that ends in good order gives everything back at once."""
    WorkerBeat.objects.filter(pk=worker_id).delete()
    SchedulerLease.objects.filter(pk=_LEASE_NAME, owner=worker_id).update(until=clock.now())


def claim(*, worker_id: str) -> DBTaskResult | None:
    """The next job, marked as ours; None when nothing waits. No two workers get the same one."""
    # A look without a lock first: an idle worker must not hold up SQLite's writers.
    if not DBTaskResult.objects.ready().exists():
        return None
    with transaction.atomic():
        job = DBTaskResult.objects.ready().get_locked()
        if job is not None:
            job.claim(worker_id)
        return job


def finish(*, job: DBTaskResult) -> bool:
    """Mark a job done; False when it was taken from us meanwhile."""
    return _close(job, status=TaskResultStatus.SUCCESSFUL, exception_class_path="", traceback="")


def fail(*, job: DBTaskResult, error: Exception) -> bool:
    """Put a failed job back for a later try, or give it up after the last one.

    Kept are the class and the place of the error, not its message: that may quote a citizen.
    """
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    place = "".join(traceback.format_tb(error.__traceback__))
    return _retry_or_give_up(job, kind, place)


def reap_lost_jobs() -> int:
    """Give back the jobs of workers that no longer live; how many."""
    # In this order: a worker beats before it claims, so whoever holds a job seen here has a beat.
    running = list(DBTaskResult.objects.running())
    alive = set(
        WorkerBeat.objects.filter(seen_at__gt=clock.now() - BEAT_LOST).values_list("worker_id", flat=True)
    )
    lost = [job for job in running if not job.worker_ids or job.worker_ids[-1] not in alive]
    return sum(_retry_or_give_up(job, WORKER_LOST, "") for job in lost)


def prune() -> int:
    """Remove finished jobs and dead workers' beats once nobody asks for them any more."""
    now = clock.now()
    WorkerBeat.objects.filter(seen_at__lt=now - dt.timedelta(days=1)).delete()
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE)
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED)
    return done.delete()[0] + failed.delete()[0]


def note_run(*, name: str, started_at: dt.datetime, took: float, error: str = "") -> None:
    """Remember the last run of recurring work."""
    RecurringRun.objects.update_or_create(
        pk=name, defaults={"started_at": started_at, "took": took, "error": error}
    )


@transaction.atomic
def retry_job(*, job_id: uuid.UUID, by: User) -> None:
    """An officer sends a given-up job round again, with all its tries."""
    job = DBTaskResult.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.status != TaskResultStatus.FAILED:
        raise Refused(_("Công việc này không còn ở trạng thái thất bại."))
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=TaskResultStatus.READY, run_after=get_date_max(), finished_at=None, worker_ids=[]
    )
    record(Act.JOB_RETRIED, actor=actor_name(by), rows=[job], job=job.args_kwargs["args"][:1])


def _retry_or_give_up(job: DBTaskResult, kind: str, place: str) -> bool:
    attempts = len(job.worker_ids)
    if attempts >= MAX_ATTEMPTS:
        return _close(job, status=TaskResultStatus.FAILED, exception_class_path=kind, traceback=place)
    wait = wait_before_retry(attempts, random.random())  # noqa: S311 - spreads load, guards nothing
    again = _mine(job).update(
        status=TaskResultStatus.READY,
        run_after=clock.now() + wait,
        exception_class_path=kind,
        traceback=place,
    )
    return again > 0


def _close(job: DBTaskResult, **fields: object) -> bool:
    return _mine(job).update(finished_at=clock.now(), **fields) > 0


def _mine(job: DBTaskResult) -> QuerySet[DBTaskResult]:
    """The job if nobody claimed it after us: the moment of the claim is the token."""
    return DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
