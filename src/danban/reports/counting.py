"""All figures of a period at a moment: kept ones where that moment was kept, else counted from the rows.

There is one way to count. What the leaders' page shows was counted by it a few minutes ago and says when; a
report, a past day and a list of records count at once. History is in the dates of the rows, so that the same
period at the same moment gives the same numbers whenever it is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from danban.reports import kept
from danban.reports.kpi import DEFINITIONS, Counted, Figure, Scope
from danban.reports.models import Snapshot

EMPTY = Figure()


def count_all(scope: Scope) -> dict[str, Counted]:
    """Every figure of every agency, counted from the rows."""
    return {code: definition.count(scope) for code, definition in DEFINITIONS.items()}


def everything(scope: Scope) -> Mapping[str, Counted]:
    """Every figure of every agency: kept ones where the moment was kept."""
    snapshot = kept.snapshot_at(scope.starts_on, scope.ends_on, scope.at)
    return kept.figures_by_agency(snapshot) if snapshot else count_all(scope)


def figures(scope: Scope, agency: int | None = None) -> dict[str, Figure]:
    """The figures of one agency, or of the province, by code."""
    snapshot = kept.snapshot_at(scope.starts_on, scope.ends_on, scope.at)
    if snapshot:
        return kept.figures_of(snapshot, agency)
    return {code: counted.get(agency, EMPTY) for code, counted in count_all(scope).items()}


def figure(scope: Scope, code: str, agency: int | None = None) -> Figure:
    """One figure of one agency, or of the province."""
    snapshot = kept.snapshot_at(scope.starts_on, scope.ends_on, scope.at)
    if snapshot:
        return kept.figures_of(snapshot, agency).get(code, EMPTY)
    return DEFINITIONS[code].count(scope).get(agency, EMPTY)


def by_agency(counted: Mapping[str, Counted], agency: int | None) -> dict[str, Figure]:
    """The figures of one agency out of those of all."""
    return {code: figures.get(agency, EMPTY) for code, figures in counted.items()}


def newest(starts_on: dt.date, ends_on: dt.date) -> tuple[Snapshot | None, bool]:
    """The figures of a period kept last, and whether they are those of now. Without any, now is counted."""
    snapshot = kept.newest_snapshot(starts_on, ends_on)
    return snapshot, snapshot is None or kept.is_present(snapshot, kept.newest_entry())
