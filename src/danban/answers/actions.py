"""Every write to points and answers. Each is one transaction, checked, audited."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.answers import queries, rules
from danban.answers.models import Answer, Point, PointMember
from danban.answers.states import Act, AnswerState, Disposition
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.jobs import later
from danban.common.text import clean
from danban.consultation import actions as consultation
from danban.consultation.models import Comment, Window
from danban.consultation.states import CommentState
from danban.policies.models import Provision


@transaction.atomic
def make_point(
    *, window: Window, title: str, provision: Provision | None, comments: Iterable[Comment], by: User
) -> Point:
    """Put comments together as one point, to be answered once. One comment alone makes a point too."""
    title = clean(title)
    rules.check_title(title)
    if provision is not None and provision.version_id != window.version_id:
        raise rules.PointRefused(_("Điều khoản này không thuộc dự thảo của đợt lấy ý kiến."))
    joining = _joinable(window, comments)
    point = Point.objects.create(
        window=window, title=title, provision=provision, created_by=by, created_at=clock.now()
    )
    _join(point, joining, by)
    record(Act.POINT_MADE, actor=actor_name(by), rows=[point, window], comments=[row.pk for row in joining])
    return point


@transaction.atomic
def add_comments(*, point: Point, comments: Iterable[Comment], by: User) -> None:
    """Let more comments join. They are answered at the next release, a second person having seen them."""
    point = _locked(point)
    joining = _joinable(point.window, comments)
    _join(point, joining, by)
    record(Act.POINT_CHANGED, actor=actor_name(by), rows=[point], added=[row.pk for row in joining])


@transaction.atomic
def remove_comments(*, point: Point, comments: Collection[Comment], by: User) -> None:
    """Let comments leave, for instance all copies of one text. What was answered in public stays."""
    point = _locked(point)
    leaving = list(
        Comment.objects.filter(membership__point=point, pk__in=[comment.pk for comment in comments])
    )
    if not leaving:
        return
    if any(comment.state == CommentState.ANSWERED for comment in leaving):
        raise rules.PointRefused(_("Ý kiến này đã được trả lời công khai nên không thể bỏ khỏi vấn đề."))
    if point.members.count() == len(leaving):
        raise rules.PointRefused(_("Vấn đề phải còn ít nhất một ý kiến. Muốn bỏ hẳn, chọn “Bỏ vấn đề này”."))
    _leave(leaving, by)
    record(Act.POINT_CHANGED, actor=actor_name(by), rows=[point], removed=[row.pk for row in leaving])


@transaction.atomic
def retitle_point(*, point: Point, title: str, by: User) -> None:
    """Give a point a better name."""
    point = _locked(point)
    title = clean(title)
    rules.check_title(title)
    if title != point.title:
        point.title = title
        point.save(update_fields=["title"])
        record(Act.POINT_CHANGED, actor=actor_name(by), rows=[point], retitled=True)


@transaction.atomic
def dissolve_point(*, point: Point, by: User) -> None:
    """Undo a point made by mistake: its comments wait again, its draft answer goes. Never after a release."""
    point = _locked(point)
    if point.answers.filter(state__in=[AnswerState.RELEASED, AnswerState.SUPERSEDED]).exists():
        raise rules.PointRefused(_("Vấn đề này đã có trả lời công bố nên không bỏ được."))
    leaving = list(Comment.objects.filter(membership__point=point))
    record(Act.POINT_DISSOLVED, actor=actor_name(by), rows=[point], comments=[row.pk for row in leaving])
    _leave(leaving, by)
    point.answers.all().delete()
    point.delete()


@transaction.atomic
def save_answer(*, point: Point, disposition: str, reason: str, by: User, seen: str | None = None) -> Answer:
    """Keep the words in work. ``seen`` is the token of the words the person started from; None: no check.

    Raises AnswerChanged when someone else wrote in between: the caller shows both and nothing is lost.
    """
    point = _lock(point)
    reason = clean(reason)
    rules.check_words(disposition=disposition, reason=reason)
    answer = queries.answer_in_work(point)
    if answer and answer.state == AnswerState.SUBMITTED:
        raise rules.AnswerRefused(_("Trả lời đang chờ duyệt. Người duyệt trả lại thì mới sửa tiếp được."))
    if answer and (answer.disposition, answer.reason) == (disposition, reason):
        return answer
    if seen is not None and seen != queries.token_of(answer):
        raise rules.AnswerChanged(_("Người khác vừa sửa trả lời này. Chưa ghi đè gì; hãy xem chỗ khác nhau."))
    answer = answer or Answer(point=point)
    answer.disposition, answer.reason = disposition, reason
    answer.written_by, answer.written_at = by, clock.now()
    answer.save()
    record(
        Act.ANSWER_SAVED,
        actor=actor_name(by),
        rows=[answer, point],
        disposition=Disposition(disposition).value,
    )
    return answer


@transaction.atomic
def submit_answer(*, answer: Answer, by: User) -> Answer:
    """Hand the answer to a second person; from now until they decide nothing of the point changes."""
    answer = _move(answer, AnswerState.SUBMITTED)
    answer.save(update_fields=["state"])
    record(Act.ANSWER_SUBMITTED, actor=actor_name(by), rows=[answer])
    return answer


@transaction.atomic
def return_answer(*, answer: Answer, reason: str, by: User) -> Answer:
    """Give the answer back to be mended, saying what."""
    reason = clean(reason)
    rules.check_return_reason(reason)
    answer = _move(answer, AnswerState.RETURNED)
    answer.returned_reason = reason
    answer.save(update_fields=["state", "returned_reason"])
    record(Act.ANSWER_RETURNED, actor=actor_name(by), rows=[answer])
    return answer


@transaction.atomic
def release_answer(*, answer: Answer, by: User, seen: str | None = None) -> Answer:
    """Publish the answer to every comment of its point. By a second person, of the very words they read."""
    answer = _move(answer, AnswerState.RELEASED)
    rules.check_second_person(written_by=answer.written_by_id, by=by.pk)
    if seen is not None and seen != queries.token_of(answer):
        raise rules.AnswerChanged(_("Trả lời đã được sửa sau khi bạn mở trang. Hãy đọc lại rồi duyệt."))
    Answer.objects.filter(point=answer.point, state=AnswerState.RELEASED).update(state=AnswerState.SUPERSEDED)
    members = Comment.objects.filter(membership__point=answer.point)
    waiting = list(members.filter(state=CommentState.GROUPED).only("pk"))
    answer.released_by, answer.released_at = by, clock.now()
    answer.comments_count = members.count()
    answer.save(update_fields=["state", "released_by", "released_at", "comments_count"])
    PointMember.objects.filter(point=answer.point, answered_at__isnull=True).update(
        answered_at=answer.released_at
    )
    if waiting:
        consultation.mark_answered(comments=waiting, by=by)
    record(
        Act.ANSWER_RELEASED,
        actor=actor_name(by),
        rows=[answer, answer.point],
        disposition=answer.disposition,
        comments=answer.comments_count,
    )
    later("answers.notify", answer_id=answer.pk)
    return answer


def _locked(point: Point) -> Point:
    """The point as it is now, held until the transaction ends, and free to be changed."""
    point = _lock(point)
    rules.check_not_waiting(set(point.answers.values_list("state", flat=True)))
    return point


def _lock(point: Point) -> Point:
    return Point.objects.select_for_update(of=("self",)).select_related("window").get(pk=point.pk)


def _move(answer: Answer, to: AnswerState) -> Answer:
    """The answer as it is now, its point held, moved (not yet saved)."""
    _lock(answer.point)
    answer = Answer.objects.select_related("point__window").get(pk=answer.pk)
    rules.check_move(answer.state, to)
    answer.state = to
    return answer


def _joinable(window: Window, comments: Iterable[Comment]) -> list[Comment]:
    """The comments as they are now, held, each of the window and of no point; PointRefused otherwise."""
    asked = {comment.pk for comment in comments}
    here: QuerySet[Comment] = Comment.objects.select_for_update().filter(window=window, pk__in=asked)
    held = list(here.order_by("pk"))
    taken = PointMember.objects.filter(comment__in=asked).count()
    rules.check_members(asked=len(asked), here=len(held), taken=taken)
    return held


def _join(point: Point, comments: list[Comment], by: User) -> None:
    PointMember.objects.bulk_create(
        [PointMember(point=point, comment=comment) for comment in comments], batch_size=2000
    )
    consultation.mark_grouped(comments=comments, by=by)


def _leave(comments: list[Comment], by: User) -> None:
    PointMember.objects.filter(comment__in=comments).delete()
    consultation.mark_received(comments=comments, by=by)
