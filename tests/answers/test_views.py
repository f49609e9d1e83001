"""The officers' screens: who may, what is shown, what is kept."""

from __future__ import annotations

import re

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import Role
from danban.answers import actions, queries
from danban.answers.models import Answer, Point
from danban.answers.states import AnswerState
from danban.consultation.models import Comment
from danban.consultation.states import Visibility, WithheldReason
from tests.factories import AgencyFactory, UserFactory

ANSWER = {"disposition": "accepted", "reason": "Bổ sung khung giờ tối.", "seen": ""}


@pytest.fixture
def desk(office, sign_in):
    """A drafter at work."""
    return sign_in(office.drafter)


def point_url(point):
    return reverse("answers:point", args=[point.window_id, point.pk])


def new_url(office):
    return reverse("answers:new_point", args=[office.window.pk])


def texts(response):
    return " ".join(response.content.decode().split())


def test_other_agencies_and_other_roles_see_nothing(office, sign_in):
    point = office.point()
    answer = office.submitted(point)
    here = [reverse("answers:workbench", args=[office.window.pk]), point_url(point)]
    review = reverse("answers:review", args=[answer.pk])
    stranger = sign_in(UserFactory(role=Role.APPROVER, agency=AgencyFactory()))
    assert [stranger.get(url).status_code for url in [*here, review]] == [404, 404, 404]
    assert stranger.post(review, {"viec": "cong-bo"}).status_code == 404
    assert "Giờ thu gom rác" not in texts(stranger.get(reverse("answers:release_queue")))
    viewer = sign_in(UserFactory(role=Role.VIEWER, agency=office.window.dossier.agency))
    assert [viewer.get(url).status_code for url in [*here, review]] == [403, 403, 403]
    drafter = sign_in(office.drafter)
    assert drafter.get(review).status_code == 403
    answer.refresh_from_db()
    assert answer.state == AnswerState.SUBMITTED


def test_a_selection_becomes_a_point(desk, office):
    place = office.window.version.provisions.get(address="dieu-2")
    chosen = office.comments(2, provision=place) + office.comments(1)
    ids = [comment.pk for comment in chosen]
    page = desk.post(new_url(office), {"comments": ids})
    assert all(comment.text in texts(page) for comment in chosen)
    assert not Point.objects.exists()
    made = desk.post(new_url(office), {"comments": ids, "title": "Giờ thu gom rác"})
    point = Point.objects.get()
    assert made["Location"] == point_url(point)
    assert (point.title, point.provision, point.members.count()) == ("Giờ thu gom rác", place, 3)


def test_one_comment_is_answered_alone_at_once(desk, office):
    comment = office.comments(1, visibility=Visibility.SHOWN)[0]
    made = desk.post(new_url(office), {"comments": [comment.pk], "rieng": "1"})
    point = Point.objects.get()
    assert made["Location"] == point_url(point)
    assert point.title == comment.text


def test_a_selection_joins_a_point(desk, office):
    point, late = office.point(), office.comments(1)[0]
    joined = desk.post(new_url(office), {"comments": [late.pk], "point": point.pk})
    assert joined["Location"] == point_url(point)
    assert point.members.count() == 3


@pytest.mark.parametrize("ids", [[], ["x"], ["9" * 30], ["0"]])
def test_an_empty_or_silly_selection_goes_back(desk, office, ids):
    assert desk.post(new_url(office), {"comments": ids})["Location"] == reverse(
        "answers:workbench", args=[office.window.pk]
    )
    assert not Point.objects.exists()


def test_comments_of_another_window_are_not_shown(desk, office):
    from tests.factories import CommentFactory

    stranger = CommentFactory(text="Bí mật của cơ quan khác.")
    mine = office.comments(1)[0]
    page = desk.post(new_url(office), {"comments": [mine.pk, stranger.pk]})
    assert mine.text in texts(page)
    assert stranger.text not in texts(page)


def test_save_then_submit_leads_to_the_next_point(desk, office):
    point, following = office.point(), office.point(title="Phí rác")
    saved = desk.post(point_url(point), ANSWER | {"viec": "luu"})
    assert saved["Location"] == point_url(point)
    answer = Answer.objects.get()
    assert (answer.state, answer.written_by) == (AnswerState.DRAFT, office.drafter)
    page = desk.get(point_url(point))
    seen = page.context["form"]["seen"].value()
    sent = desk.post(point_url(point), ANSWER | {"seen": seen, "viec": "trinh"})
    assert sent["Location"] == point_url(following)
    answer.refresh_from_db()
    assert answer.state == AnswerState.SUBMITTED


def test_what_was_typed_stays_when_something_is_missing(desk, office):
    point = office.point()
    page = desk.post(point_url(point), {"reason": "Lời đã gõ.", "viec": "luu"})
    assert page.status_code == 422
    assert "Lời đã gõ." in texts(page)
    assert not Answer.objects.exists()


def test_the_second_officer_sees_what_changed_and_keeps_their_words(desk, office):
    point = office.point()
    office.saved(point, by=office.approver, reason="Bổ sung khung giờ tối ở chợ.")
    page = desk.post(point_url(point), ANSWER | {"reason": "Bổ sung khung giờ trưa ở chợ.", "viec": "luu"})
    assert page.status_code == 409
    content = texts(page)
    assert "<ins>trưa</ins>" in content
    assert "<del>tối</del>" in content
    assert "Bổ sung khung giờ trưa ở chợ.</textarea>" in content
    assert Answer.objects.get().reason == "Bổ sung khung giờ tối ở chợ."
    seen = page.context["form"]["seen"].value()
    desk.post(point_url(point), ANSWER | {"reason": "Bổ sung cả hai.", "seen": seen, "viec": "luu"})
    assert Answer.objects.get().reason == "Bổ sung cả hai."


