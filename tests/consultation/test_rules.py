from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.consultation import rules
from danban.consultation.rules import Moment, PersonalData
from danban.consultation.states import Channel, CommenterKind, CommentState

DAY = dt.date(2026, 3, 10)
ONE = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (DAY - ONE, Moment.UPCOMING),
        (DAY, Moment.OPEN),
        (DAY + 5 * ONE, Moment.OPEN),
        (DAY + 6 * ONE, Moment.CLOSED),
    ],
)
def test_both_end_days_belong_to_the_window(today, expected):
    assert rules.moment(DAY, DAY + 5 * ONE, today) is expected
    assert rules.is_open(DAY, DAY + 5 * ONE, today) is (expected is Moment.OPEN)
    assert rules.moment(DAY, DAY + 5 * ONE, today, cancelled=True) is Moment.CANCELLED


def days(closes_on, *, verified=True, reason="", min_days=10, opens_on=DAY):
    rules.check_days(
        opens_on=opens_on, closes_on=closes_on, today=DAY, min_days=min_days, verified=verified, reason=reason
    )


def test_the_first_day_is_not_counted():
    assert rules.earliest_close(dt.date(2026, 2, 20), 10) == dt.date(2026, 3, 2)
    days(DAY + 10 * ONE)
    with pytest.raises(rules.WindowRefused, match="20/03/2026"):
        days(DAY + 9 * ONE)


def test_a_verified_rule_is_not_bent_by_a_reason():
    with pytest.raises(rules.WindowRefused, match="10 ngày"):
        days(DAY + 3 * ONE, reason="Gấp.")


def test_an_unverified_rule_bends_to_a_recorded_reason():
    days(DAY + 3 * ONE, verified=False, reason="Trình tự rút gọn theo Nghị quyết số 1.")
    with pytest.raises(rules.WindowRefused, match="lý do và căn cứ"):
        days(DAY + 3 * ONE, verified=False)


def test_without_a_known_rule_only_the_order_of_days_counts():
    days(DAY, min_days=None)
    with pytest.raises(rules.WindowRefused):
        days(DAY - ONE, min_days=None)
    with pytest.raises(rules.WindowRefused, match="quá khứ"):
        days(DAY + 30 * ONE, opens_on=DAY - ONE)


def test_a_year_mistyped_is_noticed():
    days(DAY + 400 * ONE, opens_on=DAY + 366 * ONE)
    for far in (DAY + 367 * ONE, dt.date.max):
        with pytest.raises(rules.WindowRefused, match="xa quá một năm"):
            days(dt.date.max, opens_on=far)


def test_a_window_is_only_made_longer_and_only_while_it_lasts():
    rules.check_extension(closes_on=DAY, later=DAY + ONE, today=DAY, cancelled=False)
    for wrong in (
        {"later": DAY, "today": DAY, "cancelled": False},
        {"later": DAY + ONE, "today": DAY + ONE, "cancelled": False},
        {"later": DAY + ONE, "today": DAY, "cancelled": True},
    ):
        with pytest.raises(rules.WindowRefused):
            rules.check_extension(closes_on=DAY, **wrong)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Số căn cước 079123456789 của tôi", {PersonalData.CITIZEN_ID}),
        ("CCCD: 001 204 000 111.", {PersonalData.CITIZEN_ID}),
        ("gọi tôi 0912345678 nhé", {PersonalData.PHONE}),
        ("đt 0912.345.678", {PersonalData.PHONE}),
        ("đt +84 912 345 678", {PersonalData.PHONE}),
        ("máy bàn 0252 3 821 234, gặp anh Ba", {PersonalData.PHONE}),
        ("thư tới nam.tran@thu.example.vn", {PersonalData.EMAIL}),
        ("0912345678 hoặc a@b.vn", {PersonalData.PHONE, PersonalData.EMAIL}),
        ("Quyết định số 24/2022/QĐ-UBND ngày 01/04/2025", set()),
        ("phạt 10.000.000 đồng, thu 0,5 % mỗi tháng", set()),
        ("Nghị định 78/2025/NĐ-CP, khoản 3 Điều 30", set()),
        ("từ 05h30 đến 07h30, đường 0,9 km", set()),
        ("mã hồ sơ 123456789012", set()),
        ("kinh phí 012.345.678.900,5 đồng", set()),
    ],
)
def test_personal_data_is_noticed_and_numbers_of_law_are_not(text, kinds):
    assert rules.personal_data_in(text) == kinds


