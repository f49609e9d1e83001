from __future__ import annotations

import datetime as dt

import pytest

from danban.common.columns import day_in, heading_of, words_of

COLUMNS = {"name": ("ho va ten", "ten"), "agency": ("co quan", "don vi")}


def test_a_heading_is_found_under_a_title_in_any_order_and_spelling():
    rows = [(1, ["DANH SÁCH"]), (2, ["STT", "Đơn vị:", "HỌ VÀ TÊN"]), (3, ["1", "Sở A", "An"])]
    assert heading_of(rows, COLUMNS, {"name", "agency"}) == (1, {"name": 2, "agency": 1})
    assert heading_of(rows, COLUMNS | {"duty": ("loai",)}, {"name", "duty"}) is None
    assert heading_of([(n, [""]) for n in range(10)] + rows, COLUMNS, {"name"}) is None
    assert words_of(" Cơ_quan / đơn vị ") == "co quan don vi"


@pytest.mark.parametrize("written", ["31/03/2026", "31.3.2026", "2026-03-31", "31-03-2026 08:00"])
def test_a_day_as_people_write_it(written):
    assert day_in(written) == dt.date(2026, 3, 31)


@pytest.mark.parametrize("written", ["", "31/02/2026", "hôm qua", "31/03/26", "0/1/2026"])
def test_what_is_no_day(written):
    with pytest.raises(ValueError, match=r".*"):
        day_in(written)
