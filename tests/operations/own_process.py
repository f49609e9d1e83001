"""Run by test_killed_worker in a process of its own: `python -m tests.operations.own_process WHAT FOLDER`."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

import django

django.setup()

from danban.common import jobs  # noqa: E402
from danban.operations import actions, rules, worker  # noqa: E402

WHAT, FOLDER = sys.argv[1], Path(sys.argv[2])


def note(line):
    with (FOLDER / "notes").open("a") as notes:
        notes.write(line + "\n")


def slow(number):
    note(f"begun {number}")
    if WHAT == "hang":
        time.sleep(600)
    note(f"done {number}")


def quick_times():
    """Seconds instead of half minutes, so that the test need not wait."""
    actions.BEAT_LOST = actions.LEASE = worker.LEASE = dt.timedelta(seconds=2)
    worker.BEAT_EVERY = 0.5
    actions.wait_before_retry = lambda attempts, chance: dt.timedelta(0)
    jobs.RECURRING.clear()
    jobs.every(0.5, "jobs.reap")(actions.reap_lost_jobs)
    jobs.every(0.5, "test.tick")(lambda: note("tick"))


jobs.HANDLERS.clear()
jobs.handles("slow")(slow)
if WHAT == "enqueue":
    for number in range(int(sys.argv[3])):
        jobs.later("slow", number=number)
else:
    assert rules.BEAT_LOST > rules.LEASE > dt.timedelta(seconds=rules.BEAT_EVERY)
    quick_times()
    worker.run_until_signal()
