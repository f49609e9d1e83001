"""Kinds of record that can be evidence. The app that keeps a kind of record registers it here.

The plan knows no window, workshop or course: ``answers/evidence.py``, ``council/evidence.py`` and
``training/evidence.py`` each say how their records are found and whether they show something done; what
lies below the plan itself stands in ``kinds.py``. A later kind (a delivery through an outside channel)
joins in the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

FILE = "file"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as a page shows it. ``shown_on`` is the day from which it shows the thing done; None with
    what is ``missing`` in words while it does not. ``agencies`` are the bodies that took part (ids)."""

    pk: int
    title: str
    url: str
    shown_on: dt.date | None
    missing: str = ""
    agencies: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Names:
    """How the records of a kind are called, where that is all a page needs: the ``facts`` of a row of the
    table (field by name; a day comes as 2026-03-31) and the title and the address made of them."""

    rows: QuerySet[Any]
    facts: Mapping[str, str]
    words: Callable[[int, Mapping[str, Any]], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """``find`` gives records by their ids (those that are gone are absent), in a fixed number of queries.

    ``choices`` lists recent records an officer may point to: of these agencies (None: of all), whose title
    holds the words sought; at most 50. Records of kinds with ``names`` are named in one query
    for all kinds together.
    """

    code: str
    label: str | Promise
    find: Callable[[Collection[int]], Mapping[int, Record]]
    choices: Callable[[Collection[int] | None, str], list[Record]]
    names: Names | None = None


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind of record known; one of a code."""
    if kind.code in KINDS or kind.code == FILE:
        raise ValueError(f"there is a kind of evidence {kind.code!r} already")
    KINDS[kind.code] = kind
    return kind
