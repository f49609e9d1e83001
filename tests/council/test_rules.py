"""Terms that share a day, by property."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from danban.council.rules import overlap

BEGIN = dt.date(2026, 1, 1)
TERMS = st.tuples(st.integers(0, 30), st.none() | st.integers(0, 10)).map(
    lambda term: (
        BEGIN + dt.timedelta(days=term[0]),
        None if term[1] is None else BEGIN + dt.timedelta(days=term[0] + term[1]),
    )
)


def days(term):
    """Every day of a term within a frame that is wider than any of them."""
    begin, end = term
    last = end or dt.date(2026, 3, 1)
    return {begin + dt.timedelta(days=n) for n in range((last - begin).days + 1)}


@given(TERMS, st.lists(TERMS, max_size=4))
def test_an_overlap_is_a_shared_day(term, others):
    found = overlap(*term, [(begin, end, f"{n}") for n, (begin, end) in enumerate(others)])
    sharing = [n for n, other in enumerate(others) if days(term) & days(other)]
    assert (int(found[2]) if found else None) == (sharing[0] if sharing else None)
