"""What changes, article by article, with the words: a version beside the one before, a law as amended."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from danban.accounts.guards import public
from danban.consultation import queries as consulted
from danban.policies import queries as policies
from danban.policies.beside import part_shown
from danban.portal.changes import amended_by, articles_between
from danban.portal.views.draft import dossier_by, frame, shared, shown_of


@public
@shared
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest released version beside the one before it."""
    dossier = dossier_by(slug)
    versions = list(policies.released_versions(dossier))
    if len(versions) < 2:
        raise Http404
    old, new = versions[-2], versions[-1]
    return render(
        request,
        "portal/changes.html",
        {
            **frame(dossier, new, consulted.latest_window(dossier)),
            "old": old,
            "new": new,
            "before": _("Lần %(n)d") % {"n": old.number},
            "after": _("Lần %(n)d") % {"n": new.number},
            **part_shown(articles_between(old, new), request.GET),
        },
    )


@public
@shared
def amended(request: HttpRequest, slug: str) -> HttpResponse:
    """The text in force as it would read with the draft; first what could not be applied to it."""
    dossier, shown, window = shown_of(slug)
    text = amended_by(shown)
    if text is None:
        raise Http404
    return render(
        request,
        "portal/amended.html",
        {
            **frame(dossier, shown, window),
            "base": text.name,
            "left": text.left,
            "before": _("Hiện nay"),
            "after": _("Theo dự thảo"),
            **part_shown(text.articles, request.GET, text.reasons),
        },
    )
