"""What a dossier must show before it moves on. The apps that know register how they find it out.

Policies know neither windows nor answers: ``consultation/requirements.py`` and ``answers/requirements.py``
say whether posting days were reached or every comment was answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from danban.policies.models import Dossier
from danban.policies.states import Requirement


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a requirement is met, what was found in words for the reader, and where to see it."""

    met: bool
    words: str
    url: str = ""


Finder = Callable[[Dossier], Finding]
FINDERS: dict[Requirement, Finder] = {}


def finds(requirement: Requirement) -> Callable[[Finder], Finder]:
    """Register how a requirement is found out; one finder each."""

    def register(finder: Finder) -> Finder:
        if requirement in FINDERS:
            raise ValueError(f"{requirement} has a finder already")
        FINDERS[requirement] = finder
        return finder

    return register
