"""What an amending draft did to its base text, and what it could not do, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danban.policies.comparison import inside_words


@dataclass(frozen=True, slots=True)
class Unapplied:
    """One order that could not be carried out; ``address`` and ``place`` are those in the draft."""

    address: str
    place: str
    sentence: str
    reason: str


def unapplied_of(left: Iterable[Mapping[str, str]]) -> list[Unapplied]:
    """What ``Consolidation.left`` says, in the order of the draft."""
    return [
        Unapplied(one["at"], inside_words(one["at"], article=True), one["sentence"], one["reason"])
        for one in left
    ]


def reasons_of(done: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """For each provision that was changed, which provision of the draft says so."""
    said = _("Theo %(place)s của dự thảo")
    return {
        one["target"]: said % {"place": inside_words(one["at"], article=True)} for one in done if one["at"]
    }
