"""Settings that hold everywhere. What differs stands in demo, test and production."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from danban.settings import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.data_folder()

DEBUG = False
DEMO = False
ROOT_URLCONF = "danban.urls"
WSGI_APPLICATION = "danban.wsgi.django_application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
PROVINCE = env.read("DANBAN_PROVINCE")

INSTALLED_APPS = [
    "danban.common",
    "danban.audit",
    "danban.accounts",
    "danban.policies",
    "danban.plan",
    "danban.training",
    "danban.consultation",
    "danban.council",
    "danban.answers",
    "danban.reports",
    "danban.portal",
    "danban.operations",
    "danban.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "danban.common.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "danban.common.middleware.PublicWithoutSession",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "danban.common.middleware.RefuseNul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "danban.accounts.middleware.RequireSecondFactor",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danban.common.context.site",
                "danban.accounts.context.allowed",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's database settings for a postgresql:// address, or for SQLite when it is empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "danban.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # FULL: a comment we acknowledged survives a power cut.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}},
    }


DATABASES = {"default": database(env.read("DANBAN_DATABASE"))}

# Shared by all processes: limits on signing in and used one-time codes must hold across them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["danban.common.formats"]

STATIC_URL = "/tinh/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# An upload stays in memory until it was checked: a secret file must never touch the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/can-bo/"
ACCOUNT_ADAPTER = "danban.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Dân Bàn] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An unknown address gets no letter: nobody signs up here, and the page says the same either way.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Dân Bàn"
# Addresses are typed in by an administrator, never by the person who signs in.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SECOND_FACTOR_REQUIRED = True

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# W002: frame-ancestors of the content policy does it; W003: the CSRF middleware is there, under its name.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W003"]

SECRECY_CONTACT = env.read("DANBAN_SECRECY_CONTACT")
COMMENTS_PER_MINUTE = env.read("DANBAN_COMMENTS_PER_MINUTE")
FRONT_CACHE_SECONDS = env.read("DANBAN_FRONT_CACHE_SECONDS")
REMIND_DAYS = env.read("DANBAN_REMIND_DAYS")
ESCALATE_LATE_DAYS = env.read("DANBAN_ESCALATE_LATE_DAYS")
ESCALATE_BLOCKED_DAYS = env.read("DANBAN_ESCALATE_BLOCKED_DAYS")
TRUSTED_PROXIES = env.read("DANBAN_TRUSTED_PROXIES")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

DEFAULT_FROM_EMAIL = env.read("DANBAN_EMAIL_FROM")
_mail = urlsplit(env.read("DANBAN_EMAIL_URL"))
if _mail.scheme:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    # Port 465 speaks TLS from the first byte; the others are asked to begin it (STARTTLS).
    EMAIL_USE_SSL = _mail.scheme == "smtps" and EMAIL_PORT == 465
    EMAIL_USE_TLS = _mail.scheme == "smtps" and not EMAIL_USE_SSL
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"danban": {"level": "INFO"}},
}
