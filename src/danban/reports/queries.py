"""Reads for the synthesis table: the opinions in order, the answers, the counts. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from danban.answers.models import Answer
from danban.answers.queries import disposition_counts
from danban.answers.states import AnswerState
from danban.consultation.models import Comment, OpinionRequest, Window
from danban.consultation.queries import opinions_count
from danban.consultation.states import CommenterKind, Position, Visibility
from danban.policies.models import Provision

WHOLE_DRAFT_FIRST = -1
ROWS_AT_ONCE = 2000

_KIND_ORDER = Case(
    *(
        When(commenter_kind=kind, then=rank)
        for rank, kind in enumerate(
            (CommenterKind.AGENCY, CommenterKind.ORGANISATION, CommenterKind.BUSINESS, CommenterKind.PERSON)
        )
    ),
    output_field=IntegerField(),
)
_PLACE = Case(
    When(
        membership__isnull=False,
        then=Coalesce(F("membership__point__provision__position"), Value(WHOLE_DRAFT_FIRST)),
    ),
    default=Coalesce(F("provision__position"), Value(WHOLE_DRAFT_FIRST)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """One comment as the table needs it. ``place`` is the provision of its point, else its own."""

    number: int
    point: int | None
    title: str
    place: int | None
    provision: int | None
    kind: str
    name: str
    channel: str
    received_on: dt.date
    text: str
    visibility: str
    withheld_reason: str


def opinions(window: Window) -> Iterator[Opinion]:
    """Every opinion of a window: by place in the draft, point, kind of commenter, name. Streams."""
    rows = (
        Comment.objects.filter(window=window)
        .annotate(rank=_KIND_ORDER, at=_PLACE)
        .order_by("at", F("membership__point").asc(nulls_last=True), "rank", "public_name", "pk")
        .values_list(
            "pk",
            "membership__point",
            "membership__point__title",
            "membership__point__provision",
            "provision",
            "commenter_kind",
            "public_name",
            "agency__name",
            "channel",
            "received_on",
            "text",
            "visibility",
            "withheld_reason",
        )
    )
    for (
        number, point, title, point_place, own, kind, public_name, agency,
        channel, received_on, text, visibility, withheld,
    ) in rows.iterator(ROWS_AT_ONCE):  # fmt: skip
        yield Opinion(
            number=number,
            point=point,
            title=title or "",
            place=own if point is None else point_place,
            provision=own,
            kind=kind,
            name=public_name or agency or "",
            channel=channel,
            received_on=received_on,
            text=text,
            visibility=visibility,
            withheld_reason=withheld,
        )


def answers_by_point(window: Window) -> dict[int, Answer]:
    """Released answers of a window by the id of their point. Drafts never reach a report."""
    rows = Answer.objects.filter(point__window=window, state=AnswerState.RELEASED)
    return {answer.point_id: answer for answer in rows}


def provisions_by_id(window: Window) -> dict[int, Provision]:
    """The provisions of the window's version by id, in the order of the draft."""
    rows: QuerySet[Provision] = Provision.objects.filter(version=window.version_id).order_by("position")
    return {provision.pk: provision for provision in rows}


@dataclass(frozen=True)
class Totals:
    """Three counts that are never one another: opinions, commenters, agencies consulted.

    ``commenters`` is by kind; ``dispositions`` counts opinions by the code of their answer.
    ``positions`` counts the agencies that answered by where they said they stand; those that did not say are
    not in it. ``agencies_without_opinion`` said that they have none, or said nothing and sent no opinion:
    whether they agree is theirs to say, so it is not called agreement.
    """

    opinions: int
    commenters: dict[str, int]
    agencies_consulted: int
    agencies_answered: int
    agencies_without_opinion: int
    positions: dict[str, int]
    dispositions: dict[str, int]
    unscreened: int

    @property
    def all_commenters(self) -> int:
        return sum(self.commenters.values())

    @property
    def unanswered(self) -> int:
        return self.opinions - sum(self.dispositions.values())


def totals(window: Window) -> Totals:
    """The figures at the head of the table; each opens its records on the page. Five queries."""
    comments = Comment.objects.filter(window=window)
    by_kind = comments.order_by().values_list("commenter_kind")
    asked = _asked_by_position(window, comments)
    return Totals(
        opinions=opinions_count(window),
        commenters=dict(by_kind.annotate(n=Count("commenter_key", distinct=True))),
        agencies_consulted=sum(one.asked for one in asked.values()),
        agencies_answered=sum(one.answered for one in asked.values()),
        agencies_without_opinion=asked.get(Position.NO_OPINION, Asked()).answered
        + asked.get("", Asked()).silent,
        positions={position: one.answered for position, one in asked.items() if position},
        dispositions=disposition_counts(window),
        unscreened=comments.filter(visibility__in=[Visibility.PENDING, Visibility.HELD]).count(),
    )


class Asked(NamedTuple):
    """Agencies asked, of them those that answered, and of those the ones that sent no opinion."""

    asked: int = 0
    answered: int = 0
    silent: int = 0


def _asked_by_position(window: Window, comments: QuerySet[Comment]) -> dict[str, Asked]:
    """The agencies asked by where they said they stand. One query."""
    answered = Q(answered_on__isnull=False)
    spoke = Q(Exists(comments.filter(agency=OuterRef("agency"))))
    rows = OpinionRequest.objects.filter(window=window).order_by().values_list("position")
    counted = rows.annotate(
        asked=Count("pk"), answered=Count("pk", filter=answered), silent=Count("pk", filter=answered & ~spoke)
    )
    return {position: Asked(*numbers) for position, *numbers in counted}
