"""Numbers as they come in an address or a form that nobody checked yet."""

from __future__ import annotations

LONGEST_ID = 18
"""Digits that surely fit in 64 bits: SQLite fails on a longer number, PostgreSQL refuses it."""


def whole(raw: str | None, digits: int = LONGEST_ID) -> int | None:
    """The number written there; None where there is none, or one of more digits."""
    return int(raw) if raw and raw.isdecimal() and len(raw) <= digits else None
