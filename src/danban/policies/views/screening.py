"""Policies of drafts, and what is said of each by the four criteria."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.accounts.guards import agencies_with, fetch, held_by, may_here, me, requires
from danban.accounts.models import Agency
from danban.accounts.rules import ROLE_PERMISSIONS
from danban.accounts.states import Permission
from danban.common.edited import edited, remember_shown
from danban.common.errors import Refused
from danban.policies import actions, screening_queries
from danban.policies.models import Policy
from danban.policies.rules import SecretRefused
from danban.policies.screening import contradicts
from danban.policies.screening_forms import PolicyForm, ScreeningForm
from danban.policies.screening_queries import Queue
from danban.policies.states import Question, ScreeningStep
from danban.policies.views.base import dossier_for

A_PAGE = 30
QUEUE_LABELS = {
    Queue.PROPOSE: gettext_lazy("Chờ đề xuất"),
    Queue.REVIEW: gettext_lazy("Chờ Sở Tư pháp rà soát"),
    Queue.DECIDE: gettext_lazy("Chờ Hội đồng quyết định"),
    Queue.IN_SCOPE: gettext_lazy("Trong danh sách"),
    Queue.OUT_OF_SCOPE: gettext_lazy("Ngoài danh sách"),
}


def _policy(request: HttpRequest, pk: int, permission: Permission) -> Policy:
    rows = Policy.objects.select_related("dossier__agency", "created_by")
    return cast(Policy, fetch(request, rows, permission, agency="dossier__agency", pk=pk))


@requires(Permission.DOSSIER_VIEW)
def policies(request: HttpRequest) -> HttpResponse:
    """Whose turn it is with each policy; central bills on a page of their own."""
    central = request.GET.get("nhom") == "trung-uong"
    asked = request.GET.get("viec", "")
    seen = agencies_with(request, Permission.DOSSIER_VIEW)
    rows = screening_queries.policies_queued(seen, central=central)
    sizes = screening_queries.queue_sizes(rows)
    first = next((queue for queue in Queue if sizes[queue]), Queue.PROPOSE)
    queue = Queue(asked) if asked in set(Queue) else first
    pages = Paginator(screening_queries.in_queue(rows, queue), A_PAGE)
    pages.count = sizes[queue]
    return render(
        request,
        "policies/screenings.html",
        {
            "section": "dossiers",
            "central": central,
            "queues": [(one, QUEUE_LABELS[one], sizes[one], one == queue) for one in Queue],
            "queue": queue,
            "page": pages.get_page(request.GET.get("page")),
        },
    )


@requires(Permission.DOSSIER_VIEW)
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """One policy and all that was said of it, in order, with persons and days."""
    shown = _policy(request, pk, Permission.DOSSIER_VIEW)
    entries = screening_queries.entries_of(shown)
    for entry in entries:
        replies = {answer.question: answer.reply for answer in entry.answers.all()}
        entry.differs = bool(replies) and contradicts(replies, in_scope=entry.in_scope)  # type: ignore[attr-defined]
    steps = {entry.step for entry in entries}
    return render(
        request,
        "policies/policy.html",
        {
            "section": "dossiers",
            "policy": shown,
            "dossier": shown.dossier,
            "entries": entries,
            "decision": next((one for one in entries if one.step == ScreeningStep.DECISION), None),
            "may_edit": not entries and may_here(request, Permission.DOSSIER_EDIT, shown.dossier.agency_id),
            "may_propose": may_here(request, Permission.SCREENING_PROPOSE, shown.dossier.agency_id),
            "may_review": ScreeningStep.PROPOSAL in steps
            and may_here(request, Permission.SCREENING_REVIEW, shown.dossier.agency_id),
        },
    )


@requires(Permission.DOSSIER_EDIT)
def add_policy(request: HttpRequest, dossier_pk: int) -> HttpResponse:
    dossier = dossier_for(request, dossier_pk, Permission.DOSSIER_EDIT)
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_policy(dossier=dossier, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã ghi chính sách. Việc tiếp theo: đề xuất theo bốn tiêu chí."))
            return redirect("policies:policy", added.pk)
        except Refused as refusal:
            form.add_error("title", refusal.message)
    context = {"section": "dossiers", "form": form, "dossier": dossier, "heading": _("Ghi một chính sách")}
    return render(request, "policies/policy_form.html", context, status=422 if form.errors else 200)


@requires(Permission.DOSSIER_EDIT)
def edit_policy(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _policy(request, pk, Permission.DOSSIER_EDIT)
    values = {name: getattr(shown, name) for name in PolicyForm.base_fields}
    form = PolicyForm(request.POST or None, initial=values)
    remember_shown(form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_policy(policy=shown, by=me(request), **edited(form))
            messages.success(request, _("Đã lưu chính sách."))
            return redirect("policies:policy", pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"section": "dossiers", "form": form, "dossier": shown.dossier, "heading": _("Sửa chính sách")}
    return render(request, "policies/policy_form.html", context, status=422 if form.errors else 200)


@requires(Permission.SCREENING_PROPOSE)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafting agency's word."""
    shown = _policy(request, pk, Permission.SCREENING_PROPOSE)
    return _screen(request, shown, ScreeningStep.PROPOSAL, shown.dossier.agency)


@requires(Permission.SCREENING_REVIEW)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The word of Sở Tư pháp: the agency in which the reviewer holds that role."""
    shown = _policy(request, pk, Permission.SCREENING_REVIEW)
    own = next(
        agency
        for role, agency in held_by(request)
        if Permission.SCREENING_REVIEW in ROLE_PERMISSIONS.get(role, frozenset())
    )
    return _screen(request, shown, ScreeningStep.REVIEW, Agency.objects.get(pk=own))


def _screen(request: HttpRequest, shown: Policy, step: ScreeningStep, agency: Agency) -> HttpResponse:
    form = ScreeningForm(request.POST or None)
    record = actions.record_proposal if step == ScreeningStep.PROPOSAL else actions.record_review
    if request.method == "POST" and (form.is_valid() or _tells_of_a_secret(form)):
        try:
            record(
                policy=shown,
                agency=agency,
                answers=form.answers(),
                in_scope=form.cleaned_data.get("in_scope", False),
                reason=form.cleaned_data.get("reason", ""),
                by=me(request),
            )
            messages.success(request, _("Đã ghi. Lời này giữ nguyên; đổi ý thì ghi thêm lần nữa."))
            return redirect("policies:policy", shown.pk)
        except SecretRefused as refusal:
            # Nothing that was typed goes back to the page.
            form = ScreeningForm()
            return _page(request, shown, step, form, secret=refusal.message, status=422)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _page(request, shown, step, form, status=422 if form.errors else 200)


def _tells_of_a_secret(form: ScreeningForm) -> bool:
    """Refused at once, before anything else is asked for."""
    return form.cleaned_data.get(Question.NO_STATE_SECRET, "yes") != "yes"


def _page(
    request: HttpRequest,
    shown: Policy,
    step: ScreeningStep,
    form: ScreeningForm,
    *,
    secret: str = "",
    status: int,
) -> HttpResponse:
    entries = screening_queries.entries_of(shown)
    context = {
        "section": "dossiers",
        "policy": shown,
        "dossier": shown.dossier,
        "step": step,
        "form": form,
        "secret": secret,
        "proposal": next((one for one in entries if one.step == ScreeningStep.PROPOSAL), None)
        if step == ScreeningStep.REVIEW
        else None,
    }
    return render(request, "policies/screening_form.html", context, status=status)
