"""What runs after commit and every few seconds: the letter with the receipt, screening, counts."""

from __future__ import annotations

from danban.common.jobs import every, handles
from danban.consultation import mail, queries
from danban.consultation.actions import fold_tallies, screen_comments

every(3, "consultation.screen")(screen_comments)
every(5, "consultation.fold_tallies")(fold_tallies)


@handles("consultation.receipt")
def send_receipt(comment_id: int) -> None:
    """Send the receipt to the one who asked for it, unless the address was erased meanwhile."""
    mail.send_receipt(queries.contact_of(comment_id))
