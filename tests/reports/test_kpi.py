"""Plain values: medians, what had to be reached, lights, words."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.reports import board
from danban.reports.kpi import (
    DEFINITIONS,
    Figure,
    Scope,
    end_of,
    expected,
    light,
    median_of,
    midnight,
    passed,
    share,
)
from danban.reports.rules import moment_in_words, period_of
from danban.reports.states import Direction, Light, ReportKind, Unit

D = Decimal


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40))
def test_the_median_of_counts_is_the_median(ages):
    counts = {str(age): n for age, n in Counter(ages).items()}
    assert median_of(counts) == D(str(statistics.median(ages)))


def test_nothing_has_no_share_and_no_median():
    assert share(Figure()) is None
    assert median_of({}) is None


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_within_a_hundred(part, rest):
    assert 0 <= share(Figure(part=part, whole=part + rest)) <= 100


@pytest.mark.parametrize(
    ("value", "due", "direction", "found"),
    [
        (D(80), D(80), Direction.UP, Light.GOOD),
        (D(72), D(80), Direction.UP, Light.NEAR),
        (D("71.9"), D(80), Direction.UP, Light.LATE),
        (D(10), D(10), Direction.DOWN, Light.GOOD),
        (D(11), D(10), Direction.DOWN, Light.NEAR),
        (D(12), D(10), Direction.DOWN, Light.LATE),
        (None, D(10), Direction.UP, Light.NONE),
        (D(10), None, Direction.UP, Light.NONE),
        (D(10), D(10), Direction.NEITHER, Light.NONE),
    ],
)
def test_the_light_follows_the_way_to_the_target(value, due, direction, found):
    assert light(value, due, direction) is found


def test_what_has_to_be_reached_grows_with_the_time_that_passed():
    first, last = dt.date(2026, 1, 1), dt.date(2026, 1, 10)
    assert passed(first, last, first) == 0
    assert passed(first, last, dt.date(2026, 1, 6)) == 0.5
    assert passed(first, last, dt.date(2026, 2, 1)) == 1
    assert passed(last, first, first) == 1
    assert expected(D(90), 0.5) == D("45.0")
    assert expected(None, 0.5) is None


def test_a_scope_ends_with_its_period_or_with_its_moment():
    within = Scope(dt.date(2026, 1, 1), dt.date(2026, 6, 30), midnight(dt.date(2026, 3, 1)))
    assert within.until == within.at
    after = Scope(dt.date(2026, 1, 1), dt.date(2026, 6, 30), end_of(dt.date(2026, 12, 31)))
    assert after.until == midnight(dt.date(2026, 7, 1))


def test_periods_and_moments_in_words():
    assert period_of(ReportKind.HALF, 2026) == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    assert period_of(ReportKind.YEARLY, 2026) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert moment_in_words(end_of(dt.date(2026, 6, 30))) == "hết ngày 30/06/2026"
    assert moment_in_words(midnight(dt.date(2026, 6, 30)) + dt.timedelta(hours=9)) == "09:00 ngày 30/06/2026"


def test_values_in_words():
    assert board.in_words(None, Unit.SHARE) == "–"
    assert board.in_words(D("66.7"), Unit.SHARE) == "66,7 %"
    assert board.in_words(D("100.0"), Unit.SHARE) == "100 %"
    assert board.in_words(D("12.5"), Unit.DAYS) == "12,5 ngày"
    assert board.in_words(D(1234567), Unit.OPINIONS) == "1.234.567"


def test_speed_is_paired_with_quality():
    """Seven numbers stand in front; those of speed name the one that keeps them honest, and it is known."""
    front = [one for one in DEFINITIONS.values() if one.front]
    assert [one.code for one in front] == [
        "coverage", "tasks_on_time", "answered_on_time", "unanswered_age", "outcomes", "opinions",
        "words_changed",
    ]  # fmt: skip
    assert all(
        one.partner for one in front if one.code in {"tasks_on_time", "answered_on_time", "unanswered_age"}
    )
    assert all(one.partner in DEFINITIONS for one in front if one.partner)
    assert all(str(one.formula) and str(one.owner) and str(one.source) for one in DEFINITIONS.values())
