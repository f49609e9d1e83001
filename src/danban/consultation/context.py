"""The words a comment is about: those its author read, and what they have become since."""

from __future__ import annotations

from dataclasses import dataclass

from danban.consultation.models import Comment
from danban.policies.models import Provision, Version
from danban.policies.queries import counterparts, latest_released, provisions_of


@dataclass(frozen=True, slots=True)
class Words:
    """``now`` is None while there is no newer version; ``gone`` when the newer one no longer has it."""

    read: list[Provision]
    newer: Version | None
    now: list[Provision]
    change: str

    @property
    def gone(self) -> bool:
        return self.newer is not None and not self.now


def words_read(comment: Comment) -> Words | None:
    """Both texts of the provision a comment is about; None for the whole draft."""
    if comment.provision is None:
        return None
    newest = latest_released(comment.window.dossier)
    newer = newest if newest and newest.number > comment.version.number else None
    read = _with_below(comment.provision)
    if newer is None:
        return Words(read, None, [], "")
    now, change = counterparts([comment.provision], newer)[comment.provision.pk]
    return Words(read, newer, _with_below(now) if now else [], change)


def _with_below(provision: Provision) -> list[Provision]:
    """A provision and all that lies in it, in reading order."""
    if not provision.address:
        return [provision]
    inside = provisions_of(provision.version_id).filter(address__startswith=f"{provision.address}.")
    return [provision, *inside]