def test_typed_words_survive_a_submission_by_someone_else(desk, office):
    point = office.point()
    office.submitted(point, by=office.approver)
    page = desk.post(point_url(point), ANSWER | {"reason": "Lời chưa lưu.", "viec": "luu"})
    assert page.status_code == 409
    assert "Lời chưa lưu.</textarea>" in texts(page)


def test_a_text_leaves_with_its_copies(desk, office):
    point = office.point(3, text="Cùng một lời.")
    actions.add_comments(point=point, comments=office.comments(1), by=office.drafter)
    copy = Comment.objects.filter(text="Cùng một lời.").last()
    url = reverse("answers:remove", args=[office.window.pk, point.pk])
    desk.post(url, {"comment": copy.pk})
    assert point.members.count() == 1
    desk.post(url, {"comment": "x"})
    assert point.members.count() == 1


def test_rename_and_dissolve(desk, office):
    point = office.point()
    desk.post(reverse("answers:retitle", args=[office.window.pk, point.pk]), {"title": "Tên khác"})
    point.refresh_from_db()
    assert point.title == "Tên khác"
    desk.post(reverse("answers:dissolve", args=[office.window.pk, point.pk]))
    assert not Point.objects.exists()


def test_markup_of_citizens_and_officers_is_only_text(desk, office):
    point = office.point(1, title="<b>x</b>", text="<script>alert(1)</script>")
    page = texts(desk.get(point_url(point)))
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_the_second_person_releases(office, sign_in):
    answer = office.submitted(office.point(3))
    approver = sign_in(office.approver)
    url = reverse("answers:review", args=[answer.pk])
    assert "Giờ thu gom rác" in texts(approver.get(reverse("answers:release_queue")))
    page = approver.get(url)
    gone = approver.post(url, {"viec": "cong-bo", "seen": page.context["seen"]})
    assert gone["Location"] == reverse("answers:release_queue")
    answer.refresh_from_db()
    assert (answer.state, answer.released_by, answer.comments_count) == (
        AnswerState.RELEASED, office.approver, 3,
    )  # fmt: skip
    assert Comment.objects.filter(state="answered").count() == 3


def test_a_release_without_having_read_the_words_is_refused(office, sign_in):
    answer = office.submitted(office.point())
    page = sign_in(office.approver).post(reverse("answers:review", args=[answer.pk]), {"viec": "cong-bo"})
    assert page.status_code == 409
    answer.refresh_from_db()
    assert answer.state == AnswerState.SUBMITTED


def test_the_writer_finds_no_button_and_no_way(office, sign_in):
    answer = office.submitted(office.point(), by=office.approver)
    client = sign_in(office.approver)
    url = reverse("answers:review", args=[answer.pk])
    assert 'value="cong-bo"' not in texts(client.get(url))
    page = client.post(url, {"viec": "cong-bo", "seen": queries.token_of(answer)})
    assert page.status_code == 409
    answer.refresh_from_db()
    assert answer.state == AnswerState.SUBMITTED


def test_return_needs_a_reason(office, sign_in):
    answer = office.submitted(office.point())
    client = sign_in(office.approver)
    url = reverse("answers:review", args=[answer.pk])
    assert client.post(url, {"viec": "tra-lai", "reason": " "}).status_code == 422
    client.post(url, {"viec": "tra-lai", "reason": "Nêu rõ khoản."})
    answer.refresh_from_db()
    assert (answer.state, answer.returned_reason) == (AnswerState.RETURNED, "Nêu rõ khoản.")
    assert "Nêu rõ khoản." in texts(sign_in(office.drafter).get(point_url(answer.point)))


def counted(client, url):
    from django.db import connection

    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_lists_cost_the_same_with_one_row_and_with_three(office, sign_in):
    place = office.window.version.provisions.get(address="dieu-2")
    client = sign_in(office.approver)
    first = office.point(1, provision=place)
    office.submitted(first)
    urls = [
        reverse("answers:windows"),
        reverse("answers:workbench", args=[office.window.pk]),
        point_url(first),
        reverse("answers:release_queue"),
    ]
    client.get(urls[0])
    before = [counted(client, url) for url in urls]
    for _ in range(2):
        office.submitted(office.point(3, provision=place))
    assert [counted(client, url) for url in urls] == before


@pytest.mark.parametrize("hidden", [Visibility.PENDING, Visibility.HELD, Visibility.WITHHELD])
def test_hidden_words_never_become_a_public_title_by_themselves(desk, office, hidden):
    reason = WithheldReason.PERSONAL_DATA if hidden == Visibility.WITHHELD else ""
    words = "Gọi tôi số 0912 345 678 nhà số 5."
    secret = office.comments(1, visibility=hidden, withheld_reason=reason, text=words)[0]
    asked = desk.post(new_url(office), {"comments": [secret.pk], "rieng": "1"})
    assert asked.status_code == 200
    assert not Point.objects.exists()
    assert re.search(r'name="title"[^>]*value="[^"]', asked.content.decode()) is None
