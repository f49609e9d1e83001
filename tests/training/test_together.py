"""A full room at once, on real connections: each once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.errors import Refused
from danban.training import actions, rules
from danban.training.models import Attendance, Person, Registration
from danban.training.states import Place
from tests.factories import AgencyFactory, UserFactory
from tests.together import together
from tests.training.conftest import MORNING

PHONES = 300
AT_ONCE = 30


@pytest.fixture
def room(on_disk, request):
    """A session that began ten minutes ago by the real clock, with 300 people on its list."""
    agency = AgencyFactory()
    officer = UserFactory(role=Role.OFFICER, agency=agency)
    make_session = request.getfixturevalue("make_session")
    begins = clock.now() - dt.timedelta(minutes=10)
    session = make_session(capacity=400, starts_at=begins)
    rows = ["Họ và tên;Cơ quan"] + [f"Nguyễn Văn Số {n};Xã Thử" for n in range(PHONES)]
    actions.import_people(session=session, data="\n".join(rows).encode(), file_name="a.csv", by=officer)
    return session


def test_three_hundred_phones_some_twice_some_late_are_each_there_once(room):
    """Every third phone sends twice, every fifth read the code long ago and had no connection since."""
    names = list(room.registrations.values_list("person__full_name", flat=True))
    assert len(names) == PHONES
    now, then = clock.now(), clock.now() - dt.timedelta(minutes=45)
    fresh, old = (rules.room_code(room.pk, moment) for moment in (now, then))
    taps = [(name, old if n % 5 == 0 else fresh) for n, name in enumerate(names)]
    taps += taps[::3]
    path = reverse("training_public:attend_typed", args=[room.pk])

    def phones(number):
        client = Client()
        return [
            client.post(path, {"room": code, "who": name}).status_code for name, code in taps[number::AT_ONCE]
        ]

    statuses = Counter(status for some in together(AT_ONCE, phones) for status in some)
    assert statuses == {302: PHONES + PHONES // 3}
    assert Attendance.objects.count() == PHONES
    assert Attendance.objects.filter(late=True).count() == PHONES // 5
    assert AuditEntry.objects.filter(action="attendance.recorded").count() == PHONES


def test_the_last_seat_is_given_once(on_disk, make_session, enter):
    session = make_session(capacity=3)

    def one(number):
        return enter(session, f"Lê Văn Số {number}").registration.place

    places = Counter(together(10, one))
    assert places == {Place.SEAT: 3, Place.WAITING: 7}


def test_one_form_sent_by_many_fingers_is_one_registration(on_disk, make_session):
    session, key = make_session(), uuid.uuid4()
    who = actions.Named("Lê Thị Hoa", None, "Xã Thử")

    def one(_number):
        with clock.at(MORNING - dt.timedelta(days=1)):
            return actions.register(session=session, who=who, key=key).code

    assert len(set(together(10, one))) == 1
    assert Registration.objects.count() == Person.objects.count() == 1


def test_overlapping_terms_entered_at_once_are_one(on_disk, agency, justice):
    def one(number):
        try:
            actions.recognise(
                full_name="Lê Thị Hoa",
                agency=agency,
                duty="rapporteur",
                area="",
                recognised_on=dt.date(2026, 1, 1 + number),
                recognised_by="1/QĐ",
                by=justice,
            )
        except Refused:
            return "refused"
        return "kept"

    assert Counter(together(5, one)) == {"kept": 1, "refused": 4}


def test_a_confirmation_is_only_ours(room, client):
    path = reverse("training_public:attend_typed", args=[room.pk])
    forged = Signer(salt="khác").sign(str(room.registrations.first().pk))
    assert "Đã ghi có mặt" not in client.get(path, {"da": forged}).content.decode()
