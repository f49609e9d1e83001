"""Courses, sessions, registrations, seats and the waiting list."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.contact import ContactData
from danban.policies.rules import SecretRefused
from danban.training import actions, queries, rules
from danban.training.models import Material, Need, Person, Registration
from danban.training.states import Audience, Place, SessionState, Source

LATER = dt.timedelta(hours=1)


def test_a_need_is_kept(agency, officer, acts):
    need = actions.state_need(
        agency=agency,
        audience=Audience.PROPAGANDIST,
        topic=" Kỹ năng  nói ",
        people=40,
        wanted_by=None,
        by=officer,
    )
    assert (need.topic, need.people, need.stated_on) == ("Kỹ năng nói", 40, clock.today())
    assert acts()[-1] == ("need.stated", f"user:{officer.pk}")
    with pytest.raises(rules.TrainingRefused):
        actions.state_need(
            agency=agency,
            audience=Audience.DISTRICT_RAPPORTEUR,
            topic="x",
            people=1,
            wanted_by=None,
            by=officer,
        )
    assert Need.objects.count() == 1


def test_the_life_of_a_session(session, officer, acts):
    assert session.state == SessionState.OPEN
    with clock.at(session.starts_at - LATER), pytest.raises(rules.TrainingRefused, match="chưa bắt đầu"):
        actions.close_as_held(session=session, by=officer)
    acts()
    with clock.at(session.ends_at):
        held = actions.close_as_held(session=session, by=officer)
    assert held.state == SessionState.HELD
    assert acts() == [("session.held", f"user:{officer.pk}")]
    with pytest.raises(rules.TrainingRefused, match="không chuyển"):
        actions.cancel_session(session=held, reason="Bão", by=officer)


def test_cancelled_with_a_reason_only_while_nobody_was_there(make_session, be_there, officer):
    empty = make_session()
    with pytest.raises(rules.TrainingRefused, match="lý do"):
        actions.cancel_session(session=empty, reason=" ", by=officer)
    assert (
        actions.cancel_session(session=empty, reason="Bão số 9", by=officer).state == SessionState.CANCELLED
    )
    full = make_session()
    be_there(full)
    with pytest.raises(rules.TrainingRefused, match="điểm danh"):
        actions.cancel_session(session=full, reason="Bão số 9", by=officer)


def test_registering_keeps_the_person_once_and_the_contact_sealed(session, enter, acts):
    acts()
    contact = ContactData(email="an@thu.example")
    ticket = enter(session, contact=contact, position="Công chức tư pháp")
    kept = Registration.objects.get()
    assert (kept.place, kept.source, kept.position) == (Place.SEAT, Source.WEB, "Công chức tư pháp")
    assert queries.registration_with_code(ticket.code) == kept
    assert acts() == [("registration.made", "citizen")]
    entry = AuditEntry.objects.order_by("id").last()
    assert "An" not in str(entry.details)
    assert Person.objects.get().full_name == "Nguyễn Văn An"
    assert b"an@thu" not in bytes(kept.contact.sealed)


def test_contact_is_read_with_a_record_and_erased(session, enter, officer, acts):
    registration = enter(session, contact=ContactData(phone="0900 000 000")).registration
    acts()
    assert actions.read_contact(registration=registration, by=officer).phone == "0900 000 000"
    actions.erase_contact(registration=registration, by=officer)
    who = f"user:{officer.pk}"
    assert acts() == [("registration.contact-viewed", who), ("registration.contact-erased", who)]
    with pytest.raises(rules.TrainingRefused, match="không để lại"):
        actions.read_contact(registration=registration, by=officer)


def test_the_same_form_gives_the_same_ticket_and_another_is_refused(session, enter):
    key = uuid.uuid4()
    first = enter(session, key=key)
    assert enter(session, key=key) == first
    with pytest.raises(rules.TrainingRefused, match="đã đăng ký"):
        enter(session, "NGUYỄN VĂN AN")
    assert Registration.objects.count() == 1


def test_who_comes_after_the_last_seat_waits_and_moves_up(make_session, enter, officer):
    session = make_session(capacity=1)
    first, second, third = (
        enter(session, f"Nguyễn Văn {name}").registration for name in ("An", "Bình", "Chi")
    )
    assert [first.place, second.place, third.place] == [Place.SEAT, Place.WAITING, Place.WAITING]
    actions.withdraw(registration=first)
    places = dict(session.registrations.values_list("pk", "place"))
    assert places == {first.pk: Place.WITHDRAWN, second.pk: Place.SEAT, third.pk: Place.WAITING}
    actions.keep_session(
        session=session,
        course=session.course,
        place="Hội trường B",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        hours=Decimal(2),
        capacity=5,
        trainer="",
        by=officer,
    )
    third.refresh_from_db()
    assert third.place == Place.SEAT
    with pytest.raises(rules.TrainingRefused, match="ít hơn số người đã có chỗ"):
        actions.keep_session(
            session=session,
            course=session.course,
            place="Hội trường B",
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            hours=Decimal(2),
            capacity=1,
            trainer="",
            by=officer,
        )


def test_withdrawing_twice_is_once(session, enter, acts):
    registration = enter(session).registration
    acts()
    actions.withdraw(registration=registration)
    actions.withdraw(registration=registration)
    assert acts() == [("registration.withdrawn", "citizen")]


def test_nobody_registers_after_the_end_but_an_officer_still_adds(session, officer):
    who = actions.Named("Lê Thị Hoa", None, "Xã Thử")
    with clock.at(session.ends_at + LATER):
        with pytest.raises(rules.TrainingRefused, match="không nhận"):
            actions.register(session=session, who=who, key=uuid.uuid4())
        added = actions.register(session=session, who=who, key=uuid.uuid4(), by=officer)
    assert added.registration.source == Source.OFFICER


@pytest.mark.parametrize(("name", "body", "why"), [("An", "Xã Thử", "họ và tên"), ("Lê Hoa", " ", "cơ quan")])
def test_a_person_has_a_full_name_and_an_agency(session, enter, name, body, why):
    with pytest.raises(rules.TrainingRefused, match=why):
        enter(session, name, agency_name=body)
    assert not Person.objects.exists()


def test_people_from_a_file(make_session, enter, agency, officer, acts):
    session = make_session(capacity=2)
    enter(session, "Trần Thị Bé", agency=agency)
    acts()
    rows = [
        "Họ và tên;Cơ quan;Chức vụ",
        "Lê Thị Hoa;Xã Thử;Công chức",
        f"Trần Thị Bé;{agency.name};",
        "Hoa;Xã Thử;",
        "Phạm Văn Dũng;;",
        "Phạm Văn Em;Xã Thử;",
    ]
    batch = actions.import_people(
        session=session, data="\n".join(rows).encode(), file_name="nguoi-du.csv", by=officer
    )
    assert batch.imported == 2
    assert [bad["row"] for bad in batch.rejected] == [3, 4, 5]
    assert "đã có" in batch.rejected[0]["why"]
    placed = dict(session.registrations.values_list("person__full_name", "place"))
    assert placed == {
        "Trần Thị Bé": Place.SEAT, "Lê Thị Hoa": Place.SEAT, "Phạm Văn Em": Place.WAITING,
    }  # fmt: skip
    assert acts() == [("registration.imported", f"user:{officer.pk}")]


def test_a_file_without_names_is_refused_whole(session, officer):
    with pytest.raises(rules.TrainingRefused, match="tệp mẫu"):
        actions.import_people(session=session, data=b"a;b\n1;2\n", file_name="x.csv", by=officer)


def test_material_passes_the_gates(session, officer, acts):
    kept = actions.add_material(
        session=session, title="", data="Tài liệu tập huấn.".encode(), file_name="bai-1.txt", by=officer
    )
    assert (kept.title, kept.file.read().decode()) == ("bai-1.txt", "Tài liệu tập huấn.")
    acts()
    with pytest.raises(SecretRefused):
        actions.add_material(
            session=session, title="", data="MẬT\nTài liệu.".encode(), file_name="bai-2.txt", by=officer
        )
    assert Material.objects.count() == 1
    assert [act for act, _actor in acts()] == ["upload.refused-secret"]
    storage, name = kept.file.storage, kept.file.name
    actions.remove_material(material=kept, by=officer)
    assert not Material.objects.exists()
    assert acts() == [("material.removed", f"user:{officer.pk}")]
    storage.delete(name)


def test_a_question_needs_choices_and_stays_once_answered(session, be_there, officer):
    course = session.course
    with pytest.raises(rules.TrainingRefused, match="2 đến 6"):
        actions.add_question(course=course, text="?", choices=["Có", "CÓ"], right=0, by=officer)
    question = actions.add_question(
        course=course, text="Ai trả lời?", choices=["A", "B"], right=1, by=officer
    )
    spare = actions.add_question(course=course, text="Khi nào?", choices=["A", "B"], right=0, by=officer)
    actions.remove_question(question=spare, by=officer)
    actions.take_quiz(registration=be_there(session), number=1, answers={question.pk: 1})
    with pytest.raises(rules.TrainingRefused, match="Đã có người làm bài"):
        actions.remove_question(question=question, by=officer)


def test_days_are_those_of_viet_nam(session):
    assert timezone.localtime(session.starts_at).date() == dt.date(2026, 11, 10)
