"""A draft: its five lines, its text by chapter and article, what changes, what was answered."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control

from danban.accounts.guards import public
from danban.answers import queries as answered
from danban.common import clock, files
from danban.consultation import queries as consulted
from danban.consultation.models import Window
from danban.policies import queries as policies
from danban.policies.models import Dossier, Version
from danban.policies.states import VersionState
from danban.portal import queries, reading

shared = cache_control(public=True, max_age=5)


def dossier_by(slug: str) -> Dossier:
    dossier = queries.dossier_by_slug(slug)
    if dossier is None:
        raise Http404
    return dossier


def frame(dossier: Dossier, version: Version, window: Window | None) -> dict[str, object]:
    """What every page of a draft shows: the dossier, the version read, and its window."""
    today = clock.today()
    state, days_left, share = queries.moment_of(window, today)
    return {
        "dossier": dossier,
        "version": version,
        "window": window,
        "state": state,
        "days_left": days_left,
        "share": share,
        "is_open": state == queries.OPEN and window is not None and window.version_id == version.pk,
    }


def shown_of(slug: str) -> tuple[Dossier, Version, Window | None]:
    """The dossier, the version to read first, and the latest window.

    While a window runs, its own version is shown: people comment the words they read.
    """
    window = queries.window_by_slug(slug)
    dossier = window.dossier if window else dossier_by(slug)
    if window and queries.moment_of(window, clock.today())[0] == queries.OPEN:
        return dossier, window.version, window
    newest = policies.latest_released(dossier)
    if newest is None:
        raise Http404
    return dossier, newest, window


def _text(
    blocks: Iterable[reading.Block], dossier: Dossier, version: Version, window: Window | None
) -> SafeString:
    """The text of the blocks with their counts, those of the window in which this version is commented."""
    mine = window if window and window.version_id == version.pk else None
    is_open = mine is not None and queries.moment_of(mine, clock.today())[0] == queries.OPEN
    counts = consulted.counts_by_provision(mine) if mine else {}
    return reading.text_of(blocks, version, dossier.slug, mine.pk if mine and is_open else 0, counts)


@public
@shared
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Five lines, the contents, and the text; a long one begins with its first chapter."""
    dossier, shown, window = shown_of(slug)
    blocks = reading.blocks_of(shown)
    chapters = reading.chapters_of(blocks)
    long = reading.is_long(blocks)
    page = chapters[0].blocks if long and chapters else blocks
    return render(
        request,
        "portal/draft.html",
        {
            **frame(dossier, shown, window),
            "text": _text(page, dossier, shown, window),
            "chapters": chapters,
            "long": long,
            "following": chapters[1] if long and len(chapters) > 1 else None,
            "others": consulted.other_windows(dossier),
            "versions": policies.released_versions(dossier),
            "total": consulted.totals_of([window.pk]).get(window.pk, 0) if window else 0,
            "answered": answered.answered_totals([window.pk]).get(window.pk, 0) if window else 0,
        },
    )


@public
@shared
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole text on one page with its counts."""
    dossier, shown, window = shown_of(slug)
    text = _text(reading.blocks_of(shown), dossier, shown, window)
    return render(request, "portal/whole.html", {**frame(dossier, shown, window), "text": text})


@public
@shared
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One released version, as it was published."""
    dossier = dossier_by(slug)
    shown = get_object_or_404(Version, dossier=dossier, number=number, state=VersionState.RELEASED)
    window = consulted.window_of_version(shown)
    text = _text(reading.blocks_of(shown), dossier, shown, window)
    return render(request, "portal/whole.html", {**frame(dossier, shown, window), "text": text})


@public
@shared
def chapter(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    """One chapter of a long draft, with the one before and the one after."""
    dossier, shown, window = shown_of(slug)
    chapters = reading.chapters_of(reading.blocks_of(shown))
    place = next((i for i, one in enumerate(chapters) if one.address == address), None)
    if place is None:
        raise Http404
    return render(
        request,
        "portal/chapter.html",
        {
            **frame(dossier, shown, window),
            "chapter": chapters[place],
            "chapters": chapters,
            "text": _text(chapters[place].blocks, dossier, shown, window),
            "previous": chapters[place - 1] if place else None,
            "following": chapters[place + 1] if place + 1 < len(chapters) else None,
        },
    )


@public
@shared
def article(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    """One article (or the article of a clause or point): text, what people said, what was answered."""
    dossier, shown, window = shown_of(slug)
    blocks = reading.blocks_of(shown)
    provision = policies.provision_at(shown, address)
    if provision is None:
        raise Http404
    place = next(i for i, block in enumerate(blocks) if provision.pk in block.members)
    block = blocks[place]
    articles = [one for one in blocks if one.is_article]
    here = articles.index(block) if block in articles else -1
    voices = Paginator(consulted.comments_on(block.members, shown), 20).get_page(request.GET.get("page"))
    return render(
        request,
        "portal/article.html",
        {
            **frame(dossier, shown, window),
            "article": block,
            "parts": policies.provisions_among(block.members),
            "voices": voices,
            "points": answered.released_answers_on(block.members, shown),
            "previous": articles[here - 1] if here > 0 else None,
            "following": articles[here + 1] if 0 <= here < len(articles) - 1 else None,
        },
    )


@public
@shared
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Every answered point: how many said it, the answer, its reason."""
    dossier, shown, window = shown_of(slug)
    points = answered.released_answers(window) if window else []
    page = Paginator(points, 30).get_page(request.GET.get("page"))
    return render(request, "portal/answers.html", {**frame(dossier, shown, window), "page": page})


@public
def download(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """The file as it was published."""
    kept = get_object_or_404(Version, dossier=dossier_by(slug), number=number, state=VersionState.RELEASED)
    return files.sent(kept.file, kept.file_name)
