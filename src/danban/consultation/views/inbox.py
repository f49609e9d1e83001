"""The inbox of a window: fifty comments at a time, filters with counts, search; one comment beside them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import agencies_with, may_here, me, requires
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.consultation import actions, inbox, queries
from danban.consultation.contact import ContactData
from danban.consultation.context import words_read
from danban.consultation.forms import EraseForm, WithholdForm
from danban.consultation.models import Comment, Window
from danban.consultation.places import outline_of, place_in_words
from danban.consultation.states import Visibility
from danban.consultation.views.proposals import asked_of_second, waiting_kinds
from danban.consultation.views.reach import comment_of, window_of

WINDOWS_A_PAGE = 50


@requires(Permission.COMMENT_VIEW)
def windows(request: HttpRequest) -> HttpResponse:
    """Every window whose comments one may read."""
    rows = queries.inboxes(agencies_with(request, Permission.COMMENT_VIEW))
    page = Paginator(rows, WINDOWS_A_PAGE).get_page(request.GET.get("page"))
    today, counts = clock.today(), queries.waiting_of([window.pk for window in page.object_list])
    listed = [
        (window, queries.window_state(window, today), *counts.get(window.pk, (0, 0)))
        for window in page.object_list
    ]
    return render(request, "consultation/inboxes.html", {"page": page, "rows": listed})


@requires(Permission.COMMENT_VIEW)
def queue(request: HttpRequest, window_id: int) -> HttpResponse:
    """The queue, with what was said article by article beside it."""
    window = window_of(request, Permission.COMMENT_VIEW, window_id)
    context = _queue(request, window)
    context["busiest"] = inbox.busiest(context["places"])
    return render(request, "consultation/inbox.html", context)


def _queue(request: HttpRequest, window: Window) -> dict[str, Any]:
    """The left pane, the same beside every comment; two queries."""
    outline, counts = outline_of(window.version), queries.counts_by(window)
    filters = inbox.Filters.read(request.GET, outline)
    passed = whole(request.GET.get("sau")) or 0
    page = inbox.page(window, filters, counts, outline, after=passed)
    here = {"sau": passed} if passed else {}
    return {
        "window": window,
        "dossier": window.dossier,
        "page": page,
        "filters": filters,
        "choices": inbox.choices(filters, counts),
        "narrowed": any((filters.state, filters.kind, filters.channel, filters.visibility)),
        "visibilities": Visibility.choices,
        "places": inbox.places(filters, counts, outline),
        "total": counts.total,
        "first": filters.query() if passed else "",
        "following": filters.query(sau=page.next_after) if page.next_after else "",
        "same": filters.query(**here),
        "past_first": bool(passed),
        "may_answer": may_here(request, Permission.ANSWER_WRITE, window.dossier.agency_id),
        "may_import": may_here(request, Permission.COMMENT_IMPORT, window.dossier.agency_id),
    }


@requires(Permission.COMMENT_VIEW)
def comment(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """One comment between the queue and the words its author read."""
    window = window_of(request, Permission.COMMENT_VIEW, window_id)
    return _comment_page(request, window, comment_of(window, pk))


def _comment_page(
    request: HttpRequest,
    window: Window,
    shown: Comment,
    contact: ContactData | None = None,
    *,
    withhold: WithholdForm | None = None,
    erase: EraseForm | None = None,
) -> HttpResponse:
    queue, proposals = _queue(request, window), queries.proposals_about(window, shown)
    agency = window.dossier.agency_id
    context = queue | {
        "comment": shown,
        "words": words_read(shown),
        "place": place_in_words(shown.provision),
        "contact": contact,
        "proposals": proposals,
        "asked": waiting_kinds(proposals),
        "may_decide": may_here(request, Permission.PROPOSAL_DECIDE, agency),
        "withhold": withhold or WithholdForm(auto_id="withhold_%s"),
        "erase": erase or EraseForm(auto_id="erase_%s"),
        "next_row": _beside(queue["page"], shown.pk),
        "may_moderate": may_here(request, Permission.COMMENT_MODERATE, agency),
        "may_see_contact": hasattr(shown, "contact") and may_here(request, Permission.CONTACT_VIEW, agency),
    }
    refused = any(form is not None and form.errors for form in (withhold, erase))
    return render(request, "consultation/comment.html", context, status=422 if refused else 200)


def _beside(page: inbox.Page, pk: int) -> int | None:
    """The line after a comment, None when it stands last or on another page."""
    ids = [row.pk for row in page.rows]
    at = ids.index(pk) + 1 if pk in ids else len(ids)
    return ids[at] if at < len(ids) else None


@require_POST
@requires(Permission.CONTACT_VIEW)
def contact(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """Show how to reach the author, this once; that it was read is recorded."""
    window = window_of(request, Permission.CONTACT_VIEW, window_id)
    shown = comment_of(window, pk)
    try:
        read = actions.read_contact(comment=shown, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("consultation:comment", window_id, pk)
    response = _comment_page(request, window, shown, read)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(Permission.CONTACT_VIEW)
def erase_contact(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """Ask a second person to erase the contact."""
    window = window_of(request, Permission.CONTACT_VIEW, window_id)
    shown, form = comment_of(window, pk), EraseForm(request.POST, auto_id="erase_%s")
    if form.is_valid():
        try:
            actions.propose_erasure(comment=shown, by=me(request), **form.cleaned_data)
            messages.success(request, asked_of_second())
            return redirect("consultation:comment", window_id, pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _comment_page(request, window, shown, erase=form)


@require_POST
@requires(Permission.COMMENT_MODERATE)
def show(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    window = window_of(request, Permission.COMMENT_MODERATE, window_id)
    actions.show_comment(comment=comment_of(window, pk), by=me(request))
    messages.success(request, _("Ý kiến được hiện công khai."))
    return redirect("consultation:comment", window_id, pk)


@require_POST
@requires(Permission.COMMENT_MODERATE)
def withhold(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """Ask a second person to keep the comment from the public pages."""
    window = window_of(request, Permission.COMMENT_MODERATE, window_id)
    shown, form = comment_of(window, pk), WithholdForm(request.POST, auto_id="withhold_%s")
    if form.is_valid():
        try:
            actions.propose_withholding(comment=shown, by=me(request), **form.cleaned_data)
            messages.success(request, asked_of_second())
            return redirect("consultation:comment", window_id, pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _comment_page(request, window, shown, withhold=form)
