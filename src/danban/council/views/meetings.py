"""Meetings: the list, planning one, and its page, where everything about it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import agencies_with, fetch, me, requires
from danban.accounts.states import Permission
from danban.common import clock, files, uploads
from danban.common.errors import Refused
from danban.council import actions, queries, sheets
from danban.council.forms.meetings import (
    AgendaForm,
    CancelForm,
    MeetingForm,
    PaperForm,
    meeting_values,
)
from danban.council.models import AgendaItem, Council, Meeting, Paper, Party
from danban.council.states import ListState, MeetingKind, MeetingState, MinutesState, Reply
from danban.council.views.reach import (
    SECTION,
    dossiers_seen,
    managed,
    manages,
    meeting_managed,
    meeting_seen,
    posted,
)

A_PAGE = 30


@requires(Permission.COUNCIL_VIEW)
def meetings(request: HttpRequest) -> HttpResponse:
    council = queries.council_on(clock.today())
    may_manage = manages(request, council)
    q, kind = request.GET.get("q", ""), request.GET.get("loai", "")
    found = queries.meetings_listed(q=q, kind=kind if kind in MeetingKind.values else "", planned=may_manage)
    context = {
        "section": SECTION,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "kinds": MeetingKind.choices,
        "asked": {"q": q, "kind": kind},
        "may_plan": may_manage and council is not None,
    }
    return render(request, "council/meetings.html", context)


@requires(Permission.COUNCIL_MANAGE)
def plan(request: HttpRequest) -> HttpResponse:
    council = queries.council_on(clock.today())
    if council is None:
        raise Http404
    fetch(request, Council.objects.all(), Permission.COUNCIL_MANAGE, pk=council.pk)
    form = MeetingForm(posted(request), council=council)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.plan_meeting(council=council, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã ghi cuộc họp. Hãy thêm nội dung và thành phần mời."))
            return redirect("council:meeting", meeting.pk)
    return _facts(request, form, _("Chuẩn bị cuộc họp"))


@requires(Permission.COUNCIL_MANAGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)
    form = MeetingForm(posted(request), council=here.council, meeting=here, initial=meeting_values(here))

    def do(data: dict[str, Any]) -> str:
        actions.edit_meeting(meeting=here, by=me(request), **data)
        return _("Đã lưu.")

    return asked(request, here, form, _("Sửa cuộc họp"), do)


def _facts(request: HttpRequest, form: MeetingForm, heading: str) -> HttpResponse:
    context = {"section": SECTION, "form": form, "heading": heading, "back": "council:meetings"}
    return render(request, "council/form.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.COUNCIL_VIEW)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a meeting; each thing to do is a link to its form, or a button."""
    here = meeting_seen(request, pk)
    may_manage = manages(request, here.council)
    minutes = getattr(here, "minutes", None)
    approved = minutes is not None and minutes.state == MinutesState.APPROVED
    parties = queries.parties_of(here)
    papers = queries.papers_of(here)
    today, held_on = clock.today(), timezone.localdate(here.starts_at)
    context = {
        "section": SECTION,
        "meeting": here,
        "may_manage": may_manage,
        "works": may_manage and not approved and here.state != MeetingState.CANCELLED,
        "agenda": queries.agenda_of(here, papers),
        "reach": dossiers_seen(request),
        "papers": papers.get(None, []),
        "parties": parties,
        "sent": sum(one.sent_on is not None for one in parties),
        "coming": sum(one.reply == Reply.COMING for one in parties),
        "came": sum(one.attended for one in parties),
        "mine": [one for one in parties if may_answer(request, one)] if here.state == "invited" else [],
        "minutes": minutes if may_manage or approved else None,
        "approved": approved,
        "conclusions": queries.conclusions_of(here) if may_manage or approved else [],
        "lists": [one for one in here.lists.all() if may_manage or one.state == ListState.DECIDED],
        "begun": clock.now() >= here.starts_at,
        "today": held_on <= today,
        "one_day": here.ends_at is not None and timezone.localdate(here.ends_at) == held_on,
    }
    return render(request, "council/meeting.html", context)


def may_answer(request: HttpRequest, party: Party) -> bool:
    """Whether an invitation is the person's own as a member, or that of an agency they work for."""
    if party.sent_on is None:
        return False
    if party.member:
        return party.member.user_id == me(request).pk
    working = agencies_with(request, Permission.TASK_WORK) or set()
    return party.agency_id in working


def asked(
    request: HttpRequest, here: Meeting, form: forms.Form, heading: str, do: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """A form of a meeting on a page of its own; refused, it comes back with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do(form.cleaned_data))
            return redirect("council:meeting", here.pk)
        except Refused as refusal:
            form.add_error("file" if "file" in form.fields else None, refusal.message)
    context = {
        "section": SECTION,
        "form": form,
        "heading": heading,
        "meeting": here,
        "back": "council:meetings",
    }
    return render(request, "council/form.html", context, status=422 if form.errors else 200)


def simply(request: HttpRequest, here: Meeting, do: Callable[[], object], said: str) -> HttpResponse:
    """Do what a button asks, and say so or say why not."""
    try:
        do()
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("council:meeting", here.pk)


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)
    return simply(
        request, here, lambda: actions.hold_meeting(meeting=here, by=me(request)), _("Đã ghi là đã họp.")
    )


@requires(Permission.COUNCIL_MANAGE)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        actions.cancel_meeting(meeting=here, by=me(request), **data)
        return _("Đã hủy cuộc họp.")

    return asked(request, here, CancelForm(posted(request)), _("Hủy cuộc họp"), do)


@requires(Permission.COUNCIL_MANAGE)
def add_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        actions.add_agenda_item(meeting=here, by=me(request), **data)
        return _("Đã thêm nội dung.")

    return asked(request, here, AgendaForm(posted(request)), _("Thêm nội dung"), do)


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def remove_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    item = managed(
        request, AgendaItem.objects.select_related("meeting__council"), pk, council="meeting__council"
    )
    return simply(
        request,
        item.meeting,
        lambda: actions.remove_agenda_item(item=item, by=me(request)),
        _("Đã bỏ nội dung."),
    )


@requires(Permission.COUNCIL_MANAGE)
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)
    form = PaperForm(here, posted(request), request.FILES if request.method == "POST" else None)
    uploads.note_too_large(request, form)

    def do(data: dict[str, Any]) -> str:
        file = data["file"]
        actions.add_paper(
            meeting=here, data=file.read(), file_name=file.name, item=data["item"], by=me(request)
        )
        return _("Đã thêm tài liệu.")

    return asked(request, here, form, _("Thêm tài liệu"), do)


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def remove_paper(request: HttpRequest, pk: int) -> HttpResponse:
    paper = managed(request, Paper.objects.select_related("meeting__council"), pk, council="meeting__council")
    return simply(
        request,
        paper.meeting,
        lambda: actions.remove_paper(paper=paper, by=me(request)),
        _("Đã bỏ tài liệu."),
    )


@require_safe
@requires(Permission.COUNCIL_VIEW)
def paper(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Paper, pk=pk)
    meeting_seen(request, found.meeting_id)
    return files.sent(found.file, found.file_name)


@require_safe
@requires(Permission.COUNCIL_VIEW)
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_seen(request, pk)
    return files.made(sheets.invitation(here), f"giay-moi-{here.pk}.docx")
