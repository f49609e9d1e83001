"""Who is invited to a meeting hears of it by e-mail with a calendar entry, and when it is moved or off."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from danban.accounts.models import Membership, User
from danban.accounts.states import AgencyKind, Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.council import actions
from danban.council.models import Member
from tests.council.conftest import HELD_ON
from tests.factories import AgencyFactory, UserFactory
from tests.operations.test_jobs import due_again
from tests.test_mail import run_waiting

COMING = dt.datetime(2026, 3, 20, 8, 30)


@pytest.fixture
def member(recognise):
    """An account whose holder sits in the Council."""
    user = UserFactory()
    recognise("Hồ Văn Suối", user=user)
    return user


@pytest.fixture
def reporter(db):
    press = AgencyFactory(name="Báo Sông Mây", kind=AgencyKind.PRESS)
    UserFactory(role=Role.VIEWER, agency=press)
    return UserFactory(role=Role.OFFICER, agency=press)


@pytest.fixture
def call(member, reporter, plan_meeting, officer):
    """A meeting that is coming; the members and the newspaper are invited (``sent=False``: not yet)."""

    def one(*, sent=True, starts_at=COMING, **given):
        meeting = plan_meeting(starts_at=starts_at, **given)
        actions.add_parties(meeting=meeting, members=Member.objects.filter(user=member), by=officer)
        if sent:
            send(meeting, officer)
        return meeting

    return one


def send(meeting, by):
    return actions.send_invitations(
        meeting=meeting, letter_number="Số: 07/GM-HĐPH", sent_on=clock.today(), by=by
    )


def edit(meeting, by, **changed):
    values = {
        name: getattr(meeting, name)
        for name in ("title", "purpose", "starts_at", "ends_at", "place", "chair", "secretary")
    }
    return actions.edit_meeting(meeting=meeting, by=by, **values | changed)


def arrived(postbox):
    run_waiting()
    return postbox.emptied()


def acts():
    return [one.action for one in AuditEntry.objects.order_by("id")]


def test_an_invitation_reaches_members_and_officers_of_invited_agencies_once(
    postbox, call, member, reporter, officer
):
    meeting = call(ends_at=COMING + dt.timedelta(hours=3))
    assert postbox.letters == []
    got = arrived(postbox)
    assert set(got) == {member.email, reporter.email}
    letter = got[member.email]
    assert letter.subject == ("Giấy mời cuộc họp 08:30–11:30 ngày 20/03/2026: Họp Hội đồng quý I năm 2026")
    assert letter.content_type == "text/plain"
    for words in (
        "Hội trường Sở Tư pháp", "Số: 07/GM-HĐPH, ngày 12/03/2026", "2. Kế hoạch truyền thông quý II",
        f"/can-bo/hoi-dong/hop/{meeting.pk}/",
    ):  # fmt: skip
        assert words in letter.body
    for person in ("Hồ Văn Suối", "Nguyễn Văn Mây", reporter.full_name, officer.full_name):
        assert person not in letter.body
    assert acts()[-1] == "meeting.invitations-sent"
    assert arrived(postbox) == {}


def test_the_entry_for_the_calendar_says_when_and_where(postbox, call, member):
    meeting = call(ends_at=COMING + dt.timedelta(hours=3))
    entry = arrived(postbox)[member.email].entry
    assert entry["uid"] == f"cuoc-hop-{meeting.pk}@testserver"
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (meeting.starts_at, meeting.ends_at)
    assert (entry["summary"], entry["location"]) == (meeting.title, meeting.place)
    assert entry["status"] == "CONFIRMED"


def test_who_is_invited_later_is_written_to_alone(postbox, call, officer, member, reporter):
    meeting = call()
    arrived(postbox)
    farmers = AgencyFactory(name="Hội Nông dân")
    farmer = UserFactory(role=Role.DRAFTER, agency=farmers)
    actions.add_parties(meeting=meeting, agencies=[farmers], by=officer)
    send(meeting, officer)
    assert set(arrived(postbox)) == {farmer.email}


@pytest.mark.parametrize("ended", ["term", "council", "account", "role in the agency"])
def test_nobody_is_written_to_whose_part_has_ended(postbox, call, council, member, reporter, ended):
    meeting = call()
    yesterday = clock.today() - dt.timedelta(days=1)
    if ended == "term":
        Member.objects.filter(user=member).update(valid_to=yesterday, relieved_by="20/QĐ-UBND")
    elif ended == "council":
        type(council).objects.update(valid_to=yesterday)
    elif ended == "account":
        User.objects.filter(pk=member.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=reporter).update(valid_to=yesterday)
    left = member.email if ended == "role in the agency" else reporter.email
    assert set(arrived(postbox)) == {left}
    assert meeting.parties.filter(sent_on__isnull=False).count() == 5


def test_a_moved_meeting_is_told_with_before_and_now(postbox, call, member, reporter, officer):
    meeting = call()
    before = arrived(postbox)[member.email].entry
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        edit(meeting, officer, starts_at=timezone.make_aware(COMING + dt.timedelta(days=3)))
        got = arrived(postbox)
    assert set(got) == {member.email, reporter.email}
    letter = got[reporter.email]
    assert letter.subject.startswith("Đổi lịch cuộc họp, nay là 08:30 ngày 23/03/2026: ")
    assert "Trước đây: 08:30 ngày 20/03/2026, Hội trường Sở Tư pháp." in letter.body
    assert "Nay: 08:30 ngày 23/03/2026, Hội trường Sở Tư pháp." in letter.body
    assert letter.entry["uid"] == before["uid"]
    assert letter.entry["sequence"] > before["sequence"]
    assert acts()[-1] == "meeting.edited"


@pytest.mark.parametrize("changed", [{"title": "Họp Hội đồng, phiên thứ nhất"}, {"purpose": "Bàn danh mục."}])
def test_what_changes_neither_time_nor_place_is_not_told(postbox, call, officer, changed):
    meeting = call()
    arrived(postbox)
    edit(meeting, officer, **changed)
    assert arrived(postbox) == {}


def test_a_cancelled_meeting_is_told_with_why_and_leaves_the_calendar(
    postbox, call, member, reporter, officer
):
    meeting = call()
    arrived(postbox)
    actions.cancel_meeting(meeting=meeting, reason="Chủ tịch đi công tác.", by=officer)
    got = arrived(postbox)
    assert set(got) == {member.email, reporter.email}
    letter = got[member.email]
    assert letter.subject == "Hủy cuộc họp 08:30 ngày 20/03/2026: Họp Hội đồng quý I năm 2026"
    assert "Lý do: Chủ tịch đi công tác." in letter.body
    assert letter.entry["status"] == "CANCELLED"
    assert acts()[-1] == "meeting.cancelled"


def test_an_invitation_that_waited_until_the_meeting_was_off_is_not_sent(postbox, call, officer, member):
    postbox.full = {member.email}
    meeting = call()
    run_waiting()
    actions.cancel_meeting(meeting=meeting, reason="Bão.", by=officer)
    postbox.full, postbox.letters = set(), []
    due_again()
    assert arrived(postbox)[member.email].subject.startswith("Hủy cuộc họp")


def test_nobody_is_told_of_a_meeting_nobody_was_invited_to(postbox, call, officer):
    meeting = call(sent=False)
    edit(meeting, officer, place="Hội trường B")
    actions.cancel_meeting(meeting=meeting, reason="Trùng lịch.", by=officer)
    assert arrived(postbox) == {}


def test_what_is_over_is_not_told(postbox, call, officer):
    meeting = call(starts_at=HELD_ON)
    edit(meeting, officer, starts_at=timezone.make_aware(HELD_ON + dt.timedelta(hours=1)))
    assert arrived(postbox) == {}


def test_a_form_is_asked_for_by_its_day(postbox, call, member, officer):
    answers_due = COMING + dt.timedelta(days=5)
    meeting = call(kind="circulation", starts_at=HELD_ON, ends_at=answers_due)
    letter = arrived(postbox)[member.email]
    assert letter.subject.startswith("Lấy ý kiến bằng phiếu, trả lời trước 08:30 ngày 25/03/2026: ")
    assert letter.entry is None
    edit(meeting, officer, ends_at=timezone.make_aware(answers_due + dt.timedelta(days=1)))
    letter = arrived(postbox)[member.email]
    assert letter.subject.startswith("Đổi hạn trả lời phiếu thành trước 08:30 ngày 26/03/2026: ")
    assert "Trước đây: trả lời trước 08:30 ngày 25/03/2026." in letter.body
    actions.cancel_meeting(meeting=meeting, reason="Đã họp trực tiếp.", by=officer)
    assert arrived(postbox)[member.email].subject.startswith("Thôi lấy ý kiến bằng phiếu: ")
