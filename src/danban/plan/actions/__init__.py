"""Every write to plans, tasks and evidence. Each is one transaction, checked, audited."""

from danban.plan.actions.calendar import give_calendar, take_calendar_back
from danban.plan.actions.coordination import answer_coordination, ask_coordination
from danban.plan.actions.evidence import (
    add_file,
    add_record,
    check_file,
    recheck,
    withdraw_evidence,
)
from danban.plan.actions.reminders import remind
from danban.plan.actions.settling import settle_task
from danban.plan.actions.tasks import (
    block_task,
    cancel_task,
    declare_done,
    edit_task,
    note_progress,
    resume_task,
    split_task,
    start_task,
    task_values,
    unblock_task,
)

__all__ = [
    "add_file",
    "add_record",
    "answer_coordination",
    "ask_coordination",
    "block_task",
    "cancel_task",
    "check_file",
    "declare_done",
    "edit_task",
    "give_calendar",
    "note_progress",
    "recheck",
    "remind",
    "resume_task",
    "settle_task",
    "split_task",
    "start_task",
    "take_calendar_back",
    "task_values",
    "unblock_task",
    "withdraw_evidence",
]