@given(st.uuids())
def test_a_code_is_the_same_for_the_same_form_and_reads_back(key):
    code = rules.receipt_code(key)
    assert code == rules.receipt_code(uuid.UUID(str(key)))
    assert rules.parse_code(code) == code


@given(st.uuids(), st.sampled_from([" ", "", "-", "–", " - "]), st.booleans())
def test_a_code_is_read_as_people_type_it(key, joint, lower):
    code = rules.receipt_code(key)
    typed = joint.join(code.split("-")).replace("0", "O").replace("1", "l")
    assert rules.parse_code(f" {typed.lower() if lower else typed} ") == code


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(typed):
    code = rules.parse_code(typed)
    assert code is None or (len(code) == 19 and rules.parse_code(code) == code)


@pytest.mark.parametrize("typed", ["", "1234", "UUUU-UUUU-UUUU-UUUU", "0000-0000-0000-00000"])
def test_nonsense_is_no_code(typed):
    assert rules.parse_code(typed) is None


def key_of(**given):
    values = {
        "kind": CommenterKind.PERSON,
        "name": "",
        "contact": {},
        "agency_id": None,
        "collected_how": "",
        "alone": uuid.uuid4(),
    }
    return rules.commenter_key(**values | given)


def test_one_author_has_one_key():
    assert key_of(contact={"email": "A@b.vn"}) == key_of(contact={"email": " a@B.vn "}, name="An")
    assert key_of(contact={"phone": "+84 912 345 678"}) == key_of(contact={"phone": "0912.345.678"})
    assert key_of(agency_id=4) == key_of(agency_id=4, name="Sở Tài chính")
    hội = {"kind": CommenterKind.ORGANISATION}
    assert key_of(**hội, name="Hội Nông dân") == key_of(**hội, name="HỘI NÔNG DÂN")
    at = {"name": "Nguyễn Văn An", "collected_how": "Họp thôn 3"}
    assert key_of(**at) == key_of(**at)


def test_people_who_only_share_a_name_are_two():
    assert key_of(name="Nguyễn Văn An") != key_of(name="Nguyễn Văn An")
    assert key_of(name="Nguyễn Văn An", collected_how="Họp thôn 3") != key_of(
        name="Nguyễn Văn An", collected_how="Họp thôn 4"
    )
    assert key_of() != key_of()
    assert key_of(agency_id=4) != key_of(agency_id=5)


def test_an_entry_says_how_it_came():
    good = {
        "channel": Channel.LETTER,
        "collected_how": "Thư gửi bưu điện",
        "received_on": DAY,
        "opens_on": DAY,
        "today": DAY + ONE,
        "cancelled": False,
    }
    rules.check_entry(**good)
    for wrong in (
        {"channel": Channel.WEB},
        {"channel": "fax"},
        {"collected_how": ""},
        {"received_on": DAY - ONE},
        {"received_on": DAY + 2 * ONE},
        {"cancelled": True},
    ):
        with pytest.raises(rules.CommentRefused):
            rules.check_entry(**good | wrong)


def test_moves_are_those_of_the_table():
    rules.check_move(CommentState.RECEIVED, CommentState.GROUPED)
    with pytest.raises(rules.CommentRefused, match="Đã nhận"):
        rules.check_move(CommentState.RECEIVED, CommentState.ANSWERED)


def test_a_fingerprint_tells_any_difference():
    one = rules.fingerprint(text="Đồng ý", kind="person")
    assert one == rules.fingerprint(kind="person", text="Đồng ý")
    assert one != rules.fingerprint(text="Đồng ý.", kind="person")
