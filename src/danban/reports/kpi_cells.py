"""Rows that several lists have in common, in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from danban.consultation.states import Channel, CommenterKind
from danban.reports.kpi import Shown, day_of


def comment_cells(row: Any) -> tuple[Shown, ...]:
    """A comment without its words and without a name."""
    dossier = row.window.dossier
    return (
        Shown(str(row.pk), reverse("consultation:comment", args=[row.window_id, row.pk])),
        Shown(day_of(row.created_at)),
        Shown(dossier.title),
        Shown(dossier.agency.name),
        Shown(str(Channel(row.channel).label)),
        Shown(str(CommenterKind(row.commenter_kind).label)),
    )
