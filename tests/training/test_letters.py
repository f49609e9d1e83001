"""Who left an address when registering hears that they have a seat, and of changes; nobody else does."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.common import clock
from danban.common.contact import ContactData
from danban.training import actions
from tests.operations.test_jobs import due_again
from tests.test_mail import run_waiting

EVENING = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _the_evening_before(session):
    with clock.at(session.starts_at - dt.timedelta(hours=12)):
        yield


def address(name):
    return ContactData(email=f"{name}@thu.example", phone="0912345678")


def arrived(postbox):
    run_waiting()
    return postbox.emptied()


def edit(session, by, **changed):
    values = {
        name: getattr(session, name)
        for name in ("course", "place", "starts_at", "ends_at", "hours", "capacity", "trainer")
    }
    return actions.keep_session(session=session, by=by, **values | changed)


def test_who_registers_gets_a_seat_and_the_way_to_their_page_once(postbox, session, enter, acts):
    acts()
    ticket = enter(session, contact=address("an"))
    enter(session, "Lê Thị Không", contact=ContactData(phone="0912345678"))
    enter(session, "Trần Văn Im")
    assert postbox.letters == []
    (letter,) = arrived(postbox).values()
    assert letter.subject == (
        "Có chỗ tập huấn 08:00–11:00 ngày 10/11/2026: Kỹ năng truyền thông dự thảo chính sách"
    )
    for words in ("Sở Tư pháp tỉnh Thử", "Hội trường A", ticket.code, f"/tap-huan/ma/{ticket.code}/"):
        assert words in letter.body
    for private in ("Nguyễn Văn An", "xã Thử", "0912345678", "an@thu.example"):
        assert private not in letter.body + letter.subject
    assert letter.entry["dtstart"].dt == session.starts_at
    assert letter.entry["uid"] == f"tap-huan-{session.pk}@testserver"
    assert acts() == [("registration.made", "citizen")] * 3
    assert arrived(postbox) == {}


def test_the_same_form_sent_twice_brings_one_letter(postbox, session, enter):
    ticket = enter(session, contact=address("an"))
    enter(session, contact=address("an"), key=ticket.registration.key)
    assert list(arrived(postbox)) == ["an@thu.example"]


def test_who_waits_hears_that_they_wait_and_later_that_they_have_a_seat(postbox, make_session, enter):
    session = make_session(capacity=1)
    first = enter(session, contact=address("an"))
    enter(session, "Lê Thị Bình", contact=address("binh"))
    enter(session, "Phạm Văn Cầu")
    assert arrived(postbox)["binh@thu.example"].subject.startswith("Danh sách chờ tập huấn 08:00")
    actions.withdraw(registration=first.registration)
    got = arrived(postbox)
    assert list(got) == ["binh@thu.example"]
    assert got["binh@thu.example"].subject.startswith("Có chỗ tập huấn 08:00")


@pytest.fixture
def registered(session, enter, postbox):
    """Three who left an address."""
    tickets = [enter(session, f"Nguyễn Thị {name}", contact=address(name)) for name in ("an", "binh", "cau")]
    arrived(postbox)
    return [ticket.registration for ticket in tickets]


def test_a_moved_session_is_told_to_those_who_come(postbox, session, registered, officer, acts):
    actions.withdraw(registration=registered[1])
    actions.erase_contact(registration=registered[2], by=officer)
    acts()
    edit(session, officer, starts_at=session.starts_at + EVENING, ends_at=session.ends_at + EVENING)
    got = arrived(postbox)
    assert list(got) == ["an@thu.example"]
    letter = got["an@thu.example"]
    assert letter.subject.startswith("Đổi lịch tập huấn, nay là 08:00–11:00 ngày 11/11/2026: ")
    assert "Trước đây: 08:00–11:00 ngày 10/11/2026, Hội trường A." in letter.body
    assert "Nay: 08:00–11:00 ngày 11/11/2026, Hội trường A." in letter.body
    assert acts() == [("session.edited", f"user:{officer.pk}")]


def test_another_trainer_or_more_seats_are_not_told(postbox, session, registered, officer):
    edit(session, officer, trainer="Lê Văn Khác", capacity=80)
    assert arrived(postbox) == {}


def test_a_cancelled_session_is_told_once_though_the_server_failed(postbox, session, registered, officer):
    postbox.full = {"binh@thu.example"}
    actions.cancel_session(session=session, reason="Bão số 9.", by=officer)
    assert set(arrived(postbox)) == {"an@thu.example", "cau@thu.example"}
    postbox.full = set()
    due_again()
    got = arrived(postbox)
    assert list(got) == ["binh@thu.example"]
    letter = got["binh@thu.example"]
    assert letter.subject.startswith("Hủy buổi tập huấn 08:00–11:00 ngày 10/11/2026: ")
    assert "Lý do: Bão số 9." in letter.body
    assert letter.entry["status"] == "CANCELLED"


def test_a_session_that_is_over_is_not_spoken_of(postbox, session, registered, officer):
    edit(session, officer, starts_at=session.starts_at - 2 * EVENING, ends_at=session.ends_at - 2 * EVENING)
    assert arrived(postbox) == {}
