"""Reads of the life of dossiers: where they stand, what the dated rules ask, what was found."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from danban.policies.life import Need
from danban.policies.models import ConsulteeRule, Dossier, ReplyTerm, StageMove, StageRule
from danban.policies.once import read_once
from danban.policies.requirements import FINDERS
from danban.policies.states import DocumentType, DossierRole, Requirement

# What a card of the board shows.
ON_BOARD = ("title", "document_type", "stage", "started_on", "agency__name", "agency__short_name")


def _holding(day: dt.date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def stage_rules_for(document_type: str, stage: str, day: dt.date) -> QuerySet[StageRule]:
    """What the rules that hold on a day ask before a document of a type enters a stage."""
    return StageRule.objects.filter(_holding(day), document_type=document_type, stage=stage)


def needs_of(dossier: Dossier, stage: str, day: dt.date) -> list[Need]:
    """What a dossier must show before it enters a stage on a day, each with what was found about it.

    In the order of ``Requirement``; of several rules on one thing, one read in the official text goes first.
    """
    dossier = read_once(dossier)
    asked: dict[str, StageRule] = {}
    for rule in stage_rules_for(dossier.document_type, stage, day).order_by("verified", "valid_from"):
        asked[rule.requirement] = rule
    return [_need(dossier, asked[one], day) for one in Requirement if one in asked]


def _need(dossier: Dossier, rule: StageRule, day: dt.date) -> Need:
    found = FINDERS[Requirement(rule.requirement)](dossier, day)
    return Need(
        requirement=rule.requirement,
        met=found.met,
        words=found.words,
        url=found.url,
        legal_basis=rule.legal_basis,
        verified=rule.verified,
        note=rule.note,
    )


def consultee_rules_on(document_type: str, day: dt.date) -> QuerySet[ConsulteeRule]:
    """The rules that name the bodies that must be asked on a day."""
    return ConsulteeRule.objects.filter(_holding(day), document_type=document_type).order_by("name")


def agencies_to_ask(document_type: str, day: dt.date) -> list[int]:
    """Ids of the agencies that the province chose for the bodies that must be asked on a day; one query."""
    chosen = consultee_rules_on(document_type, day).filter(agencies__isnull=False)
    return list(chosen.order_by("agencies").values_list("agencies", flat=True).distinct())


def reply_term_on(day: dt.date) -> ReplyTerm | None:
    return ReplyTerm.objects.filter(_holding(day)).order_by("-valid_from").first()


def stage_rules() -> QuerySet[StageRule]:
    """Every rule on moves, past ones too, in the order of the table."""
    return StageRule.objects.order_by("document_type", "stage", "requirement", "-valid_from")


def consultee_rules() -> QuerySet[ConsulteeRule]:
    """Every rule on bodies to be asked, with the agencies each means."""
    return ConsulteeRule.objects.order_by("document_type", "name", "-valid_from").prefetch_related("agencies")


def reply_terms() -> QuerySet[ReplyTerm]:
    return ReplyTerm.objects.order_by("-valid_from")


def moves_of(dossier: Dossier) -> QuerySet[StageMove]:
    """Every move of a dossier, the oldest first."""
    return dossier.moves.select_related("by").order_by("at", "id")


def last_move_on(dossier: Dossier) -> dt.date:
    """The day of the last move; the day work began where there is none."""
    last = dossier.moves.aggregate(day=Max("on"))["day"]
    return last or dossier.started_on


def dossiers_living(
    *, document_type: str = "", agency: int | None = None, central: bool = False
) -> QuerySet[Dossier]:
    """Dossiers for the board, with ``since``: the day they came to their stage. Central bills stand apart."""
    role = DossierRole.COORDINATES if central else DossierRole.DRAFTS
    rows = Dossier.objects.filter(role=role).select_related("agency").only(*ON_BOARD)
    if document_type in DocumentType.values:
        rows = rows.filter(document_type=document_type)
    if agency:
        rows = rows.filter(agency=agency)
    return rows


def stage_sizes(rows: QuerySet[Dossier]) -> dict[str, int]:
    """How many dossiers stand at each stage; one query."""
    return dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))


def at_each_stage(rows: QuerySet[Dossier], most: int) -> dict[str, list[Dossier]]:
    """The dossiers longest at each stage, at most ``most`` of each; two queries."""
    place = Window(RowNumber(), partition_by=F("stage"), order_by=[F("since").asc(), F("pk").asc()])
    # Ranked by their keys alone, then read: ten thousand rows are sorted without their words.
    ranked = _since(rows.select_related(None)).order_by().annotate(place=place).values_list("pk", "place")
    chosen = [pk for pk, _place in ranked.filter(place__lte=most)]
    found: dict[str, list[Dossier]] = {}
    for dossier in _since(rows.filter(pk__in=chosen)).order_by("since", "pk"):  # type: ignore[misc]
        found.setdefault(dossier.stage, []).append(dossier)
    return found


def at_stage(rows: QuerySet[Dossier], stage: str) -> QuerySet[Dossier]:
    """All dossiers at one stage, the longest there first."""
    return _since(rows.filter(stage=stage)).order_by("since", "pk")  # type: ignore[misc]


def _since(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Moves follow one another in time, so the last day is that of the last move."""
    moved = StageMove.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier")
    return rows.annotate(
        since=Coalesce(Subquery(moved.annotate(day=Max("on")).values("day")), F("started_on"))
    )
