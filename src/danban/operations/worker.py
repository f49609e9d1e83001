"""A worker process: jobs in the main thread, beats and recurring work in threads beside it.

Any number of workers may run, on any number of machines. One of them at a time holds the
scheduler's lease and runs the recurring work for the whole installation.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.models import DBTaskResult

from danban.common import clock
from danban.common.jobs import RECURRING, Recurring
from danban.operations import actions
from danban.operations.models import RecurringRun
from danban.operations.rules import BEAT_EVERY, LEASE, seconds_until_due

logger = logging.getLogger("danban.worker")

_POLL = 1.0
# Work that recurs faster than this is noted in the database only so often.
_NOTE_EVERY = 60.0


class Worker:
    """``run`` returns after ``stop``: the job in hand is finished first."""

    def __init__(self, *, poll: float = _POLL) -> None:
        self.worker_id = f"{socket.gethostname()[:30]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._poll = poll
        self._stopping = threading.Event()
        self._leads_until = 0.0

    def stop(self, *_signal: object) -> None:
        self._stopping.set()

    def run(self) -> None:
        self._beat()
        threads = [
            threading.Thread(target=self._keep_beating, name="beat", daemon=True),
            threading.Thread(target=self._keep_scheduling, name="scheduler", daemon=True),
        ]
        for thread in threads:
            thread.start()
        while not self._stopping.is_set():
            if not self._work_once():
                self._stopping.wait(self._poll)
        for thread in threads:
            thread.join()
        actions.leave(worker_id=self.worker_id)
        connection.close()

    def _work_once(self) -> bool:
        """Run one job; False when there was none, or the database did not answer."""
        close_old_connections()
        try:
            job = actions.claim(worker_id=self.worker_id)
            if job is None:
                return False
            run_job(job)
        except DatabaseError:
            logger.exception("the database did not answer; trying again")
            return False
        return True

    def _keep_beating(self) -> None:
        while not self._stopping.wait(BEAT_EVERY):
            self._beat()
        connection.close()

    def _beat(self) -> None:
        asked = time.monotonic()
        close_old_connections()
        try:
            leads = actions.beat(worker_id=self.worker_id)
        except DatabaseError:
            logger.exception("no beat")
            return
        self._leads_until = asked + LEASE.total_seconds() if leads else 0.0

    def _leads(self) -> bool:
        return time.monotonic() < self._leads_until

    def _keep_scheduling(self) -> None:
        clocks: dict[str, RecurringClock] = {}
        with ThreadPoolExecutor(max_workers=2, thread_name_prefix="recurring") as pool:
            while not self._stopping.wait(0.25):
                if not self._leads():
                    clocks = {}
                    continue
                try:
                    clocks = clocks or {name: RecurringClock(work) for name, work in RECURRING.items()}
                except DatabaseError:
                    logger.exception("the times of the last runs cannot be read")
                    continue
                for each in clocks.values():
                    if each.is_due():
                        each.busy = True
                        pool.submit(each.run)
        connection.close()


class RecurringClock:
    """When one piece of recurring work is due next. It never overlaps with itself."""

    def __init__(self, work: Recurring) -> None:
        self._work = work
        last = RecurringRun.objects.filter(pk=work.name).first()
        self._due = time.monotonic() + seconds_until_due(
            last.started_at if last else None, work.every, clock.now()
        )
        self._noted, self._error = float("-inf"), ""
        self.busy = False

    def is_due(self) -> bool:
        return not self.busy and time.monotonic() >= self._due

    def run(self) -> None:
        begun, started_at, error = time.monotonic(), clock.now(), ""
        self._due = begun + self._work.every
        try:
            close_old_connections()
            self._work.run()
        except Exception as fault:
            error = type(fault).__qualname__
            logger.exception("recurring work %s failed", self._work.name)
        try:
            if error != self._error or begun - self._noted >= _NOTE_EVERY:
                took = time.monotonic() - begun
                actions.note_run(name=self._work.name, started_at=started_at, took=took, error=error)
                self._noted, self._error = begun, error
        except DatabaseError:
            logger.exception("the run of %s could not be noted", self._work.name)
        finally:
            close_old_connections()
            self.busy = False


def run_job(job: DBTaskResult) -> None:
    """Run a claimed job and mark what became of it. The handler's own errors end here."""
    name = str(job.args_kwargs["args"][:1])
    try:
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    except Exception as error:
        logger.warning("job %s %s failed: %s", job.pk, name, type(error).__qualname__)
        kept = actions.fail(job=job, error=error)
    else:
        kept = actions.finish(job=job)
    if not kept:
        logger.warning("job %s %s was given to another worker meanwhile", job.pk, name)


def run_until_signal() -> None:
    """The command `danban worker`: runs until SIGTERM or Ctrl-C."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
