"""A job runs once, comes back after a failure or a lost worker, and is given up after its last try."""

from __future__ import annotations

import datetime as dt
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.common.jobs import MAX_ATTEMPTS, Recurring, later
from danban.operations import actions
from danban.operations.models import RecurringRun, SchedulerLease, WorkerBeat
from danban.operations.rules import seconds_until_due, wait_before_retry
from danban.operations.worker import RecurringClock, Worker, run_job
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def one_connection(monkeypatch):
    """The worker closes its connections; in a test in one transaction it must leave them alone."""
    monkeypatch.setattr("danban.operations.worker.connection", mock.Mock())
    monkeypatch.setattr("danban.operations.worker.close_old_connections", lambda: None)


def due_again():
    """As if the wait before the next try were over."""
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=LONG_AGO)


def run_next(worker_id="w"):
    job = actions.claim(worker_id=worker_id)
    assert job is not None
    run_job(job)
    return DBTaskResult.objects.get(pk=job.pk)


@given(attempts=st.integers(1, 60), chance=st.floats(0, 1, exclude_max=True))
def test_waits_double_are_spread_and_bounded(attempts, chance):
    wait = wait_before_retry(attempts, chance).total_seconds()
    nominal = min(5.0 * 2 ** (attempts - 1), 3600.0)
    assert nominal / 2 - 1e-6 <= wait <= nominal + 1e-6


@given(late=st.integers(0, 10**6), every=st.integers(1, 10**5))
def test_overdue_work_is_due_once_now(late, every):
    last = timezone.now()
    assert seconds_until_due(last, every, last + dt.timedelta(seconds=late)) == max(0, every - late)
    assert seconds_until_due(None, every, last) == 0


def test_a_job_runs_once_with_what_it_was_given(handlers):
    seen = []
    handlers["greet"] = lambda **kwargs: seen.append(kwargs)
    later("greet", comment_id=5)
    job = run_next()
    assert seen == [{"comment_id": 5}]
    assert job.status == TaskResultStatus.SUCCESSFUL
    assert actions.claim(worker_id="w") is None


@pytest.mark.django_db(transaction=True)
def test_no_commit_no_job(handlers):
    def undone():
        with transaction.atomic():
            later("greet")
            raise LookupError

    with pytest.raises(LookupError):
        undone()
    assert actions.claim(worker_id="w") is None


def test_a_failed_job_waits_and_comes_back_until_it_is_given_up(handlers):
    phone = "09" + "0" * 8

    def broken():
        raise ValueError(phone)

    handlers["broken"] = broken
    later("broken")
    for attempt in range(1, MAX_ATTEMPTS):
        before = timezone.now()
        job = run_next()
        assert job.status == TaskResultStatus.READY
        assert job.run_after > before
        assert len(job.worker_ids) == attempt
        assert actions.claim(worker_id="w") is None
        due_again()
    job = run_next()
    assert job.status == TaskResultStatus.FAILED
    assert job.exception_class_path == "builtins.ValueError"
    assert "in broken" in job.traceback
    assert phone not in job.traceback


def test_a_job_that_works_at_the_second_try_is_done(handlers):
    tries = []

    def works_later():
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError

    handlers["flaky"] = works_later
    later("flaky")
    run_next()
    due_again()
    job = run_next()
    assert (job.status, job.exception_class_path) == (TaskResultStatus.SUCCESSFUL, "")
    assert len(tries) == 2


def test_a_job_without_a_handler_fails_and_says_so(handlers):
    later("unknown")
    assert run_next().exception_class_path == "builtins.KeyError"


