"""Contact data of the author of a comment, sealed and bound to it."""

from __future__ import annotations

from danban.common import contact
from danban.common.contact import ContactData, ContactUnreadable

__all__ = ["ContactData", "ContactUnreadable", "seal", "unseal"]


def seal(data: ContactData, comment_id: int) -> bytes:
    return contact.seal(data, _bound_to(comment_id))


def unseal(sealed: bytes | memoryview, comment_id: int) -> ContactData:
    return contact.unseal(sealed, _bound_to(comment_id))


def _bound_to(comment_id: int) -> str:
    return f"comment:{comment_id}"
