"""What is open, what was answered, the list with its search, and what this place is."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danban.accounts.guards import public
from danban.common import clock
from danban.policies.states import Field
from danban.portal import queries
from danban.portal.views.draft import shared


@public
@shared
def home(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    return render(
        request,
        "portal/home.html",
        {"open": queries.open_now(today), "answered": queries.answered_lately(), "today": today},
    )


@public
@shared
def drafts(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "")[:100]
    field = request.GET.get("linh-vuc", "")
    state = request.GET.get("tinh-trang", "")
    today = clock.today()
    found = queries.public_dossiers(q=q, field=field, state=state, today=today)
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    return render(
        request,
        "portal/drafts.html",
        {
            "page": page,
            "cards": queries.cards(page.object_list, today),
            "q": q,
            "field": field,
            "state": state,
            "fields": Field.choices,
            "today": today,
        },
    )


@public
@shared
def answered(request: HttpRequest) -> HttpResponse:
    """Consultations with released answers, the newest first."""
    return render(request, "portal/answered.html", {"answered": queries.answered_lately(50)})


@public
@shared
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")
