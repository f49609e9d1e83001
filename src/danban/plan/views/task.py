"""One task: what it is, what is said of it, what may be done; its edit and its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import me, requires
from danban.accounts.models import User
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.plan import actions
from danban.plan.editing import Meanwhile, meanwhile
from danban.plan.forms.work import AskForm, SayForm, SplitForm, TaskForm
from danban.plan.models import Task
from danban.plan.queries import evidence, work
from danban.plan.rules import EditedMeanwhile, days_late, periods, shown_periods, standing
from danban.plan.states import TASK_MOVES, Part, PlanState, TaskState
from danban.plan.telling import told
from danban.plan.views.reach import Rights, rights_on, task_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Deeds = dict[str, "Deed"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to be done to a task with a few words (``asks`` names them), or with none (None)."""

    label: _StrPromise
    done: _StrPromise
    act: Callable[[Task, str, User], object]
    asks: _StrPromise | None
    to: TaskState | None
    planner: bool = False


DEEDS: Deeds = {
    "bat-dau": Deed(
        gettext_lazy("Bắt đầu làm"), gettext_lazy("Đã ghi: đang làm."),
        lambda task, text, by: actions.start_task(task=task, by=by), None, TaskState.WORKING,
    ),
    "ghi": Deed(
        gettext_lazy("Ghi tiến độ"), gettext_lazy("Đã ghi tiến độ."),
        lambda task, text, by: actions.note_progress(task=task, text=text, by=by),
        gettext_lazy("Đã làm đến đâu"), None,
    ),
    "vuong": Deed(
        gettext_lazy("Báo vướng"), gettext_lazy("Đã ghi vướng mắc."),
        lambda task, text, by: actions.block_task(task=task, reason=text, by=by),
        gettext_lazy("Vướng ở đâu, cần ai gỡ"), TaskState.BLOCKED,
    ),
    "het-vuong": Deed(
        gettext_lazy("Đã gỡ vướng"), gettext_lazy("Đã ghi: làm tiếp."),
        lambda task, text, by: actions.unblock_task(task=task, text=text, by=by),
        gettext_lazy("Gỡ bằng cách nào"), None,
    ),
    "khai-bao": Deed(
        gettext_lazy("Khai báo đã xong"), gettext_lazy("Đã ghi lời khai báo; hãy thêm minh chứng."),
        lambda task, text, by: actions.declare_done(task=task, text=text, by=by),
        gettext_lazy("Đã làm được gì"), TaskState.DECLARED,
    ),
    "huy": Deed(
        gettext_lazy("Không thực hiện nữa"), gettext_lazy("Đã ghi: không thực hiện."),
        lambda task, text, by: actions.cancel_task(task=task, reason=text, by=by),
        gettext_lazy("Vì sao"), TaskState.CANCELLED, planner=True,
    ),
    "lam-lai": Deed(
        gettext_lazy("Thực hiện trở lại"), gettext_lazy("Nhiệm vụ được thực hiện trở lại."),
        lambda task, text, by: actions.resume_task(task=task, reason=text, by=by),
        gettext_lazy("Vì sao"), TaskState.PLANNED, planner=True,
    ),
}  # fmt: skip


def _open_deeds(task: Task, rights: Rights) -> list[str]:
    """What this person may do to the task as it stands."""
    working = task.plan.state == PlanState.IN_FORCE and task.state not in (
        TaskState.PROPOSED,
        TaskState.CANCELLED,
    )
    found = []
    for code, deed in DEEDS.items():
        if deed.planner:
            fits = rights.plans and task.plan.state != PlanState.CLOSED
        else:
            fits = working and (rights.leads if deed.to or code == "het-vuong" else bool(rights.own))
        if code == "bat-dau":
            fits = fits and task.state != TaskState.BLOCKED
        if code == "het-vuong":
            fits = fits and task.state == TaskState.BLOCKED
        if deed.to:
            fits = fits and task.state != TaskState.DONE and deed.to in TASK_MOVES[TaskState(task.state)]
        if fits:
            found.append(code)
    return found


@require_safe
@requires(Permission.PLAN_VIEW)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, task_for(request, pk))


def _page(
    request: HttpRequest,
    here: Task,
    *,
    said: tuple[str, SayForm] | None = None,
    ask: AskForm | None = None,
    split: SplitForm | None = None,
) -> HttpResponse:
    carriers, today = work.carriers_of(here), clock.today()
    rights = rights_on(request, carriers)
    bodies = work.bodies_of(carriers)
    workable = here.plan.state == PlanState.IN_FORCE and here.state not in (
        TaskState.PROPOSED,
        TaskState.CANCELLED,
    )
    code, bound = said or ("", None)
    context = {
        "section": "plan",
        "task": here,
        "standing": standing(here.state, here.due_on, today),
        "late": days_late(here.state, here.due_on, today),
        "today": today,
        "leads": [work.named(one) for one in carriers if one.part == Part.LEADS],
        "coordinating": [work.named(one) for one in carriers if one.part == Part.COORDINATES],
        "children": work.children_of(here),
        "notes": work.notes_of(here),
        "pieces": (pieces := evidence.of_task(here)),
        "periods": _periods(here, pieces),
        "requests": work.requests_of(here),
        "rights": rights,
        "may_edit": rights.edits and here.plan.state != PlanState.CLOSED,
        "may_add": workable and bool(rights.own),
        "me": me(request).pk,
        "deeds": [
            (one, DEEDS[one], bound if one == code else SayForm(auto_id=f"{one}-%s"))
            for one in _open_deeds(here, rights)
        ],
        "ask": ask or (AskForm(rights.own, bodies) if workable and rights.own and len(bodies) > 1 else None),
        "split": split
        or (SplitForm(bodies, auto_id="split-%s") if workable and rights.edits and bodies else None),
    }
    refused = any(form is not None and form.errors for form in (bound, ask, split))
    return render(request, "plan/task.html", context, status=422 if refused else 200)


