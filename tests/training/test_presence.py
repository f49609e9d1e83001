"""Once each: attendance, quiz, feedback, certificates, hours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danban.common import clock
from danban.training import actions, evidence, queries, rules
from danban.training.models import Attempt, Attendance, Certificate, Feedback
from danban.training.states import Presence
from tests.plan.naming import assert_named_as_found

MINUTE = dt.timedelta(minutes=1)


def there(session, who, minute=5, received=None):
    """``who`` reads the code ``minute`` after the beginning; the message arrives ``received`` after it."""
    shown = session.starts_at + minute * MINUTE
    code = rules.room_code(session.pk, shown)
    with clock.at(session.starts_at + (minute if received is None else received) * MINUTE):
        return actions.attend(session=session, room_code=code, who=who)


def test_a_tap_a_repeat_and_a_late_repeat_are_one_presence(session, enter, acts):
    ticket = enter(session)
    acts()
    first = there(session, ticket.code)
    again = there(session, ticket.code.lower().replace("-", " "), minute=7)
    late = there(session, "nguyễn văn an", minute=9, received=600)
    assert first.shown_at == again.shown_at == late.shown_at
    assert Attendance.objects.count() == 1
    kept = Attendance.objects.get()
    assert (kept.how, kept.late) == (Presence.CODE, False)
    assert acts() == [("attendance.recorded", "citizen")]


def test_a_phone_that_was_offline_is_recorded_late_with_both_times(session, enter):
    kept = there(session, enter(session).code, minute=6, received=300)
    assert kept.late
    assert kept.shown_at == session.starts_at + 6 * MINUTE
    assert kept.received_at == session.starts_at + 300 * MINUTE


@pytest.mark.parametrize("who", ["Trần Văn Lạ", "AAAAA-AAAAA", ""])
def test_who_is_not_on_the_list_is_told_so(session, enter, who):
    enter(session)
    with pytest.raises(rules.TrainingRefused, match="Không tìm thấy"):
        there(session, who)


def test_of_two_of_one_name_the_code_decides(session, enter):
    enter(session, "Lê Hoa", agency_name="Xã Một")
    second = enter(session, "Lê Hoa", agency_name="Xã Hai")
    with pytest.raises(rules.TrainingRefused):
        there(session, "Lê Hoa")
    assert there(session, second.code).registration == second.registration


def test_a_code_of_another_session_or_too_old_is_refused(make_session, enter):
    session, other = make_session(), make_session()
    ticket, foreign = enter(session), enter(other)
    with pytest.raises(rules.TrainingRefused, match="Mã trên màn hình"):
        there(session, ticket.code, received=26 * 60)
    with pytest.raises(rules.TrainingRefused, match="Không tìm thấy"):
        there(session, foreign.code)
    with clock.at(session.starts_at), pytest.raises(rules.TrainingRefused, match="Mã trên màn hình"):
        actions.attend(session=session, room_code="bịa", who=ticket.code)
    assert not Attendance.objects.exists()


def test_withdrawn_ones_are_not_present(session, enter):
    ticket = enter(session)
    actions.withdraw(registration=ticket.registration)
    with pytest.raises(rules.TrainingRefused, match="đã rút"):
        there(session, ticket.code)


def test_an_officer_marks_once_and_cannot_withdraw_afterwards(session, enter, officer, acts):
    registration = enter(session).registration
    acts()
    with clock.at(session.starts_at - dt.timedelta(days=1)), pytest.raises(rules.TrainingRefused):
        actions.mark_present(registration=registration, by=officer)
    with clock.at(session.starts_at):
        actions.mark_present(registration=registration, by=officer)
        actions.mark_present(registration=registration, by=officer)
    assert acts() == [("attendance.recorded", f"user:{officer.pk}")]
    assert Attendance.objects.get().entered_by == officer
    registration = queries.registration_named(session, "Nguyễn Văn An")
    with pytest.raises(rules.TrainingRefused, match="không rút"):
        actions.withdraw(registration=registration)


@pytest.fixture
def questions(session, officer):
    return [
        actions.add_question(
            course=session.course, text=f"Câu {n}?", choices=["A", "B", "C"], right=n, by=officer
        )
        for n in range(3)
    ]


def test_the_quiz_is_tried_a_limited_number_of_times(session, questions, enter, be_there, acts):
    absent = enter(session, "Lê Thị Hoa").registration
    right = {one.pk: one.right for one in questions}
    wrong = dict.fromkeys(right, 0)
    with pytest.raises(rules.TrainingRefused, match="đã điểm danh"):
        actions.take_quiz(registration=absent, number=1, answers=right)
    registration = be_there(session)
    acts()
    with pytest.raises(rules.TrainingRefused, match="chưa chọn"):
        actions.take_quiz(registration=registration, number=1, answers={})
    first = actions.take_quiz(registration=registration, number=1, answers=wrong)
    assert (first.right, first.total, first.passed) == (1, 3, False)
    assert actions.take_quiz(registration=registration, number=1, answers=right) == first
    second = actions.take_quiz(registration=registration, number=2, answers=wrong)
    assert not second.passed
    with pytest.raises(rules.TrainingRefused, match="hết số lần"):
        actions.take_quiz(registration=registration, number=3, answers=right)
    assert Attempt.objects.count() == 2
    assert acts() == [("quiz.taken", "citizen")] * 2


def test_feedback_is_given_once_and_names_nobody(session, be_there, acts):
    registration = be_there(session)
    acts()
    actions.give_feedback(registration=registration, score=4, words="Nên có thêm ví dụ.")
    with pytest.raises(rules.TrainingRefused, match="đã góp ý"):
        actions.give_feedback(registration=registration, score=1, words="")
    kept = Feedback.objects.get()
    assert (kept.score, kept.words) == (4, "Nên có thêm ví dụ.")
    assert {field.name for field in Feedback._meta.get_fields()} == {"id", "session", "score", "words"}
    assert acts() == [("feedback.given", "citizen")]
    assert queries.feedback_of(session) == {"n": 1, "mean": 4.0, "words": ["Nên có thêm ví dụ."]}


def test_certificates_go_to_who_was_there_and_passed(
    session, questions, be_there, enter, hold, officer, acts
):
    passed, failed = be_there(session, "Nguyễn Văn An"), be_there(session, "Lê Thị Hoa")
    enter(session, "Phạm Văn Vắng")
    right = {one.pk: one.right for one in questions}
    actions.take_quiz(registration=passed, number=1, answers=right)
    actions.take_quiz(registration=failed, number=1, answers=dict.fromkeys(right, 0))
    with pytest.raises(rules.TrainingRefused, match="đã tổ chức"):
        actions.issue_certificates(session=session, by=officer)
    hold(session)
    acts()
    [made] = actions.issue_certificates(session=session, by=officer)
    assert made.registration == passed
    assert acts() == [("certificate.issued", f"user:{officer.pk}")]
    with pytest.raises(rules.TrainingRefused, match="Chưa có ai"):
        actions.issue_certificates(session=session, by=officer)
    assert queries.certificate_with_code(rules.certificate_code(made.key)) == made
    with pytest.raises(rules.TrainingRefused, match="lý do"):
        actions.withdraw_certificate(certificate=made, reason="", by=officer)
    actions.withdraw_certificate(certificate=made, reason="Cấp nhầm.", by=officer)
    assert Certificate.objects.get().withdrawn_on == clock.today()
    assert acts() == [("certificate.withdrawn", f"user:{officer.pk}")]
    with pytest.raises(rules.TrainingRefused, match="thu hồi rồi"):
        actions.withdraw_certificate(certificate=made, reason="Lần nữa.", by=officer)


def test_a_session_is_evidence_once_held_with_people(session, be_there, hold, agency):
    def found():
        return evidence.find([session.pk])[session.pk]

    be_there(session, agency=agency)
    be_there(session, "Lê Thị Hoa")
    assert found().shown_on is None
    assert "chưa được xác nhận" in found().missing
    hold(session)
    record = found()
    assert (record.shown_on, record.missing, record.agencies) == (
        dt.date(2026, 11, 10), "", frozenset({agency.pk}),
    )  # fmt: skip
    assert evidence.find([session.pk + 1]) == {}
    assert_named_as_found("training_session", session.pk)
    assert [one.pk for one in evidence.choices([agency.pk], "truyen thong")] == [session.pk]
    assert evidence.choices([agency.pk + 1], "") == []


def test_an_empty_session_shows_nothing(session, hold):
    hold(session)
    assert "không có ai" in evidence.find([session.pk])[session.pk].missing


def test_records_are_found_in_a_fixed_number_of_queries(
    make_session, be_there, hold, django_assert_num_queries
):
    sessions = [make_session() for _ in range(3)]
    for session in sessions:
        be_there(session)
        hold(session)
    for some in (sessions[:1], sessions):
        with django_assert_num_queries(2):
            assert len(evidence.find([one.pk for one in some])) == len(some)


plans = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from(["1", "1.5", "3"]), st.sets(st.integers(0, 3)), st.booleans()
    ),
    max_size=4,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans)
def test_hours_and_reach_are_what_a_slow_count_gives(make_session, be_there, hold, agency, plan):
    """Each plan: (month, hours, who was there, whether it was held)."""
    from django.db import transaction

    names = ["Lê Một", "Lê Hai", "Lê Ba", "Lê Bốn"]
    start, end = dt.date(2026, 2, 1), dt.date(2026, 3, 31)
    slow: dict[str, Decimal] = {}
    n_sessions = 0
    with transaction.atomic():
        for month, hours, who, is_held in plan:
            begins = dt.datetime(2026, 1 + month, 15, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))
            session = make_session(starts_at=begins, hours=hours)
            for one in who:
                be_there(session, names[one], agency=agency)
            if is_held:
                hold(session)
            if is_held and month in (1, 2) and who:
                n_sessions += 1
                for one in who:
                    slow[names[one]] = slow.get(names[one], Decimal(0)) + Decimal(hours)
        found = queries.reach(start, end, [agency.pk])
        assert (found.sessions, found.people, found.hours) == (
            n_sessions,
            len(slow),
            sum(slow.values(), Decimal(0)),
        )
        assert queries.reach(start, end, [agency.pk + 1]) == queries.Reach(0, 0, Decimal(0))
        people = queries.people_with_hours(start, end)
        assert {one.full_name: one.hours for one in people} == slow
        transaction.set_rollback(True)


def test_presence_is_told_from_absence(session, enter):
    registration = enter(session).registration
    with pytest.raises(ObjectDoesNotExist):
        _ = registration.attendance
