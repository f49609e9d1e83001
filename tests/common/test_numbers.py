from __future__ import annotations

import pytest

from danban.common.numbers import whole


@pytest.mark.parametrize(
    ("raw", "number"),
    [("17", 17), ("0", 0), ("", None), (None, None), ("-1", None), ("1.5", None), ("x", None), ("²", None),
     ("9" * 18, 10**18 - 1), ("9" * 19, None)],
)  # fmt: skip
def test_a_number_that_fits_or_none(raw, number):
    assert whole(raw) == number


def test_fewer_digits_may_be_asked_for():
    assert whole("123", 2) is None
