"""The key that each rendered form of a citizen carries: unique, signed, and dated.

A double click, the back button or a retry sends the same key again and gets the same receipt.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core import signing

_signer = signing.TimestampSigner(salt="danban.form")
LIFETIME = dt.timedelta(days=30)


def new_token() -> str:
    return _signer.sign(uuid.uuid4().hex)


def key_in(token: str) -> uuid.UUID | None:
    """The key of a token that we signed within its lifetime; None for anything else."""
    try:
        return uuid.UUID(_signer.unsign(token, max_age=LIFETIME))
    except (signing.BadSignature, ValueError):
        return None
