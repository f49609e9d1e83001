"""What is done in the Council: rows, audit entries, refusals."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from danban.accounts.states import AgencyKind, Level
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.errors import Refused
from danban.council import actions, queries
from danban.council.models import (
    Conclusion,
    Council,
    Directive,
    ListItem,
    Minutes,
    Opinion,
    Paper,
    PolicyList,
)
from danban.council.rules import ChangedMeanwhile, SamePerson, TermsOverlap, WrongMove
from danban.plan.models import Assignment, Plan
from danban.plan.states import Part, PlanKind, PlanState
from danban.policies.models import Screening
from danban.policies.rules import SecretRefused
from danban.policies.states import ScreeningStep
from tests.council.conftest import BEGIN, HELD_ON
from tests.factories import AgencyFactory, UserFactory
from tests.policies.files import docx


def acts(*names):
    return [entry.action for entry in AuditEntry.objects.filter(action__in=names).order_by("id")]


def last(action):
    return AuditEntry.objects.filter(action=action).latest("id")


# ── Members ─────────────────────────────────────────────────────────────────────────────────────


def test_a_council_is_central_or_provincial(officer):
    commune = AgencyFactory(kind=AgencyKind.COORDINATION_COUNCIL, level=Level.COMMUNE)
    with pytest.raises(Refused, match="cấp tỉnh"):
        actions.establish_council(
            agency=commune, name="Hội đồng xã", decision_number="1/QĐ", valid_from=BEGIN, by=officer
        )
    assert not Council.objects.exists()


def test_a_new_decision_ends_the_council_before_it_and_its_terms(council, recognise, agency, officer):
    recognise("Nguyễn Văn Mây", seat="chair")
    new = actions.establish_council(
        agency=agency,
        name="Hội đồng mới",
        decision_number="99/QĐ-UBND",
        valid_from=dt.date(2026, 3, 1),
        by=officer,
    )
    council.refresh_from_db()
    assert council.valid_to == dt.date(2026, 2, 28)
    assert queries.council_on(dt.date(2026, 2, 28)) == council
    assert queries.council_on(dt.date(2026, 3, 1)) == new
    assert [one.name for one in queries.members_on(council, dt.date(2026, 2, 28))] == ["Nguyễn Văn Mây"]
    assert queries.members_on(council, dt.date(2026, 3, 1)) == []
    recognise("Nguyễn Văn Mây", seat="chair", council=new, valid_from=dt.date(2026, 3, 1))
    assert last("council.established").details == {"valid_from": "2026-03-01"}


def test_terms_of_one_person_do_not_overlap(recognise, officer):
    member = recognise("Nguyễn Văn Mây")
    with pytest.raises(TermsOverlap, match="12/QĐ-UBND"):
        recognise("NGUYEN VAN MAY", valid_from=dt.date(2026, 2, 1))
    actions.relieve_member(member=member, valid_to=dt.date(2026, 2, 1), relieved_by="20/QĐ-UBND", by=officer)
    with pytest.raises(TermsOverlap):
        recognise("Nguyễn Văn Mây", valid_from=dt.date(2026, 2, 1))
    again = recognise("Nguyễn Văn Mây", valid_from=dt.date(2026, 2, 2), seat="vice_chair")
    on = [queries.members_on(again.council, dt.date(2026, 2, day)) for day in (1, 2)]
    assert [[one.pk for one in found] for found in on] == [[member.pk], [again.pk]]
    assert acts("council.member-recognised", "council.member-relieved") == [
        "council.member-recognised", "council.member-relieved", "council.member-recognised",
    ]  # fmt: skip


def test_one_account_is_one_person_whatever_the_name(recognise):
    user = UserFactory()
    recognise("Nguyễn Văn Mây", user=user)
    with pytest.raises(TermsOverlap):
        recognise("Nguyễn V. Mây", user=user)


def test_a_term_lies_within_its_council_and_ends_once(council, recognise, officer):
    with pytest.raises(Refused, match="12/QĐ-UBND"):
        recognise("Ai đó", valid_from=BEGIN - dt.timedelta(days=1))
    member = recognise("Ai đó")
    with pytest.raises(Refused, match="trở đi"):
        actions.relieve_member(member=member, valid_to=dt.date(2025, 1, 1), relieved_by="1", by=officer)
    actions.relieve_member(member=member, valid_to=BEGIN, relieved_by="1/QĐ", by=officer)
    with pytest.raises(Refused, match="từ trước"):
        actions.relieve_member(member=member, valid_to=BEGIN, relieved_by="1/QĐ", by=officer)


def test_the_chair_comes_first(members, council):
    assert [one.seat for one in queries.members_on(council, BEGIN)] == ["chair", "member", "secretary"]


# ── A meeting ───────────────────────────────────────────────────────────────────────────────────


def test_a_meeting_from_its_invitation_to_its_end(held, officer):
    assert (held.state, held.invited_on, held.letter_number) == ("met", dt.date(2026, 3, 2), "Số: 03/GM-HĐPH")
    assert held.parties.filter(sent_on=dt.date(2026, 3, 2)).count() == 4
    assert sorted(held.parties.values_list("attended", flat=True)) == [False, True, True, True]
    votes = queries.agenda_of(held, {})[0].votes
    assert (votes.agreed, votes.against, votes.other, votes.total) == (2, 0, 1, 3)
    assert acts(
        "meeting.planned", "meeting.agenda-added", "meeting.parties-added", "meeting.invitations-sent",
        "meeting.attendance-noted", "meeting.opinions-noted", "meeting.held",
    ) == [
        "meeting.planned", "meeting.agenda-added", "meeting.agenda-added", "meeting.parties-added",
        "meeting.invitations-sent", "meeting.attendance-noted", "meeting.opinions-noted", "meeting.held",
    ]  # fmt: skip
    assert last("meeting.attendance-noted").details == {"came": 3, "absent": 0}


def test_words_never_enter_the_audit(held):
    entry = last("meeting.opinions-noted")
    assert entry.details == {"given": 3, "taken_away": 0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": " "}, "địa điểm"),
        ({"ends_at": HELD_ON - dt.timedelta(hours=1)}, "sau giờ bắt đầu"),
        ({"kind": "circulation", "ends_at": None}, "hạn trả lời"),
    ],
)
def test_times_and_places_that_cannot_be(council, members, officer, change, said):
    facts = {"kind": "meeting", "starts_at": HELD_ON, "ends_at": None, "place": "Hội trường"} | change
    for name in ("starts_at", "ends_at"):
        facts[name] = timezone.make_aware(facts[name]) if facts[name] else None
    with pytest.raises(Refused, match=said):
        actions.plan_meeting(
            council=council,
            title="Họp",
            purpose="",
            chair=members[0],
            secretary=members[1],
            by=officer,
            **facts,
        )


def test_nobody_is_invited_to_nothing(council, members, officer, plan_meeting):
    meeting = plan_meeting(parties=False)
    with pytest.raises(Refused, match="thêm thành phần"):
        actions.send_invitations(meeting=meeting, letter_number="1", sent_on=BEGIN, by=officer)
    actions.add_parties(meeting=meeting, members=members, by=officer)
    for item in meeting.agenda.all():
        actions.remove_agenda_item(item=item, by=officer)
    with pytest.raises(Refused, match="nội dung"):
        actions.send_invitations(meeting=meeting, letter_number="1", sent_on=BEGIN, by=officer)
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_a_party_is_invited_once(plan_meeting, members, officer):
    meeting = plan_meeting()
    assert actions.add_parties(meeting=meeting, members=members, by=officer) == []
    assert acts("meeting.parties-added") == ["meeting.parties-added"]


def test_an_invited_party_answers_and_changes_its_mind(plan_meeting, officer):
    meeting = plan_meeting(starts_at=dt.datetime(2026, 4, 1, 8))
    party = meeting.parties.first()
    with pytest.raises(Refused, match="chưa được gửi"):
        actions.answer_invitation(party=party, reply="coming", by=officer)
    actions.send_invitations(meeting=meeting, letter_number="1", sent_on=BEGIN, by=officer)
    party.refresh_from_db()
    for reply in ("coming", "declined"):
        actions.answer_invitation(party=party, reply=reply, by=officer)
    party.refresh_from_db()
    assert (party.reply, party.replied_on) == ("declined", dt.date(2026, 3, 12))
    assert last("meeting.invitation-answered").details == {"reply": "declined"}


def test_a_meeting_is_not_held_before_it_begins(plan_meeting, officer):
    meeting = plan_meeting(starts_at=dt.datetime(2026, 4, 1, 8))
    with pytest.raises(WrongMove):
        actions.hold_meeting(meeting=meeting, by=officer)
    with pytest.raises(WrongMove):
        actions.note_attendance(meeting=meeting, came={}, by=officer)
    with pytest.raises(WrongMove):
        actions.note_opinions(meeting=meeting, item_id=meeting.agenda.first().pk, opinions={}, by=officer)


def test_who_spoke_was_there(held, officer):
    absent = held.parties.get(attended=False)
    item = held.agenda.last()
    with pytest.raises(Refused, match="chưa được điểm danh"):
        actions.note_opinions(meeting=held, item_id=item.pk, opinions={absent.pk: ("for", "")}, by=officer)
    spoke = Opinion.objects.first().party
    with pytest.raises(Refused, match="đã có ý kiến"):
        actions.note_attendance(meeting=held, came={spoke.pk: (False, "")}, by=officer)
    with pytest.raises(Refused, match="bằng lời"):
        actions.note_opinions(meeting=held, item_id=item.pk, opinions={spoke.pk: ("other", " ")}, by=officer)
    assert item.opinions.count() == 0


def test_an_opinion_is_corrected_and_taken_away(held, officer):
    item = held.agenda.first()
    opinion = item.opinions.filter(stance="for").first()
    actions.note_opinions(
        meeting=held, item_id=item.pk, opinions={opinion.party_id: ("against", "Chưa đủ căn cứ.")}, by=officer
    )
    opinion.refresh_from_db()
    assert (opinion.stance, opinion.words) == ("against", "Chưa đủ căn cứ.")
    actions.note_opinions(meeting=held, item_id=item.pk, opinions={opinion.party_id: ("", "")}, by=officer)
    assert not Opinion.objects.filter(pk=opinion.pk).exists()
    assert last("meeting.opinions-noted").details == {"given": 0, "taken_away": 1}


def test_an_opinion_of_a_party_taken_off_meanwhile_is_refused_whole(held, officer):
    item = held.agenda.first()
    kept = item.opinions.first()
    before = kept.words
    opinions = {kept.party_id: ("against", "Không."), 10**9: ("for", "")}
    with pytest.raises(Refused, match="vừa được bỏ"):
        actions.note_opinions(meeting=held, item_id=item.pk, opinions=opinions, by=officer)
    with pytest.raises(Refused, match="vừa được bỏ"):
        actions.note_opinions(meeting=held, item_id=10**9, opinions={}, by=officer)
    kept.refresh_from_db()
    assert kept.words == before


def test_a_circulation_is_answered_on_paper_until_its_day(plan_meeting, officer):
    meeting = plan_meeting(kind="circulation", ends_at=dt.datetime(2026, 3, 20, 17))
    actions.send_invitations(meeting=meeting, letter_number="1", sent_on=BEGIN, by=officer)
    party = meeting.parties.first()
    item = meeting.agenda.first()
    actions.note_opinions(meeting=meeting, item_id=item.pk, opinions={party.pk: ("for", "")}, by=officer)
    party.refresh_from_db()
    assert party.attended
    with pytest.raises(WrongMove, match="hạn trả lời"):
        actions.hold_meeting(meeting=meeting, by=officer)
    with clock.at(timezone.make_aware(dt.datetime(2026, 3, 21, 8))):
        assert actions.hold_meeting(meeting=meeting, by=officer).state == "met"


def test_a_cancelled_meeting_says_why_and_stays(plan_meeting, officer):
    meeting = plan_meeting()
    with pytest.raises(Refused, match="lý do"):
        actions.cancel_meeting(meeting=meeting, reason=" ", by=officer)
    actions.cancel_meeting(meeting=meeting, reason="Trùng lịch họp Ủy ban.", by=officer)
    for work in (
        lambda: actions.hold_meeting(meeting=meeting, by=officer),
        lambda: actions.add_agenda_item(meeting=meeting, title="Thêm", note="", by=officer),
    ):
        with pytest.raises(WrongMove):
            work()
    assert acts("meeting.cancelled") == ["meeting.cancelled"]


def test_a_paper_passes_the_gate_and_a_secret_one_does_not(plan_meeting, officer):
    meeting = plan_meeting()
    item = meeting.agenda.first()
    paper = actions.add_paper(
        meeting=meeting,
        data=docx("Tờ trình về danh mục chính sách"),
        file_name="to-trinh.docx",
        item=item,
        by=officer,
    )
    assert (paper.file_name, len(paper.file_sha256)) == ("to-trinh.docx", 64)
    with pytest.raises(SecretRefused):
        actions.add_paper(meeting=meeting, data=docx("MẬT\nTờ trình"), file_name="mat.docx", by=officer)
    assert Paper.objects.count() == 1
    stored = paper.file.name
    actions.remove_agenda_item(item=item, by=officer)
    paper.refresh_from_db()
    assert paper.item is None
    actions.remove_paper(paper=paper, by=officer)
    assert not Paper.objects.exists()
    assert stored
    assert acts("meeting.paper-added", "upload.refused-secret", "meeting.paper-removed") == [
        "meeting.paper-added", "upload.refused-secret", "meeting.paper-removed",
    ]  # fmt: skip


# ── Minutes ─────────────────────────────────────────────────────────────────────────────────────


def test_minutes_are_approved_by_a_second_person_and_close_the_meeting(minutes, held, officer, second):
    with pytest.raises(SamePerson):
        actions.approve_minutes(minutes=minutes, revision=1, by=officer)
    approved = actions.approve_minutes(minutes=minutes, revision=1, by=second)
    assert approved.state == "approved"
    assert approved.file.read(2) == b"PK"
    assert last("minutes.approved").details == {"revision": 1, "sha256": approved.file_sha256}
    party = held.parties.first()
    for work in (
        lambda: actions.write_minutes(meeting=held, number="2", course="Khác", revision=1, by=officer),
        lambda: actions.note_attendance(meeting=held, came={party.pk: (False, "")}, by=officer),
        lambda: actions.add_conclusion(
            meeting=held, kind="directive", text="Ban hành", agency=None, due_on=None, by=officer
        ),
        lambda: actions.approve_minutes(minutes=minutes, revision=1, by=second),
    ):
        with pytest.raises(WrongMove):
            work()
    assert Minutes.objects.get().course == minutes.course


def test_the_second_of_two_writers_is_told(minutes, held, officer, second):
    actions.write_minutes(meeting=held, number="01/BB-HĐPH", course="Bản của tôi", revision=1, by=second)
    with pytest.raises(ChangedMeanwhile, match="Vũ Thị Hoài Thu"):
        actions.write_minutes(meeting=held, number="01/BB-HĐPH", course="Bản cũ", revision=1, by=officer)
    with pytest.raises(ChangedMeanwhile):
        actions.approve_minutes(minutes=minutes, revision=1, by=officer)
    assert Minutes.objects.get().course == "Bản của tôi"


def test_no_minutes_before_the_meeting_and_none_without_anybody(plan_meeting, officer, second):
    meeting = plan_meeting()
    with pytest.raises(WrongMove, match="đã họp"):
        actions.write_minutes(meeting=meeting, number="1", course="Chưa họp", revision=0, by=officer)
    actions.hold_meeting(meeting=meeting, by=officer)
    made = actions.write_minutes(meeting=meeting, number="1", course="Đã họp", revision=0, by=officer)
    with pytest.raises(Refused, match="điểm danh"):
        actions.approve_minutes(minutes=made, revision=1, by=second)


# ── Conclusions ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def plan(justice, officer):
    return Plan.objects.create(
        kind=PlanKind.YEARLY, number="50/KH-UBND", title="Kế hoạch năm 2026", issued_on=BEGIN, issuer=justice,
        lead=justice, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), state=PlanState.IN_FORCE,
        created_by=officer, created_at=clock.now(),
    )  # fmt: skip


def test_a_conclusion_becomes_a_task_once(held, plan, justice, officer):
    conclusion = actions.add_conclusion(
        meeting=held, kind="task", text="Xây dựng tài liệu truyền thông.", agency=justice,
        due_on=dt.date(2026, 5, 31), by=officer,
    )  # fmt: skip
    task = actions.assign_conclusion(conclusion=conclusion, plan=plan, by=officer)
    assert (task.plan, task.content, task.due_on, task.position) == (
        plan,
        conclusion.text,
        dt.date(2026, 5, 31),
        1,
    )
    assert [(one.part, one.agency) for one in Assignment.objects.filter(task=task)] == [(Part.LEADS, justice)]
    assert last("conclusion.assigned").rows[1] == ["plan.Task", task.pk]
    with pytest.raises(WrongMove):
        actions.assign_conclusion(conclusion=conclusion, plan=plan, by=officer)
    with pytest.raises(Refused, match="đã được thực hiện"):
        actions.remove_conclusion(conclusion=conclusion, by=officer)


def test_a_task_fits_its_plan_and_names_who_does_it(held, plan, justice, officer):
    with pytest.raises(Refused, match="cơ quan thực hiện"):
        actions.add_conclusion(
            meeting=held, kind="task", text="Làm", agency=None, due_on=dt.date(2026, 5, 1), by=officer
        )
    with pytest.raises(Refused, match="trước ngày họp"):
        actions.add_conclusion(
            meeting=held, kind="task", text="Làm", agency=justice, due_on=dt.date(2026, 3, 9), by=officer
        )
    late = actions.add_conclusion(
        meeting=held, kind="task", text="Làm", agency=justice, due_on=dt.date(2027, 1, 1), by=officer
    )
    with pytest.raises(Refused, match="50/KH-UBND"):
        actions.assign_conclusion(conclusion=late, plan=plan, by=officer)
    actions.remove_conclusion(conclusion=late, by=officer)
    assert not Conclusion.objects.exists()
    assert acts("conclusion.added", "conclusion.removed") == ["conclusion.added", "conclusion.removed"]


# ── Lists and directives ────────────────────────────────────────────────────────────────────────


def test_deciding_a_list_decides_each_policy(draft_list, policy, agency, held, officer):
    asked = actions.add_conclusion(
        meeting=held, kind="list_decision", text="Thống nhất danh mục.", agency=None, due_on=None, by=officer
    )
    decided = actions.decide_list(
        policy_list=draft_list, number="07/TB-HĐPH", decided_on=dt.date(2026, 3, 11), by=officer
    )
    entry = policy.screenings.get(step=ScreeningStep.DECISION)
    assert (entry.agency, entry.in_scope, entry.list_number, entry.decided_on, entry.reason) == (
        agency, True, "07/TB-HĐPH", dt.date(2026, 3, 11), "Đủ bốn tiêu chí.",
    )  # fmt: skip
    asked.refresh_from_db()
    assert asked.policy_list == decided
    assert last("policy-list.decided").details == {
        "decided_on": "2026-03-11",
        "in_scope": 1,
        "out_of_scope": 0,
    }


def test_a_decided_list_is_closed(draft_list, policy, officer):
    actions.decide_list(policy_list=draft_list, number="07/TB", decided_on=dt.date(2026, 3, 11), by=officer)
    item = ListItem.objects.get()
    for work in (
        lambda: actions.take_off_list(item=item, by=officer),
        lambda: actions.put_on_list(
            policy_list=draft_list, policy=policy, in_scope=False, reason="Đổi ý", by=officer
        ),
        lambda: actions.discard_list(policy_list=draft_list, by=officer),
        lambda: actions.decide_list(
            policy_list=draft_list, number="08/TB", decided_on=dt.date(2026, 3, 11), by=officer
        ),
    ):
        with pytest.raises(WrongMove):
            work()
    assert Screening.objects.filter(step=ScreeningStep.DECISION).count() == 1


def test_a_list_is_decided_with_policies_after_the_meeting_under_a_number_of_its_own(
    draft_list, held, officer
):
    empty = actions.draft_list(meeting=held, title="Trống", by=officer)
    with pytest.raises(Refused, match="chưa có chính sách"):
        actions.decide_list(policy_list=empty, number="1", decided_on=dt.date(2026, 3, 11), by=officer)
    for day in (dt.date(2026, 3, 9), dt.date(2026, 3, 13)):
        with pytest.raises(Refused, match="từ ngày họp đến hôm nay"):
            actions.decide_list(policy_list=draft_list, number="1", decided_on=day, by=officer)
    actions.decide_list(policy_list=draft_list, number="1", decided_on=dt.date(2026, 3, 11), by=officer)
    with pytest.raises(Refused, match="mang số này"):
        actions.decide_list(policy_list=empty, number="1", decided_on=dt.date(2026, 3, 11), by=officer)
    actions.discard_list(policy_list=empty, by=officer)
    assert PolicyList.objects.get() == draft_list


def test_a_policy_stands_on_a_list_with_its_reason(draft_list, policy, officer):
    with pytest.raises(Refused, match="lý do"):
        actions.put_on_list(policy_list=draft_list, policy=policy, in_scope=False, reason=" ", by=officer)
    actions.put_on_list(policy_list=draft_list, policy=policy, in_scope=False, reason="Hẹp.", by=officer)
    assert [(one.in_scope, one.reason) for one in draft_list.items.all()] == [(False, "Hẹp.")]
    actions.take_off_list(item=draft_list.items.get(), by=officer)
    assert not draft_list.items.exists()


def test_a_directive_carries_out_a_conclusion(council, held, justice, officer):
    asked = actions.add_conclusion(
        meeting=held, kind="directive", text="Ban hành công văn.", agency=None, due_on=None, by=officer
    )
    issue = {
        "council": council, "number": "15/HĐPH", "issued_on": dt.date(2026, 3, 11),
        "subject": "Tăng cường truyền thông",
        "addressees": [justice],
        "data": docx("Công văn chỉ đạo"), "file_name": "cv.docx", "by": officer,
    }  # fmt: skip
    made = actions.issue_directive(**issue, conclusion=asked)
    asked.refresh_from_db()
    assert asked.directive == made
    assert list(made.addressees.all()) == [justice]
    assert last("directive.issued").details["addressees"] == 1
    with pytest.raises(Refused, match="cùng số"):
        actions.issue_directive(**issue)
    with pytest.raises(Refused, match="tương lai"):
        actions.issue_directive(**issue | {"issued_on": dt.date(2026, 3, 13)})
    with pytest.raises(SecretRefused):
        actions.issue_directive(**issue | {"number": "16", "data": docx("TỐI MẬT\nCông văn")})
    with pytest.raises(WrongMove):
        actions.issue_directive(**issue | {"number": "17"}, conclusion=asked)
    assert Directive.objects.count() == 1


def test_the_agenda_has_no_gap_after_a_point_is_taken_off(officer, plan_meeting):
    meeting = plan_meeting()
    for n in range(3):
        actions.add_agenda_item(meeting=meeting, title=f"Nội dung {n}", note="", by=officer)
    before = list(meeting.agenda.order_by("position").values_list("title", flat=True))
    first, second = meeting.agenda.order_by("position")[:2]
    actions.remove_agenda_item(item=first, by=officer)
    actions.remove_agenda_item(item=second, by=officer)
    left = list(meeting.agenda.order_by("position").values_list("position", "title"))
    assert left == list(enumerate(before[2:], start=1))
