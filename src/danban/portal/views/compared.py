"""What changes: the newest version beside the one before it, article by article, with the words."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from danban.accounts.guards import public
from danban.consultation import queries as consulted
from danban.policies import queries as policies
from danban.policies.comparison import Article
from danban.portal import changes as compared
from danban.portal.views.draft import dossier_by, frame, shared


@public
@shared
def changes(request: HttpRequest, slug: str) -> HttpResponse:
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
            **page_of(request, compared.articles_between(old, new)),
        },
    )


def page_of(request: HttpRequest, articles: Sequence[Article]) -> dict[str, object]:
    """One part of the whole, shown as asked: ``xem=tat-ca`` everything, ``cach=lien`` in one column."""
    only_changed = request.GET.get("xem") != "tat-ca"
    pages = compared.pages_of(articles, only_changed=only_changed)
    place = _asked(request, pages)
    return {
        "only_changed": only_changed,
        "layout": "lien" if request.GET.get("cach") == "lien" else "",
        "pages": pages,
        "page": pages[place],
        "previous": pages[place - 1] if place else None,
        "following": pages[place + 1] if place + 1 < len(pages) else None,
        "rows": compared.rows_of(pages[place], only_changed=only_changed),
    }


def _asked(request: HttpRequest, pages: Sequence[compared.Page]) -> int:
    """The place of the part asked for: by its number (``phan=2``) or by an article (``dieu=dieu-5``)."""
    article = request.GET.get("dieu", "")
    found = (at for at, page in enumerate(pages) for one in page.articles if article and one.place == article)
    number = request.GET.get("phan", "")
    known = int(number) - 1 if number.isdecimal() and len(number) < 6 else 0
    return min(max(next(found, known), 0), len(pages) - 1)
