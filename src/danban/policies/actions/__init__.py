"""Every write of this app."""

from __future__ import annotations

from danban.policies.actions.alignment import correct_alignment
from danban.policies.actions.attachments import Attachment, pass_gate
from danban.policies.actions.bases import choose_base, take_base_off, upload_base
from danban.policies.actions.dossiers import edit_dossier, open_dossier, reassign_dossier
from danban.policies.actions.life_rules import (
    choose_consultees,
    confirm_life_rule,
    end_life_rule,
    set_consultee_rule,
    set_reply_term,
    set_stage_rule,
)
from danban.policies.actions.posting import confirm_posting_rule, set_posting_rule
from danban.policies.actions.release import discard_version, release_version, return_version, submit_version
from danban.policies.actions.screening import (
    add_policy,
    edit_policy,
    record_decision,
    record_proposal,
    record_review,
)
from danban.policies.actions.stages import move_stage
from danban.policies.actions.structure import accept_suggestion, correct_line, dismiss_doubt, undo_line
from danban.policies.actions.versions import upload_version

__all__ = [
    "Attachment",
    "accept_suggestion",
    "add_policy",
    "choose_base",
    "choose_consultees",
    "confirm_life_rule",
    "confirm_posting_rule",
    "correct_alignment",
    "correct_line",
    "discard_version",
    "dismiss_doubt",
    "edit_dossier",
    "edit_policy",
    "end_life_rule",
    "move_stage",
    "open_dossier",
    "pass_gate",
    "reassign_dossier",
    "record_decision",
    "record_proposal",
    "record_review",
    "release_version",
    "return_version",
    "set_consultee_rule",
    "set_posting_rule",
    "set_reply_term",
    "set_stage_rule",
    "submit_version",
    "take_base_off",
    "undo_line",
    "upload_base",
    "upload_version",
]
