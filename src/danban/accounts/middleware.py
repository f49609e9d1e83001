"""Staff need a second factor everywhere but in the demo."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from danban.common import clock

Next = Callable[[HttpRequest], HttpResponse]

_CONFIRMED = "second_factor_seen_at"
_LOOK_AGAIN = 600.0
"""Seconds: an administrator may have removed it for a lost phone while a session of it still runs."""


class RequireSecondFactor:
    """Sends a signed-in person without TOTP or passkey to the page that sets one up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and self._is_missing(request):
            messages.warning(request, _("Hãy bật xác thực hai lớp trước khi làm việc."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        if "/can-bo/" not in request.path_info:
            return False
        if request.path_info.startswith(reverse("mfa_index")):
            # The last factor may be removed there: look again afterwards.
            request.session.pop(_CONFIRMED, None)
            return False
        if any(request.path_info == reverse(name) for name in ("account_logout", "account_reauthenticate")):
            return False
        now = clock.now().timestamp()
        if not request.user.is_authenticated or now - request.session.get(_CONFIRMED, 0.0) < _LOOK_AGAIN:
            return False
        types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        if get_adapter().is_mfa_enabled(request.user, types):
            request.session[_CONFIRMED] = now
            return False
        return True
