"""Reads of policies and what was said of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from django.db.models import (
    Case,
    Count,
    Max,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from danban.policies.models import Dossier, Policy, Screening, ScreeningAnswer
from danban.policies.once import once
from danban.policies.states import DossierRole, ScreeningStep, Stage


class Queue(StrEnum):
    """Whose turn it is: the last entry says. A decided policy may be proposed anew; a stopped draft waits
    for nobody."""

    PROPOSE = "de-xuat"
    REVIEW = "ra-soat"
    DECIDE = "quyet-dinh"
    IN_SCOPE = "trong-danh-sach"
    OUT_OF_SCOPE = "ngoai-danh-sach"


WAITING = frozenset({Queue.PROPOSE, Queue.REVIEW, Queue.DECIDE})


def scope_at(at: dt.datetime) -> QuerySet[Policy]:
    """Every policy as it stood at a moment: ``decision`` (the id of the decision that held, or None) and
    ``in_scope`` (True, False, or None while undecided).

    The decision that holds is the one of the latest list known by then; of two on one list, the later
    entry. Coverage counts ``scope_at(at).filter(in_scope=True, dossier__role="drafts")``: central bills, in
    which the province only coordinates, are never in it.
    """
    known = Screening.objects.filter(policy=OuterRef("pk"), step=ScreeningStep.DECISION, at__lte=at)
    newest = known.order_by("-decided_on", "-at", "-id")
    return Policy.objects.annotate(
        decision=Subquery(newest.values("pk")[:1]), in_scope=Subquery(newest.values("in_scope")[:1])
    )


def covered_at(at: dt.datetime) -> QuerySet[Policy]:
    """The denominator of coverage at a moment: policies in scope that the province itself drafts."""
    rows = scope_at(at).filter(dossier__role=DossierRole.DRAFTS)
    return rows.filter(in_scope=True)  # type: ignore[misc]


def policies_queued(agencies: Collection[int] | None, *, central: bool) -> QuerySet[Policy]:
    """Policies with the ``queue`` their newest entry puts them in, looked up once a policy.

    ``central`` keeps bills in which the province coordinates apart from what it drafts; ``agencies`` None
    means all.
    """
    puts_in = Case(
        When(step=ScreeningStep.PROPOSAL, then=Value(Queue.REVIEW.value)),
        When(step=ScreeningStep.REVIEW, then=Value(Queue.DECIDE.value)),
        When(in_scope=True, then=Value(Queue.IN_SCOPE.value)),
        default=Value(Queue.OUT_OF_SCOPE.value),
    )
    newest = Screening.objects.filter(policy=OuterRef("pk")).order_by("-at", "-id")
    said = Subquery(newest.annotate(puts_in=puts_in).values("puts_in")[:1])
    role = DossierRole.COORDINATES if central else DossierRole.DRAFTS
    rows = Policy.objects.filter(dossier__role=role)
    rows = rows.annotate(queue=Coalesce(said, Value(Queue.PROPOSE.value)))
    return rows if agencies is None else rows.filter(dossier__agency__in=list(agencies))


def in_queue(rows: QuerySet[Policy], queue: Queue) -> QuerySet[Policy]:
    """The policies of one queue with their dossier and newest entries at hand, the oldest first."""
    entries = Screening.objects.select_related("by", "agency").order_by("at", "id")
    found = rows.filter(queue=queue).select_related("dossier__agency")  # type: ignore[misc]
    if queue in WAITING:
        found = found.exclude(dossier__stage=Stage.STOPPED)
    return found.prefetch_related(Prefetch("screenings", entries)).order_by("pk")


def queue_sizes(rows: QuerySet[Policy]) -> dict[Queue, int]:
    """How many policies each queue holds; one query."""
    sizes = dict.fromkeys(Queue, 0)
    counted = rows.order_by().values_list("queue", "dossier__stage").annotate(n=Count("pk"))  # type: ignore[misc]
    for queue, stage, n in counted:
        if stage != Stage.STOPPED or queue not in WAITING:
            sizes[Queue(queue)] += n
    return sizes


def policies_of(dossier: Dossier) -> list[Policy]:
    """The policies of a dossier, each with its entries at hand; two queries."""
    entries = Prefetch("screenings", Screening.objects.order_by("at", "id"))
    rows = dossier.policies.order_by("number").prefetch_related(entries)
    return once(dossier, "policies", lambda: list(rows))


def entries_of(policy: Policy) -> list[Screening]:
    """All that was said of a policy, the newest first, with who said it and each answer."""
    answers = ScreeningAnswer.objects.order_by("id")
    rows = policy.screenings.select_related("by", "agency").prefetch_related(Prefetch("answers", answers))
    return list(rows.order_by("-at", "-id"))


def entries_of_dossier(dossier: Dossier) -> QuerySet[Screening]:
    """All entries on the policies of a dossier, the oldest first."""
    rows = Screening.objects.filter(policy__dossier=dossier).select_related("policy", "by", "agency")
    return rows.order_by("at", "id")


def next_number(dossier: Dossier) -> int:
    """The number of the dossier's next policy."""
    return int(dossier.policies.aggregate(last=Max("number"))["last"] or 0) + 1
