"""What may be done to answers, from plain values."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.answers import rules
from danban.answers.states import ANSWER_MOVES, AnswerState, Disposition

NOW = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)


@given(st.sampled_from(AnswerState.values), st.sampled_from(list(AnswerState)))
def test_only_moves_of_the_table_pass(state, to):
    if to in ANSWER_MOVES[AnswerState(state)]:
        rules.check_move(state, to)
    else:
        with pytest.raises(rules.AnswerRefused):
            rules.check_move(state, to)


def test_nobody_releases_their_own_words():
    with pytest.raises(rules.AnswerRefused):
        rules.check_second_person(written_by=7, by=7)
    rules.check_second_person(written_by=7, by=8)


@pytest.mark.parametrize(
    ("disposition", "reason"),
    [("", "vì thế"), ("tiếp thu", "vì thế"), ("accepted", ""), ("accepted", "x" * (rules.REASON_MAX + 1))],
)
def test_an_answer_has_a_known_disposition_and_a_reason(disposition, reason):
    with pytest.raises(rules.AnswerRefused):
        rules.check_words(disposition=disposition, reason=reason)


def test_every_disposition_passes_with_a_reason():
    for disposition in Disposition.values:
        rules.check_words(disposition=disposition, reason="vì thế")


def test_members_must_be_here_and_free():
    rules.check_members(asked=2, here=2, taken=0)
    for wrong in ({"asked": 0, "here": 0}, {"asked": 2, "here": 1}):
        with pytest.raises(rules.PointRefused):
            rules.check_members(**wrong, taken=0)
    with pytest.raises(rules.PointRefused, match="2"):
        rules.check_members(asked=3, here=3, taken=2)


def test_the_token_names_the_words():
    seen = {"answer": 3, "disposition": "accepted", "reason": "vì thế", "written_at": NOW}
    assert rules.token(**seen) == rules.token(**seen)
    assert rules.token(**seen) != rules.token(**seen | {"reason": "vì vậy"})
    assert rules.token(**seen) != rules.token(**seen | {"disposition": "noted"})
    assert rules.token(**seen) != rules.token(**seen | {"written_at": NOW + dt.timedelta(microseconds=1)})
    assert rules.token(**seen | {"answer": None}) == ""
