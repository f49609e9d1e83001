"""Windows of a dossier: open; ask to make longer or to cancel; whom one asked and who replied."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import may_here, me, requires
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.consultation import actions, queries, rules
from danban.consultation.forms import CancelForm, ConcludeForm, ExtendForm, RequestForm, WindowForm
from danban.consultation.models import Window
from danban.consultation.views.proposals import asked_of_second, waiting_kinds
from danban.consultation.views.reach import dossier_of, window_of
from danban.policies.queries import latest_released, posting_rule_for
from danban.policies.states import WindowKind


@requires(Permission.DOSSIER_VIEW)
def listed(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """All windows of a dossier."""
    dossier = dossier_of(request, Permission.DOSSIER_VIEW, dossier_id)
    windows = list(queries.windows_of(dossier))
    totals, today = queries.totals_of([window.pk for window in windows]), clock.today()
    context = {
        "dossier": dossier,
        "rows": [
            (window, queries.window_state(window, today), totals.get(window.pk, 0)) for window in windows
        ],
        "may_open": may_here(request, Permission.WINDOW_OPEN, dossier.agency_id),
        "released": latest_released(dossier),
    }
    return render(request, "consultation/windows.html", context)


@requires(Permission.WINDOW_OPEN)
def open_window(request: HttpRequest, dossier_id: int) -> HttpResponse:
    dossier = dossier_of(request, Permission.WINDOW_OPEN, dossier_id)
    form = WindowForm(dossier, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            window = actions.open_window(by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã mở đợt lấy ý kiến."))
            return redirect("consultation:window", window.pk)
    rules_held = [
        (label, posting_rule_for(dossier.document_type, kind, clock.today()))
        for kind, label in WindowKind.choices
    ]
    context = {
        "dossier": dossier,
        "form": form,
        "posting_rules": [
            (label, rule, rules.earliest_close(clock.today(), rule.min_days))
            for label, rule in rules_held
            if rule
        ],
    }
    return render(request, "consultation/window_open.html", context, status=422 if form.errors else 200)


@requires(Permission.DOSSIER_VIEW)
def window(request: HttpRequest, window_id: int) -> HttpResponse:
    return _page(request, window_of(request, Permission.DOSSIER_VIEW, window_id))


def _page(
    request: HttpRequest,
    here: Window,
    *,
    extend: ExtendForm | None = None,
    cancel: CancelForm | None = None,
    ask: RequestForm | None = None,
    conclude: ConcludeForm | None = None,
) -> HttpResponse:
    today = clock.today()
    may_open = may_here(request, Permission.WINDOW_OPEN, here.dossier.agency_id)
    refused = any(form is not None and form.errors for form in (extend, cancel, ask, conclude))
    requests, proposals = list(queries.requests_of(here)), queries.proposals_about(here)
    context = {
        "window": here,
        "dossier": here.dossier,
        "state": queries.window_state(here, today),
        "total": queries.opinions_count(here),
        "requests": requests,
        "silent": sum(one.answered_on is None for one in requests),
        "late": sum(one.answered_on is None and one.due_on < today for one in requests),
        "critique": here.kind == WindowKind.SOCIAL_CRITIQUE and queries.critique_received(here),
        "today": today,
        "may_open": may_open,
        "may_enter": may_here(request, Permission.COMMENT_IMPORT, here.dossier.agency_id),
        "may_extend": may_open and here.cancelled_at is None and today <= here.closes_on,
        "proposals": proposals,
        "asked": waiting_kinds(proposals),
        "may_decide": may_here(request, Permission.PROPOSAL_DECIDE, here.dossier.agency_id),
        "extend": extend or ExtendForm(auto_id="extend_%s"),
        "cancel": cancel or CancelForm(),
        "ask": ask or RequestForm(here),
        "conclude": conclude
        or ConcludeForm(initial={"held_on": here.held_on or today, "result": here.result}),
    }
    return render(request, "consultation/window.html", context, status=422 if refused else 200)


@require_POST
@requires(Permission.WINDOW_OPEN)
def extend(request: HttpRequest, window_id: int) -> HttpResponse:
    here = window_of(request, Permission.WINDOW_OPEN, window_id)
    form = ExtendForm(request.POST, auto_id="extend_%s")
    if form.is_valid():
        try:
            actions.propose_extension(window=here, by=me(request), **form.cleaned_data)
            messages.success(request, asked_of_second())
            return redirect("consultation:window", window_id)
        except Refused as refusal:
            form.add_error("closes_on", refusal.message)
    return _page(request, here, extend=form)


@require_POST
@requires(Permission.WINDOW_OPEN)
def cancel(request: HttpRequest, window_id: int) -> HttpResponse:
    here = window_of(request, Permission.WINDOW_OPEN, window_id)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            actions.propose_cancelling(window=here, by=me(request), **form.cleaned_data)
            messages.success(request, asked_of_second())
            return redirect("consultation:window", window_id)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    return _page(request, here, cancel=form)


@require_POST
@requires(Permission.WINDOW_OPEN)
def ask(request: HttpRequest, window_id: int) -> HttpResponse:
    """Record a letter to agencies."""
    here = window_of(request, Permission.WINDOW_OPEN, window_id)
    form = RequestForm(here, request.POST)
    if form.is_valid():
        try:
            made = actions.request_opinions(window=here, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã ghi: hỏi ý kiến %(n)d cơ quan.") % {"n": len(made)})
            return redirect("consultation:window", window_id)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _page(request, here, ask=form)


@require_POST
@requires(Permission.WINDOW_OPEN)
def conclude(request: HttpRequest, window_id: int) -> HttpResponse:
    """The written result of a policy consultation or a critique."""
    here = window_of(request, Permission.WINDOW_OPEN, window_id)
    form = ConcludeForm(request.POST)
    if form.is_valid():
        try:
            actions.conclude_window(window=here, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã ghi kết quả."))
            return redirect("consultation:window", window_id)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _page(request, here, conclude=form)
