from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.training import actions, rules
from danban.training.models import Registration
from danban.training.states import Audience, Organiser
from tests.factories import AgencyFactory, UserFactory

VIETNAM = dt.timezone(dt.timedelta(hours=7))
MORNING = dt.datetime(2026, 11, 10, 8, 0, tzinfo=VIETNAM)
"""When the session of the tests begins; it lasts three hours."""


@pytest.fixture
def agency(db):
    return AgencyFactory(name="Sở Tư pháp tỉnh Thử")


@pytest.fixture
def officer(agency):
    return UserFactory(role=Role.OFFICER, agency=agency)


@pytest.fixture
def justice(agency):
    return UserFactory(role=Role.JUSTICE, agency=agency)


@pytest.fixture
def make_session(agency, officer):
    """``make_session(capacity=2, title="…", starts_at=…)``: a session open for registration, made the week
    before it begins."""

    def make(
        *,
        capacity=50,
        title="Kỹ năng truyền thông dự thảo chính sách",
        starts_at=MORNING,
        hours="3",
        **course,
    ):
        values = {
            "agency": agency,
            "organiser": Organiser.OWN,
            "audiences": [Audience.LEGAL_OFFICER],
            "content": "Chuyên đề 1.",
            "pass_mark": 70,
            "attempts": 2,
            "task": None,
        } | course
        with clock.at(starts_at - dt.timedelta(days=7)):
            kept = actions.keep_course(course=None, title=title, hours=Decimal(hours), by=officer, **values)
            session = actions.keep_session(
                session=None,
                course=kept,
                place="Hội trường A",
                starts_at=starts_at,
                ends_at=starts_at + dt.timedelta(hours=3),
                hours=Decimal(hours),
                capacity=capacity,
                trainer="Trần Văn Giảng",
                by=officer,
            )
            return actions.open_session(session=session, by=officer)

    return make


@pytest.fixture
def session(make_session):
    return make_session()


@pytest.fixture
def enter():
    """``enter(session, "Nguyễn Văn An")`` registers someone the day before; gives the ticket."""

    def one(session, name="Nguyễn Văn An", agency=None, **given):
        values = {"agency_name": "Ủy ban nhân dân xã Thử", "key": uuid.uuid4()} | given
        body = values.pop("agency_name")
        with clock.at(session.starts_at - dt.timedelta(days=1)):
            return actions.register(session=session, who=actions.Named(name, agency, body), **values)

    return one


@pytest.fixture
def be_there(enter):
    """``be_there(session, "…")``: registered, and present half an hour after the beginning."""

    def one(session, name="Nguyễn Văn An", **given):
        ticket = enter(session, name, **given)
        with clock.at(session.starts_at + dt.timedelta(minutes=30)):
            actions.attend(
                session=session, room_code=rules.room_code(session.pk, clock.now()), who=ticket.code
            )
        return Registration.objects.select_related("session__course").get(pk=ticket.registration.pk)

    return one


@pytest.fixture
def hold(officer):
    """Confirm, when it is over, that a session took place."""

    def one(session):
        with clock.at(session.ends_at + dt.timedelta(minutes=5)):
            return actions.close_as_held(session=session, by=officer)

    return one


@pytest.fixture
def acts():
    """``acts()`` lists what was recorded since it was last asked: (action, actor) in order."""
    last = [0]

    def listed():
        entries = list(AuditEntry.objects.filter(pk__gt=last[0]).order_by("id"))
        last[0] = entries[-1].pk if entries else last[0]
        return [(one.action, one.actor) for one in entries]

    return listed


@pytest.fixture
def today():
    return timezone.localdate()
