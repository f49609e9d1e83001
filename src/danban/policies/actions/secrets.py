"""A file that bears a mark of a state secret, wherever it was sent in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.policies.rules import SecretRefused
from danban.policies.states import Act


def refuse_secret(by: User, reasons: Sequence[str]) -> NoReturn:
    """Raise SecretRefused; only that ``by`` was refused is recorded, nothing of the file."""
    with transaction.atomic():
        record(Act.SECRET_REFUSED, actor=actor_name(by))
    contact = settings.SECRECY_CONTACT or _("người phụ trách bảo vệ bí mật nhà nước của cơ quan")
    raise SecretRefused(
        _(
            "Tệp có dấu hiệu là tài liệu bí mật nhà nước nên không được nhận; hệ thống không giữ lại gì. "
            "Đừng gửi tệp này qua mạng. Hãy báo ngay cho %(contact)s."
        )
        % {"contact": contact},
        list(reasons),
    )
