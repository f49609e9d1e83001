"""The Council at a glance, its members over time, and how it is set up anew."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import fetch, me, requires
from danban.accounts.models import Agency
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.council import actions, queries
from danban.council.forms.home import EstablishForm, MemberForm, RelieveForm
from danban.council.models import Council, Member
from danban.council.states import ListState
from danban.council.views.reach import SECTION, manages, posted

A_PAGE = 50
A_FEW = 5


@requires(Permission.COUNCIL_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """The next meeting, what waits, the newest lists and directives, and who sits in the Council."""
    council = queries.council_on(clock.today())
    may_manage = manages(request, council)
    lists = queries.lists_listed()
    context = {
        "section": SECTION,
        "council": council,
        "may_manage": may_manage,
        "coming": queries.coming(planned=may_manage),
        "waiting": queries.waiting_minutes() if may_manage else [],
        "lists": (lists if may_manage else lists.filter(state=ListState.DECIDED))[:A_FEW],
        "directives": queries.directives_listed("")[:A_FEW],
        "members": queries.members_on(council, clock.today()) if council else [],
    }
    return render(request, "council/home.html", context)


@requires(Permission.COUNCIL_MANAGE)
def establish(request: HttpRequest) -> HttpResponse:
    form = EstablishForm(posted(request))
    if request.method == "POST" and form.is_valid():
        agency = form.cleaned_data["agency"]
        fetch(request, Agency.objects.all(), Permission.COUNCIL_MANAGE, agency="pk", pk=agency.pk)
        try:
            actions.establish_council(by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã ghi Hội đồng theo quyết định mới."))
            return redirect("council:members")
    return _form(request, form, _("Thành lập, kiện toàn Hội đồng"))


@requires(Permission.COUNCIL_VIEW)
def members(request: HttpRequest) -> HttpResponse:
    """Who sits in the Council on a day (``?ngay=``), today unless told otherwise."""
    day = _day(request.GET.get("ngay", ""))
    council = queries.council_on(day)
    context = {
        "section": SECTION,
        "day": day,
        "council": council,
        "may_manage": manages(request, council),
        "members": queries.members_on(council, day) if council else [],
    }
    return render(request, "council/members.html", context)


def _day(asked: str) -> dt.date:
    """A day as people write it, or as a date field gives it; today when it is neither."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(asked, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return clock.today()


@requires(Permission.COUNCIL_VIEW)
def terms(request: HttpRequest) -> HttpResponse:
    """All terms there have been."""
    q = request.GET.get("q", "")
    page = Paginator(queries.terms_listed(q), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "council/terms.html", {"section": SECTION, "page": page, "q": q})


@requires(Permission.COUNCIL_MANAGE)
def recognise(request: HttpRequest) -> HttpResponse:
    council = queries.council_on(clock.today())
    if council is None:
        raise Http404
    fetch(request, Council.objects.all(), Permission.COUNCIL_MANAGE, pk=council.pk)
    form = MemberForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.recognise_member(council=council, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("valid_from", refusal.message)
        else:
            messages.success(request, _("Đã ghi thành viên."))
            return redirect("council:members")
    return _form(request, form, _("Thêm thành viên"))


@requires(Permission.COUNCIL_MANAGE)
def relieve(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Member.objects.select_related("council")
    member = cast(Member, fetch(request, rows, Permission.COUNCIL_MANAGE, agency="council__agency", pk=pk))
    form = RelieveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.relieve_member(member=member, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("valid_to", refusal.message)
        else:
            messages.success(request, _("Đã ghi ngày thôi."))
            return redirect("council:members")
    return _form(request, form, _("Cho thôi: %(name)s") % {"name": member.name})


def _form(request: HttpRequest, form: EstablishForm | MemberForm | RelieveForm, heading: str) -> HttpResponse:
    context = {"section": SECTION, "form": form, "heading": heading, "back": "council:members"}
    return render(request, "council/form.html", context, status=422 if form.errors else 200)
