"""Tasks over a year as a drawing with its table, and as a calendar for the phone."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from danban.accounts.guards import agencies_with, me, public, requires
from danban.accounts.queries import roles_held
from danban.accounts.rules import ROLE_PERMISSIONS
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.site import public_link
from danban.plan import actions, gantt, tokens
from danban.plan.ics import calendar_file
from danban.plan.queries import work
from danban.plan.views.work import asked_of

A_PAGE = 30
FIRST_YEAR = 2000


@require_safe
@requires(Permission.PLAN_VIEW)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """What runs when, page by page: bars above, the same in a table below."""
    if not FIRST_YEAR <= year <= clock.today().year + 10:
        raise Http404
    seen, today, asked = agencies_with(request, Permission.PLAN_VIEW), clock.today(), asked_of(request)
    tasks = work.of_year(work.of_agencies(work.narrowed(seen, asked.agency), asked.part), year)
    if asked.plan:
        tasks = tasks.filter(plan=asked.plan)
    page = Paginator(tasks, A_PAGE).get_page(request.GET.get("page"))
    lines = work.lines(page, today)
    bars = [
        gantt.bar(
            number=page.start_index() + row,
            row=row,
            year=year,
            starts_on=line.task.starts_on or line.task.plan.starts_on,
            due_on=line.task.due_on,
            tone=line.standing,
            words=work.words_of(line.task, 60),
        )
        for row, line in enumerate(lines)
    ]
    context = {
        "section": "plan",
        "year": year,
        "page": page,
        "lines": lines,
        "rows": list(zip(bars, lines, strict=True)),
        "months": gantt.months(year),
        "today_x": gantt.place_of(today, year),
        "height": gantt.TOP + gantt.ROW * len(bars) + 4,
        "width": gantt.LEFT + gantt.WIDTH + 2,
        "asked": asked,
        "agencies": work.agencies_to_choose(seen) if seen is None or len(seen) > 1 else [],
    }
    return render(request, "plan/year.html", context)


@requires(Permission.PLAN_VIEW)
def link(request: HttpRequest) -> HttpResponse:
    """The person's private calendar address: made, made anew, taken back."""
    if request.method == "POST":
        if request.POST.get("viec") == "thu-hoi":
            actions.take_calendar_back(by=me(request))
            messages.success(request, _("Đã thu hồi: địa chỉ cũ không mở được nữa."))
        else:
            actions.give_calendar(by=me(request))
            messages.success(request, _("Đã tạo địa chỉ lịch mới."))
        return redirect("plan:calendar")
    held = work.link_of(me(request))
    address = ""
    if held and held.live:
        token = tokens.token_of(held.user_id, held.number)
        address = public_link("plan_public:calendar", token)
    return render(request, "plan/calendar.html", {"section": "plan", "address": address, "held": held})


@public
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a private address; 404 for one that is not, or no longer, of anyone."""
    named = tokens.read(token)
    held = work.calendar_link(*named) if named else None
    if held is None:
        raise Http404
    agencies = {
        agency
        for role, agency in roles_held(held.user)
        if Permission.PLAN_VIEW in ROLE_PERMISSIONS.get(role, frozenset())
    }
    body = calendar_file(work.calendar_tasks(agencies, clock.today()))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nhiem-vu.ics"'
    return response
