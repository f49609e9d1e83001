from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from danban.accounts.models import Agency
from danban.accounts.states import AgencyKind, Role
from danban.common import clock
from danban.council import actions
from danban.policies.models import Policy, Screening, ScreeningAnswer
from danban.policies.states import Question, Reply, ScreeningStep
from tests.factories import AgencyFactory, DossierFactory, UserFactory

BEGIN = dt.date(2026, 1, 5)
HELD_ON = dt.datetime(2026, 3, 10, 8, 30)
NOW = dt.datetime(2026, 3, 12, 9, 0)


@pytest.fixture(autouse=True)
def _a_thursday_in_march():
    """Two days after the meeting of these tests."""
    with clock.at(timezone.make_aware(NOW)):
        yield


@pytest.fixture
def agency(db):
    committee = AgencyFactory(name="Ủy ban nhân dân tỉnh Sông Mây", kind=AgencyKind.PEOPLES_COMMITTEE)
    return AgencyFactory(
        name="Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh Sông Mây",
        kind=AgencyKind.COORDINATION_COUNCIL,
        parent=committee,
    )


@pytest.fixture
def justice(db):
    return AgencyFactory(name="Sở Tư pháp tỉnh Sông Mây")


@pytest.fixture
def officer(justice):
    return UserFactory(full_name="Phạm Minh Đăng", role=Role.JUSTICE, agency=justice)


@pytest.fixture
def second(justice):
    return UserFactory(full_name="Vũ Thị Hoài Thu", role=Role.JUSTICE, agency=justice)


@pytest.fixture
def onlooker(db):
    return UserFactory(full_name="Trần Nhìn", role=Role.VIEWER)


@pytest.fixture
def council(agency, officer):
    return actions.establish_council(
        agency=agency, name="Hội đồng phối hợp PBGDPL tỉnh", decision_number="12/QĐ-UBND",
        valid_from=BEGIN, by=officer,
    )  # fmt: skip


@pytest.fixture
def recognise(council, officer):
    """``recognise("Nguyễn Văn Mây", seat="chair")`` gives a member from the Council's first day."""

    def make(name, *, seat="member", valid_from=BEGIN, agency=None, user=None, council=council):
        return actions.recognise_member(
            council=council, name=name, title="Giám đốc", agency=agency, seat=seat,
            valid_from=valid_from, recognised_by="12/QĐ-UBND", user=user, by=officer,
        )  # fmt: skip

    return make


@pytest.fixture
def members(recognise):
    farmers = AgencyFactory(name="Hội Nông dân tỉnh", kind=AgencyKind.SOCIO_POLITICAL)
    return [
        recognise("Nguyễn Văn Mây", seat="chair"),
        recognise("Trần Thị Suối", seat="secretary"),
        recognise("Lê Đình Đồi", agency=farmers),
    ]


@pytest.fixture
def plan_meeting(council, members, officer):
    """A meeting of 10/03/2026 with two points on its agenda, its members and one agency to be invited."""

    def make(kind="meeting", starts_at=HELD_ON, ends_at=None, parties=True):
        meeting = actions.plan_meeting(
            council=council, kind=kind, title="Họp Hội đồng quý I năm 2026", purpose="",
            starts_at=timezone.make_aware(starts_at),
            ends_at=timezone.make_aware(ends_at) if ends_at else None,
            place="Hội trường Sở Tư pháp", chair=members[0], secretary=members[1], by=officer,
        )  # fmt: skip
        for title in ("Danh mục chính sách năm 2026", "Kế hoạch truyền thông quý II"):
            actions.add_agenda_item(meeting=meeting, title=title, note="", by=officer)
        if parties:
            press = Agency.objects.filter(name="Báo Sông Mây").first() or AgencyFactory(
                name="Báo Sông Mây", kind=AgencyKind.PRESS
            )
            actions.add_parties(meeting=meeting, members=members, agencies=[press], by=officer)
        return meeting

    return make


@pytest.fixture
def held(plan_meeting, officer):
    """A meeting that took place: the members came, the newspaper did not; one point was spoken on."""
    meeting = plan_meeting(ends_at=HELD_ON + dt.timedelta(hours=3))
    actions.send_invitations(
        meeting=meeting, letter_number="Số: 03/GM-HĐPH", sent_on=dt.date(2026, 3, 2), by=officer
    )
    parties = {party.member.name: party for party in meeting.parties.filter(member__isnull=False)}
    actions.note_attendance(
        meeting=meeting, came={party.pk: (True, "") for party in parties.values()}, by=officer
    )
    actions.note_opinions(
        meeting=meeting,
        item_id=meeting.agenda.first().pk,
        opinions={
            parties["Nguyễn Văn Mây"].pk: ("for", ""),
            parties["Trần Thị Suối"].pk: ("for", ""),
            parties["Lê Đình Đồi"].pk: ("other", "Đề nghị bổ sung chính sách hỗ trợ nông dân."),
        },
        by=officer,
    )
    return actions.hold_meeting(meeting=meeting, by=officer)


@pytest.fixture
def minutes(held, officer):
    return actions.write_minutes(
        meeting=held, number="01/BB-HĐPH", course="Chủ trì khai mạc.\nCác thành viên thảo luận.", revision=0,
        by=officer,
    )  # fmt: skip


@pytest.fixture
def policy(db, officer):
    """A policy that was proposed and reviewed as in scope."""
    dossier = DossierFactory(title="Quyết định quy định thu gom rác")
    made = Policy.objects.create(
        dossier=dossier, number=1, title="Thu tiền rác theo lượng", created_by=officer, created_at=clock.now()
    )
    review = Screening.objects.create(
        policy=made, step=ScreeningStep.REVIEW, agency=dossier.agency, in_scope=True,
        reason="Mọi hộ gia đình phải trả tiền theo cách khác.", decided_on=dt.date(2026, 3, 1),
        by=officer, at=clock.now(),
    )  # fmt: skip
    ScreeningAnswer.objects.create(
        screening=review, question=Question.WIDE_EFFECT, reply=Reply.YES, reason="Toàn tỉnh"
    )
    return made


@pytest.fixture
def draft_list(held, policy, officer):
    made = actions.draft_list(meeting=held, title="Chính sách năm 2026", by=officer)
    actions.put_on_list(policy_list=made, policy=policy, in_scope=True, reason="Đủ bốn tiêu chí.", by=officer)
    return made
