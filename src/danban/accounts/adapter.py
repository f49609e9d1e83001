"""Sign-in is for staff: nobody signs up; sign-ins and changes of passwords and factors are on record."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from danban.accounts.states import Act
from danban.audit.actions import actor_name, record

logger = logging.getLogger("danban.accounts")


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            record(Act.SIGNED_IN, actor=actor_name(user), rows=[user])
        return super().post_login(request, user, **kwargs)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """allauth calls this once for every change of a password or a second factor."""
        change = template_prefix.rpartition("/")[2]
        act = Act.PASSWORD_CHANGED if change.startswith("password") else Act.SECOND_FACTOR_CHANGED
        with transaction.atomic():
            record(act, actor=actor_name(user), rows=[user], change=change)
        try:
            super().send_notification_mail(template_prefix, user, context, email or user.email)
        except OSError as error:
            # The change is made; a mail server that is down must not make it look undone.
            logger.warning("notice of %s not sent: %s", change, type(error).__qualname__)
