"""Decisions without a database: codes of a room, marks, terms."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.training import rules
from danban.training.states import Audience, Duty, SessionState

START = dt.datetime(2026, 11, 10, 1, 0, tzinfo=dt.UTC)
END = START + dt.timedelta(hours=3)
DAY = dt.date(2026, 3, 1)
TODAY = dt.date(2026, 11, 1)


def shown(code, now, session=7):
    return rules.shown_at(code, session, starts_at=START, ends_at=END, now=now)


@given(st.integers(min_value=-60, max_value=240), st.integers(min_value=0, max_value=24 * 60 - 2))
def test_a_code_tells_when_it_was_shown_as_long_as_it_is_taken(minute, later):
    moment = START + dt.timedelta(minutes=minute)
    code = rules.room_code(7, moment)
    found = shown(code, moment + dt.timedelta(minutes=later))
    assert found is not None
    assert found <= moment < found + rules.WINDOW


def test_no_code_of_another_room_of_tomorrow_or_of_long_ago_is_taken():
    code = rules.room_code(7, START)
    assert shown(code, START, session=8) is None
    assert shown(rules.room_code(7, START + dt.timedelta(minutes=4)), START) is None
    assert shown(code, START + rules.ACCEPTED_FOR + dt.timedelta(minutes=3)) is None
    assert shown(rules.room_code(7, START - dt.timedelta(hours=2)), START) is None
    assert shown(rules.room_code(7, END + dt.timedelta(hours=2)), END + dt.timedelta(hours=2)) is None


def test_late_is_long_after_the_code_was_gone():
    assert not rules.is_late(START, START + dt.timedelta(minutes=12))
    assert rules.is_late(START, START + dt.timedelta(minutes=12, seconds=1))


def test_codes_are_those_of_their_keys():
    key = uuid.UUID(int=1)
    assert rules.parse_personal(rules.personal_code(key).lower()) == rules.personal_code(key)
    assert rules.parse_certificate(rules.certificate_code(key)) == rules.certificate_code(key)
    assert rules.personal_code(key) != rules.personal_code(uuid.UUID(int=2))


def test_one_person_however_written():
    assert rules.person_key("Nguyễn  Văn An", 3, "") == rules.person_key("NGUYỄN VĂN AN", 3, "Sở khác tên")
    assert rules.person_key("Nguyễn Văn An", None, "Xã Thử") != rules.person_key("Nguyễn Văn An", 3, "")
    assert rules.initials("Nguyễn Văn An") == "N. V. A."


@pytest.mark.parametrize(
    ("right", "total", "passed"), [(7, 10, True), (6, 10, False), (0, 0, False), (1, 1, True)]
)
def test_the_mark_is_reached_or_passed(right, total, passed):
    assert rules.is_pass(right, total, 70) is passed


def test_a_certificate_needs_presence_and_the_quiz_where_there_is_one():
    assert rules.may_certify(attended=True, has_quiz=True, passed=True)
    assert rules.may_certify(attended=True, has_quiz=False, passed=False)
    assert not rules.may_certify(attended=True, has_quiz=True, passed=False)
    assert not rules.may_certify(attended=False, has_quiz=False, passed=True)


def test_the_district_tier_is_history_only():
    rules.check_audiences([Audience.DISTRICT_RAPPORTEUR], dt.date(2025, 6, 30))
    rules.check_audiences([Audience.DISTRICT_RAPPORTEUR], TODAY, kept=[Audience.DISTRICT_RAPPORTEUR])
    with pytest.raises(rules.TrainingRefused, match="Cấp huyện không còn"):
        rules.check_audiences([Audience.RAPPORTEUR, Audience.DISTRICT_RAPPORTEUR], TODAY)
    with pytest.raises(rules.TrainingRefused, match="ít nhất một"):
        rules.check_audiences([], TODAY)


def test_credited_hours_fit_into_the_session():
    rules.check_session(START, END, Decimal(3))
    with pytest.raises(rules.TrainingRefused, match="nhiều hơn"):
        rules.check_session(START, END, Decimal("3.5"))
    with pytest.raises(rules.TrainingRefused, match="sau giờ bắt đầu"):
        rules.check_session(END, START, Decimal(1))


def test_moves():
    rules.check_move("planned", SessionState.OPEN)
    with pytest.raises(rules.TrainingRefused, match="Đã tổ chức"):
        rules.check_move("took_place", SessionState.OPEN)


def term(**given):
    values = {
        "duty": Duty.RAPPORTEUR,
        "recognised_on": DAY,
        "recognised_by": "1/QĐ-UBND",
        "dismissed_on": None,
        "dismissed_by": "",
        "today": TODAY,
    }
    rules.check_term(**values | given)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"recognised_by": ""}, "số quyết định công nhận"),
        ({"recognised_on": TODAY + dt.timedelta(days=1)}, "tương lai"),
        ({"dismissed_by": "2/QĐ"}, "phải có ngày miễn nhiệm"),
        ({"dismissed_on": DAY + dt.timedelta(days=9)}, "số quyết định miễn nhiệm"),
        ({"dismissed_on": DAY, "dismissed_by": "2/QĐ"}, "sau ngày công nhận"),
        ({"duty": Duty.DISTRICT_RAPPORTEUR}, "lịch sử"),
    ],
)
def test_a_term_has_its_decisions_and_days_in_order(given, why):
    term()
    with pytest.raises(rules.TrainingRefused, match=why):
        term(**given)


days = st.integers(min_value=0, max_value=40)


@given(st.lists(st.tuples(days, st.none() | days)), st.tuples(days, st.none() | days))
def test_overlap_is_a_shared_day(others, one):
    first = dt.date(2026, 1, 1)

    def dated(span):
        start, length = span
        begins = first + dt.timedelta(days=start)
        return begins, None if length is None else begins + dt.timedelta(days=length + 1)

    def all_days(span):
        begins, ends = span
        ends = ends or first + dt.timedelta(days=400)
        return {begins + dt.timedelta(days=n) for n in range((ends - begins).days)}

    terms, wanted = [dated(span) for span in others], dated(one)
    slow = [span for span in terms if all_days(span) & all_days(wanted)]
    assert rules.overlapping(terms, wanted) == (slow[0] if slow else None)
