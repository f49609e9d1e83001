"""Kinds of evidence whose records lie below the plan: a draft posted on the portal, a document issued."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.common.text import fold
from danban.plan.evidence import Kind, Names, Record, register
from danban.plan.models import Plan
from danban.plan.states import PlanState
from danban.policies.models import StageMove, Version
from danban.policies.states import Stage, VersionState

AT_ONCE = 50


def _postings(ids: Collection[int]) -> Mapping[int, Record]:
    rows = Version.objects.filter(pk__in=ids, state=VersionState.RELEASED).select_related("dossier")
    return {version.pk: _posting(version) for version in rows}


def _posting(version: Version) -> Record:
    """What is released stands on the portal from that day and never leaves it."""
    assert version.released_at is not None
    title, url = _posting_words(version.dossier.title, version.dossier.slug, version.number)
    return Record(
        pk=version.pk,
        title=title,
        url=url,
        shown_on=timezone.localdate(version.released_at),
        agencies=frozenset([version.dossier.agency_id]),
    )


def _posting_words(title: str, slug: str, n: int) -> tuple[str, str]:
    return _("%(title)s, lần %(n)d") % {"title": title, "n": n}, reverse("portal:draft", args=[slug])


def _recent_postings(agencies: Collection[int] | None, words: str) -> list[Record]:
    rows = Version.objects.filter(state=VersionState.RELEASED).select_related("dossier")
    rows = _of(rows, "dossier__agency", agencies)
    for word in fold(words).split():
        rows = rows.filter(dossier__search_text__contains=word)
    return [_posting(version) for version in rows.order_by("-released_at", "-pk")[:AT_ONCE]]


def _issued(ids: Collection[int]) -> Mapping[int, Record]:
    rows = StageMove.objects.filter(pk__in=ids, to_stage=Stage.ISSUED).select_related("dossier")
    return {move.pk: _issued_record(move) for move in rows}


def _issued_record(move: StageMove) -> Record:
    """A dossier whose document was issued, under its number."""
    title, url = _issued_words(move.dossier.title, move.dossier_id, move.document_number)
    return Record(
        pk=move.pk,
        title=title,
        url=url,
        shown_on=move.on,
        agencies=frozenset([move.dossier.agency_id]),
    )


def _issued_words(title: str, dossier: int, number: str) -> tuple[str, str]:
    return f"{number}: {title}" if number else title, reverse("policies:dossier", args=[dossier])


def _recent_issued(agencies: Collection[int] | None, words: str) -> list[Record]:
    rows = StageMove.objects.filter(to_stage=Stage.ISSUED).select_related("dossier")
    rows = _of(rows, "dossier__agency", agencies)
    for word in fold(words).split():
        rows = rows.filter(dossier__search_text__contains=word)
    return [_issued_record(move) for move in rows.order_by("-on", "-pk")[:AT_ONCE]]


def _plans(ids: Collection[int]) -> Mapping[int, Record]:
    return {plan.pk: _plan_record(plan) for plan in Plan.objects.filter(pk__in=ids)}


def _plan_record(plan: Plan) -> Record:
    """A plan in force, or one that was, has been issued."""
    issued = plan.state != PlanState.DRAFT
    title, url = _plan_words(plan.pk, plan.number, plan.title)
    return Record(
        pk=plan.pk,
        title=title,
        url=url,
        shown_on=plan.issued_on if issued else None,
        missing="" if issued else _("Kế hoạch còn đang soạn."),
        agencies=frozenset([plan.issuer_id, plan.lead_id]),
    )


def _plan_words(pk: int, number: str, title: str) -> tuple[str, str]:
    return f"{number}: {title}", reverse("plan:plan", args=[pk])


def _recent_plans(agencies: Collection[int] | None, words: str) -> list[Record]:
    # What another agency is still writing is nobody else's to read.
    plans = Plan.objects.exclude(state=PlanState.DRAFT) if agencies is None else Plan.objects.all()
    rows = _of(plans, "lead", agencies).order_by("-issued_on", "-pk")
    wanted = fold(words).split()
    found = (_plan_record(plan) for plan in rows)
    return [one for one in found if all(word in fold(one.title) for word in wanted)][:AT_ONCE]


def _of(rows: QuerySet, field: str, agencies: Collection[int] | None) -> QuerySet:
    return rows if agencies is None else rows.filter(**{f"{field}__in": list(agencies)})


register(
    Kind(
        "posting",
        gettext_lazy("Dự thảo đăng trên cổng"),
        _postings,
        _recent_postings,
        Names(
            Version.objects.filter(state=VersionState.RELEASED),
            {"title": "dossier__title", "slug": "dossier__slug", "n": "number"},
            lambda _pk, facts: _posting_words(**facts),
        ),
    )
)
register(
    Kind(
        "issued",
        gettext_lazy("Văn bản đã ban hành"),
        _issued,
        _recent_issued,
        Names(
            StageMove.objects.filter(to_stage=Stage.ISSUED),
            {"title": "dossier__title", "dossier": "dossier_id", "number": "document_number"},
            lambda _pk, facts: _issued_words(**facts),
        ),
    )
)
register(
    Kind(
        "issued_plan",
        gettext_lazy("Kế hoạch đã ban hành"),
        _plans,
        _recent_plans,
        Names(
            Plan.objects.all(),
            {"number": "number", "title": "title"},
            lambda pk, facts: _plan_words(pk, **facts),
        ),
    )
)
