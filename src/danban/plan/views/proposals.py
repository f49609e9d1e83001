"""A plan's file comes in; a person goes through the tasks it proposes, those with doubts first."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from danban.accounts.guards import me, requires
from danban.accounts.states import Permission
from danban.common import uploads
from danban.common.errors import Refused
from danban.plan import actions, issuing
from danban.plan.actions.documents import Carried
from danban.plan.forms.documents import DropForm, ImportForm, TaskForm, task_values
from danban.plan.models import Assignment, Plan, Task
from danban.plan.queries import documents as queries
from danban.plan.states import Part, PlanState
from danban.plan.views.documents import plan_edited, warnings_of
from danban.policies.rules import SecretRefused

A_PAGE = 20


@requires(Permission.PLAN_EDIT)
def import_plan(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    uploads.note_too_large(request, form)
    reasons: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = actions.import_plan(data=upload.read(), file_name=upload.name, by=me(request))
            messages.success(request, _("Đã đọc tệp. Hãy xem và xác nhận từng nhiệm vụ."))
            return redirect("plan:proposals", made.pk)
        except SecretRefused as refusal:
            form.add_error("file", refusal.message)
            reasons = refusal.reasons
        except Refused as refusal:
            form.add_error("file", refusal.message)
    context = {"section": "plan", "form": form, "reasons": reasons}
    return render(request, "plan/plan_import.html", context, status=422 if form.errors else 200)


@requires(Permission.PLAN_EDIT)
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_edited(request, pk)
    return _proposals(request, shown)


def _proposals(
    request: HttpRequest, shown: Plan, *, dropping: int | None = None, form: DropForm | None = None
) -> HttpResponse:
    page = Paginator(queries.proposals_of(shown), A_PAGE).get_page(request.GET.get("page"))
    seen = [(task, _outside(task, shown), _carriers(task)) for task in page]
    return render(
        request,
        "plan/plan_proposals.html",
        {
            "section": "plan",
            "plan": shown,
            "page": page,
            "seen": seen,
            "warnings": [*shown.doubts, *warnings_of(shown)],
            "dropping": dropping,
            "form": form,
        },
        status=422 if form and form.errors else 200,
    )


def _carriers(task: Task) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each part with its bodies: the agency, and the plan's words where they are others."""
    carriers: list[Assignment] = task.carriers  # type: ignore[attr-defined]
    return [
        (
            str(part.label),
            [
                (one.agency.name, one.named_as if one.named_as != one.agency.name else "")
                if one.agency
                else (one.named_as, "")
                for one in carriers
                if one.part == part
            ],
        )
        for part in Part
    ]


def _outside(task: Task, shown: Plan) -> list[str]:
    return issuing.outside(task.starts_on, task.due_on, plan_starts=shown.starts_on, plan_ends=shown.ends_on)


def _task(request: HttpRequest, pk: int, task: int) -> tuple[Plan, Task]:
    shown = plan_edited(request, pk)
    return shown, get_object_or_404(queries.with_carriers(shown.tasks.all()), pk=task)


@require_POST
@requires(Permission.PLAN_EDIT)
def accept(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    _shown, proposed = _task(request, pk, task)
    try:
        actions.accept_proposal(task=proposed, by=me(request))
        messages.success(request, _("Đã nhận nhiệm vụ."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("plan:proposals", pk)


@require_POST
@requires(Permission.PLAN_EDIT)
def accept_sure(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_edited(request, pk)
    n = actions.accept_sure_proposals(plan=shown, by=me(request))
    words = ngettext(
        "Đã nhận %(n)d nhiệm vụ không có chỗ ngờ.", "Đã nhận %(n)d nhiệm vụ không có chỗ ngờ.", n
    )
    messages.success(request, words % {"n": n})
    return redirect("plan:proposals", pk)


@require_POST
@requires(Permission.PLAN_EDIT)
def merge(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    _shown, proposed = _task(request, pk, task)
    try:
        actions.merge_proposal(task=proposed, by=me(request))
        messages.success(request, _("Đã gộp vào nhiệm vụ đứng trước."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("plan:proposals", pk)


@require_POST
@requires(Permission.PLAN_EDIT)
def drop(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    shown, proposed = _task(request, pk, task)
    form = DropForm(request.POST)
    if not form.is_valid():
        return _proposals(request, shown, dropping=task, form=form)
    try:
        actions.drop_proposal(task=proposed, reason=form.cleaned_data["reason"], by=me(request))
        messages.success(request, _("Đã bỏ; lời văn còn ở phần không thành nhiệm vụ."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("plan:proposals", pk)


@requires(Permission.PLAN_EDIT)
def revise(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    shown, proposed = _task(request, pk, task)
    form = TaskForm(
        shown,
        request.POST or None,
        register=queries.register(shown.issuer_id),
        carriers=proposed.carriers,  # type: ignore[attr-defined]
        initial=task_values(proposed),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_proposal(
                task=proposed, revision=form.cleaned_data["revision"] or 0,
                carried=[Carried(*one) for one in form.carried()], by=me(request), **form.values(),
            )  # fmt: skip
            messages.success(request, _("Đã lưu và nhận nhiệm vụ."))
            return redirect("plan:proposals" if shown.state == PlanState.DRAFT else "plan:plan", pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            _newest_revision(form, proposed)
    context = {
        "section": "plan",
        "plan": shown,
        "task": proposed,
        "form": form,
        "outside": _outside(proposed, shown),
        "heading": _("Sửa nhiệm vụ"),
    }
    return render(request, "plan/plan_task.html", context, status=422 if form.errors else 200)


def _newest_revision(form: TaskForm, proposed: Task) -> None:
    """The form goes back with what was typed; saving again is then meant."""
    form.data = {**form.data.dict(), "revision": str(proposed.revision)}  # type: ignore[attr-defined]


@requires(Permission.PLAN_EDIT)
def add_task(request: HttpRequest, pk: int) -> HttpResponse:
    shown = plan_edited(request, pk)
    form = TaskForm(shown, request.POST or None, register=queries.register(shown.issuer_id))
    if request.method == "POST" and form.is_valid():
        try:
            carried = [Carried(*one) for one in form.carried()]
            actions.add_plan_task(plan=shown, carried=carried, by=me(request), **form.values())
            messages.success(request, _("Đã thêm nhiệm vụ."))
            return redirect("plan:plan", pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"section": "plan", "plan": shown, "form": form, "heading": _("Thêm nhiệm vụ")}
    return render(request, "plan/plan_task.html", context, status=422 if form.errors else 200)
