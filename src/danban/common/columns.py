"""A table that people fill in: columns are found by their words, in any order; days as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence

from danban.common.fields import FIRST_YEAR, LAST_YEAR
from danban.common.text import fold

WITHIN = 10
"""A heading may stand under a title, in the first rows."""
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


def words_of(cell: str) -> str:
    """A heading, or a word out of a list, folded: what people vary in writing is gone."""
    return " ".join(re.findall(r"[^\W_]+", fold(cell)))


def heading_of(
    rows: Sequence[tuple[int, list[str]]], columns: Mapping[str, tuple[str, ...]], needed: Collection[str]
) -> tuple[int, dict[str, int]] | None:
    """The place of the heading row and of each column found; None where the needed ones stand nowhere.

    ``columns`` names what each may be headed, folded.
    """
    for index, (_number, cells) in enumerate(rows[:WITHIN]):
        headed = [words_of(cell) for cell in cells]
        found = {
            name: next(headed.index(word) for word in words if word in headed)
            for name, words in columns.items()
            if any(word in headed for word in words)
        }
        if found.keys() >= set(needed):
            return index, found
    return None


def day_in(written: str) -> dt.date:
    """The day of a cell, also with an hour behind it. ValueError for what is no day that anybody means."""
    match = _DATE.fullmatch(written.split(" ")[0])
    if not match:
        raise ValueError(written)
    year, month, day = match.group(3, 2, 1) if match[1] else match.group(4, 5, 6)
    found = dt.date(int(year), int(month), int(day))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(written)
    return found
