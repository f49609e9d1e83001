"""The web application for granian: Django behind the front cache."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danban.settings.production")

application = get_wsgi_application()
