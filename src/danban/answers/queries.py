"""Every read of points and answers that is more than one row by its key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.safestring import SafeString

from danban.answers import rules
from danban.answers.differences import Run, alike, word_differences
from danban.answers.models import Answer, Point, PointMember
from danban.answers.render import reason_html
from danban.answers.states import IN_WORK, AnswerState, Stage
from danban.common import clock
from danban.consultation.models import Comment, Contact, Tally, Window
from danban.consultation.places import place_in_words
from danban.consultation.states import CommentState
from danban.policies.models import Provision, Version

VARIANTS_A_PAGE = 30


def answer_in_work(point: Point) -> Answer | None:
    """The answer being written, waiting or returned; at most one."""
    return point.answers.filter(state__in=IN_WORK).select_related("written_by").first()


def released_answer(point: Point) -> Answer | None:
    return (
        point.answers.filter(state=AnswerState.RELEASED).select_related("written_by", "released_by").first()
    )


def token_of(answer: Answer | None) -> str:
    """The name of an answer's words as they are now (see rules.token)."""
    if answer is None:
        return ""
    return rules.token(
        answer=answer.pk,
        disposition=answer.disposition,
        reason=answer.reason,
        written_at=answer.written_at,
    )


@dataclass(frozen=True)
class AnsweredPoint:
    """A point as the public sees it: what was asked, how many asked it, the released answer."""

    answer: Answer

    @property
    def title(self) -> str:
        return self.answer.point.title

    @property
    def provision(self) -> Provision | None:
        return self.answer.point.provision

    @property
    def provision_label(self) -> str:
        return place_in_words(self.provision)

    @property
    def members_count(self) -> int:
        return self.answer.comments_count

    @property
    def answer_html(self) -> SafeString:
        return reason_html(self.answer.reason)


def released_answers(window: Window) -> list[AnsweredPoint]:
    """Public answers of a window in the order of the draft, the whole draft first. One query."""
    return _answered(Answer.objects.filter(point__window=window))


def released_answers_on(provisions: Iterable[int], version: Version) -> list[AnsweredPoint]:
    """Public answers about provisions of a version (ids), or about what they were in its other versions."""
    lineages = Provision.objects.filter(pk__in=list(provisions)).values("lineage")
    return _answered(
        Answer.objects.filter(
            point__window__dossier=version.dossier_id, point__provision__lineage__in=lineages
        )
    )


def _answered(rows: QuerySet[Answer]) -> list[AnsweredPoint]:
    place = F("point__provision__position").asc(nulls_first=True)
    shown = rows.filter(state=AnswerState.RELEASED).select_related("point__provision")
    return [AnsweredPoint(answer) for answer in shown.order_by(place, "point_id")]


def answered_totals(windows: Collection[int]) -> dict[int, int]:
    """How many comments of each window have their answer, by window id; absent when none."""
    rows = Answer.objects.filter(point__window__in=list(windows), state=AnswerState.RELEASED)
    return dict(rows.values_list("point__window").annotate(n=Sum("comments_count")))


def answer_to(comment: Comment) -> Answer | None:
    """The public answer to a comment; None until it is answered: a late joiner waits for the next release."""
    if comment.state != CommentState.ANSWERED:
        return None
    rows = Answer.objects.filter(point__members__comment=comment, state=AnswerState.RELEASED)
    return rows.select_related("point__provision").first()


def disposition_counts(window: Window) -> dict[str, int]:
    """How many comments each disposition answered, by its code; absent when none."""
    rows = Answer.objects.filter(point__window=window, state=AnswerState.RELEASED)
    return dict(rows.values_list("disposition").annotate(n=Sum("comments_count")))


def points(window: Window, stage: str = "") -> QuerySet[Point]:
    """Points in the order of the draft, with ``stage`` and ``members_count``; of one stage when named."""
    rows = _staged(Point.objects.filter(window=window))
    if stage:
        rows = rows.filter(stage=stage)
    sizes = (
        PointMember.objects.filter(point=OuterRef("pk")).order_by().values("point").annotate(n=Count("pk"))
    )
    return (
        rows.annotate(members_count=Coalesce(Subquery(sizes.values("n")), 0))
        .select_related("provision")
        .order_by(F("provision__position").asc(nulls_first=True), "pk")
    )


def stage_counts(window: Window) -> dict[str, int]:
    """How many points stand at each stage, by code; every stage is there."""
    rows = _staged(Point.objects.filter(window=window)).order_by().values_list("stage")
    return dict.fromkeys(Stage.values, 0) | dict(rows.annotate(n=Count("pk")))


def _staged(rows: QuerySet[Point]) -> QuerySet[Any]:
    """In work goes before released: that is what the officer has to do."""
    of_point = Answer.objects.filter(point=OuterRef("pk")).exclude(state=AnswerState.SUPERSEDED)
    in_work_first = of_point.order_by(
        Case(When(state=AnswerState.RELEASED, then=1), default=0, output_field=IntegerField())
    )
    return rows.annotate(stage=Coalesce(Subquery(in_work_first.values("state")[:1]), Value(Stage.OPEN.value)))


@dataclass(frozen=True)
class Progress:
    """How far the answering of a window has come. Counts of comments; ``today`` of released answers."""

    received: int
    grouped: int
    answered: int
    today: int

    @property
    def total(self) -> int:
        return self.received + self.grouped + self.answered


