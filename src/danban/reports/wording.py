"""How many words a new version changed in the provisions that people had commented."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from danban.consultation.models import Comment
from danban.lawtext.diff.wording import words
from danban.policies.models import Provision, Version
from danban.policies.queries import alignments_of, provisions_of

_WORD = re.compile(r"\w+")


class Changed(NamedTuple):
    """Provisions of the older version that were commented, how many of them changed, by how many words."""

    commented: int
    changed: int
    words: int


def changed_between(old: Version, new: Version) -> Changed:
    """Compares each commented provision with what it became; one that was left out lost all its words."""
    spoken = set(
        Comment.objects.filter(version=old, provision__isnull=False, created_at__lt=new.released_at)
        .order_by()
        .values_list("provision", flat=True)
        .distinct()
    )
    if not spoken:
        return Changed(0, 0, 0)
    before = with_all_below(list(provisions_of(old)), spoken)
    became: dict[int, list[Provision]] = {provision.pk: [] for provision in before}
    for pair in alignments_of(old, new):
        if pair.old_id in became and pair.new:
            became[pair.old_id].append(pair.new)
    counts = [words_changed(said([one]), said(became[one.pk])) for one in before]
    return Changed(len(before), sum(n > 0 for n in counts), sum(counts))


def with_all_below(provisions: Sequence[Provision], ids: Collection[int]) -> list[Provision]:
    """Those provisions and every one under them; ``provisions`` in reading order."""
    held = set(ids)
    for one in provisions:
        if one.parent_id in held:
            held.add(one.pk)
    return [one for one in provisions if one.pk in held]


def said(provisions: Iterable[Provision]) -> str:
    """The words of provisions, without what stands below them."""
    return "\n".join(part for one in provisions for part in (one.heading, one.text) if part)


def words_changed(old: str, new: str) -> int:
    """Words put in and words taken out."""
    return sum(len(_WORD.findall(text)) for op, text in words(old, new) if op != "equal")
