"""The letter to someone who asked to hear when their comment is answered."""

from __future__ import annotations

from danban.answers.models import Answer
from danban.answers.render import plain_reason
from danban.common import letters
from danban.common.site import public_link
from danban.consultation.contact import unseal
from danban.consultation.models import Contact
from danban.consultation.rules import receipt_code


def send_answer(*, answer: Answer, contact: Contact) -> bool:
    """Send the answer and the way to the receipt; False when there is no address.

    The letter holds nothing of its reader: neither their name nor what they wrote.
    """
    words = {
        "dossier": answer.point.window.dossier,
        "disposition": answer.get_disposition_display,
        "reason": plain_reason(answer.reason),
        "link": public_link("portal:receipt", receipt_code(contact.comment.idempotency_key)),
    }
    return letters.send("answers/mail/answer.txt", words, to=unseal(contact.sealed, contact.pk).email)
