"""Where the public site is, for letters written outside any request."""

from __future__ import annotations

from django.conf import settings


def public_address() -> str:
    """ "https://gop-y.tinh.example": the first of the hosts is the public one."""
    host = settings.ALLOWED_HOSTS[0].replace("*", "localhost")
    return f"{'https' if settings.SESSION_COOKIE_SECURE else 'http'}://{host}"
