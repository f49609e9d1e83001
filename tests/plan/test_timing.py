"""Deadlines in the words of plans."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.plan.reading.timing import find_timing, read_timing, shift_day, shift_years
from danban.plan.states import Cadence


def days(first, last):
    return dt.date(2023, *first) if first else None, dt.date(2023, *last) if last else None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Quý II/2023", (4, 1), (6, 30)),
        ("Quý II, III/2023", (4, 1), (9, 30)),
        ("Quý II và Quý IV/2023", (4, 1), (12, 31)),
        ("quý 2", (4, 1), (6, 30)),
        ("Quý I - IV", (1, 1), (12, 31)),
        ("Tháng 6/2023", (6, 1), (6, 30)),
        ("Tháng 6, 7/2023", (6, 1), (7, 31)),
        ("Từ tháng 3 đến tháng 9/2023", (3, 1), (9, 30)),
        ("6 tháng đầu năm", (1, 1), (6, 30)),
        ("Sáu tháng cuối năm 2023", (7, 1), (12, 31)),
        ("Năm 2023", (1, 1), (12, 31)),
        ("Trong năm", (1, 1), (12, 31)),
        ("Trước 15/12/2023", None, (12, 15)),
        ("trước ngày 15 tháng 12 năm 2023", None, (12, 15)),
        ("Chậm nhất 30/11", None, (11, 30)),
        ("Trước Quý IV", None, (9, 30)),
        ("Từ 01/3 đến 30/6/2023", (3, 1), (6, 30)),
    ],
)
def test_days(words, first, last):
    read = read_timing(words, 2023)
    assert (read.starts_on, read.due_on) == days(first, last)
    assert (read.cadence, read.doubt) == (Cadence.ONCE, "")


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        ("Thường xuyên", Cadence.CONTINUOUS),
        ("Từng dự thảo", Cadence.EACH_DRAFT),
        ("Trong quá trình xây dựng dự thảo", Cadence.EACH_DRAFT),
        ("Hằng quý", Cadence.QUARTERLY),
        ("hàng tháng", Cadence.MONTHLY),
        ("Định kỳ 6 tháng", Cadence.HALF_YEARLY),
        ("6 tháng, năm", Cadence.HALF_YEARLY),
        ("Hằng năm", Cadence.YEARLY),
    ],
)
def test_cadences(words, cadence):
    assert read_timing(words, 2023).cadence == cadence
    assert read_timing(words, None).doubt == ""


@pytest.mark.parametrize(
    "words", ["Theo kế hoạch của Bộ Tư pháp", "Khi có yêu cầu", "31/02/2023", "Tháng 13"]
)
def test_what_is_not_understood_is_a_doubt_with_the_words(words):
    read = read_timing(words, 2023)
    assert read.due_on is None
    assert words in read.doubt


@given(st.text(max_size=60), st.sampled_from([None, 2023]))
def test_any_words_are_read_or_doubted(words, year):
    read = read_timing(words, year)
    if words.strip(" .;\t\n") and words.strip():
        assert read.due_on or read.cadence != Cadence.ONCE or read.doubt or not read_timing(words, 2023).doubt
    if read.starts_on and read.due_on:
        assert read.starts_on <= read.due_on


@given(st.integers(1, 4), st.integers(1, 4), st.integers(2020, 2030))
def test_quarters_cover_what_they_name(one, other, year):
    roman = ["I", "II", "III", "IV"]
    read = read_timing(f"Quý {roman[one - 1]}, {roman[other - 1]}/{year}", 1999)
    assert read.starts_on == dt.date(year, min(one, other) * 3 - 2, 1)
    assert read.due_on.month == max(one, other) * 3


def test_a_deadline_is_found_in_a_sentence():
    assert find_timing("Sở Y tế báo cáo kết quả trước ngày 15/12/2026 để tổng hợp") == "trước ngày 15/12/2026"
    assert find_timing("thực hiện Đề án năm 2026") == ""


def test_dates_move_with_the_plan():
    assert shift_years("Quý II/2025, trước 15/12/2025", 1) == "Quý II/2026, trước 15/12/2026"
    assert shift_day(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
