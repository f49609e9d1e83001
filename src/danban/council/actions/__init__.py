"""Every write of this app."""

from __future__ import annotations

from danban.council.actions.conclusions import add_conclusion, assign_conclusion, remove_conclusion
from danban.council.actions.directives import issue_directive
from danban.council.actions.lists import decide_list, discard_list, draft_list, put_on_list, take_off_list
from danban.council.actions.meetings import (
    add_agenda_item,
    add_paper,
    cancel_meeting,
    edit_meeting,
    hold_meeting,
    plan_meeting,
    remove_agenda_item,
    remove_paper,
)
from danban.council.actions.members import establish_council, recognise_member, relieve_member
from danban.council.actions.minutes import approve_minutes, write_minutes
from danban.council.actions.parties import (
    add_parties,
    answer_invitation,
    note_attendance,
    note_opinions,
    remove_party,
    send_invitations,
)

__all__ = [
    "add_agenda_item",
    "add_conclusion",
    "add_paper",
    "add_parties",
    "answer_invitation",
    "approve_minutes",
    "assign_conclusion",
    "cancel_meeting",
    "decide_list",
    "discard_list",
    "draft_list",
    "edit_meeting",
    "establish_council",
    "hold_meeting",
    "issue_directive",
    "note_attendance",
    "note_opinions",
    "plan_meeting",
    "put_on_list",
    "recognise_member",
    "relieve_member",
    "remove_agenda_item",
    "remove_conclusion",
    "remove_paper",
    "remove_party",
    "send_invitations",
    "take_off_list",
    "write_minutes",
]