def test_jobs_of_lost_workers_come_back_and_those_of_living_ones_do_not(handlers):
    handlers["slow"] = lambda: None
    later("slow")
    later("slow")
    actions.beat(worker_id="alive")
    actions.beat(worker_id="dead")
    mine, lost = actions.claim(worker_id="alive"), actions.claim(worker_id="dead")
    assert actions.reap_lost_jobs() == 0
    WorkerBeat.objects.filter(pk="dead").update(seen_at=timezone.now() - dt.timedelta(seconds=31))
    assert actions.reap_lost_jobs() == 1
    mine.refresh_from_db()
    assert mine.status == TaskResultStatus.RUNNING
    back = DBTaskResult.objects.get(pk=lost.pk)
    assert (back.status, back.exception_class_path) == (TaskResultStatus.READY, actions.WORKER_LOST)
    assert back.run_after > timezone.now()


def test_a_job_that_kills_its_workers_is_given_up(handlers):
    later("killer")
    for _ in range(MAX_ATTEMPTS):
        assert actions.claim(worker_id="gone") is not None
        assert actions.reap_lost_jobs() == 1
        due_again()
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == (TaskResultStatus.FAILED, actions.WORKER_LOST)


def test_a_worker_that_was_taken_for_dead_cannot_close_the_job_of_another(handlers):
    handlers["slow"] = lambda: None
    later("slow")
    slow = actions.claim(worker_id="sleeper")
    actions.reap_lost_jobs()
    due_again()
    again = actions.claim(worker_id="other")
    assert again.pk == slow.pk
    assert actions.finish(job=slow) is False
    assert actions.fail(job=slow, error=ValueError()) is False
    assert actions.finish(job=again) is True


def test_old_finished_jobs_are_pruned(handlers):
    handlers["ok"] = lambda: None
    for days in (1, 8):
        later("ok")
        job = run_next()
        DBTaskResult.objects.filter(pk=job.pk).update(finished_at=timezone.now() - dt.timedelta(days=days))
    later("ok")
    assert actions.prune() == 1
    assert DBTaskResult.objects.count() == 2


def test_one_worker_at_a_time_schedules_and_another_takes_over():
    assert actions.beat(worker_id="first") is True
    assert actions.beat(worker_id="second") is False
    assert actions.beat(worker_id="first") is True
    SchedulerLease.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert actions.beat(worker_id="second") is True
    assert actions.beat(worker_id="first") is False
    actions.leave(worker_id="second")
    assert actions.beat(worker_id="first") is True
    assert list(WorkerBeat.objects.values_list("pk", flat=True)) == ["first"]


def test_recurring_work_is_noted_with_its_error(one_connection):
    def broken():
        raise LookupError

    RecurringClock(Recurring("test.broken", 60, broken)).run()
    run = RecurringRun.objects.get()
    assert (run.name, run.error) == ("test.broken", "LookupError")
    clock = RecurringClock(Recurring("test.broken", 60, broken))
    assert not clock.is_due()
    RecurringRun.objects.update(started_at=timezone.now() - dt.timedelta(hours=5))
    assert RecurringClock(Recurring("test.broken", 60, broken)).is_due()


def test_a_given_up_job_is_sent_round_again_and_audited(handlers):
    handlers["mail"] = lambda: 1 / 0
    later("mail")
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, worker_ids=["w"] * MAX_ATTEMPTS)
    job = DBTaskResult.objects.get()
    admin = UserFactory(role=Role.ADMIN)
    actions.retry_job(job_id=job.pk, by=admin)
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == (TaskResultStatus.READY, [])
    entry = AuditEntry.objects.get(action="job.retried")
    assert (entry.actor, entry.rows, entry.details) == (
        f"user:{admin.pk}",
        [["django_tasks_database.DBTaskResult", str(job.pk)]],
        {"job": ["mail"]},
    )
    with pytest.raises(Refused):
        actions.retry_job(job_id=job.pk, by=admin)


def test_a_stopped_worker_leaves_nothing_behind(handlers, one_connection):
    worker = Worker(poll=0.01)
    worker._keep_beating = worker._keep_scheduling = lambda: None
    done = []
    handlers["stop"] = lambda: (done.append(1), worker.stop())
    later("stop")
    worker.run()
    assert done == [1]
    assert not WorkerBeat.objects.exists()
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
