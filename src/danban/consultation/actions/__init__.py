"""Every write to windows and comments. Each is one transaction, checked, audited."""

from danban.consultation.actions.batches import import_comments
from danban.consultation.actions.comments import Receipt, enter_comment, submit_comment
from danban.consultation.actions.moderation import (
    erase_contact,
    read_contact,
    screen_comments,
    show_comment,
    withhold_comment,
)
from danban.consultation.actions.opinions import note_reply, request_opinions
from danban.consultation.actions.progress import fold_tallies, mark_answered, mark_grouped, mark_received
from danban.consultation.actions.windows import (
    cancel_window,
    conclude_window,
    extend_window,
    open_window,
)

__all__ = [
    "Receipt",
    "cancel_window",
    "conclude_window",
    "enter_comment",
    "erase_contact",
    "extend_window",
    "fold_tallies",
    "import_comments",
    "mark_answered",
    "mark_grouped",
    "mark_received",
    "note_reply",
    "open_window",
    "read_contact",
    "request_opinions",
    "screen_comments",
    "show_comment",
    "submit_comment",
    "withhold_comment",
]
