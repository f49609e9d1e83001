"""What is recorded of a task is also hung on it, so that its page tells its history without a search."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import models

from danban.accounts.models import User
from danban.audit.actions import SYSTEM, actor_name, record
from danban.plan.models import Task, TaskEntry


def tell(
    act: StrEnum,
    *,
    task: Task | None,
    by: User | None,
    rows: Iterable[models.Model] = (),
    **details: Any,
) -> None:
    """Record an act; ``by`` None is the system itself. Details hold codes and days, none of the words."""
    about = [task] if task else []
    entry = record(act, actor=actor_name(by) if by else SYSTEM, rows=[*about, *rows], **details)
    if task:
        TaskEntry.objects.create(task=task, entry=entry)
