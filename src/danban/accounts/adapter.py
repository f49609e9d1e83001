"""Sign-in is for staff: nobody signs up, and each sign-in is on record."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from danban.accounts.states import Act
from danban.audit.actions import actor_name, record


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            record(Act.SIGNED_IN, actor=actor_name(user), rows=[user])
        return super().post_login(request, user, **kwargs)
