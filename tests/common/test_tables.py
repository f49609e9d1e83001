"""Cells that never run as formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.common import tables


@given(st.text())
def test_no_cell_starts_a_formula_and_nothing_is_lost(text):
    cell = tables.safe_cell(text)
    assert not cell.startswith(tables.RUNS_AS_FORMULA)
    assert cell.removeprefix("'").endswith(text.removeprefix("'"))


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_is_quoted(text):
    assert tables.safe_cell(text) == f"'{text}"
