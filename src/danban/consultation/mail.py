"""The letter with the receipt, for those who asked for one."""

from __future__ import annotations

from danban.common import letters
from danban.common.site import public_link
from danban.consultation.contact import unseal
from danban.consultation.models import Contact
from danban.consultation.rules import receipt_code


def send_receipt(contact: Contact | None) -> bool:
    """Send the code and the way to its page; False when there is no address (any more).

    The letter holds nothing of its reader: neither their name nor what they wrote.
    """
    if contact is None or not contact.wants_email:
        return False
    code = receipt_code(contact.comment.idempotency_key)
    words = {
        "code": code,
        "window": contact.comment.window,
        "dossier": contact.comment.window.dossier,
        "link": public_link("portal:receipt", code),
    }
    return letters.send("consultation/mail/receipt.txt", words, to=unseal(contact.sealed, contact.pk).email)
