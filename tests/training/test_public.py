"""What a participant opens: register, be there, quiz, feedback, certificate, check; no cookie anywhere."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from danban.common import clock, tokens
from danban.training import actions, rules
from danban.training.models import Attendance, Feedback, Registration
from danban.training.states import Place
from danban.training.views import public


@pytest.fixture(autouse=True)
def _fresh_bucket():
    public.registrations._levels.clear()


@pytest.fixture
def before(session):
    with clock.at(session.starts_at - dt.timedelta(days=2)):
        yield


def url(name, *args):
    return reverse(f"training_public:{name}", args=args)


def form(**given):
    return {
        "full_name": "Lê Thị Hoa",
        "agency_name": "Xã Thử",
        "position": "Công chức",
        "token": tokens.new_token(),
    } | given


def test_open_sessions_are_listed_for_all(client, session, before):
    page = client.get(url("sessions"))
    assert session.course.title in page.content.decode()
    assert "public" in page["Cache-Control"]
    assert not page.cookies


def test_registering_leads_to_the_personal_page_and_the_same_form_to_the_same(client, session, before):
    data = form(email="hoa@thu.example", consent="on")
    first, again = (client.post(url("session", session.pk), data) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Registration.objects.count() == 1
    page = client.get(first["Location"])
    text = page.content.decode()
    assert "Lê Thị Hoa" in text
    assert "hoa@thu.example" not in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    code = first["Location"].rstrip("/").rsplit("/", 1)[1]
    assert client.get(url("find"), {"ma": code.lower().replace("-", "")})["Location"] == first["Location"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"full_name": "Hoa"}, "Ghi đủ họ và tên."),
        ({"agency_name": ""}, "Chọn cơ quan"),
        ({"email": "hoa@thu.example"}, "đánh dấu đồng ý"),
        ({"token": "cũ"}, "mở đã quá lâu"),
        ({"agency": "9" * 30}, "Hãy chọn"),
    ],
)
def test_what_was_typed_comes_back_with_why(client, session, before, given, why):
    page = client.post(url("session", session.pk), form(position="Phó phòng", **given))
    assert page.status_code == 422
    text = page.content.decode()
    assert "Phó phòng" in text
    assert why in text or "agency" in given
    assert not Registration.objects.exists()


def test_robots_and_floods_are_turned_away(client, session, before, monkeypatch):
    assert client.post(url("session", session.pk), form(website="x")).status_code == 429
    monkeypatch.setattr(public, "REGISTRATIONS_PER_MINUTE", 1)
    public.registrations._levels.clear()
    assert client.post(url("session", session.pk), form()).status_code == 302
    assert client.post(url("session", session.pk), form(full_name="Lê Văn Hai")).status_code == 429


def test_a_planned_session_is_not_shown_and_a_full_one_says_so(client, make_session, enter, officer):
    session = make_session(capacity=1)
    enter(session, "Trần Thị Bé")
    with clock.at(session.starts_at - dt.timedelta(days=2)):
        assert "danh sách chờ" in client.get(url("session", session.pk)).content.decode()
        client.post(url("session", session.pk), form())
    assert Registration.objects.get(person__full_name="Lê Thị Hoa").place == Place.WAITING
    later = client.get(url("session", session.pk))
    assert "không nhận đăng ký nữa" in later.content.decode()
    assert client.get(url("session", session.pk + 99)).status_code == 404


def test_attendance_by_a_plain_form(client, session, enter):
    ticket = enter(session)
    with clock.at(session.starts_at):
        code = rules.room_code(session.pk, clock.now())
        page = client.get(url("attend", session.pk, code))
        assert len(page.content) < 10_240
        assert f'value="{code}"' in page.content.decode()
        wrong = client.post(url("attend_typed", session.pk), {"room": code, "who": "Lê Văn Lạ"})
        assert wrong.status_code == 422
        assert "Lê Văn Lạ" in wrong.content.decode()
        first, again = (
            client.post(url("attend_typed", session.pk), {"room": code, "who": ticket.code}, follow=True)
            for _ in range(2)
        )
    assert "Đã ghi có mặt." in first.content.decode()
    assert first.request["QUERY_STRING"] == again.request["QUERY_STRING"]
    assert Attendance.objects.count() == 1


def test_quiz_feedback_material_and_certificate_behind_the_code(client, session, be_there, hold, officer):
    question = actions.add_question(
        course=session.course, text="Ai trả lời?", choices=["Một", "Hai"], right=1, by=officer
    )
    registration = be_there(session)
    material = session.materials.create(
        title="Bài 1",
        file=ContentFile("Bài một.".encode(), name="bai-1.txt"),
        file_name="bai-1.txt",
        file_sha256="0" * 64,
        added_by=officer,
        added_at=clock.now(),
    )
    code = rules.personal_code(registration.key)
    file = client.get(url("material", code, material.pk))
    assert b"".join(file).decode() == "Bài một."
    assert "attachment" in file["Content-Disposition"]
    assert client.get(url("material", "AAAAA-AAAAA", material.pk)).status_code == 404
    assert client.post(url("quiz", code), {"number": "1"}).status_code == 422
    client.post(url("quiz", code), {"number": "1", f"q{question.pk}": "0"})
    assert "chưa đạt" in client.get(url("mine", code)).content.decode()
    client.post(url("quiz", code), {"number": "2", f"q{question.pk}": "1"})
    assert [one.passed for one in registration.tries.all()] == [False, True]
    assert client.post(url("quiz", code), {"number": "3", f"q{question.pk}": "1"}).status_code == 422
    assert client.post(url("feedback", code), {"words": "Hay."}).status_code == 422
    client.post(url("feedback", code), {"score": "5", "words": "Hay."})
    assert client.post(url("feedback", code), {"score": "1"}).status_code == 422
    assert Feedback.objects.get().score == 5
    assert client.get(url("certificate", code)).status_code == 404
    hold(session)
    [made] = actions.issue_certificates(session=session, by=officer)
    paper = client.get(url("certificate", code))
    assert paper.content.startswith(b"%PDF-")
    material.file.delete()
    assert made.number in paper["Content-Disposition"]


@pytest.mark.parametrize("agreed", [True, False])
def test_a_certificate_is_checked_by_anyone(client, session, be_there, hold, officer, agreed):
    be_there(session, "Nguyễn Văn An", show_name=agreed)
    hold(session)
    [made] = actions.issue_certificates(session=session, by=officer)
    code = rules.certificate_code(made.key)
    text = client.get(url("check", code.lower())).content.decode()
    assert "Có giá trị." in text
    assert ("Nguyễn Văn An" in text) is agreed
    assert ("N. V. A." in text) is not agreed
    assert client.get(url("find_certificate"), {"ma": code}).context["certificate"] == made
    actions.withdraw_certificate(certificate=made, reason="Lý do trong nhà.", by=officer)
    text = client.get(url("check", code)).content.decode()
    assert "Đã thu hồi" in text
    assert "Lý do trong nhà." not in text
    missing = client.get(url("check", "0000-0000-0000-0000"))
    assert missing.status_code == 404
    assert "Không có chứng nhận nào" in missing.content.decode()


def test_who_cannot_come_withdraws_by_the_code(client, session, enter, be_there):
    ticket = enter(session)
    client.post(url("withdraw", ticket.code))
    ticket.registration.refresh_from_db()
    assert ticket.registration.place == Place.WITHDRAWN
    present = be_there(session, "Lê Thị Hoa")
    refused = client.post(url("withdraw", rules.personal_code(present.key)))
    assert refused.status_code == 409


def test_pages_are_light_and_plain(client, session, be_there):
    code = rules.personal_code(be_there(session).key)
    for path in (url("session", session.pk), url("mine", code), url("sessions"), url("find_certificate")):
        text = client.get(path).content.decode()
        assert len(text.encode()) < 50 * 1024
        assert not re.search(r"\sstyle=|<script(?![^>]*\ssrc=)", text)
    for path in (url("mine", "AAAAA-AAAAA"), url("find") + "?ma=lạ"):
        assert client.get(path).status_code == 404
