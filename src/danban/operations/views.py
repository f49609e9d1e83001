"""The officers' desk, the audit, the jobs, and the health of the site."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import agencies_with, me, public, requires
from danban.accounts.queries import names_of
from danban.accounts.states import Permission
from danban.audit.queries import PAGE, entries_listed
from danban.common import clock
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.operations import actions, queries, waiting


@requires(Permission.DOSSIER_VIEW)
def desk(request: HttpRequest) -> HttpResponse:
    """Where an officer starts: what waits for them, and what they may open."""
    found = waiting.Waiting(
        decide=waiting.to_decide(
            me(request),
            versions=agencies_with(request, Permission.VERSION_RELEASE),
            answers=agencies_with(request, Permission.ANSWER_RELEASE),
            proposals=agencies_with(request, Permission.PROPOSAL_DECIDE),
        ),
        periods=waiting.periods_at_work(agencies_with(request, Permission.COMMENT_VIEW), clock.today()),
        asked=waiting.asked_of(
            me(request),
            works=agencies_with(request, Permission.TASK_WORK),
            writes=agencies_with(request, Permission.REPORT_WRITE),
        ),
        tasks=_tasks(request),
    )
    context = {"waiting": found, "answering": agencies_with(request, Permission.ANSWER_WRITE)}
    return render(request, "operations/desk.html", context)


def _tasks(request: HttpRequest) -> waiting.Tasks | None:
    """Nothing where the person may not see plans."""
    agencies = agencies_with(request, Permission.PLAN_VIEW)
    if agencies == set():
        return None
    checking = agencies_with(request, Permission.EVIDENCE_CHECK)
    return waiting.tasks_at_work(agencies, checking, clock.today())


@require_safe
@requires(Permission.AUDIT_VIEW)
def log(request: HttpRequest) -> HttpResponse:
    """What was done, newest first; the next page starts under the last id of this one."""
    action, actor = request.GET.get("hanh-dong", "").strip(), request.GET.get("ai", "").strip()
    entries = entries_listed(action=action, actor=actor, before=whole(request.GET.get("truoc")))
    shown, more = entries[:PAGE], len(entries) > PAGE
    names = names_of({entry.actor for entry in shown})
    context = {
        "entries": [(entry, names.get(entry.actor, "")) for entry in shown],
        "next_before": shown[-1].pk if more else None,
        "action": action,
        "actor": actor,
        "actions": queries.known_actions(),
        "section": "audit",
    }
    return render(request, "operations/log.html", context)


@require_safe
@requires(Permission.JOBS_VIEW)
def jobs(request: HttpRequest) -> HttpResponse:
    """Counts by state, what failed, what recurs, who works."""
    context = {
        "counts": queries.jobs_by_state(),
        "failed": Paginator(queries.failed_jobs(), PAGE).get_page(request.GET.get("page")),
        "again": queries.waiting_again()[:PAGE],
        "recurring": queries.recurring_lines(),
        "workers": queries.workers_alive(),
        "section": "jobs",
    }
    return render(request, "operations/jobs.html", context)


@require_POST
@requires(Permission.JOBS_VIEW)
def retry(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    try:
        actions.retry_job(job_id=job_id, by=me(request))
        messages.success(request, _("Công việc đã được xếp hàng chạy lại."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("operations:jobs")


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For monitors: 200 when the site can do its work, 503 when it cannot; ages in seconds."""
    try:
        state = queries.health()
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False}, status=503)
    ok = state.worker_ok and state.chain_ok
    answer = {
        "ok": ok,
        "database": True,
        "worker": state.worker_ok,
        "worker_age": _seconds(state.worker_age),
        "chain": state.chain_ok,
        "chain_lag": _seconds(state.chain_lag),
    }
    return JsonResponse(answer, status=200 if ok else 503)


def _seconds(age: dt.timedelta | None) -> int | None:
    return None if age is None else round(age.total_seconds())
