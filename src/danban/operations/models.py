"""What the running of the house remembers: which workers live, who schedules, when recurring work ran."""

from __future__ import annotations

from django.db import models


class WorkerBeat(models.Model):
    """A living worker process says so every few seconds; one that stops is taken for dead."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)


class SchedulerLease(models.Model):
    """One row: the worker that runs recurring work for the whole installation, and until when."""

    name = models.CharField(max_length=20, primary_key=True)
    owner = models.CharField(max_length=64)
    until = models.DateTimeField()


class RecurringRun(models.Model):
    """The last run of a piece of recurring work; ``error`` is the class of what went wrong, or empty."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    took = models.FloatField(help_text="seconds")
    error = models.CharField(max_length=120, blank=True)
