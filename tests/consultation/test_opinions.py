"""Named bodies are asked and answer: where they stand, their words as their comments, their paper."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from danban.accounts.states import AgencyKind, Level, Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.errors import Refused
from danban.consultation import actions, queries, rules
from danban.consultation.forms import RequestForm
from danban.consultation.models import Comment, OpinionRequest, Window
from danban.consultation.states import CommenterKind, Position
from danban.policies.models import ConsulteeRule
from danban.policies.rules import SecretRefused
from danban.policies.states import WindowKind
from tests.factories import AgencyFactory, CommentFactory, UserFactory, VersionFactory, WindowFactory

pytestmark = pytest.mark.django_db

LETTER = ("Sở Tài chính đề nghị ghi rõ nguồn kinh phí ở Điều 2.\n".encode(), "tra-loi.txt")


@pytest.fixture
def asked(window, officer):
    (made,) = actions.request_opinions(
        window=window, agencies=[AgencyFactory(name="Sở Tài chính")], letter_number="215/SNNMT",
        asked_on=clock.today(), due_on=clock.today() + dt.timedelta(days=15), by=officer,
    )  # fmt: skip
    return made


@pytest.fixture
def reply(asked, officer):
    def one(**given):
        values = {"answered_on": clock.today(), "by": officer} | given
        return actions.note_reply(request=OpinionRequest.objects.get(pk=asked.pk), **values)

    return one


def test_the_words_of_a_body_are_its_comment(asked, reply):
    comment = reply(position=Position.AGREES_WITH_REMARKS, text="Đề nghị ghi rõ nguồn kinh phí.")
    asked.refresh_from_db()
    assert (asked.answered_on, asked.position) == (clock.today(), "agrees_with_remarks")
    assert (comment.agency, comment.commenter_kind, comment.public_name) == (
        asked.agency, CommenterKind.AGENCY, "Sở Tài chính",
    )  # fmt: skip
    assert "215/SNNMT" in comment.collected_how
    last = AuditEntry.objects.order_by("id").last()
    assert (last.action, last.details["position"]) == ("opinion.answered", "agrees_with_remarks")


@pytest.mark.parametrize("position", [Position.AGREES, Position.NO_OPINION, ""])
def test_a_body_may_have_nothing_to_say(asked, reply, position):
    assert reply(position=position) is None
    asked.refresh_from_db()
    assert asked.position == position
    assert not Comment.objects.exists()


@pytest.mark.parametrize("position", [Position.AGREES_WITH_REMARKS, Position.DISAGREES])
def test_who_has_remarks_says_them(asked, reply, position):
    with pytest.raises(rules.WindowRefused, match="ghi nội dung"):
        reply(position=position)
    CommentFactory(window=asked.window, agency=asked.agency, commenter_kind=CommenterKind.AGENCY)
    reply(position=position)


def test_a_paper_is_kept_and_read(asked, reply):
    comment = reply(position=Position.DISAGREES, file=LETTER)
    asked.refresh_from_db()
    assert comment.text == "Sở Tài chính đề nghị ghi rõ nguồn kinh phí ở Điều 2."
    assert asked.reply_file_name == "tra-loi.txt"
    assert asked.reply_file.read() == LETTER[0]


def test_typed_words_go_before_those_of_the_paper(reply):
    assert reply(position=Position.DISAGREES, text="Không đồng ý Điều 2.", file=LETTER).text.startswith(
        "Không"
    )


def test_a_marked_paper_is_refused_whole(asked, reply):
    with pytest.raises(SecretRefused):
        reply(position=Position.DISAGREES, file=("TUYỆT MẬT\nNội dung.".encode(), "a.txt"))
    asked.refresh_from_db()
    assert (asked.answered_on, asked.reply_file.name) == (None, "")
    assert AuditEntry.objects.order_by("id").last().action == "upload.refused-secret"


def test_a_reply_that_cannot_be_entered_leaves_no_file(asked, reply, window, settings):
    Window.objects.filter(pk=window.pk).update(cancelled_at=clock.now(), cancelled_reason="Rút lại.")
    with pytest.raises(Refused, match="hủy"):
        reply(position=Position.DISAGREES, file=LETTER)
    asked.refresh_from_db()
    assert asked.reply_file.name == ""


def test_a_position_comes_on_a_day(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionRequest.objects.filter(pk=asked.pk).update(position="agrees")


def test_the_kind_of_a_body_says_how_it_is_counted():
    assert rules.kind_of_body(AgencyKind.DEPARTMENT) == CommenterKind.AGENCY
    assert rules.kind_of_body(AgencyKind.SOCIO_POLITICAL) == CommenterKind.ORGANISATION


# Screens


def test_the_form_asks_groups_and_prefers_what_must_be_asked(window):
    front = AgencyFactory(kind=AgencyKind.FATHERLAND_FRONT)
    union = AgencyFactory(kind=AgencyKind.SOCIO_POLITICAL)
    commune = AgencyFactory(kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.COMMUNE)
    must = AgencyFactory()
    rule = ConsulteeRule.objects.filter(document_type=window.dossier.document_type).first()
    rule.agencies.set([must, window.dossier.agency])
    form = RequestForm(window)
    assert form.initial["agencies"] == [must.pk]
    assert form.initial["due_on"] == clock.today() + dt.timedelta(days=15)
    today = f"{clock.today():%d/%m/%Y}"
    sent = RequestForm(window, {"groups": ["to-chuc"], "asked_on": today, "due_on": today})
    assert sent.is_valid(), sent.errors
    assert {agency.pk for agency in sent.cleaned_data["agencies"]} == {front.pk, union.pk}
    assert commune not in sent.cleaned_data["agencies"]
    assert not RequestForm(window, {"asked_on": today, "due_on": today}).is_valid()


def test_a_reply_is_recorded_in_the_browser_once(sign_in, officer, asked):
    client = sign_in(officer)
    address = reverse("consultation:reply", args=[asked.window_id, asked.pk])
    assert "Sở Tài chính" in client.get(address).content.decode()
    data = {
        "answered_on": f"{clock.today():%d/%m/%Y}", "position": "disagrees", "text": "Không đồng ý Điều 2.",
        "key": "6f0d8a52-5f0c-4a48-9d63-0a2b8c1b7a11",
    }  # fmt: skip
    lacking = client.post(address, data | {"text": "", "answered_on": "hôm qua"})
    assert lacking.status_code == 422
    for _ in range(2):
        assert client.post(address, data).status_code == 302
    assert Comment.objects.count() == 1
    page = client.get(reverse("consultation:window", args=[asked.window_id])).content.decode()
    assert "Không thống nhất" in page


def test_the_paper_is_downloaded_and_never_opened(sign_in, officer, asked):
    client = sign_in(officer)
    address = reverse("consultation:reply", args=[asked.window_id, asked.pk])
    paper = reverse("consultation:reply_file", args=[asked.window_id, asked.pk])
    assert client.get(paper).status_code == 404
    data = {"answered_on": f"{clock.today():%d/%m/%Y}", "position": "agrees"}
    client.post(address, data | {"file": SimpleUploadedFile("Trả lời.txt", LETTER[0])})
    answer = client.get(paper)
    assert b"".join(answer.streaming_content) == LETTER[0]
    assert answer["Content-Disposition"].startswith("attachment")
    stranger = sign_in(UserFactory(role=Role.DRAFTER))
    assert stranger.get(paper).status_code == stranger.get(address).status_code == 404


def test_a_marked_paper_gives_its_reasons(sign_in, officer, asked):
    answer = sign_in(officer).post(
        reverse("consultation:reply", args=[asked.window_id, asked.pk]),
        {
            "answered_on": f"{clock.today():%d/%m/%Y}",
            "position": "agrees",
            "text": "Lời đã gõ",
            "file": SimpleUploadedFile("a.txt", "TỐI MẬT\nNội dung.".encode()),
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Có dấu độ mật" in page
    assert "Lời đã gõ" in page


def test_who_is_silent_and_who_is_late_is_told(sign_in, officer, asked):
    OpinionRequest.objects.update(
        asked_on=clock.today() - dt.timedelta(days=20), due_on=clock.today() - dt.timedelta(days=5)
    )
    page = sign_in(officer).get(reverse("consultation:window", args=[asked.window_id])).content.decode()
    assert "1 cơ quan chưa trả lời, 1 cơ quan đã quá hạn" in " ".join(page.split())


# Three kinds of window


@pytest.fixture
def critique(officer, window):
    front = AgencyFactory(kind=AgencyKind.FATHERLAND_FRONT, name="Ủy ban Mặt trận Tổ quốc tỉnh")
    return actions.open_window(
        version=window.version, kind=WindowKind.SOCIAL_CRITIQUE, opens_on=clock.today(),
        closes_on=clock.today() + dt.timedelta(days=20), by=officer, holder=front,
    )  # fmt: skip


def test_a_critique_is_held_by_the_front_and_never_by_the_drafter(officer, version_of, critique):
    days = {"opens_on": clock.today(), "closes_on": clock.today() + dt.timedelta(days=20), "by": officer}
    with pytest.raises(rules.WindowRefused, match="Mặt trận"):
        actions.open_window(
            version=version_of, kind=WindowKind.SOCIAL_CRITIQUE, holder=AgencyFactory(), **days
        )
    with pytest.raises(rules.WindowRefused, match="Chỉ phản biện"):
        actions.open_window(
            version=version_of, kind=WindowKind.POLICY_CONSULTATION, holder=critique.holder, **days
        )


@pytest.fixture
def version_of(window):
    return VersionFactory(dossier=window.dossier, number=90)


def test_the_form_asks_who_holds_a_critique(sign_in, officer, window):
    address = reverse("consultation:open_window", args=[window.dossier_id])
    today = clock.today()
    data = {
        "kind": "social_critique", "version": window.version_id, "opens_on": f"{today:%d/%m/%Y}",
        "closes_on": f"{today + dt.timedelta(days=20):%d/%m/%Y}",
    }  # fmt: skip
    client = sign_in(officer)
    assert "Chọn tổ chức chủ trì" in client.post(address, data).content.decode()
    front = AgencyFactory(kind=AgencyKind.FATHERLAND_FRONT)
    assert client.post(address, data | {"holder": front.pk}).status_code == 302
    assert Window.objects.get(kind="social_critique").holder == front


def test_a_consultation_ends_in_writing_and_asking_does_not(sign_in, officer, window, critique):
    with pytest.raises(rules.WindowRefused, match="bản tổng hợp"):
        actions.conclude_window(window=window, held_on=clock.today(), result="Kết quả.", by=officer)
    with pytest.raises(rules.WindowRefused, match="Ngày hội nghị"):
        actions.conclude_window(
            window=critique, held_on=clock.today() + dt.timedelta(days=1), result="Có.", by=officer
        )
    client = sign_in(officer)
    address = reverse("consultation:conclude", args=[critique.pk])
    assert client.post(address, {"held_on": "", "result": "Đã gõ"}).status_code == 422
    client.post(address, {"held_on": f"{clock.today():%d/%m/%Y}", "result": "Mặt trận đề nghị lùi lộ trình."})
    critique.refresh_from_db()
    assert critique.held_on == clock.today()
    page = client.get(reverse("consultation:window", args=[critique.pk])).content.decode()
    assert "Mặt trận đề nghị lùi lộ trình." in page
    assert "window.concluded" in [entry.action for entry in AuditEntry.objects.all()]


def test_citizens_comment_where_opinions_are_asked_and_see_the_rest_apart(client, window, critique):
    page = client.get(f"/du-thao/{window.dossier.slug}/").content.decode()
    assert "Phản biện xã hội" in page
    assert "Ủy ban Mặt trận Tổ quốc tỉnh" in page
    assert f"/gop-y/{window.pk}/" in page
    assert f"/gop-y/{critique.pk}/" not in page
    assert client.get(f"/gop-y/{critique.pk}/").status_code == 404
    assert queries.latest_window(window.dossier) == window


def test_the_timeline_tells_all_in_order(sign_in, officer, asked, critique, django_assert_max_num_queries):
    client = sign_in(officer)
    address = reverse("consultation:timeline", args=[asked.window.dossier_id])
    client.get(address)
    with django_assert_max_num_queries(10):
        page = client.get(address).content.decode()
    for words in (
        "Bắt đầu soạn thảo",
        "Lấy ý kiến: mở đợt",
        "Phản biện xã hội: mở đợt",
        "Hỏi ý kiến 1 cơ quan",
    ):
        assert words in page
    WindowFactory(version=VersionFactory(dossier=asked.window.dossier, number=91))
    with django_assert_max_num_queries(10):
        client.get(address)
    assert sign_in(UserFactory(role=Role.DRAFTER)).get(address).status_code == 404


def test_nothing_more_is_recorded_of_a_cancelled_window(officer, critique):
    asked = actions.propose_cancelling(window=critique, reason="Nhầm bản.", by=officer)
    actions.confirm_proposal(
        proposal=asked, by=UserFactory(role=Role.APPROVER, agency=critique.dossier.agency)
    )
    with pytest.raises(rules.WindowRefused, match="đã hủy"):
        actions.conclude_window(window=critique, held_on=clock.today(), result="Kết quả.", by=officer)
    with pytest.raises(rules.WindowRefused, match="đã hủy"):
        actions.request_opinions(
            window=critique, agencies=[AgencyFactory()], letter_number="1/CV", asked_on=clock.today(),
            due_on=clock.today(), by=officer,
        )  # fmt: skip
    critique.refresh_from_db()
    assert (critique.result, critique.requests.count()) == ("", 0)
    assert AuditEntry.objects.latest("id").action == "window.cancelled"
