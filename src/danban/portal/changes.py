"""Two released versions side by side: both never change, so the words are compared once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from danban.lawtext import words
from danban.policies.models import Provision
from danban.policies.queries import alignments_of
from danban.portal.reading import label_of

UNCHANGED = frozenset({"unchanged", "renumbered"})


@dataclass(frozen=True, slots=True)
class Row:
    """One article on both sides. ``words`` holds (operation, text) pieces, None where a side is missing."""

    change: str
    old_label: str
    new_label: str
    old_address: str
    new_address: str
    heading: str
    words: tuple[tuple[str, str], ...]


def _text_of(provision: Provision | None) -> str:
    if provision is None:
        return ""
    return "\n".join(part for part in (provision.heading, provision.text) if part)


@lru_cache(maxsize=32)
def _all_rows(old_id: int, new_id: int) -> tuple[Row, ...]:
    rows = []
    for alignment in alignments_of(old_id, new_id):
        old, new = alignment.old, alignment.new
        rows.append(
            Row(
                change=alignment.change,
                old_label=label_of(old) if old else "",
                new_label=label_of(new) if new else "",
                old_address=old.address if old else "",
                new_address=new.address if new else "",
                heading=(new or old).heading,  # type: ignore[union-attr]
                words=tuple(words(_text_of(old), _text_of(new))),
            )
        )
    return tuple(rows)


def changes_between(old_id: int, new_id: int, *, only_changed: bool) -> list[Row]:
    """The rows in the order of the newer version; unchanged ones left out when asked."""
    return [row for row in _all_rows(old_id, new_id) if not only_changed or row.change not in UNCHANGED]
