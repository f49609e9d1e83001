"""Where officers begin: what is coming, what is needed, people and hours."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import agencies_with, me, requires, within
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.training import actions, queries
from danban.training.forms import NeedForm
from danban.training.models import Person
from danban.training.states import Duty
from danban.training.views.base import A_PAGE

LATELY = 5


@requires(Permission.TRAINING_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    seen = agencies_with(request, Permission.TRAINING_VIEW)
    start, end = _year(request)
    coming = within(queries.coming_sessions(), seen, "course__agency")
    on_duty = queries.on_duty_counts(seen)
    return render(
        request,
        "training/home.html",
        {
            "section": "training",
            "page": Paginator(coming, A_PAGE).get_page(request.GET.get("page")),
            "held": within(queries.held_sessions(), seen, "course__agency")[:LATELY],
            "needs": within(queries.needs_listed(), seen).filter(course__isnull=True)[:LATELY],
            "reach": queries.reach(start, end, seen),
            "year": start.year,
            "registers": [
                (label, duty, on_duty.get(duty, 0)) for duty, label in Duty.choices if on_duty.get(duty)
            ],
            "may_manage": agencies_with(request, Permission.TRAINING_MANAGE) != set(),
        },
    )


@requires(Permission.TRAINING_VIEW)
def needs(request: HttpRequest) -> HttpResponse:
    seen = agencies_with(request, Permission.TRAINING_VIEW)
    page = Paginator(within(queries.needs_listed(), seen), A_PAGE).get_page(request.GET.get("page"))
    may_state = agencies_with(request, Permission.TRAINING_MANAGE) != set()
    return render(
        request, "training/needs.html", {"section": "training", "page": page, "may_manage": may_state}
    )


@requires(Permission.TRAINING_MANAGE)
def state_need(request: HttpRequest) -> HttpResponse:
    form = NeedForm(agencies_with(request, Permission.TRAINING_MANAGE), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.state_need(by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã ghi nhu cầu tập huấn."))
            return redirect("training:needs")
    context = {
        "section": "training",
        "form": form,
        "heading": _("Nêu nhu cầu tập huấn"),
        "back": "training:needs",
    }
    return render(request, "training/form.html", context, status=422 if form.errors else 200)


@requires(Permission.TRAINING_VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """People and their hours in a year."""
    seen = agencies_with(request, Permission.TRAINING_VIEW)
    start, end = _year(request)
    q = request.GET.get("q", "")[:100]
    rows = within(queries.people_with_hours(start, end, q=q), seen)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "training",
        "page": page,
        "q": q,
        "year": start.year,
        "reach": queries.reach(start, end, seen),
    }
    return render(request, "training/people.html", context)


@requires(Permission.TRAINING_VIEW)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    seen = agencies_with(request, Permission.TRAINING_VIEW)
    shown = get_object_or_404(within(Person.objects.select_related("agency"), seen), pk=pk)
    page = Paginator(queries.trainings_of(shown), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "training",
        "person": shown,
        "page": page,
        "terms": shown.terms.select_related("agency").order_by("-recognised_on"),
        "hours": queries.hours_of(shown),
    }
    return render(request, "training/person.html", context)


def _year(request: HttpRequest) -> tuple[dt.date, dt.date]:
    """The year asked for, this one otherwise: its first and last day."""
    asked = request.GET.get("nam", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and 2000 <= int(asked[:9]) <= 2100
        else clock.today().year
    )
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
