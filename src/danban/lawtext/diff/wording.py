"""Which words changed between two texts.

Syllables and punctuation marks are compared; spaces ride along, so that joining what is equal and
inserted gives the new text to the letter, and what is equal and deleted the old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from rapidfuzz.distance import Indel, Opcode

Op = Literal["equal", "delete", "insert"]
Piece = tuple[Op, str]

_TOKEN = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
# The comparison keeps one bit for each pair of tokens: 400 million pairs are 50 MB.
_MOST_PAIRS = 400_000_000
_ISLAND = 3


def words(old: str, new: str) -> list[Piece]:
    """The way from ``old`` to ``new`` in pieces of ("equal" | "delete" | "insert", text).

    >>> words("Trong hạn 10 ngày.", "Trong thời hạn 15 ngày.")  # doctest: +NORMALIZE_WHITESPACE
    [('equal', 'Trong '), ('insert', 'thời '), ('equal', 'hạn '), ('delete', '10 '), ('insert', '15 '),
     ('equal', 'ngày.')]
    """
    if old == new:
        return [("equal", old)] if old else []
    return _joined(_pieces(_TOKEN.findall(old), _TOKEN.findall(new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    if len(old) * len(new) > _MOST_PAIRS:
        yield from _line_by_line("".join(old), "".join(new))
        return
    bare_old, bare_new = [t.rstrip() for t in old], [t.rstrip() for t in new]
    for same, start, end, new_start, new_end in _runs(bare_old, bare_new):
        if same:
            yield from _equal(old[start:end], new[new_start:new_end])
        else:
            yield "delete", "".join(old[start:end])
            yield "insert", "".join(new[new_start:new_end])


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Runs of (same?, old span, new span), with islands of a word or two inside a change drowned.

    "của" or "," kept between two long changes tells a reader nothing and tears the sentence apart.
    """
    runs: list[tuple[bool, int, int, int, int]] = []
    steps = [(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)
             for op in _opcodes(old, new)]  # fmt: skip
    for place, (same, *span) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        if same and inside and _is_island(steps, place):
            same = False
        if runs and runs[-1][0] == same:
            _, start, _, new_start, _ = runs[-1]
            runs[-1] = (same, start, span[1], new_start, span[3])
        else:
            runs.append((same, span[0], span[1], span[2], span[3]))
    return runs


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterable[Opcode]:
    """The shortest way from one sequence to the other.

    As numbers: the comparison looks at hashes only, and "" and a zero byte have the same.
    """
    known: dict[str, int] = {}
    before, after = ([known.setdefault(item, len(known)) for item in side] for side in (old, new))
    return Indel.opcodes(before, after)


def _is_island(steps: Sequence[tuple[bool, int, int, int, int]], place: int) -> bool:
    """A short equal run with longer changes directly on both sides."""
    _, start, end, _, _ = steps[place]
    length = end - start
    if length > _ISLAND:
        return False
    return min(_size_beside(steps, place, -1), _size_beside(steps, place, 1)) > 2 * length


def _size_beside(steps: Sequence[tuple[bool, int, int, int, int]], place: int, way: int) -> int:
    """Tokens of the change that touches an equal run: the longer of its two sides."""
    deleted = inserted = 0
    place += way
    while 0 <= place < len(steps) and not steps[place][0]:
        _, start, end, new_start, new_end = steps[place]
        deleted, inserted = deleted + end - start, inserted + new_end - new_start
        place += way
    return max(deleted, inserted)


def _equal(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Equal tokens; where only the space after one differs, that space alone is a change."""
    for before, after in zip(old, new, strict=True):
        if before == after:
            yield "equal", before
            continue
        bare = before.rstrip()
        yield "equal", bare
        yield "delete", before[len(bare) :]
        yield "insert", after[len(bare) :]


def _line_by_line(old: str, new: str) -> Iterator[Piece]:
    """For texts of hundreds of pages: whole lines are compared first, then words in what is left."""
    lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(lines) * len(new_lines) > _MOST_PAIRS:
        yield from (("delete", old), ("insert", new))
        return
    gap: tuple[list[str], list[str]] = ([], [])
    for op in [*_opcodes(lines, new_lines), None]:
        if op is not None and op.tag != "equal":
            gap[0].extend(lines[op.src_start : op.src_end])
            gap[1].extend(new_lines[op.dest_start : op.dest_end])
            continue
        left, right = (_TOKEN.findall("".join(side)) for side in gap)
        if len(left) * len(right) > _MOST_PAIRS:
            yield from (("delete", "".join(left)), ("insert", "".join(right)))
        else:
            yield from _pieces(left, right)
        gap = ([], [])
        if op is not None:
            yield "equal", "".join(lines[op.src_start : op.src_end])


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; inside a change the deleted words come first."""
    joined: list[Piece] = []
    deleted: list[str] = []
    inserted: list[str] = []
    equal: list[str] = []

    def close_change() -> None:
        if deleted:
            joined.append(("delete", "".join(deleted)))
        if inserted:
            joined.append(("insert", "".join(inserted)))
        deleted.clear()
        inserted.clear()

    for op, text in pieces:
        if not text:
            continue
        if op == "equal":
            close_change()
            equal.append(text)
            continue
        if equal:
            joined.append(("equal", "".join(equal)))
            equal.clear()
        (deleted if op == "delete" else inserted).append(text)
    close_change()
    if equal:
        joined.append(("equal", "".join(equal)))
    return joined
