"""Contact data sealed under its own key: what a copy of the database does not give away."""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

_NONCE = 12

check_phone = RegexValidator(r"^[0-9 +().-]{8,20}$", _("Số điện thoại chỉ gồm chữ số, từ 8 số trở lên."))


class ContactUnreadable(Exception):  # noqa: N818 - named for what happened
    """Sealed under another key, for another row, or damaged."""


@dataclass(frozen=True, slots=True)
class ContactData:
    """How to reach someone. "" where nothing was given."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.email, self.phone, self.address))


def seal(contact: ContactData, bound_to: str) -> bytes:
    """Nonce and AES-256-GCM ciphertext of the JSON; bound to its row: it cannot be moved to another."""
    nonce = os.urandom(_NONCE)
    plain = json.dumps(asdict(contact), ensure_ascii=False).encode()
    return nonce + _cipher().encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes | memoryview, bound_to: str) -> ContactData:
    """The contact data again; ContactUnreadable when the key, the row or the bytes are others."""
    raw = bytes(sealed)
    try:
        plain = _cipher().decrypt(raw[:_NONCE], raw[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise ContactUnreadable(bound_to) from error
    return ContactData(**json.loads(plain))


def _cipher() -> AESGCM:
    try:
        key = base64.b64decode(settings.CONTACT_KEY, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("DANBAN_CONTACT_KEY không phải base64.") from error
    if len(key) != 32:
        raise ImproperlyConfigured("DANBAN_CONTACT_KEY phải là 32 byte viết dạng base64.")
    return AESGCM(key)
