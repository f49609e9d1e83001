"""A task is done exactly while evidence holds. Nothing else sets DONE or takes it away."""

from __future__ import annotations

from django.db import transaction

from danban.accounts.models import User
from danban.plan import rules
from danban.plan.actions.base import locked, tell
from danban.plan.models import Task
from danban.plan.states import Act, TaskState


@transaction.atomic
def settle_task(*, task: Task, by: User | None = None) -> Task:
    """DONE while evidence shows it (work that recurs: every period of it), else DECLARED if it was DONE."""
    held = locked(task)
    live = held.evidence.filter(proved_at__isnull=False, ended_at__isnull=True)
    days = [day for day in live.values_list("shown_on", flat=True) if day]
    starts_on, ends_on = held.starts_on or held.plan.starts_on, held.due_on or held.plan.ends_on
    shown_on = rules.done_on(held.cadence, days, starts_on, ends_on)
    if shown_on and held.state != TaskState.CANCELLED and held.done_on != shown_on:
        first_time = held.state != TaskState.DONE
        held.state, held.done_on = TaskState.DONE, shown_on
        held.save(update_fields=["state", "done_on"])
        if first_time:
            tell(Act.TASK_DONE, task=held, by=by, done_on=shown_on)
    elif not shown_on and held.state == TaskState.DONE:
        held.state, held.done_on = TaskState.DECLARED, None
        held.save(update_fields=["state", "done_on"])
        tell(Act.TASK_NO_LONGER_DONE, task=held, by=by)
    return held
