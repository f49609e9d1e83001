"""Every write of this app."""

from __future__ import annotations

from danban.plan.actions.documents import (
    add_plan,
    add_plan_task,
    close_plan,
    copy_forward,
    edit_plan,
    put_in_force,
)
from danban.plan.actions.importing import import_plan
from danban.plan.actions.proposals import (
    accept_proposal,
    accept_sure_proposals,
    drop_proposal,
    merge_proposal,
    revise_proposal,
)

__all__ = [
    "accept_proposal",
    "accept_sure_proposals",
    "add_plan",
    "add_plan_task",
    "close_plan",
    "copy_forward",
    "drop_proposal",
    "edit_plan",
    "import_plan",
    "merge_proposal",
    "put_in_force",
    "revise_proposal",
]
