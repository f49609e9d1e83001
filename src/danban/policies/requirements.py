"""What a dossier must show before it moves on. The apps that know register how they find it out.

Policies know neither windows nor answers: ``consultation/requirements.py`` and ``answers/requirements.py``
say whether posting days were reached or every comment was answered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danban.policies.models import Dossier
from danban.policies.screening_queries import policies_of
from danban.policies.states import Requirement, ScreeningStep


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a requirement is met, what was found in words for the reader, and where to see it."""

    met: bool
    words: str
    url: str = ""


# The day is that of the move, which may be recorded later.
Finder = Callable[[Dossier, dt.date], Finding]
FINDERS: dict[Requirement, Finder] = {}


def finds(requirement: Requirement) -> Callable[[Finder], Finder]:
    """Register how a requirement is found out; one finder each."""

    def register(finder: Finder) -> Finder:
        if requirement in FINDERS:
            raise ValueError(f"{requirement} has a finder already")
        FINDERS[requirement] = finder
        return finder

    return register


@finds(Requirement.SCREENED)
def screened(dossier: Dossier, _day: dt.date) -> Finding:
    """Every policy of the draft has a decision of the Council, for or against."""
    policies = policies_of(dossier)
    decided = [
        any(said.step == ScreeningStep.DECISION for said in policy.screenings.all()) for policy in policies
    ]
    open_ = decided.count(False)
    url = f"{reverse('policies:dossier', args=[dossier.pk])}#chinh-sach"
    if not policies:
        return Finding(met=False, words=_("Hồ sơ chưa ghi chính sách nào."), url=url)
    if open_:
        words = ngettext(
            "%(n)d chính sách chưa có quyết định của Hội đồng.",
            "%(n)d chính sách chưa có quyết định của Hội đồng.",
            open_,
        )
        return Finding(met=False, words=words % {"n": open_}, url=url)
    return Finding(met=True, words=_("Mọi chính sách đã có quyết định của Hội đồng."), url=url)
