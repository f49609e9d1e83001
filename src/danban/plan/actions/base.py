"""What every act on a task does: hold the task, and record the act where the task's history is read."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import models

from danban.accounts.models import User
from danban.audit.actions import SYSTEM, actor_name, record
from danban.plan.models import Task, TaskEntry


def locked(task: Task) -> Task:
    """The task as it is now, held until the transaction ends."""
    return Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)


def tell(
    act: StrEnum,
    *,
    task: Task | None,
    by: User | None,
    rows: Iterable[models.Model] = (),
    **details: Any,
) -> None:
    """Record an act and hang it on its task, whose history is then found without a search.

    ``by`` None is the system itself. Details hold codes and days, none of the words.
    """
    about = [task] if task else []
    entry = record(act, actor=actor_name(by) if by else SYSTEM, rows=[*about, *rows], **details)
    if task:
        TaskEntry.objects.create(task=task, entry=entry)
