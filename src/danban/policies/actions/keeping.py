"""A reading becomes rows: text, provisions with their lineage, alignments. Used inside other actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F

from danban.policies import queries
from danban.policies.models import Alignment, Provision, Version, VersionText
from danban.policies.pairing import Pair, Region, Row

FAR = 10_000_000
"""Places beyond any text: rows rest there while others move."""


def keep_structure(version: Version, reading: dict[str, Any]) -> None:
    """Replace the text, provisions and alignments of an unreleased version by those of a reading.

    ``reading`` is an answer of ``intake``, its pairs made against the last released version's rows.
    """
    _keep_text(version, reading)
    Alignment.objects.filter(version=version).delete()
    Provision.objects.filter(version=version).delete()
    old = _provisions_before(version)
    lineages = _lineages(reading["pairs"], old)
    new = _keep_provisions(version, reading["rows"], lineages, Region(0, 0, len(reading["rows"])), [])
    Alignment.objects.bulk_create(_alignments(version, reading["pairs"], old, new), batch_size=500)


def keep_region(
    version: Version,
    reading: dict[str, Any],
    changed: Region,
    *,
    kept: Sequence[Provision],
    old: Sequence[Provision],
) -> None:
    """The same where a new reading changed some articles only: all other rows stay.

    ``kept`` are the version's provisions until now, ``old`` those of the last released version, in order.
    """
    _keep_text(version, reading)
    first, last, new_last = changed
    mine = Provision.objects.filter(version=version)
    mine.filter(position__range=(first, last - 1)).delete()
    if new_last != last:
        mine.filter(position__gte=last).update(position=F("position") + FAR)
        mine.filter(position__gte=FAR).update(position=F("position") - (FAR + last - new_last))
    lineages = _lineages(reading["pairs"], old)
    made = _keep_provisions(version, reading["rows"], lineages, changed, kept)
    _keep_alignments(version, reading["pairs"], old, [*kept[:first], *made, *kept[last:]])


def _keep_alignments(
    version: Version, pairs: Sequence[Pair], old: Sequence[Provision], new: Sequence[Provision]
) -> None:
    """Only what differs is written."""
    ids = [
        (old[one].pk if one >= 0 else None, new[other].pk if other >= 0 else None, change)
        for one, other, change in pairs
    ]
    there = Alignment.objects.filter(version=version).values_list("pk", "old", "new", "change")
    present = {(one, other, change): pk for pk, one, other, change in there}
    wanted = set(ids)
    Alignment.objects.filter(pk__in=[pk for said, pk in present.items() if said not in wanted]).delete()
    missing = [pair for pair, said in zip(pairs, ids, strict=True) if said not in present]
    Alignment.objects.bulk_create(_alignments(version, missing, old, new), batch_size=500)


def _keep_text(version: Version, reading: dict[str, Any]) -> None:
    texts = {name: reading[name] for name in ("lines", "doubts", "notes")}
    VersionText.objects.update_or_create(version=version, defaults=texts)


def _provisions_before(version: Version) -> list[Provision]:
    before = queries.released_before(version)
    return list(queries.provisions_of(before)) if before else []


def _alignments(
    version: Version, pairs: Sequence[Pair], old: Sequence[Provision], new: Sequence[Provision]
) -> list[Alignment]:
    return [
        Alignment(
            version=version,
            old=old[old_place] if old_place >= 0 else None,
            new=new[new_place] if new_place >= 0 else None,
            change=change,
        )
        for old_place, new_place, change in pairs
    ]


def _lineages(pairs: Sequence[Pair], old: Sequence[Provision]) -> dict[int, UUID]:
    """New place → the lineage it carries on. Of a merger or a split the first pair carries it."""
    carried: dict[int, UUID] = {}
    used: set[int] = set()
    for old_place, new_place, _change in pairs:
        if old_place >= 0 and new_place >= 0 and new_place not in carried and old_place not in used:
            carried[new_place] = old[old_place].lineage
            used.add(old_place)
    return carried


def _keep_provisions(
    version: Version,
    rows: Sequence[Row],
    lineages: dict[int, UUID],
    changed: Region,
    kept: Sequence[Provision],
) -> list[Provision]:
    """Insert the rows of a region level by level, so that a parent has its key before its children."""
    made = {
        place: Provision(
            version=version,
            position=place,
            unit=rows[place]["unit"],
            number=rows[place]["number"],
            address=rows[place]["address"],
            heading=rows[place]["heading"],
            text=rows[place]["text"],
            lineage=lineages.get(place) or uuid4(),
        )
        for place in range(changed.first, changed.new_last)
    }
    depth: dict[int, int] = {}
    levels: dict[int, list[int]] = defaultdict(list)
    for place in made:
        depth[place] = depth.get(rows[place]["parent"], -1) + 1
        levels[depth[place]].append(place)
    for level in sorted(levels):
        for place in levels[level]:
            parent = rows[place]["parent"]
            if parent >= 0:
                made[place].parent = made[parent] if parent in made else kept[parent]
        Provision.objects.bulk_create((made[place] for place in levels[level]), batch_size=500)
    return list(made.values())
