"""Reads of policies and what was said of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from danban.policies.models import Dossier, Policy, Screening, ScreeningAnswer
from danban.policies.states import DossierRole, ScreeningStep, Stage


class Queue(StrEnum):
    """Whose turn it is: the last entry says. A decided policy may be proposed anew; a stopped draft waits
    for nobody."""

    PROPOSE = "de-xuat"
    REVIEW = "ra-soat"
    DECIDE = "quyet-dinh"
    IN_SCOPE = "trong-danh-sach"
    OUT_OF_SCOPE = "ngoai-danh-sach"


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


def undecided(dossier: Dossier) -> tuple[int, int]:
    """How many policies a dossier holds, and of how many of them there is no decision. One query."""
    decided = Screening.objects.filter(policy=OuterRef("pk"), step=ScreeningStep.DECISION)
    counted = dossier.policies.annotate(decision=Subquery(decided.values("pk")[:1])).aggregate(
        n=Count("pk"), open=Count("pk", filter=Q(decision__isnull=True))
    )
    return counted["n"], counted["open"]


def policies_queued(agencies: Collection[int] | None, *, central: bool) -> QuerySet[Policy]:
    """Policies with the step (``last_step``) and conclusion (``last_in_scope``) of their newest entry.

    ``central`` keeps bills in which the province coordinates apart from what it drafts; ``agencies`` None
    means all.
    """
    newest = Screening.objects.filter(policy=OuterRef("pk")).order_by("-at", "-id")
    role = DossierRole.COORDINATES if central else DossierRole.DRAFTS
    rows = Policy.objects.filter(dossier__role=role).annotate(
        last_step=Subquery(newest.values("step")[:1]),
        last_in_scope=Subquery(newest.values("in_scope")[:1]),
    )
    return rows if agencies is None else rows.filter(dossier__agency__in=list(agencies))


_GOES_ON = ~Q(dossier__stage=Stage.STOPPED)
_QUEUES = {
    Queue.PROPOSE: Q(last_step__isnull=True) & _GOES_ON,
    Queue.REVIEW: Q(last_step=ScreeningStep.PROPOSAL) & _GOES_ON,
    Queue.DECIDE: Q(last_step=ScreeningStep.REVIEW) & _GOES_ON,
    Queue.IN_SCOPE: Q(last_step=ScreeningStep.DECISION, last_in_scope=True),
    Queue.OUT_OF_SCOPE: Q(last_step=ScreeningStep.DECISION, last_in_scope=False),
}


def in_queue(rows: QuerySet[Policy], queue: Queue) -> QuerySet[Policy]:
    """The policies of one queue with their dossier and newest entries at hand, the oldest first."""
    entries = Screening.objects.select_related("by", "agency").order_by("at", "id")
    found = rows.filter(_QUEUES[queue]).select_related("dossier__agency")
    return found.prefetch_related(Prefetch("screenings", entries)).order_by("pk")


def queue_sizes(rows: QuerySet[Policy]) -> dict[Queue, int]:
    """How many policies wait in each queue; one query."""
    counted = rows.aggregate(**{queue.name: Count("pk", filter=holds) for queue, holds in _QUEUES.items()})
    return {queue: counted[queue.name] for queue in Queue}


def policies_of(dossier: Dossier) -> QuerySet[Policy]:
    """The policies of a dossier, each with its entries at hand; two queries."""
    entries = Screening.objects.order_by("at", "id")
    return dossier.policies.order_by("number").prefetch_related(Prefetch("screenings", entries))


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
