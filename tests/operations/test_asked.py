"""What others ask of an officer stands on their desk until it is answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import AgencyKind, Role
from danban.common import clock
from danban.council import actions as council
from danban.council.models import Council
from danban.plan import actions as plan
from danban.reports import actions as reports
from danban.reports.states import ReportKind
from tests.factories import AgencyFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def officer(agency):
    return UserFactory(role=Role.OFFICER, agency=agency)


@pytest.fixture
def justice():
    return UserFactory(role=Role.JUSTICE)


def soon(days=5):
    return clock.today() + dt.timedelta(days=days)


def request(agency, words):
    asking = AgencyFactory()
    return plan.ask_coordination(
        task=TaskFactory(leads=[asking], coordinating=[agency]), asking=asking, asked=agency, what=words,
        due_on=soon(), by=UserFactory(role=Role.OFFICER, agency=asking),
    )  # fmt: skip


def meeting(justice, title, *, agencies=(), users=()):
    body = Council.objects.first() or council.establish_council(
        agency=AgencyFactory(kind=AgencyKind.COORDINATION_COUNCIL), name="Hội đồng", decision_number="1/QĐ",
        valid_from=dt.date(2026, 1, 5), by=justice,
    )  # fmt: skip
    members = [
        council.recognise_member(
            council=body, name=f"{title} {number}", title="Giám đốc", agency=None, seat="member",
            valid_from=dt.date(2026, 1, 5), recognised_by="1/QĐ", user=user, by=justice,
        )
        for number, user in enumerate((*users, None))
    ]  # fmt: skip
    made = council.plan_meeting(
        council=body, kind="meeting", title=title, purpose="", starts_at=clock.now() + dt.timedelta(days=3),
        ends_at=None, place="Hội trường", chair=members[-1], secretary=members[-1], by=justice,
    )  # fmt: skip
    council.add_agenda_item(meeting=made, title="Danh mục", note="", by=justice)
    council.add_parties(meeting=made, members=members, agencies=agencies, by=justice)
    council.send_invitations(meeting=made, letter_number="Số: 1", sent_on=clock.today(), by=justice)
    return made


def report(agency, justice, title):
    asked = reports.request_reports(
        kind=ReportKind.YEARLY, title=title, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31),
        due_on=soon(9), note="", asking=AgencyFactory(), agencies=[agency], by=justice,
    )  # fmt: skip
    return asked.reports.get()


@pytest.fixture
def desk(sign_in):
    def seen(user):
        return sign_in(user).get(reverse("operations:desk")).content.decode()

    return seen


def test_what_is_asked_stands_there_until_it_is_answered(desk, agency, officer, justice):
    asked = request(agency, "Cử người dự hội nghị.")
    called = meeting(justice, "Họp quý một", agencies=[agency])
    owed = report(agency, justice, "Báo cáo năm nay")
    lines = ("Cử người dự hội nghị.", "Họp quý một", "Báo cáo năm nay")
    links = (
        reverse("plan:request", args=[asked.pk]),
        reverse("council:meeting", args=[called.pk]),
        reverse("reports:report", args=[owed.pk]),
    )
    body = desk(officer)
    for line, link in zip(lines, links, strict=True):
        assert f'<a href="{link}">{line}</a>' in body
    assert body.index(lines[1]) < body.index(lines[0]) < body.index(lines[2])
    plan.answer_coordination(request=asked, answer="Cử hai người.", answered_on=clock.today(), by=officer)
    council.answer_invitation(party=called.parties.get(agency=agency), reply="declined", by=officer)
    reports.submit_report(report=owed, by=officer)
    body = desk(officer)
    for link in links:
        assert link not in body


def test_a_member_sees_their_invitation_and_nobody_elses(desk, agency, officer, justice):
    theirs = AgencyFactory()
    member = UserFactory(role=Role.VIEWER, agency=theirs)
    meeting(justice, "Họp quý một", users=[member], agencies=[theirs])
    request(agency, "Cử người dự hội nghị.")
    report(agency, justice, "Báo cáo năm nay")
    body = desk(member)
    assert body.count("Họp quý một") == 1
    assert "Cử người dự hội nghị." not in body
    assert "Báo cáo năm nay" not in body
    assert "Họp quý một" not in desk(officer)


def test_what_is_over_waits_no_more(desk, agency, officer, justice):
    called = meeting(justice, "Họp quý một", agencies=[agency])
    with clock.at(called.starts_at + dt.timedelta(minutes=1)):
        assert "Họp quý một" not in desk(officer)
    council.cancel_meeting(meeting=called, reason="Bão.", by=justice)
    assert "Họp quý một" not in desk(officer)


def test_the_desk_costs_the_same_with_one_and_with_three(sign_in, agency, officer, justice):
    client = sign_in(officer)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("operations:desk"))
        return len(captured)

    def asked(title):
        request(agency, title)
        meeting(justice, title, agencies=[agency])
        report(agency, justice, title)

    asked("Một")
    cost()
    one = cost()
    asked("Hai")
    asked("Ba")
    assert cost() == one
