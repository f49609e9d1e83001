"""An agency's page of its tasks, and the requests between agencies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from danban.accounts.guards import agencies_with, may_here, me, requires
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.plan import actions
from danban.plan.forms.work import AnswerForm
from danban.plan.queries import evidence, work
from danban.plan.states import Part, TaskState

A_PAGE = 50
LABELS = {
    "qua-han": gettext_lazy("Quá hạn"),
    "sap-den": gettext_lazy("Đến hạn trong 30 ngày"),
    "vuong": gettext_lazy("Đang vướng"),
    "khai-bao": gettext_lazy("Khai báo, chưa có minh chứng"),
    "viec": gettext_lazy("Tất cả việc phải làm"),
    "xong": gettext_lazy("Đã hoàn thành"),
    "khong-lam": gettext_lazy("Không thực hiện"),
}


class Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: Any, a_page: int, known: int) -> None:
        super().__init__(rows, a_page)
        self.known = known

    @cached_property
    def count(self) -> int:
        return self.known


def asked_of(request: HttpRequest) -> work.Asked:
    """What the list is narrowed to, from the address; nonsense narrows nothing."""
    get = request.GET
    part, state = get.get("vai-tro", ""), get.get("trang-thai", "")
    plan = whole(get.get("ke-hoach"))
    return work.Asked(
        agency=whole(get.get("co-quan")),
        part=part if part in Part.values else "",
        plan=plan,
        section=whole(get.get("phan")) if plan else None,
        state=state if state in TaskState.values else "",
    )


@require_safe
@requires(Permission.PLAN_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """Tasks of the person's agencies, or of the province: what is late first, every count opens its list."""
    seen, today, asked = agencies_with(request, Permission.PLAN_VIEW), clock.today(), asked_of(request)
    tasks = work.work_of(seen, asked)
    counts = work.counts(tasks, today)
    name = request.GET.get("muc", "")
    name = name if name in LABELS else "viec"
    page = Counted(work.listed(tasks, name, today), A_PAGE, counts[name]).get_page(request.GET.get("page"))
    waiting, to_answer = work.open_requests(seen)
    context = {
        "section": "plan",
        "today": today,
        "page": page,
        "lines": work.lines(page, today),
        "list": name,
        "label": LABELS[name],
        "lists": [(code, label, counts[code]) for code, label in LABELS.items()],
        "waiting": waiting,
        "to_answer": to_answer,
        "notices": work.notices(seen, today) if asked == work.Asked() else [],
        "plans": work.plans_in_force(),
        "sections": work.sections_of(asked.plan) if asked.plan else [],
        "agencies": work.agencies_to_choose(seen) if seen is None or len(seen) > 1 else [],
        "parts": Part.choices,
        "states": [one for one in TaskState.choices if one[0] != TaskState.PROPOSED],
        "asked": asked,
        "everywhere": seen is None,
    }
    return render(request, "plan/home.html", context)


@require_safe
@requires(Permission.PLAN_VIEW)
def requests(request: HttpRequest) -> HttpResponse:
    """Requests this person's agencies made or received; those that wait come first."""
    seen = agencies_with(request, Permission.PLAN_VIEW)
    rows = work.requests_between(seen)
    which = request.GET.get("muc", "")
    if seen is not None and which in ("cho-nguoi-khac", "cho-ta"):
        side = "asking" if which == "cho-nguoi-khac" else "asked"
        rows = rows.filter(answered_on__isnull=True, **{f"{side}__in": list(seen)})
    context = {
        "section": "plan",
        "today": clock.today(),
        "which": which,
        "everywhere": seen is None,
        "page": Paginator(work.waiting_first(rows), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "plan/requests.html", context)


@requires(Permission.PLAN_VIEW)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A request as both sides see it; the body that was asked answers here."""
    seen = agencies_with(request, Permission.PLAN_VIEW)
    asked = get_object_or_404(work.requests_between(seen), pk=pk)
    may_answer = asked.answered_on is None and may_here(request, Permission.TASK_WORK, asked.asked_id)
    form = AnswerForm(request.POST if request.method == "POST" and may_answer else None)
    if form.is_valid():
        try:
            actions.answer_coordination(request=asked, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã ghi trả lời; cơ quan hỏi thấy ngay."))
            return redirect("plan:task", asked.task_id)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.message)
    context = {
        "section": "plan",
        "asked": asked,
        "form": form,
        "may_answer": may_answer,
        "late": asked.answered_on is None and asked.due_on < clock.today(),
    }
    return render(request, "plan/answer.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.EVIDENCE_CHECK)
def to_check(request: HttpRequest) -> HttpResponse:
    """Files that wait for a second person."""
    rows = evidence.to_check(agencies_with(request, Permission.EVIDENCE_CHECK))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "plan/to_check.html", {"section": "plan", "page": page, "me": me(request).pk})
