"""Around the table: who is invited and came, what they said, the minutes, what was concluded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import me, requires
from danban.accounts.states import Permission
from danban.common import clock, files
from danban.common.errors import Refused
from danban.council import actions, queries, sheets
from danban.council.forms.sitting import (
    ApproveForm,
    AssignForm,
    AttendanceForm,
    ConclusionForm,
    MinutesForm,
    OpinionsForm,
    PartiesForm,
    RepliesForm,
    SendForm,
)
from danban.council.models import Conclusion, Minutes, Party
from danban.council.rules import ChangedMeanwhile
from danban.council.states import MinutesState, Reply
from danban.council.views.meetings import asked, may_answer, simply
from danban.council.views.reach import (
    SECTION,
    dossiers_seen,
    managed,
    manages,
    meeting_managed,
    meeting_seen,
    posted,
)


@requires(Permission.COUNCIL_MANAGE)
def add_parties(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        members = queries.members_on(here.council, clock.today()) if data["everyone"] else []
        made = actions.add_parties(meeting=here, members=members, agencies=data["agencies"], by=me(request))
        return ngettext("Đã thêm %(n)d thành phần.", "Đã thêm %(n)d thành phần.", len(made)) % {
            "n": len(made)
        }

    return asked(request, here, PartiesForm(here, posted(request)), _("Thêm thành phần"), do)


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def remove_party(request: HttpRequest, pk: int) -> HttpResponse:
    party = managed(request, Party.objects.select_related("meeting__council"), pk, council="meeting__council")
    return simply(
        request, party.meeting, lambda: actions.remove_party(party=party, by=me(request)), _("Đã bỏ.")
    )


@requires(Permission.COUNCIL_MANAGE)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        n = actions.send_invitations(meeting=here, by=me(request), **data)
        return ngettext(
            "Đã ghi: gửi giấy mời đến %(n)d thành phần.", "Đã ghi: gửi giấy mời đến %(n)d thành phần.", n
        ) % {"n": n}

    form = SendForm(posted(request), initial={"letter_number": here.letter_number})
    return asked(request, here, form, _("Ghi đã gửi giấy mời"), do)


@require_POST
@requires(Permission.COUNCIL_VIEW)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An invited member, or somebody of an invited agency, answers."""
    party = get_object_or_404(Party.objects.select_related("meeting", "member", "agency"), pk=pk)
    here, reply = party.meeting, request.POST.get("tra-loi", "")
    if reply not in (Reply.COMING, Reply.DECLINED) or not may_answer(request, party):
        raise Http404
    return simply(
        request,
        here,
        lambda: actions.answer_invitation(party=party, reply=reply, by=me(request)),
        _("Đã ghi câu trả lời."),
    )


