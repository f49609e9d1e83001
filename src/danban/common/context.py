"""What every template may use. Nothing of the person who asks: public pages are one for all."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"province": settings.PROVINCE, "demo": settings.DEMO}