def _periods(here: Task, pieces: Iterable[evidence.Piece]) -> tuple[int, int] | None:
    """(shown, all) periods of work that recurs; None for work done once."""
    span = (here.starts_on or here.plan.starts_on, here.due_on or here.plan.ends_on)
    total = periods(here.cadence, *span)
    days = [one.evidence.shown_on for one in pieces if one.holds and one.evidence.shown_on]
    return (len(shown_periods(here.cadence, days, *span)), total) if total > 1 else None


@require_POST
@requires(Permission.PLAN_VIEW)
def do(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Start, note, block, free, declare, cancel: one of ``DEEDS``."""
    here = task_for(request, pk)
    if code not in DEEDS:
        raise Http404
    deed, rights = DEEDS[code], rights_on(request, work.carriers_of(here))
    allowed = rights.plans if deed.planner else rights.leads or (code == "ghi" and bool(rights.own))
    if not allowed:
        raise PermissionDenied
    form = SayForm(request.POST, auto_id=f"{code}-%s")
    if deed.asks is None or form.is_valid():
        words = form.cleaned_data["text"] if deed.asks is not None else ""
        try:
            deed.act(here, words, me(request))
            messages.success(request, deed.done)
            return redirect("plan:task", pk)
        except Refused as refusal:
            if deed.asks is None:
                messages.error(request, refusal.message)
                return redirect("plan:task", pk)
            form.add_error("text", refusal.message)
    return _page(request, here, said=(code, form))


@requires(Permission.PLAN_VIEW)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a task. Whoever saves second sees what changed meanwhile, with nothing typed lost."""
    here = task_for(request, pk)
    rights = rights_on(request, work.carriers_of(here))
    if not rights.edits:
        raise PermissionDenied
    now = actions.task_values(here)
    form = TaskForm(here, now, request.POST if request.method == "POST" else None, whole=rights.plans)
    changed: Meanwhile | None = None
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.edit_task(task=here, revision=seen["revision"], values=form.values, by=me(request))
            messages.success(request, _("Đã lưu nhiệm vụ."))
            return redirect("plan:task", pk)
        except EditedMeanwhile:
            here = task_for(request, pk)
            changed = meanwhile(here, seen=seen["values"], mine=form.plain)
            form = TaskForm(here, changed.now, whole=rights.plans, initial=changed.offered)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.message)
    context = {"section": "plan", "task": here, "form": form, "changed": changed, "whole": rights.plans}
    return render(request, "plan/edit.html", context, status=409 if changed else 422 if form.errors else 200)


@require_POST
@requires(Permission.TASK_WORK)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another body that carries the task for its part."""
    here = task_for(request, pk, Permission.TASK_WORK)
    carriers = work.carriers_of(here)
    bodies = work.bodies_of(carriers)
    form = AskForm(rights_on(request, carriers).own, bodies, request.POST)
    return _submitted(
        request, here, form, lambda values: actions.ask_coordination(task=here, by=me(request), **values),
        _("Đã gửi đề nghị; cơ quan được hỏi thấy ngay."), ask=form,
    )  # fmt: skip


@require_POST
@requires(Permission.PLAN_VIEW)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a part of the task a task of its own."""
    here = task_for(request, pk)
    carriers = work.carriers_of(here)
    if not rights_on(request, carriers).edits:
        raise PermissionDenied
    form = SplitForm(work.bodies_of(carriers), request.POST, auto_id="split-%s")

    def act(values: dict[str, Any]) -> object:
        agencies = [values.pop("agency")]
        return actions.split_task(task=here, agencies=agencies, by=me(request), **values)

    return _submitted(request, here, form, act, _("Đã thêm phần việc."), split=form)


def _submitted(
    request: HttpRequest,
    here: Task,
    form: AskForm | SplitForm,
    act: Callable[[dict[str, Any]], object],
    done: str,
    **back: Any,
) -> HttpResponse:
    if form.is_valid():
        try:
            act(dict(form.cleaned_data))
            messages.success(request, done)
            return redirect("plan:task", here.pk)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.message)
    return _page(request, here, **back)


@require_safe
@requires(Permission.PLAN_VIEW)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done to a task and by whom, from the audit."""
    here = task_for(request, pk)
    context = {"section": "plan", "task": here, "entries": told(work.history_of(here))}
    return render(request, "plan/history.html", context)
