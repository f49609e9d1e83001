"""Evidence: what holds at a moment, what waits for a second person, and what each record is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from danban.plan.evidence import FILE, KINDS, Record
from danban.plan.models import Assignment, Evidence, Task
from danban.plan.states import Part, Purpose
from danban.policies.models import Policy


def holding(at: dt.datetime) -> QuerySet[Evidence]:
    """Evidence that held at a moment: proved by then, and not ended by then."""
    rows = Evidence.objects.filter(proved_at__lte=at)
    return rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as a page shows it; ``record`` is None for a file and for a record that is gone."""

    evidence: Evidence
    label: str
    record: Record | None

    @property
    def title(self) -> str:
        if self.evidence.kind == FILE:
            return self.evidence.file_name
        return self.record.title if self.record else f"{self.label} #{self.evidence.record}"

    @property
    def holds(self) -> bool:
        return self.evidence.proved_at is not None and self.evidence.ended_at is None

    @property
    def waits(self) -> bool:
        """Neither proved nor ended: a file nobody checked, a record that does not show it yet."""
        return self.evidence.proved_at is None and self.evidence.ended_at is None


def pieces(rows: Iterable[Evidence]) -> list[Piece]:
    """Evidence with its records. What proves, or no longer does, is only named: one query for all kinds. What
    still waits is looked at, for what it lacks: the look-ups of its kind, however many there are."""
    found = list(rows)
    named: dict[str, set[int]] = defaultdict(set)
    looked_at: dict[str, set[int]] = defaultdict(set)
    for row in found:
        if row.kind in KINDS and row.record is not None:
            waits = row.proved_at is None and row.ended_at is None
            (looked_at if waits or KINDS[row.kind].names is None else named)[row.kind].add(row.record)
    records = _named(named)
    for kind, ids in looked_at.items():
        records.update(((kind, pk), record) for pk, record in KINDS[kind].find(ids).items())
    return [Piece(row, label_of(row.kind), records.get((row.kind, row.record or 0))) for row in found]


def _named(wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], Record]:
    """Records with no more than their title and address."""
    queries = []
    for kind, ids in wanted.items():
        if names := KINDS[kind].names:
            facts = JSONObject(**names.facts)
            rows = names.rows.filter(pk__in=ids).order_by()
            queries.append(rows.values_list(Value(kind, output_field=CharField()), "pk", facts))
    found = {}
    for kind, pk, facts in queries[0].union(*queries[1:], all=True) if queries else ():
        names = KINDS[kind].names
        assert names is not None
        title, url = names.words(pk, facts)
        found[kind, pk] = Record(pk=pk, title=title, url=url, shown_on=None)
    return found


def label_of(kind: str) -> str:
    return str(KINDS[kind].label) if kind in KINDS else ""


def of_task(task: Task) -> list[Piece]:
    """All evidence of a task, live first, then the ended."""
    return pieces(_with_people(task.evidence.all()))


def of_policy(policy: Policy) -> dict[str, list[Piece]]:
    """All evidence of a policy, by purpose; both purposes are there."""
    found = pieces(_with_people(policy.evidence.all()))
    purposes = (Purpose.COMMUNICATION, Purpose.COORDINATION)
    return {purpose: [one for one in found if one.evidence.purpose == purpose] for purpose in purposes}


def _with_people(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.select_related("added_by", "checked_by", "ended_by").order_by(
        F("ended_at").asc(nulls_first=True), "added_at", "pk"
    )


def to_check(agencies: Collection[int] | None) -> QuerySet[Evidence]:
    """Files that wait for a second person, the longest waiting first; all agencies when None."""
    rows = Evidence.objects.filter(kind=FILE, proved_at__isnull=True, ended_at__isnull=True)
    if agencies is not None:
        here = list(agencies)
        led = Assignment.objects.filter(task=OuterRef("task"), part=Part.LEADS, agency__in=here)
        rows = rows.filter(Q(policy__dossier__agency__in=here) | Exists(led))
    return rows.select_related("task", "policy__dossier", "added_by").order_by("added_at", "pk")


def reachable(agencies: Collection[int] | None) -> QuerySet[Evidence]:
    """Evidence for tasks these bodies carry and for policies they draft."""
    rows = Evidence.objects.select_related("task__plan", "policy__dossier", "added_by")
    if agencies is None:
        return rows
    here = list(agencies)
    carried = Assignment.objects.filter(task=OuterRef("task"), agency__in=here)
    return rows.filter(Q(policy__dossier__agency__in=here) | Exists(carried))
