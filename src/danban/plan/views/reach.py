"""Rows the person who asks may act on, 404 otherwise; and what they may do to a task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from danban.accounts.guards import agencies_with, fetch, me
from danban.accounts.states import Permission
from danban.plan.models import Assignment, Evidence, Task
from danban.plan.queries import evidence, work
from danban.plan.states import Part
from danban.policies.models import Policy


def task_for(
    request: HttpRequest, pk: int, permission: Permission = Permission.PLAN_VIEW, part: str = ""
) -> Task:
    """A task that an agency of this person carries (in that part); any task where a role holds everywhere."""
    rows = work.of_agencies(agencies_with(request, permission), part)
    return get_object_or_404(rows.select_related("plan", "section", "parent"), pk=pk)


def policy_for(request: HttpRequest, pk: int, permission: Permission) -> Policy:
    rows = Policy.objects.select_related("dossier__agency")
    return cast(Policy, fetch(request, rows, permission, agency="dossier__agency", pk=pk))


def evidence_for(request: HttpRequest, pk: int, permission: Permission) -> Evidence:
    return get_object_or_404(evidence.reachable(agencies_with(request, permission)), pk=pk)


def evidence_to_check(request: HttpRequest, pk: int) -> Evidence:
    """A file that waits for a second person; Sở Tư pháp, or the lead or drafting agency's own."""
    rows = evidence.to_check(agencies_with(request, Permission.EVIDENCE_CHECK))
    return get_object_or_404(rows.exclude(added_by=me(request)), pk=pk)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do to a task: ``own`` are the carriers they speak for."""

    own: frozenset[int]
    leads: bool
    plans: bool
    checks: bool

    @property
    def edits(self) -> bool:
        return self.leads or self.plans


def rights_on(request: HttpRequest, carriers: Iterable[Assignment]) -> Rights:
    bodies = {(one.part, one.agency_id) for one in carriers if one.agency_id}
    leading = {agency for part, agency in bodies if part == Part.LEADS}
    working = agencies_with(request, Permission.TASK_WORK) or set()
    checking = agencies_with(request, Permission.EVIDENCE_CHECK)
    return Rights(
        own=frozenset(working & {agency for _part, agency in bodies}),
        leads=bool(working & leading),
        plans=agencies_with(request, Permission.PLAN_EDIT) is None,
        checks=checking is None or bool(checking & leading),
    )
