"""A document of direction is entered as it was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock, uploads
from danban.common.errors import Refused
from danban.common.files import kept_with_its_row
from danban.common.text import clean
from danban.council import rules
from danban.council.models import Conclusion, Council, Directive
from danban.council.states import Act, ConclusionKind
from danban.policies.actions import pass_gate


def issue_directive(
    *,
    council: Council,
    number: str,
    issued_on: dt.date,
    subject: str,
    addressees: Collection[Agency],
    data: bytes,
    file_name: str,
    by: User,
    conclusion: Conclusion | None = None,
) -> Directive:
    """The document with its file; ``conclusion`` is the one of a meeting it carries out.

    Raises UploadRefused or SecretRefused: then nothing of it is kept.
    """
    if issued_on > clock.today():
        raise Refused(_("Ngày ban hành không thể ở tương lai."))
    number = clean(number)
    if Directive.objects.filter(council=council, number=number, issued_on=issued_on).exists():
        raise Refused(_("Đã có một văn bản cùng số, cùng ngày."))
    passed = pass_gate(data=data, file_name=file_name, by=by, kinds=uploads.DRAFTS)
    directive = Directive(
        council=council,
        number=number,
        issued_on=issued_on,
        subject=clean(subject),
        file=passed.content,
        file_name=passed.name,
        file_sha256=passed.sha256,
        added_by=by,
        added_at=clock.now(),
    )
    with kept_with_its_row(directive.file):
        directive.save()
        directive.addressees.set(addressees)
        rows = [directive] if conclusion is None else [directive, _carried_out(conclusion, directive)]
        record(
            Act.DIRECTIVE_ISSUED,
            actor=actor_name(by),
            rows=rows,
            issued_on=issued_on,
            addressees=len(addressees),
            sha256=passed.sha256,
        )
    return directive


def _carried_out(conclusion: Conclusion, directive: Directive) -> Conclusion:
    conclusion = Conclusion.objects.select_for_update().get(pk=conclusion.pk)
    if conclusion.kind != ConclusionKind.DIRECTIVE or conclusion.directive_id:
        raise rules.WrongMove(_("Kết luận này đã có văn bản, hoặc không phải là ban hành văn bản."))
    conclusion.directive = directive
    conclusion.save(update_fields=["directive"])
    return conclusion
