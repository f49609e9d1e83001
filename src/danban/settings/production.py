"""A province's own server. Fails closed: what is missing stops the start, and says what."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from danban.settings import env
from danban.settings.base import *  # noqa: F403

SECRET_KEY = env.read("DANBAN_SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("DANBAN_SECRET_KEY quá ngắn: cần ít nhất 50 ký tự ngẫu nhiên.")
CONTACT_KEY = env.read("DANBAN_CONTACT_KEY")
ALLOWED_HOSTS = env.read("DANBAN_HOSTS")

if env.read("DANBAN_HTTPS"):
    SECURE_SSL_REDIRECT = True
    # A monitor asks from beside the server, without HTTPS.
    SECURE_REDIRECT_EXEMPT = [r"^suc-khoe$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-phien"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if env.read("DANBAN_TRUSTED_PROXIES"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
