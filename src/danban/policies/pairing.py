"""The provisions of two versions beside each other, as places in two lists of rows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from danban.lawtext import Document, Node, Unit, align

Row = dict[str, Any]
Pair = list[Any]

INSIDE = frozenset({Unit.CLAUSE, Unit.POINT, Unit.SUBPOINT})
HOLDS = INSIDE | {Unit.ARTICLE}
NEW, REPEALED, UNCHANGED, EDITED = "new", "repealed", "unchanged", "edited"


class Region(NamedTuple):
    """Whole articles in which two readings of one text differ: places ``first`` to ``last`` (not included)
    of the earlier reading became ``first`` to ``new_last`` of the later."""

    first: int
    last: int
    new_last: int


def pairs(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """``[old place or -1, new place or -1, change]``; every place of both lists occurs at least once."""
    old_at = {row["address"]: place for place, row in enumerate(before) if row["address"]}
    new_at = {row["address"]: place for place, row in enumerate(after) if row["address"]}
    found = [
        [old_at[old], new_at[new], change]
        for old, new, change in _aligned(document_of(before), document_of(after))
        if old in old_at and new in new_at
    ]
    return _completed(found + _without_address(before, after), before, after)


def _completed(found: list[Pair], before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """With what stands on one side only."""
    old_met, new_met = {pair[0] for pair in found}, {pair[1] for pair in found}
    found += [[place, -1, REPEALED] for place in range(len(before)) if place not in old_met]
    found += [[-1, place, NEW] for place in range(len(after)) if place not in new_met]
    return found


def pairs_by_address(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """The pairs of a text and the same text amended: no provision changes its address there."""
    new_at = {row["address"]: place for place, row in enumerate(after) if row["address"]}
    found = []
    for place, row in enumerate(before):
        new = new_at.pop(row["address"], -1) if row["address"] else -1
        if row["address"]:
            same = new >= 0 and all(row[name] == after[new][name] for name in ("heading", "text"))
            found.append([place, new, UNCHANGED if same else EDITED if new >= 0 else REPEALED])
    return _completed(found + _without_address(before, after), before, after)


def region(was: Sequence[Row], now: Sequence[Row]) -> Region | None:
    """Where two readings differ; None when articles themselves came, went or changed their number."""
    first = _same_run(was, now)
    if first == len(was) == len(now):
        return Region(first, first, first)
    old_homes, homes = homes_of(was), homes_of(now)
    ends = [side[first] for side in (old_homes, homes) if first < len(side)]
    first = min([first, *ends])
    same_after = min(_same_run(was[::-1], now[::-1]), len(was) - first, len(now) - first)
    last, new_last = len(was) - same_after, len(now) - same_after
    while last < len(was) and old_homes[last] != last:
        last, new_last = last + 1, new_last + 1
    if _heads(was, old_homes, first, last) != _heads(now, homes, first, new_last):
        return None
    shift = new_last - last
    for place in range(last, len(was)):
        parent, after = was[place]["parent"], now[place + shift]["parent"]
        if after != (parent + shift if parent >= last else parent) or first <= parent < last:
            return None
    return Region(first, last, new_last)


def _same_run(was: Sequence[Row], now: Sequence[Row]) -> int:
    """How many rows agree from the start, parents apart."""
    for place, (one, other) in enumerate(zip(was, now, strict=False)):
        if any(one[name] != other[name] for name in ("unit", "number", "address", "heading", "text")):
            return place
    return min(len(was), len(now))


def _heads(rows: Sequence[Row], homes: Sequence[int], start: int, end: int) -> list[tuple[str, str]]:
    return [(rows[n]["unit"], rows[n]["address"]) for n in range(start, end) if homes[n] == n]


def homes_of(rows: Sequence[Row]) -> list[int]:
    """For each row the place of its head: the article it lies in, or itself outside articles."""
    homes: list[int] = []
    for place, row in enumerate(rows):
        parent = row["parent"]
        inside = row["unit"] in INSIDE and parent >= 0 and rows[parent]["unit"] in HOLDS
        homes.append(homes[parent] if inside else place)
    return homes


def pairs_again(
    before: Sequence[Row], now: Sequence[Row], kept: Sequence[Pair], changed: Region
) -> list[Pair] | None:
    """The pairs after a new reading: those of a region made anew, all others as they were.

    None when an article of the region shares a counterpart with one outside: then all is made anew.
    """
    first, last, new_last = changed
    homes = homes_of(before)
    met = {homes[old] for old, new, _change in kept if old >= 0 and first <= new < last}
    touched = [place for place in range(len(before)) if homes[place] in met]
    apart = set(touched)
    if any(old in apart and new >= 0 and not first <= new < last for old, new, _change in kept):
        return None
    stay = [pair for pair in kept if pair[0] not in apart and not first <= pair[1] < last]
    moved = [[old, new + new_last - last if new >= last else new, change] for old, new, change in stay]
    for old, new, change in pairs(_cut(before, touched), _cut(now, range(first, new_last))):
        moved.append([touched[old] if old >= 0 else -1, first + new if new >= 0 else -1, change])
    return moved if before else []


def _cut(rows: Sequence[Row], places: Sequence[int]) -> list[Row]:
    """Some rows as a text of their own."""
    moved = {place: at for at, place in enumerate(places)}
    return [{**rows[place], "parent": moved.get(rows[place]["parent"], -1)} for place in places]


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
