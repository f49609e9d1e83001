"""A letter to several reaches each once, whatever fails, and nobody who has left; its first line names it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from danban.accounts.models import Membership, User
from danban.accounts.queries import people_with
from danban.accounts.states import Permission, Role
from danban.common import clock, ics, letters
from danban.common.jobs import HANDLERS, later
from tests.factories import AgencyFactory, UserFactory
from tests.operations.test_jobs import due_again
from tests.test_mail import run_waiting

TEMPLATE = "plan/mail/reminders.txt"


@pytest.fixture
def agency(db):
    return AgencyFactory()


@pytest.fixture
def circular(agency):
    """The job "test.circular": a letter to each officer of the agency."""

    def officers(**_about):
        return people_with(Permission.TASK_WORK, agencies=[agency.pk])

    @letters.to_each("test.circular", officers)
    def write(reader: User, subject: str) -> None:
        letters.send(TEMPLATE, {"subject": subject}, to=reader.email)

    yield lambda: later("test.circular", subject="Tin mới")
    for name in ("test.circular", "test.circular.one"):
        del HANDLERS[name]


def test_a_retry_repeats_no_letter(postbox, circular, agency):
    first, second = (UserFactory(role=Role.OFFICER, agency=agency) for _ in range(2))
    postbox.full = {second.email}
    circular()
    run_waiting()
    due_again()
    run_waiting()
    assert list(postbox.emptied()) == [first.email]
    postbox.full = set()
    due_again()
    run_waiting()
    due_again()
    run_waiting()
    assert list(postbox.emptied()) == [second.email]


def test_who_left_before_the_retry_gets_none(postbox, circular, agency):
    gone, ended = (UserFactory(role=Role.OFFICER, agency=agency) for _ in range(2))
    postbox.full = {gone.email, ended.email}
    circular()
    run_waiting()
    postbox.full = set()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    Membership.objects.filter(user=ended).update(valid_to=clock.today() - dt.timedelta(days=1))
    due_again()
    run_waiting()
    assert postbox.emptied() == {}
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_the_jobs_are_asked_for_all_or_none(circular, agency, monkeypatch):
    UserFactory(role=Role.OFFICER, agency=agency)
    UserFactory(role=Role.OFFICER, agency=agency)
    asked = []

    def breaks(name, **about):
        if asked:
            raise OSError("no more")
        asked.append(name)
        later(name, **about)

    monkeypatch.setattr(letters, "later", breaks)
    with pytest.raises(OSError, match="no more"):
        HANDLERS["test.circular"](subject="Tin mới")
    assert not DBTaskResult.objects.exists()


def test_an_address_that_is_missing_fails_nothing():
    assert letters.send(TEMPLATE, {"subject": "Tin mới"}, to="") is False
    assert mail.outbox == []


def test_a_letter_is_plain_text_whatever_stands_in_it():
    letters.send(
        TEMPLATE, {"subject": "Sửa <Điều 5>\n& khoản\r 2", "home": "http://a/?x=1&y=2"}, to="a@a.example"
    )
    (letter,) = mail.outbox
    assert letter.subject == "Sửa <Điều 5>"
    assert "& khoản" in letter.body
    assert "http://a/?x=1&y=2" in letter.body
    assert letter.message().get_content_type() == "text/plain"


@pytest.mark.parametrize(
    ("ends_at", "said"),
    [
        (None, "08:30 ngày 10/03/2026"),
        (dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC), "08:30–11:00 ngày 10/03/2026"),
        (dt.datetime(2026, 3, 11, 10, 0, tzinfo=dt.UTC), "08:30 ngày 10/03/2026 – 17:00 ngày 11/03/2026"),
    ],
)
def test_hours_are_those_of_viet_nam(ends_at, said):
    assert clock.hours(dt.datetime(2026, 3, 10, 1, 30, tzinfo=dt.UTC), ends_at) == said


def test_a_calendar_entry_written_later_takes_the_place_of_the_earlier():
    starts = clock.now()

    def entry():
        made = Calendar.from_ical(ics.calendar([{"uid": "hop-1", "dtstart": starts, "dtend": None}]))
        return made.walk("VEVENT")[0]

    first = entry()
    with clock.at(starts + dt.timedelta(minutes=1)):
        second = entry()
    assert first["uid"] == second["uid"] == "hop-1@testserver"
    assert second["sequence"] == first["sequence"] + 1
    assert first["dtstart"].dt == starts.replace(microsecond=0)
    assert "dtend" not in first