@requires(Permission.COUNCIL_MANAGE)
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """What came back by telephone and on paper, of all who were written to."""
    here = meeting_managed(request, pk)
    invited = [one for one in queries.parties_of(here) if one.sent_on]
    form = RepliesForm(invited, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            for party, reply in form.changes():
                actions.answer_invitation(party=party, reply=reply, by=me(request))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã ghi câu trả lời."))
            return redirect("council:meeting", pk)
    context = {"section": SECTION, "meeting": here, "form": form}
    return render(request, "council/replies.html", context, status=422 if form.errors else 200)


@requires(Permission.COUNCIL_MANAGE)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)
    form = AttendanceForm(queries.parties_of(here), posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_attendance(meeting=here, came=form.changes(), by=me(request))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã điểm danh."))
            return redirect("council:meeting", pk)
    context = {"section": SECTION, "meeting": here, "form": form}
    return render(request, "council/attendance.html", context, status=422 if form.errors else 200)


@requires(Permission.COUNCIL_MANAGE)
def opinions(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """What each said on one point, in the meeting room or from the forms that came back."""
    here = meeting_managed(request, pk)
    item = get_object_or_404(here.agenda.select_related("policy__dossier", "dossier", "task"), pk=item_id)
    form = OpinionsForm(
        queries.speakers_of(here),
        queries.opinions_of(item),
        posted(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_opinions(meeting=here, item_id=item.pk, opinions=form.changes(), by=me(request))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã ghi ý kiến."))
            return redirect("council:meeting", pk)
    context = {
        "section": SECTION,
        "meeting": here,
        "item": item,
        "form": form,
        "reach": dossiers_seen(request),
    }
    return render(request, "council/opinions.html", context, status=422 if form.errors else 200)


@requires(Permission.COUNCIL_MANAGE)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes. When another wrote meanwhile, both texts are shown and nothing is lost."""
    here = meeting_managed(request, pk)
    kept = getattr(here, "minutes", None)
    if kept is not None and kept.state == MinutesState.APPROVED:
        return redirect("council:meeting", pk)
    known = (
        {"number": kept.number, "course": kept.course, "revision": kept.revision} if kept else {"revision": 0}
    )
    form = MinutesForm(posted(request), initial=known)
    other = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_minutes(meeting=here, by=me(request), **form.cleaned_data)
        except ChangedMeanwhile as refusal:
            kept = Minutes.objects.select_related("written_by").get(meeting=here)
            form, other = _again(request, kept, refusal.message), kept.course
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã lưu biên bản. Người thứ hai sẽ duyệt."))
            return redirect("council:meeting", pk)
    context = {"section": SECTION, "meeting": here, "form": form, "other": other, "kept": kept}
    return render(request, "council/minutes.html", context, status=422 if form.errors else 200)


def _again(request: HttpRequest, kept: Minutes, said: str) -> MinutesForm:
    """The form with what was typed, now on top of the words another wrote meanwhile."""
    data = request.POST.copy()
    data["revision"] = str(kept.revision)
    form = MinutesForm(data)
    form.add_error("course", said)
    return form


@requires(Permission.COUNCIL_MANAGE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person reads what will be signed and approves it."""
    here = meeting_managed(request, pk)
    kept = getattr(here, "minutes", None)
    if kept is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        form = ApproveForm(request.POST)
        try:
            if form.is_valid():
                actions.approve_minutes(minutes=kept, revision=form.cleaned_data["revision"], by=me(request))
                messages.success(request, _("Đã duyệt. Từ nay biên bản không thay đổi nữa."))
                return redirect("council:meeting", pk)
            raise Http404
        except Refused as refusal:
            refused = refusal.message
            kept.refresh_from_db()
    parties = queries.parties_of(here)
    context = {
        "section": SECTION,
        "meeting": here,
        "minutes": kept,
        "refused": refused,
        "is_second": kept.written_by_id != me(request).pk,
        "agenda": queries.agenda_of(here, {}),
        "conclusions": queries.conclusions_of(here),
        "came": [one for one in parties if one.attended],
        "absent": [one for one in parties if not one.attended],
    }
    return render(request, "council/approve.html", context, status=409 if refused else 200)


@require_safe
@requires(Permission.COUNCIL_VIEW)
def minutes_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The approved paper as it was kept; before that, for those who manage, as it would be."""
    here = meeting_seen(request, pk)
    kept = getattr(here, "minutes", None)
    name = f"bien-ban-{here.pk}"
    if kept is not None and kept.state == MinutesState.APPROVED:
        return files.sent(kept.file, f"{name}.docx")
    if kept is None or not manages(request, here.council):
        raise Http404
    kept.meeting = here
    return files.made(sheets.minutes(kept), f"{name}-du-thao.docx")


@requires(Permission.COUNCIL_MANAGE)
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    here = meeting_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        actions.add_conclusion(meeting=here, by=me(request), **data)
        return _("Đã ghi kết luận.")

    return asked(request, here, ConclusionForm(posted(request)), _("Thêm kết luận"), do)


@require_POST
@requires(Permission.COUNCIL_MANAGE)
def remove_conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    one = _conclusion(request, pk)
    return simply(
        request,
        one.meeting,
        lambda: actions.remove_conclusion(conclusion=one, by=me(request)),
        _("Đã bỏ kết luận."),
    )


@requires(Permission.COUNCIL_MANAGE)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """A conclusion becomes a task of a plan."""
    one = _conclusion(request, pk)

    def do(data: dict[str, Any]) -> str:
        actions.assign_conclusion(conclusion=one, by=me(request), **data)
        return _("Đã thành nhiệm vụ của kế hoạch.")

    return asked(request, one.meeting, AssignForm(posted(request)), _("Giao thành nhiệm vụ"), do)


def _conclusion(request: HttpRequest, pk: int) -> Conclusion:
    rows = Conclusion.objects.select_related("meeting__council", "agency")
    found: Conclusion = managed(request, rows, pk, council="meeting__council")
    return found
