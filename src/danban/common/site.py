"""Where the public site is, for letters written outside any request."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def public_address() -> str:
    """ "https://gop-y.tinh.example": the first of the hosts is the public one."""
    host = settings.ALLOWED_HOSTS[0].replace("*", "localhost")
    return f"{'https' if settings.SESSION_COOKIE_SECURE else 'http'}://{host}"


def public_link(route: str, *args: object) -> str:
    """The whole address of a page."""
    return public_address() + reverse(route, args=args)
