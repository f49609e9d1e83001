"""Tests: a database named by DANBAN_DATABASE or SQLite in memory, cheap hasher, mail kept in memory."""

from __future__ import annotations

import base64
import os
import tempfile

os.environ.setdefault("DANBAN_DATA", tempfile.mkdtemp(prefix="danban-test-"))

from danban.settings.base import *  # noqa: F403
from danban.settings.base import DATABASES

SECRET_KEY = "only-for-tests-" + "x" * 50
CONTACT_KEY = base64.b64encode(b"k" * 32).decode()
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "[::1]"]
PROVINCE = "tỉnh Thử Nghiệm"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECOND_FACTOR_REQUIRED = False
ACCOUNT_RATE_LIMITS = False
COMMENTS_PER_MINUTE = 1_000_000
FRONT_CACHE_SECONDS = 0
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A pool outlives the test database it points to.
    DATABASES["default"]["OPTIONS"] = {}
