"""The demo on one's own machine: keys made at the first start, no second factor, plain HTTP."""

from __future__ import annotations

import base64
import secrets

from danban.settings.base import *  # noqa: F403
from danban.settings.base import DATA

DEMO = True
PROVINCE = PROVINCE or "tỉnh Sông Mây"  # noqa: F405


def _kept_secret(name: str, make: object) -> str:
    """A secret of this installation, made once and kept readable by its owner alone."""
    path = DATA / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make())  # type: ignore[operator]
    return path.read_text().strip()


SECRET_KEY = _kept_secret("secret.key", lambda: secrets.token_urlsafe(64))
CONTACT_KEY = _kept_secret("contact.key", lambda: base64.b64encode(secrets.token_bytes(32)).decode())
ALLOWED_HOSTS = ["*"]
SECOND_FACTOR_REQUIRED = False
ACCOUNT_RATE_LIMITS = False
