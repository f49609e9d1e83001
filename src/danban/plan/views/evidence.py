"""Evidence of a task or a policy: listed, added, checked by a second person, withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danban.accounts.guards import agencies_with, may_here, me, requires
from danban.accounts.states import Permission
from danban.common import files, uploads
from danban.common.errors import Refused
from danban.plan import actions
from danban.plan.evidence import KINDS, Record
from danban.plan.forms.work import FileForm, RecordForm, SayForm, purpose_of
from danban.plan.models import Evidence, Task
from danban.plan.queries import evidence as queries
from danban.plan.queries.work import carriers_of
from danban.plan.states import Purpose
from danban.plan.views.reach import evidence_for, evidence_to_check, policy_for, task_for
from danban.policies.models import Policy
from danban.policies.rules import SecretRefused


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be shown: a task's product, or one purpose of a policy. ``bodies`` carry it."""

    task: Task | None
    policy: Policy | None
    purpose: Purpose
    bodies: Collection[int]

    @property
    def back(self) -> str:
        if self.task:
            return reverse("plan:task", args=[self.task.pk])
        assert self.policy is not None
        return reverse("plan:policy_evidence", args=[self.policy.pk])


@requires(Permission.TASK_WORK)
def add_to_task(request: HttpRequest, pk: int) -> HttpResponse:
    here = task_for(request, pk, Permission.TASK_WORK)
    bodies = [one.agency_id for one in carriers_of(here) if one.agency_id]
    return _add(request, Subject(here, None, Purpose.PRODUCT, bodies))


@requires(Permission.TASK_WORK)
def add_to_policy(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    here, wanted = policy_for(request, pk, Permission.TASK_WORK), purpose_of(purpose)
    if wanted is None:
        raise Http404
    return _add(request, Subject(None, here, wanted, [here.dossier.agency_id]))


def _add(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A record is chosen from a list, or a file is sent; both stand on one page."""
    posted = request.method == "POST"
    of_file = posted and request.POST.get("viec") == "tep"
    record = RecordForm(request.POST if posted and not of_file else None)
    file = FileForm(request.POST, request.FILES) if of_file else FileForm()
    reasons: tuple[str, ...] = ()
    uploads.note_too_large(request, file)
    form: RecordForm | FileForm = file if of_file else record
    if posted and form.is_valid():
        try:
            made = _keep(request, subject, form)
            messages.success(request, _said(made))
            return redirect(subject.back)
        except SecretRefused as refusal:
            reasons = refusal.reasons
            form.add_error("file", refusal.message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    kind = request.POST.get("kind") or request.GET.get("loai", "")
    kind = kind if kind in KINDS else next(iter(KINDS))
    context = {
        "section": "plan",
        "subject": subject,
        "kinds": [(one.code, one.label) for one in KINDS.values()],
        "kind": kind,
        "q": request.GET.get("q", ""),
        "everyone": bool(request.GET.get("moi")),
        "records": _choices(request, subject, kind),
        "record": record,
        "file": file,
        "reasons": reasons,
        "of_file": of_file,
    }
    return render(request, "plan/add_evidence.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, subject: Subject, form: RecordForm | FileForm) -> Evidence:
    given = dict(form.cleaned_data)
    about: dict[str, Any] = {
        "task": subject.task,
        "policy": subject.policy,
        "purpose": subject.purpose,
        "by": me(request),
    }
    if isinstance(form, RecordForm):
        return actions.add_record(**about, **given)
    file = given.pop("file")
    given.pop("declared")
    return actions.add_file(**about, data=file.read(), file_name=file.name, **given)


def _said(made: Evidence) -> str:
    if made.proved_at:
        return _("Đã thêm minh chứng.")
    if made.file:
        return _("Đã nhận tệp. Người thứ hai kiểm tra xong thì tệp mới là minh chứng.")
    return _("Đã thêm. Bản ghi này thành minh chứng khi đủ điều còn thiếu.")


def _choices(request: HttpRequest, subject: Subject, kind: str) -> list[Record]:
    bodies = None if request.GET.get("moi") or not subject.bodies else subject.bodies
    return KINDS[kind].choices(bodies, request.GET.get("q", ""))


@require_safe
@requires(Permission.PLAN_VIEW)
def policy_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """What shows that a policy was communicated, and coordinated; what holds and what is missing."""
    here = policy_for(request, pk, Permission.PLAN_VIEW)
    return _panel(request, here)


def _panel(request: HttpRequest, here: Policy) -> HttpResponse:
    found, agency = queries.of_policy(here), here.dossier.agency_id
    may_add = may_here(request, Permission.TASK_WORK, agency)
    may_check = may_here(request, Permission.EVIDENCE_CHECK, agency)
    context = {
        "section": "dossiers",
        "policy": here,
        "dossier": here.dossier,
        "purposes": [
            (Purpose(purpose), rows, any(one.holds for one in rows)) for purpose, rows in found.items()
        ],
        "may_add": may_add,
        "may_check": may_check,
        "may_act": may_add or may_check,
        "me": me(request).pk,
    }
    return render(request, "plan/policy_evidence.html", context)


@requires(Permission.EVIDENCE_CHECK)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's page: the file, what it is to show; it does, or it is sent back with a reason."""
    here = evidence_to_check(request, pk)
    returning = request.method == "POST" and request.POST.get("viec") == "tra-lai"
    form, refused = SayForm(request.POST if returning else None), ""
    if request.method == "POST" and (not returning or form.is_valid()):
        try:
            if returning:
                actions.withdraw_evidence(evidence=here, reason=form.cleaned_data["text"], by=me(request))
                messages.success(request, _("Đã trả lại; người thêm tệp thấy lý do."))
            else:
                actions.check_file(evidence=here, by=me(request))
                messages.success(request, _("Đã xác nhận: tệp này là minh chứng."))
            return redirect("plan:to_check")
        except Refused as refusal:
            refused = refusal.message
    context = {"section": "plan", "evidence": here, "form": form, "refused": refused}
    return render(request, "plan/check.html", context, status=422 if refused or form.errors else 200)


@requires(Permission.PLAN_VIEW)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why it shows nothing any more. Who works on the task or policy may, and who checks evidence."""
    for permission in (Permission.TASK_WORK, Permission.EVIDENCE_CHECK):
        reach = agencies_with(request, permission)
        if reach is None or reach:
            here = queries.reachable(reach).filter(pk=pk).first()
            if here:
                break
    else:
        raise Http404
    form = SayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw_evidence(evidence=here, reason=form.cleaned_data["text"], by=me(request))
            messages.success(request, _("Đã rút minh chứng."))
            return redirect(_back(here))
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"section": "plan", "piece": queries.pieces([here])[0], "form": form, "back": _back(here)}
    return render(request, "plan/withdraw.html", context, status=422 if form.errors else 200)


def _back(evidence: Evidence) -> str:
    if evidence.task_id:
        return reverse("plan:task", args=[evidence.task_id])
    return reverse("plan:policy_evidence", args=[evidence.policy_id])


@require_safe
@requires(Permission.PLAN_VIEW)
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was kept."""
    here = evidence_for(request, pk, Permission.PLAN_VIEW)
    if not here.file:
        raise Http404
    return files.sent(here.file, here.file_name)
