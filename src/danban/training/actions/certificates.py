"""Certificates: issued for presence and a passed quiz, withdrawn with a reason, never deleted."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean
from danban.training import rules
from danban.training.actions.sessions import locked
from danban.training.models import Certificate, Session
from danban.training.queries import may_be_certified
from danban.training.states import Act, SessionState


@transaction.atomic
def issue_certificates(*, session: Session, by: User) -> list[Certificate]:
    """One for everyone who earned it and has none; those whose certificate was withdrawn stay without."""
    session = locked(session)
    if session.state != SessionState.HELD:
        raise rules.TrainingRefused(_("Xác nhận buổi đã tổ chức rồi mới cấp chứng nhận."))
    made = []
    for registration in may_be_certified(session):
        key = uuid.uuid4()
        made.append(
            Certificate(
                registration=registration,
                key=key,
                code_hash=rules.hash_of(rules.certificate_code(key)),
                issued_on=clock.today(),
                issued_by=by,
            )
        )
    if not made:
        raise rules.TrainingRefused(_("Chưa có ai đủ điều kiện: phải điểm danh và đạt bài kiểm tra."))
    Certificate.objects.bulk_create(made, batch_size=500)
    record(Act.CERTIFICATE_ISSUED, actor=actor_name(by), rows=[session, *made])
    return made


@transaction.atomic
def withdraw_certificate(*, certificate: Certificate, reason: str, by: User) -> Certificate:
    """From now on the check page says that it was withdrawn; the reason stays in the house."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    reason = clean(reason)[: rules.REASON_MAX]
    if certificate.withdrawn_on is not None:
        raise rules.TrainingRefused(_("Chứng nhận này đã thu hồi rồi."))
    if not reason:
        raise rules.TrainingRefused(_("Viết lý do thu hồi."))
    certificate.withdrawn_on, certificate.withdrawn_reason = clock.today(), reason
    certificate.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    record(Act.CERTIFICATE_WITHDRAWN, actor=actor_name(by), rows=[certificate])
    return certificate
