"""The web application for granian: Django behind the front cache."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danban.settings.production")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - only after the application was made

from danban.common.front_cache import FrontCache  # noqa: E402

application = FrontCache(django_application, seconds=settings.FRONT_CACHE_SECONDS)
