"""The letter to someone who asked to hear when their comment is answered."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from danban.answers.models import Answer
from danban.answers.render import plain_reason
from danban.common.site import public_address
from danban.consultation.contact import unseal
from danban.consultation.models import Contact
from danban.consultation.rules import receipt_code


def send_answer(*, answer: Answer, contact: Contact | None) -> bool:
    """Send the answer and the way to the receipt; False when there is no address (any more).

    The letter holds nothing of its reader: neither their name nor what they wrote.
    """
    if contact is None or not contact.wants_email:
        return False
    address = unseal(contact.sealed, contact.pk).email
    if not address:
        return False
    with override("vi"):
        receipt = reverse("portal:receipt", args=[receipt_code(contact.comment.idempotency_key)])
        words = {
            "dossier": answer.point.window.dossier,
            "disposition": answer.get_disposition_display(),
            "reason": plain_reason(answer.reason),
            "link": f"{public_address()}{receipt}",
        }
        subject = " ".join(render_to_string("answers/mail/subject.txt", words).split())
        body = render_to_string("answers/mail/body.txt", words)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    return True
