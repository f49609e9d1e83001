"""A reading becomes rows: text, provisions with their lineage, alignments. Used inside other actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from danban.policies import queries
from danban.policies.models import Alignment, Provision, Version, VersionText
from danban.policies.pairing import Pair, Row


def keep_structure(version: Version, reading: dict[str, Any]) -> None:
    """Replace the text, provisions and alignments of an unreleased version by those of a reading.

    ``reading`` is an answer of ``intake``, its pairs made against the last released version's rows.
    """
    texts = {name: reading[name] for name in ("lines", "doubts", "notes")}
    VersionText.objects.update_or_create(version=version, defaults=texts)
    Alignment.objects.filter(version=version).delete()
    Provision.objects.filter(version=version).delete()
    before = queries.released_before(version)
    old = queries.rows_of(before)[1] if before else []
    new = _keep_provisions(version, reading["rows"], _lineages(reading["pairs"], old))
    Alignment.objects.bulk_create(
        (
            Alignment(
                version=version,
                old=old[old_place] if old_place >= 0 else None,
                new=new[new_place] if new_place >= 0 else None,
                change=change,
            )
            for old_place, new_place, change in reading["pairs"]
        ),
        batch_size=500,
    )


def _lineages(pairs: Sequence[Pair], old: Sequence[Provision]) -> dict[int, UUID]:
    """New place → the lineage it carries on. Of a merger or a split the first pair carries it."""
    carried: dict[int, UUID] = {}
    used: set[int] = set()
    for old_place, new_place, _change in pairs:
        if old_place >= 0 and new_place >= 0 and new_place not in carried and old_place not in used:
            carried[new_place] = old[old_place].lineage
            used.add(old_place)
    return carried


def _keep_provisions(version: Version, rows: Sequence[Row], lineages: dict[int, UUID]) -> list[Provision]:
    """Insert the rows level by level, so that a parent has its key before its children."""
    made = [
        Provision(
            version=version,
            position=place,
            unit=row["unit"],
            number=row["number"],
            address=row["address"],
            heading=row["heading"],
            text=row["text"],
            lineage=lineages.get(place) or uuid4(),
        )
        for place, row in enumerate(rows)
    ]
    depth: dict[int, int] = {-1: -1}
    levels: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        depth[place] = depth[row["parent"]] + 1
        levels[depth[place]].append(place)
    for level in sorted(levels):
        for place in levels[level]:
            if rows[place]["parent"] >= 0:
                made[place].parent = made[rows[place]["parent"]]
        Provision.objects.bulk_create((made[place] for place in levels[level]), batch_size=500)
    return made