def progress(window: Window) -> Progress:
    """From the tallies, so that it costs the same with 50 comments and with 500,000."""
    sums = dict(Tally.objects.filter(window=window).values_list("state").annotate(total=Sum("n")))
    start = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time.min))
    today = Answer.objects.filter(point__window=window, released_at__gte=start).count()
    return Progress(
        received=sums.get(CommentState.RECEIVED, 0),
        grouped=sums.get(CommentState.GROUPED, 0),
        answered=sums.get(CommentState.ANSWERED, 0),
        today=today,
    )


@dataclass(frozen=True)
class Variant:
    """One text among the members of a point: its first comment, how many sent the same, what sets it apart.

    ``runs`` compares it with the text most people sent; empty for that text itself and for
    texts too unlike it to compare.
    """

    comment: Comment
    copies: int
    runs: tuple[Run, ...] = ()

    @property
    def place(self) -> str:
        return place_in_words(self.comment.provision)


def variants(point: Point, page: int = 1) -> tuple[list[Variant], bool]:
    """A page of the distinct texts in a point, most sent first, and whether more follow. Three queries."""
    members = Comment.objects.filter(membership__point=point)
    texts = members.order_by().values("folded").annotate(copies=Count("pk"), first=Min("pk"))
    start = (page - 1) * VARIANTS_A_PAGE
    rows = list(texts.order_by("-copies", "first")[start : start + VARIANTS_A_PAGE + 1])
    shown = rows[:VARIANTS_A_PAGE]
    wanted = [row["first"] for row in shown]
    head_id = wanted[0] if page == 1 and wanted else _head_id(point)
    found = Comment.objects.select_related("provision", "agency").in_bulk({*wanted, head_id})
    head = found.get(head_id)
    made = [_variant(found[row["first"]], row["copies"], head) for row in shown]
    return made, len(rows) > VARIANTS_A_PAGE


def _head_id(point: Point) -> int:
    texts = Comment.objects.filter(membership__point=point).order_by().values("folded")
    head = texts.annotate(copies=Count("pk"), first=Min("pk")).order_by("-copies", "first").first()
    return head["first"] if head else 0


def _variant(comment: Comment, copies: int, head: Comment | None) -> Variant:
    if head is None or comment.pk == head.pk or not alike(head.text, comment.text):
        return Variant(comment=comment, copies=copies)
    return Variant(comment=comment, copies=copies, runs=tuple(word_differences(head.text, comment.text)))


def copies_in(point: Point, comment: Comment) -> QuerySet[Comment]:
    """The members of a point that say the same as this one, itself included."""
    return Comment.objects.filter(membership__point=point, folded=comment.folded)


def to_release(agencies: Collection[int] | None) -> QuerySet[Answer]:
    """Answers waiting for a second person in those agencies (None: all), oldest first."""
    rows = Answer.objects.filter(state=AnswerState.SUBMITTED)
    if agencies is not None:
        rows = rows.filter(point__window__dossier__agency__in=list(agencies))
    sizes = (
        PointMember.objects.filter(point=OuterRef("point")).order_by().values("point").annotate(n=Count("pk"))
    )
    return (
        rows.annotate(members_count=Coalesce(Subquery(sizes.values("n")), 0))
        .select_related("point__provision", "point__window__dossier", "written_by")
        .order_by("written_at", "pk")
    )


def joinable_points(window: Window) -> QuerySet[Point]:
    """Points that comments may join: those whose answer is not waiting for a second person."""
    waiting = Answer.objects.filter(state=AnswerState.SUBMITTED).values("point")
    rows = Point.objects.filter(window=window).exclude(pk__in=waiting).select_related("provision")
    return rows.order_by(F("provision__position").asc(nulls_first=True), "pk")


def selected_comments(window: Window, ids: Collection[int]) -> list[Comment]:
    """The comments a person ticked, those of this window only, in order."""
    rows = Comment.objects.filter(window=window, pk__in=ids).select_related("provision")
    return list(rows.order_by("pk"))


def words_of(provision: Provision | None) -> list[Provision]:
    """A provision and all below it, in order: the words the commenters read. One query, at most 200 rows."""
    if provision is None:
        return []
    following = Provision.objects.filter(version=provision.version_id, position__gt=provision.position)
    held, ids = [provision], {provision.pk}
    for one in following.order_by("position")[:200]:
        if one.parent_id not in ids:
            break
        held.append(one)
        ids.add(one.pk)
    return held


def windows_worked(agencies: Collection[int] | None) -> QuerySet[Window]:
    """The windows of those agencies (None: all), newest first, with counts of comments and answered ones."""
    tallies = Tally.objects.filter(window=OuterRef("pk")).order_by().values("window").annotate(total=Sum("n"))
    rows = Window.objects.filter(cancelled_at__isnull=True)
    if agencies is not None:
        rows = rows.filter(dossier__agency__in=list(agencies))
    return rows.annotate(
        comments_total=Subquery(tallies.values("total")),
        comments_answered=Subquery(tallies.filter(state=CommentState.ANSWERED).values("total")),
    ).select_related("dossier__agency")


def who_asked_for_email(answer_id: int) -> QuerySet[Contact]:
    """Contacts of the answered comments whose authors want a letter."""
    rows = Contact.objects.filter(
        wants_email=True,
        comment__state=CommentState.ANSWERED,
        comment__membership__point__answers=answer_id,
    )
    return rows.select_related("comment").order_by("pk")
