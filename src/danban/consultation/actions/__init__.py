"""Every write to windows and comments. Each is one transaction, checked, audited."""

from danban.consultation.actions.batches import import_comments
from danban.consultation.actions.comments import Receipt, enter_comment, submit_comment
from danban.consultation.actions.moderation import (
    read_contact,
    screen_comments,
    show_comment,
)
from danban.consultation.actions.opinions import note_reply, request_opinions
from danban.consultation.actions.progress import fold_tallies, mark_answered, mark_grouped, mark_received
from danban.consultation.actions.proposals import (
    confirm_proposal,
    propose_cancelling,
    propose_erasure,
    propose_extension,
    propose_withholding,
    return_proposal,
)
from danban.consultation.actions.windows import (
    conclude_window,
    open_window,
)

__all__ = [
    "Receipt",
    "conclude_window",
    "confirm_proposal",
    "enter_comment",
    "fold_tallies",
    "import_comments",
    "mark_answered",
    "mark_grouped",
    "mark_received",
    "note_reply",
    "open_window",
    "propose_cancelling",
    "propose_erasure",
    "propose_extension",
    "propose_withholding",
    "read_contact",
    "request_opinions",
    "return_proposal",
    "screen_comments",
    "show_comment",
    "submit_comment",
]
