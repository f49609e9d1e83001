"""The letter with the receipt, for those who asked for one."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from danban.common.site import public_address
from danban.consultation.contact import unseal
from danban.consultation.models import Contact
from danban.consultation.rules import receipt_code


def send_receipt(contact: Contact | None) -> bool:
    """Send the code and the way to its page; False when there is no address (any more).

    The letter holds nothing of its reader: neither their name nor what they wrote.
    """
    if contact is None or not contact.wants_email:
        return False
    address = unseal(contact.sealed, contact.pk).email
    if not address:
        return False
    code = receipt_code(contact.comment.idempotency_key)
    with override("vi"):
        words = {
            "code": code,
            "window": contact.comment.window,
            "dossier": contact.comment.window.dossier,
            "link": f"{public_address()}{reverse('portal:receipt', args=[code])}",
        }
        subject = " ".join(render_to_string("consultation/mail/subject.txt", words).split())
        body = render_to_string("consultation/mail/body.txt", words)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    return True
