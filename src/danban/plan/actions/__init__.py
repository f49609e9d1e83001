"""Every write to plans, tasks and evidence. Each is one transaction, checked, audited."""

from __future__ import annotations

from danban.plan.actions.calendar import give_calendar, take_calendar_back
from danban.plan.actions.coordination import answer_coordination, ask_coordination
from danban.plan.actions.documents import (
    add_agreed_task,
    add_plan,
    add_plan_task,
    close_plan,
    copy_forward,
    edit_plan,
    put_in_force,
)
from danban.plan.actions.evidence import (
    add_file,
    add_record,
    check_file,
    recheck,
    withdraw_evidence,
)
from danban.plan.actions.importing import import_plan
from danban.plan.actions.proposals import (
    accept_proposal,
    accept_sure_proposals,
    drop_proposal,
    merge_proposal,
    revise_proposal,
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
    "accept_proposal",
    "accept_sure_proposals",
    "add_agreed_task",
    "add_file",
    "add_plan",
    "add_plan_task",
    "add_record",
    "answer_coordination",
    "ask_coordination",
    "block_task",
    "cancel_task",
    "check_file",
    "close_plan",
    "copy_forward",
    "declare_done",
    "drop_proposal",
    "edit_plan",
    "edit_task",
    "give_calendar",
    "import_plan",
    "merge_proposal",
    "note_progress",
    "put_in_force",
    "recheck",
    "remind",
    "resume_task",
    "revise_proposal",
    "settle_task",
    "split_task",
    "start_task",
    "take_calendar_back",
    "task_values",
    "unblock_task",
    "withdraw_evidence",
]
