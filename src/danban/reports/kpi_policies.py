"""Coverage: policies of large impact that were communicated, and together with whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.plan.queries.evidence import holding
from danban.plan.states import Purpose
from danban.policies.models import Screening
from danban.policies.screening_queries import scope_at
from danban.policies.states import DossierRole
from danban.reports.kpi import (
    Counted,
    Definition,
    Figure,
    Records,
    Scope,
    Shown,
    by,
    passed,
    register,
    share,
)
from danban.reports.states import Direction, Unit

COVERAGE = "coverage"


def decided_in_scope(scope: Scope) -> QuerySet[Any]:
    """Policies that the decision which holds at the moment puts in scope, on a day of the period.

    With ``decided_on``, ``list_number``, ``communicated`` and ``coordinated``; drafts of the province and
    central ones alike.
    """
    # In no order: that of the model joins the policy again, and "this policy" would mean the joined one.
    decision = Screening.objects.filter(pk=OuterRef("decision")).order_by()
    evidence = holding(scope.at).filter(policy=OuterRef("pk"))
    decided = scope_at(scope.at).annotate(
        decided_on=Subquery(decision.values("decided_on")),
        list_number=Subquery(decision.values("list_number")),
        communicated=Exists(evidence.filter(purpose=Purpose.COMMUNICATION)),
        coordinated=Exists(evidence.filter(purpose=Purpose.COORDINATION)),
    )
    listed = decided.filter(decided_on__range=(scope.starts_on, scope.ends_on))
    return listed.filter(in_scope=True)  # type: ignore[misc]


def drafted(scope: Scope) -> QuerySet[Any]:
    """Those the province itself drafts: what 100 % is of (Decision 407/QĐ-TTg). Central bills stand apart."""
    return decided_in_scope(scope).filter(dossier__role=DossierRole.DRAFTS)


def count(scope: Scope) -> Counted:
    rows = drafted(scope).values_list("dossier__agency", "decided_on", "communicated", "coordinated")
    found: dict[int | None, list[tuple[dt.date, bool]]] = defaultdict(list)
    for agency, day, communicated, coordinated in rows.order_by():
        for key in (agency, None):
            found[key].append((day, communicated and coordinated))
    return {key: _figure(policies, scope) for key, policies in found.items()}


def _figure(policies: Sequence[tuple[dt.date, bool]], scope: Scope) -> Figure:
    """Each policy has from the day it was listed until the end of the period: the pace is their mean."""
    paces = [passed(day, scope.ends_on, scope.today) for day, _done in policies]
    return Figure(
        part=sum(done for _day, done in policies), whole=len(policies), pace=sum(paces) / len(paces)
    )


def records(scope: Scope) -> Records:
    rows = drafted(scope).select_related("dossier__agency").order_by("-decided_on", "pk")
    headings = (
        _("Chính sách"), _("Cơ quan chủ trì"), _("Danh mục"), _("Ngày quyết định"), _("Truyền thông"),
        _("Phối hợp"), _("Tính vào tử số"),
    )  # fmt: skip
    return Records(headings, rows, by("dossier__agency"), _cells)


def _cells(row: Any) -> tuple[Shown, ...]:
    shown = {True: _("có minh chứng"), False: _("chưa có")}
    return (
        Shown(row.title, reverse("policies:dossier", args=[row.dossier_id])),
        Shown(row.dossier.agency.name),
        Shown(row.list_number),
        Shown(f"{row.decided_on:%d/%m/%Y}"),
        Shown(shown[row.communicated]),
        Shown(shown[row.coordinated]),
        Shown(_("có") if row.communicated and row.coordinated else _("không")),
    )


register(
    Definition(
        code=COVERAGE,
        name=gettext_lazy("Chính sách đã truyền thông"),
        formula=gettext_lazy(
            "Số chính sách do tỉnh chủ trì soạn thảo, được Hội đồng đưa vào danh mục trong kỳ, có minh "
            "chứng còn hiệu lực cho cả việc truyền thông lẫn việc phối hợp với tổ chức chính trị - xã "
            "hội, chia cho tổng số chính sách như vậy. Dự thảo của trung ương mà tỉnh chỉ phối hợp được "
            "tính riêng."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo; Sở Tư pháp theo dõi"),
        source=gettext_lazy("Quyết định sàng lọc của Hội đồng; minh chứng của từng chính sách"),
        unit=Unit.SHARE,
        direction=Direction.UP,
        count=count,
        records=records,
        value=share,
        front=True,
    )
)
