"""Real worker processes on a real database: one is killed with its job in hand."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start(tmp_path):
    """Start own_process.py on a copy of the tests' SQLite, or on the tests' PostgreSQL; ends what is left."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "danban.settings.demo", "DANBAN_DATA": str(tmp_path)}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    if connection.vendor == "sqlite":
        env["DANBAN_DATABASE"] = ""
        connection.ensure_connection()
        with sqlite3.connect(tmp_path / "danban.sqlite3") as file:
            connection.connection.backup(file)
        file.close()
    else:
        where = connection.settings_dict
        env["DANBAN_DATABASE"] = (
            f"postgresql://{where['USER']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"
        )
    started = []

    def run(what, *args):
        command = [sys.executable, "-m", "tests.operations.own_process", what, str(tmp_path), *args]
        process = subprocess.Popen(command, env=env)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def notes(tmp_path):
    """The lines the processes wrote; ``notes(line)`` waits for one."""

    def lines():
        file = tmp_path / "notes"
        return file.read_text().split("\n") if file.exists() else []

    def wait_for(*wanted, seconds=40):
        until = time.monotonic() + seconds
        while not set(wanted) <= set(lines()):
            assert time.monotonic() < until, (wanted, lines())
            time.sleep(0.05)
        return Counter(lines())

    return wait_for


def test_the_job_of_a_killed_worker_is_run_by_another(start, notes):
    start("enqueue", "1").wait()
    first = start("hang")
    notes("begun 0")
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = start("work")
    seen = notes("done 0")
    assert (seen["begun 0"], seen["done 0"]) == (2, 1)
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=15) == 0


def test_two_workers_share_the_jobs_and_one_of_them_schedules(start, notes):
    start("enqueue", "30").wait()
    workers = [start("work"), start("work")]
    seen = notes(*(f"done {number}" for number in range(30)))
    assert all(seen[f"begun {number}"] == 1 for number in range(30))
    before, begun = notes("tick")["tick"], time.monotonic()
    time.sleep(2)
    ticks = notes("tick")["tick"] - before
    # Two schedulers would tick twice as often.
    assert ticks <= (time.monotonic() - begun) / 0.5 + 1
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(timeout=15) for worker in workers] == [0, 0]
