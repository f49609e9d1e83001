"""Released texts beside each other: neither side ever changes, so what stands beside what is found once."""

from __future__ import annotations

from functools import lru_cache

from danban.policies.comparison import Article
from danban.policies.models import Version
from danban.policies.queries import compared


def articles_between(old: Version, new: Version) -> tuple[Article, ...]:
    """What stands beside what in two released versions, in the order of the newer."""
    return _between(old.pk, new.pk, new.file_sha256)


@lru_cache(maxsize=16)
def _between(old_id: int, new_id: int, _file_sha256: str) -> tuple[Article, ...]:
    """Kept by id and file: a demo made anew uses ids again."""
    return tuple(compared(old_id, new_id))
