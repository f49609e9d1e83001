"""Reads that only the citizens' pages need: lists of dossiers with what is open and how many spoke."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from danban.answers.models import Answer
from danban.answers.queries import answered_totals
from danban.answers.states import AnswerState
from danban.common.text import fold
from danban.consultation.models import Window
from danban.consultation.queries import totals_of
from danban.policies.models import Dossier, Version
from danban.policies.states import VersionState, WindowKind

OPEN, SOON, CLOSED, UNDATED = "open", "soon", "closed", "undated"


@dataclass(frozen=True, slots=True)
class Card:
    """A dossier as one item of a list. ``days_left`` counts today as one."""

    dossier: Dossier
    window: Window | None
    state: str
    days_left: int
    share: int
    comments: int
    answered: int


def _windows() -> QuerySet[Window]:
    """What citizens comment in: windows for opinions. The two other kinds are shown apart."""
    return Window.objects.filter(cancelled_at__isnull=True, kind=WindowKind.OPINION)


def _released() -> Exists:
    return Exists(Version.objects.filter(dossier=OuterRef("pk"), state=VersionState.RELEASED))


def public_dossiers(*, q: str, field: str, state: str, today: dt.date) -> QuerySet[Dossier]:
    """Dossiers with a released version; every word of ``q`` must occur, with or without marks."""
    found = Dossier.objects.filter(_released()).select_related("agency")
    for word in fold(q).split():
        found = found.filter(search_text__contains=word)
    if field:
        found = found.filter(field=field)
    mine = _windows().filter(dossier=OuterRef("pk"))
    running = mine.filter(opens_on__lte=today, closes_on__gte=today)
    if state == OPEN:
        found = found.filter(Exists(running))
    elif state == CLOSED:
        found = found.filter(Exists(mine.filter(closes_on__lt=today))).exclude(Exists(running))
    return found.order_by("-created_at", "-id")


def open_now(today: dt.date, most: int = 12) -> list[Card]:
    """What can be commented today, the soonest deadline first."""
    windows = (
        _windows()
        .filter(opens_on__lte=today, closes_on__gte=today)
        .select_related("dossier__agency")
        .order_by("closes_on", "id")[:most]
    )
    return _cards([(window.dossier, window) for window in windows], today)


def answered_lately(most: int = 5) -> list[Card]:
    """Consultations with released answers, those that end last first."""
    windows = (
        _windows()
        .filter(Exists(_released_answers()))
        .select_related("dossier__agency")
        .order_by("-closes_on", "-id")[:most]
    )
    return _cards([(window.dossier, window) for window in windows], dt.date.max)


def _released_answers() -> QuerySet[Answer]:
    return Answer.objects.filter(state=AnswerState.RELEASED, point__window=OuterRef("pk"))


def cards(dossiers: Iterable[Dossier], today: dt.date) -> list[Card]:
    """The dossiers of a page with their latest window; two more queries whatever their number."""
    listed = list(dossiers)
    latest: dict[int, Window] = {}
    for window in _windows().filter(dossier__in=listed).order_by("opens_on", "id"):
        latest[window.dossier_id] = window
    return _cards([(dossier, latest.get(dossier.pk)) for dossier in listed], today)


def _cards(pairs: list[tuple[Dossier, Window | None]], today: dt.date) -> list[Card]:
    ids = [window.pk for _, window in pairs if window]
    comments, answered = totals_of(ids), answered_totals(ids)
    made = []
    for dossier, window in pairs:
        state, days, share = moment_of(window, today)
        key = window.pk if window else 0
        made.append(Card(dossier, window, state, days, share, comments.get(key, 0), answered.get(key, 0)))
    return made


def moment_of(window: Window | None, today: dt.date) -> tuple[str, int, int]:
    """State, days left counting today, and how much of the time has gone (per cent)."""
    if window is None:
        return UNDATED, 0, 0
    if today < window.opens_on:
        return SOON, 0, 0
    if today > window.closes_on:
        return CLOSED, 0, 100
    length = (window.closes_on - window.opens_on).days + 1
    left = (window.closes_on - today).days + 1
    return OPEN, left, round(100 * (length - left) / length)


def dossier_by_slug(slug: str) -> Dossier | None:
    """The dossier at an address, once a version of it was released."""
    return Dossier.objects.filter(_released(), slug=slug).select_related("agency", "issuing_body").first()


def window_by_slug(slug: str) -> Window | None:
    """The newest window of a dossier with the dossier and the version it is about; one query."""
    rows = _windows().filter(dossier__slug=slug).select_related("dossier__agency", "version")
    return rows.order_by("-opens_on", "-pk").first()
