"""Reads for the jobs page and for health."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Count, Max, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from danban.audit.queries import oldest_waiting
from danban.common import clock
from danban.common.jobs import RECURRING
from danban.operations.models import RecurringRun, WorkerBeat
from danban.operations.rules import BEAT_LOST, CHAIN_STALE, WORKER_STALE


@dataclass(frozen=True)
class Health:
    """Ages are None where there is nothing: no worker was ever seen, no entry waits."""

    worker_age: dt.timedelta | None
    chain_lag: dt.timedelta | None

    @property
    def worker_ok(self) -> bool:
        return self.worker_age is not None and self.worker_age < WORKER_STALE

    @property
    def chain_ok(self) -> bool:
        return self.chain_lag is None or self.chain_lag < CHAIN_STALE


@dataclass(frozen=True)
class RecurringLine:
    """One row of the table of recurring work; ``last`` None when it has not run yet."""

    name: str
    every: float
    last: RecurringRun | None


def health() -> Health:
    """Two queries; raises DatabaseError when the database does not answer."""
    seen = WorkerBeat.objects.aggregate(last=Max("seen_at"))["last"]
    return Health(worker_age=clock.now() - seen if seen else None, chain_lag=oldest_waiting())


def jobs_by_state() -> dict[str, int]:
    """How many jobs are in each state, zeros included."""
    rows = DBTaskResult.objects.order_by().values_list("status").annotate(n=Count("id"))
    return dict.fromkeys(TaskResultStatus.values, 0) | dict(rows)


def failed_jobs() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.failed().order_by("-finished_at")


def waiting_again() -> QuerySet[DBTaskResult]:
    """Jobs that failed and will be tried again."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).exclude(exception_class_path="")


def recurring_lines() -> list[RecurringLine]:
    runs = RecurringRun.objects.in_bulk()
    return [RecurringLine(work.name, work.every, runs.get(work.name)) for work in RECURRING.values()]


def workers_alive() -> list[WorkerBeat]:
    return list(WorkerBeat.objects.filter(seen_at__gt=clock.now() - BEAT_LOST).order_by("started_at"))


def known_actions() -> list[str]:
    """Every action an app can write to the audit, from its states."""
    modules = [
        f"{config.name}.states" for config in apps.get_app_configs() if config.name.startswith("danban.")
    ]
    acts = [getattr(import_module(module), "Act", ()) for module in modules if find_spec(module)]
    return sorted(act.value for enum in acts for act in enum)
