"""Plans as documents: the list, one plan with its tasks, adding, putting in force, closing, copying."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import agencies_with, fetch, me, requires
from danban.accounts.states import Permission
from danban.common import files
from danban.common.edited import edited
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.common.tables import csv_lines
from danban.plan import actions, issuing
from danban.plan.forms.documents import CopyForm, PlanForm, plan_values
from danban.plan.models import Assignment, Plan, Task
from danban.plan.queries import documents as queries
from danban.plan.reading.timing import shift_years
from danban.plan.states import Part, PlanKind, PlanState, TaskState

A_PAGE = 50


def may_edit(request: HttpRequest) -> bool:
    return agencies_with(request, Permission.PLAN_EDIT) != set()


def plan_seen(request: HttpRequest, pk: int) -> Plan:
    """A plan the person may read: what is in force is for every agency, a draft for those who write it."""
    return get_object_or_404(queries.plan_shown(drafts=may_edit(request)), pk=pk)


def plan_edited(request: HttpRequest, pk: int) -> Plan:
    return cast(
        Plan, fetch(request, queries.plan_shown(drafts=True), Permission.PLAN_EDIT, agency="lead", pk=pk)
    )


@requires(Permission.PLAN_VIEW)
def plans(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("q", "loai", "trang-thai")}
    found = queries.plans_listed(
        q=asked["q"],
        kind=asked["loai"] if asked["loai"] in PlanKind.values else "",
        state=asked["trang-thai"] if asked["trang-thai"] in PlanState.values else "",
        drafts=may_edit(request),
    )
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    sizes = queries.sizes_of([plan.pk for plan in page])
    return render(
        request,
        "plan/plans.html",
        {
            "section": "plan",
            "page": page,
            "rows": [(plan, sizes.get(plan.pk, queries.Sizes())) for plan in page],
            "asked": {"q": asked["q"], "kind": asked["loai"], "state": asked["trang-thai"]},
            "kinds": PlanKind.choices,
            "states": PlanState.choices,
            "may_edit": may_edit(request),
        },
    )


@requires(Permission.PLAN_VIEW)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_seen(request, pk)
    asked = request.GET
    state = asked.get("trang-thai", "")
    section, agency = whole(asked.get("muc")), whole(asked.get("co-quan"))
    tasks = queries.tasks_of(shown, section=section, agency=agency)
    counts = queries.counts_of(tasks)
    if state in TaskState.values:
        tasks = tasks.filter(state=state)
    pages = Paginator(tasks, A_PAGE)
    pages.count = counts.get(state, 0) if state in TaskState.values else sum(counts.values())
    page = pages.get_page(asked.get("page"))
    reach = agencies_with(request, Permission.PLAN_VIEW)
    return render(
        request,
        "plan/plan.html",
        {
            "section": "plan",
            "plan": shown,
            "page": page,
            "rows": [_row(task, reach) for task in page],
            "chain": queries.ancestors(shown),
            "children": queries.children_of(shown, drafts=may_edit(request)),
            "sections": queries.sections_of(shown),
            "agencies": queries.agencies_in(shown),
            "states": [one for one in TaskState.choices if one[0] != TaskState.PROPOSED],
            "asked": {"section": section, "agency": agency, "state": state},
            "counts": [(TaskState(one), n) for one, n in sorted(counts.items())],
            "warnings": [*shown.doubts, *warnings_of(shown)],
            "may_edit": may_edit(request),
            "draft_edit": shown.state == PlanState.DRAFT and may_edit(request),
        },
    )


def _row(task: Task, reach: set[int] | None) -> dict[str, object]:
    """A task as its row shows it; what a template would look up again and again is in words already.

    It opens for whom its own page does: an agency that carries it, and who sees all.
    """
    carriers: list[Assignment] = task.carriers  # type: ignore[attr-defined]
    names = queries.names_of(task)
    return {
        "pk": task.pk,
        "opens": reach is None or any(one.agency_id in reach for one in carriers),
        "section": task.section,
        "number": task.number,
        "content": task.content,
        "leads": names[Part.LEADS],
        "others": names[Part.COORDINATES],
        "timing": task.timing,
        "due_on": f"{task.due_on:%d/%m/%Y}" if task.due_on else "",
        "product": task.product,
        "state": task.state,
        "label": task.get_state_display(),
    }


def warnings_of(shown: Plan) -> list[str]:
    return issuing.warnings(
        number=shown.number,
        wrapper=shown.wrapper,
        issued_on=shown.issued_on,
        starts_on=shown.starts_on,
        ends_on=shown.ends_on,
    )


@requires(Permission.PLAN_EDIT)
def add_plan(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_plan(by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã thêm văn bản. Việc tiếp theo: thêm nhiệm vụ."))
            return redirect("plan:plan", made.pk)
        except Refused as refusal:
            form.add_error("number", refusal.message)
    context = {"section": "plan", "form": form, "heading": _("Thêm kế hoạch, văn bản")}
    return render(request, "plan/plan_form.html", context, status=422 if form.errors else 200)


@requires(Permission.PLAN_EDIT)
def edit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_edited(request, pk)
    form = PlanForm(request.POST or None, plan=shown, initial=plan_values(shown, queries.sections_of(shown)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_plan(plan=shown, by=me(request), **edited(form))
            messages.success(request, _("Đã lưu."))
            return redirect("plan:plan", pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"section": "plan", "form": form, "plan": shown, "heading": _("Sửa thông tin văn bản")}
    return render(request, "plan/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.PLAN_EDIT)
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_edited(request, pk)
    try:
        actions.put_in_force(plan=shown, by=me(request))
        messages.success(request, _("Kế hoạch đã được đưa vào thực hiện."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("plan:plan", pk)


@require_POST
@requires(Permission.PLAN_EDIT)
def close_plan(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_edited(request, pk)
    try:
        actions.close_plan(plan=shown, by=me(request))
        messages.success(request, _("Kế hoạch đã kết thúc."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("plan:plan", pk)


@requires(Permission.PLAN_EDIT)
def copy_plan(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_edited(request, pk)
    form = CopyForm(
        request.POST or None, initial={"number": "…/KH-UBND", "title": shift_years(shown.title, 1)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.copy_forward(plan=shown, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã chép sang năm mới; các nhiệm vụ chờ xác nhận."))
            return redirect("plan:proposals", made.pk)
        except Refused as refusal:
            form.add_error("number", refusal.message)
    context = {"section": "plan", "form": form, "plan": shown}
    return render(request, "plan/plan_copy.html", context, status=422 if form.errors else 200)


@requires(Permission.PLAN_VIEW)
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was uploaded."""
    shown = plan_seen(request, pk)
    if not shown.file:
        raise Http404
    return files.sent(shown.file, shown.file_name)


HEAD = (
    "STT",
    "Mục",
    "Nội dung",
    "Chủ trì",
    "Phối hợp",
    "Thời gian",
    "Bắt đầu",
    "Hạn",
    "Sản phẩm",
    "Trạng thái",
)


@requires(Permission.PLAN_VIEW)
def export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The task table as CSV, for Excel; sent as it is read."""
    shown = plan_seen(request, pk)
    tasks = queries.tasks_of(shown).iterator(chunk_size=200)
    lines = csv_lines(HEAD, (_cells(task) for task in tasks))
    return files.streamed(lines, f"ke-hoach-{shown.pk}.csv")


def _cells(task: Task) -> tuple[str, ...]:
    names = queries.names_of(task)
    days = [f"{day:%d/%m/%Y}" if day else "" for day in (task.starts_on, task.due_on)]
    title = task.section.title if task.section else ""
    return (
        task.number, title, task.content, names[Part.LEADS], names[Part.COORDINATES], task.timing, *days,
        task.product, task.get_state_display(),
    )  # fmt: skip
