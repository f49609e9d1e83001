"""Codes survive being printed, copied and typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from danban.common.codes import parsed, printed


@given(st.binary(min_size=8, max_size=32))
def test_a_printed_code_is_read_however_it_is_typed(digest):
    code = printed(digest, letters=10, group=5)
    assert parsed(code, letters=10, group=5) == code
    assert parsed(f" {code.lower().replace('-', ' ')}", letters=10, group=5) == code
    assert parsed(code.replace("0", "o").replace("1", "l"), letters=10, group=5) == code


def test_what_is_no_code_is_none():
    assert parsed("ABC", letters=10, group=5) is None
    assert parsed("7KQM2-F0D9U", letters=10, group=5) is None
