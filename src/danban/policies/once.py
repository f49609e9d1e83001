"""What a page reads of one dossier it reads once, however many of its parts ask for it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar

from danban.policies.models import Dossier

T = TypeVar("T")


def read_once(dossier: Dossier) -> Dossier:
    """The same dossier, remembering what was read of it. For one page or one decision; never kept longer."""
    if hasattr(dossier, "readings"):
        return dossier
    same = copy(dossier)
    same.readings = {}  # type: ignore[attr-defined]
    return same


def once(dossier: Dossier, what: str, read: Callable[[], T]) -> T:
    """What was read of a dossier, or what ``read`` reads now."""
    readings: dict[str, Any] | None = getattr(dossier, "readings", None)
    if readings is None:
        return read()
    if what not in readings:
        readings[what] = read()
    found: T = readings[what]
    return found
