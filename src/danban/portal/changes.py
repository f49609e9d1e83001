"""Released texts beside each other: neither side ever changes, so what stands beside what is found once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from danban.policies.applied import Unapplied, reasons_of, unapplied_of
from danban.policies.comparison import Article
from danban.policies.models import BaseText, Consolidation, Version
from danban.policies.queries import compared, consolidated


def articles_between(old: Version, new: Version) -> tuple[Article, ...]:
    """What stands beside what in two released versions, in the order of the newer."""
    return _between(old.pk, new.pk, new.file_sha256)


@lru_cache(maxsize=16)
def _between(old_id: int, new_id: int, _file_sha256: str) -> tuple[Article, ...]:
    """Kept by id and file: a demo made anew uses ids again."""
    return tuple(compared(old_id, new_id))


@dataclass(frozen=True, slots=True)
class Amended:
    """A base text as it would read; ``reasons`` by address, ``left`` what could not be applied."""

    name: str
    articles: tuple[Article, ...]
    reasons: dict[str, str]
    left: list[Unapplied]


def amended_by(version: Version) -> Amended | None:
    """What the base text of a released version becomes; None for a draft that amends nothing."""
    if version.base_id is None:
        return None
    return _amended(version.pk, version.file_sha256, get_language() or "")


@lru_cache(maxsize=8)
def _amended(version_id: int, _file_sha256: str, _language: str) -> Amended:
    base = BaseText.objects.get(versions=version_id)
    made = Consolidation.objects.get(version=version_id)
    return Amended(
        name=base.name,
        articles=tuple(consolidated(base, made)),
        reasons=reasons_of(made.done),
        left=unapplied_of(made.left),
    )
