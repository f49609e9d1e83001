"""Points and answers from their making to their release: rows, counts, audit."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from danban.answers import actions, queries, rules
from danban.answers.models import Answer, Point
from danban.answers.states import AnswerState, Disposition
from danban.audit.models import AuditEntry
from danban.consultation.models import Comment, Tally
from tests.factories import CommentFactory, WindowFactory


def audited(action):
    return AuditEntry.objects.filter(action=action).order_by("pk")


def states(point):
    return list(
        Comment.objects.filter(membership__point=point).order_by("pk").values_list("state", flat=True)
    )


def tallied(window):
    rows = Tally.objects.filter(window=window).values_list("state").annotate(n=Sum("n"))
    return {state: n for state, n in rows if n}


def test_a_point_groups_its_comments(office):
    provision = office.window.version.provisions.get(address="dieu-1.khoan-2")
    point = office.point(3, title="  Giờ   thu gom ", provision=provision)
    assert (point.title, point.provision, point.created_by) == ("Giờ thu gom", provision, office.drafter)
    assert states(point) == ["grouped"] * 3
    assert tallied(office.window) == {"grouped": 3}
    entry = audited("point.made").get()
    assert entry.actor == f"user:{office.drafter.pk}"
    assert entry.rows[0] == ["answers.Point", point.pk]
    assert len(entry.details["comments"]) == 3


def test_a_point_takes_no_comment_of_another_window_or_point(office):
    stranger = CommentFactory(window=WindowFactory())
    mine = office.comments(1)
    for chosen, message in (([*mine, stranger], "không thuộc"), ([], "Chưa chọn")):
        with pytest.raises(rules.PointRefused, match=message):
            actions.make_point(
                window=office.window, title="Giờ", provision=None, comments=chosen, by=office.drafter
            )
    actions.make_point(window=office.window, title="Giờ", provision=None, comments=mine, by=office.drafter)
    with pytest.raises(rules.PointRefused, match="đã nằm"):
        actions.make_point(
            window=office.window, title="Giờ", provision=None, comments=mine, by=office.drafter
        )
    assert Point.objects.count() == 1
    stranger.refresh_from_db()
    assert stranger.state == "received"


def test_a_point_stands_on_the_draft_of_its_window(office):
    elsewhere = WindowFactory().version.provisions.first()
    with pytest.raises(rules.PointRefused):
        actions.make_point(
            window=office.window,
            title="Giờ",
            provision=elsewhere,
            comments=office.comments(),
            by=office.drafter,
        )
    assert not Point.objects.exists()


def test_comments_join_and_leave(office):
    point = office.point(2)
    late = office.comments(1)[0]
    actions.add_comments(point=point, comments=[late], by=office.drafter)
    assert states(point) == ["grouped"] * 3
    actions.remove_comments(point=point, comments=[late], by=office.drafter)
    late.refresh_from_db()
    assert (late.state, states(point)) == ("received", ["grouped"] * 2)
    assert tallied(office.window) == {"grouped": 2, "received": 1}
    assert [entry.details for entry in audited("point.changed")] == [
        {"added": [late.pk]},
        {"removed": [late.pk]},
    ]


def test_the_last_comment_leaves_only_with_its_point(office):
    point = office.point(1)
    comment = Comment.objects.get(membership__point=point)
    with pytest.raises(rules.PointRefused):
        actions.remove_comments(point=point, comments=[comment], by=office.drafter)
    office.saved(point)
    actions.dissolve_point(point=point, by=office.drafter)
    comment.refresh_from_db()
    assert comment.state == "received"
    assert not Point.objects.exists()
    assert not Answer.objects.exists()
    assert audited("point.dissolved").get().details == {"comments": [comment.pk]}


def test_an_answer_is_written_submitted_released(office):
    point = office.point(3)
    answer = office.saved(point, reason="  Bổ sung\r\nkhung giờ tối. ")
    assert (answer.state, answer.reason) == (AnswerState.DRAFT, "Bổ sung\nkhung giờ tối.")
    actions.submit_answer(answer=answer, by=office.drafter)
    released = actions.release_answer(answer=answer, by=office.approver)
    released.refresh_from_db()
    assert released.state == AnswerState.RELEASED
    assert (released.written_by, released.released_by) == (office.drafter, office.approver)
    assert released.comments_count == 3
    assert states(point) == ["answered"] * 3
    assert tallied(office.window) == {"answered": 3}
    assert [audited(f"answer.{act}").count() for act in ("saved", "submitted", "released")] == [1, 1, 1]
    entry = audited("answer.released").get()
    assert entry.actor == f"user:{office.approver.pk}"
    assert entry.details == {"disposition": "accepted", "comments": 3}


def test_the_writer_does_not_release(office):
    point = office.point()
    answer = office.submitted(point, by=office.approver)
    with pytest.raises(rules.AnswerRefused, match="người khác"):
        actions.release_answer(answer=answer, by=office.approver)
    assert states(point) == ["grouped"] * 2
    answer.refresh_from_db()
    assert answer.state == AnswerState.SUBMITTED


def test_a_draft_is_not_released_and_a_waiting_one_not_edited(office):
    point = office.point()
    answer = office.saved(point)
    with pytest.raises(rules.AnswerRefused):
        actions.release_answer(answer=answer, by=office.approver)
    actions.submit_answer(answer=answer, by=office.drafter)
    with pytest.raises(rules.AnswerRefused):
        office.saved(point, reason="Khác.")
    for change in (
        lambda: actions.add_comments(point=point, comments=office.comments(), by=office.drafter),
        lambda: actions.retitle_point(point=point, title="Khác", by=office.drafter),
        lambda: actions.dissolve_point(point=point, by=office.drafter),
    ):
        with pytest.raises(rules.PointRefused, match="chờ duyệt"):
            change()


def test_a_returned_answer_says_why_and_goes_again(office):
    point = office.point()
    answer = office.submitted(point)
    with pytest.raises(rules.AnswerRefused):
        actions.return_answer(answer=answer, reason="  ", by=office.approver)
    actions.return_answer(answer=answer, reason="Nêu rõ khoản.", by=office.approver)
    answer.refresh_from_db()
    assert (answer.state, answer.returned_reason) == (AnswerState.RETURNED, "Nêu rõ khoản.")
    again = office.submitted(point, reason="Bổ sung khoản 3.")
    assert (again.pk, again.state) == (answer.pk, AnswerState.SUBMITTED)
    assert audited("answer.returned").get().details == {}


def test_two_officers_on_one_answer_lose_nothing(office):
    point = office.point()
    first = office.saved(point, seen="")
    seen = queries.token_of(first)
    office.saved(point, reason="Lời của người thứ nhất.", seen=seen)
    with pytest.raises(rules.AnswerChanged):
        office.saved(point, reason="Lời của người thứ hai.", by=office.approver, seen=seen)
    with pytest.raises(rules.AnswerChanged):
        office.saved(point, reason="Lời của người thứ hai.", by=office.approver, seen="")
    kept = queries.answer_in_work(point)
    assert (kept.reason, kept.written_by) == ("Lời của người thứ nhất.", office.drafter)
    office.saved(point, reason="Lời của người thứ hai.", by=office.approver, seen=queries.token_of(kept))
    assert queries.answer_in_work(point).written_by == office.approver


def test_saving_the_same_words_twice_writes_once(office):
    point = office.point()
    office.saved(point, seen="")
    again = office.saved(point, seen="", by=office.approver)
    assert again.written_by == office.drafter
    assert audited("answer.saved").count() == 1


def test_only_the_words_that_were_read_are_released(office):
    point = office.point()
    answer = office.submitted(point)
    seen = queries.token_of(answer)
    actions.return_answer(answer=answer, reason="Sửa.", by=office.approver)
    office.submitted(point, reason="Lời đã đổi.")
    with pytest.raises(rules.AnswerChanged):
        actions.release_answer(answer=answer, by=office.approver, seen=seen)
    assert states(point) == ["grouped"] * 2


def test_a_newer_answer_takes_the_place_of_the_released_one(office):
    point = office.point(1)
    old = office.released(point)
    late = office.comments(1)[0]
    actions.add_comments(point=point, comments=[late], by=office.drafter)
    late.refresh_from_db()
    assert queries.answer_to(late) is None
    new = office.released(point, disposition="partly_accepted", reason="Chỉ ở chợ.")
    old.refresh_from_db()
    assert (old.state, new.comments_count) == (AnswerState.SUPERSEDED, 2)
    assert states(point) == ["answered"] * 2
    late.refresh_from_db()
    assert queries.answer_to(late) == new
    assert queries.disposition_counts(office.window) == {Disposition.PARTLY: 2}


def test_what_was_answered_in_public_stays(office):
    point = office.point(2)
    office.released(point)
    comment = Comment.objects.filter(membership__point=point).first()
    with pytest.raises(rules.PointRefused):
        actions.remove_comments(point=point, comments=[comment], by=office.drafter)
    with pytest.raises(rules.PointRefused):
        actions.dissolve_point(point=point, by=office.drafter)
    assert states(point) == ["answered"] * 2


@pytest.mark.parametrize(
    "change", [{"reason": "Khác."}, {"disposition": "noted"}, {"state": "draft"}, {"comments_count": 99}]
)
def test_the_database_holds_released_words_fast(office, change):
    answer = office.released(office.point())
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).delete()
    answer.refresh_from_db()
    assert (answer.reason, answer.state) == ("Bổ sung khung giờ tối.", "released")


def test_when_a_comment_was_first_answered_is_kept(office):
    point = office.point(1)
    first = office.released(point)
    (late,) = office.comments(1)
    actions.add_comments(point=point, comments=[late], by=office.drafter)
    assert point.members.get(comment=late).answered_at is None
    second = office.released(point, reason="Bổ sung thêm.")
    answered = dict(point.members.values_list("comment", "answered_at"))
    assert answered.pop(late.pk) == second.released_at
    assert list(answered.values()) == [first.released_at]
