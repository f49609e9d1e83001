"""The provisions of two versions beside each other, as places in two lists of rows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from danban.lawtext import Document, Node, Unit, align

Row = dict[str, Any]
Pair = list[Any]

NEW, REPEALED, UNCHANGED, EDITED = "new", "repealed", "unchanged", "edited"


def pairs(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """``[old place or -1, new place or -1, change]``; every place of both lists occurs at least once."""
    old_at = {row["address"]: place for place, row in enumerate(before) if row["address"]}
    new_at = {row["address"]: place for place, row in enumerate(after) if row["address"]}
    found = [
        [old_at[old], new_at[new], change]
        for old, new, change in _aligned(document_of(before), document_of(after))
        if old in old_at and new in new_at
    ]
    found += _without_address(before, after)
    old_met, new_met = {pair[0] for pair in found}, {pair[1] for pair in found}
    found += [[place, -1, REPEALED] for place in range(len(before)) if place not in old_met]
    found += [[-1, place, NEW] for place in range(len(after)) if place not in new_met]
    return found


def _aligned(old: Document, new: Document) -> list[tuple[str, str, str]]:
    """Pairs of addresses; those that carry a lineage on come first."""
    found = [pair for pair in align(old, new).provisions if pair.old and pair.new]
    found.sort(key=lambda pair: not pair.carries)
    return [(str(pair.old), str(pair.new), str(pair.change)) for pair in found]


def document_of(rows: Sequence[Row]) -> Document:
    """Rows as a tree again; lines are not needed to compare."""
    below: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        below[row["parent"]].append(place)

    def node(place: int) -> Node:
        row = rows[place]
        return Node(
            unit=Unit(row["unit"]),
            number=row["number"],
            heading=row["heading"],
            text=row["text"],
            address=row["address"],
            children=tuple(map(node, below[place])),
        )

    return Document(root=Node(Unit.DOCUMENT, children=tuple(map(node, below[-1]))), lines=())


def _without_address(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """The preamble, tables, signatures: the first of a kind beside the first, and so on."""
    of_kind: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(before):
        if not row["address"]:
            of_kind[row["unit"]].append(place)
    made = []
    for place, row in enumerate(after):
        if not row["address"] and of_kind[row["unit"]]:
            old = of_kind[row["unit"]].pop(0)
            same = before[old]["heading"] == row["heading"] and before[old]["text"] == row["text"]
            made.append([old, place, UNCHANGED if same else EDITED])
    return made
