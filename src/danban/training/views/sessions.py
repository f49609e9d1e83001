"""One session: who comes, who was there, its screen for the room, files and certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import fetch, may_here, me, requires
from danban.accounts.states import Permission
from danban.common import clock, files, uploads
from danban.common.errors import Refused
from danban.common.qr import qr_svg
from danban.common.uploads import UploadRefused
from danban.policies.rules import SecretRefused
from danban.training import actions, certificate_pdf, queries, rules
from danban.training.forms import MaterialForm, ReasonForm
from danban.training.models import Certificate, Session
from danban.training.states import SessionState
from danban.training.views.base import A_PAGE, session_for, words_of

MOVES: dict[str, Callable[..., Session]] = {
    "mo": actions.open_session,
    "da-to-chuc": actions.close_as_held,
}


@requires(Permission.TRAINING_VIEW)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_VIEW)
    q = request.GET.get("q", "")[:100]
    page = Paginator(queries.registrations_listed(shown, q=q), A_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    public = request.build_absolute_uri(reverse("training_public:session", args=[pk]))
    context = {
        "section": "training",
        "session": shown,
        "course": shown.course,
        "page": page,
        "q": q,
        "materials": shown.materials.all(),
        "feedback": queries.feedback_of(shown),
        "has_quiz": shown.course.questions.exists(),
        "public": public,
        "qr": qr_svg(public) if shown.state == SessionState.OPEN else "",
        "may_reach": may_here(request, Permission.CONTACT_VIEW, shown.course.agency_id),
        "may_manage": may_here(request, Permission.TRAINING_MANAGE, shown.course.agency_id),
        "may_close": shown.state == SessionState.OPEN and now >= shown.starts_at,
        "screen_runs": shown.state in (SessionState.OPEN, SessionState.HELD)
        and rules.is_on(shown.starts_at, shown.ends_at, now),
        "takes_attendance": shown.state in (SessionState.OPEN, SessionState.HELD)
        and now >= shown.starts_at - rules.BEFORE,
    }
    return render(request, "training/session.html", context)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    if to not in MOVES:
        raise Http404
    try:
        MOVES[to](session=shown, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("training:session", pk)


@requires(Permission.TRAINING_MANAGE)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)

    def work(data: dict[str, Any]) -> None:
        actions.cancel_session(session=shown, reason=data["reason"], by=me(request))

    return _one_form(request, shown, ReasonForm, _("Hủy buổi tập huấn"), work)


@requires(Permission.TRAINING_MANAGE)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """For the projector: the code of now, as a picture and in letters. Comes anew with the next code."""
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    now = clock.now()
    code = rules.room_code(shown.pk, now)
    address = request.build_absolute_uri(reverse("training_public:attend", args=[shown.pk, code]))
    step = rules.WINDOW.total_seconds()
    context = {
        "section": "training",
        "session": shown,
        "course": shown.course,
        "code": code,
        "qr": qr_svg(address),
        "typed": request.build_absolute_uri(reverse("training_public:attend_typed", args=[shown.pk])),
        "runs": rules.is_on(shown.starts_at, shown.ends_at, now),
    }
    response = render(request, "training/screen.html", context)
    response["Refresh"] = str(int(step - now.timestamp() % step) + 1)
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.TRAINING_MANAGE)
def add_material(request: HttpRequest, pk: int) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    form = MaterialForm(request.POST or None, request.FILES or None)
    uploads.note_too_large(request, form)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_material(
                session=shown,
                title=form.cleaned_data["title"],
                data=file.read(),
                file_name=file.name,
                by=me(request),
            )
        except (UploadRefused, SecretRefused) as refusal:
            form.add_error("file", words_of(refusal))
        else:
            messages.success(request, _("Đã thêm tài liệu."))
            return redirect("training:session", pk)
    context = {
        "section": "training", "form": form, "session": shown, "course": shown.course,
        "heading": _("Thêm tài liệu"), "back": "training:home",
    }  # fmt: skip
    return render(request, "training/form.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def remove_material(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    actions.remove_material(material=get_object_or_404(shown.materials, pk=material), by=me(request))
    return redirect("training:session", pk)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    try:
        made = actions.issue_certificates(session=shown, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã cấp %(n)d chứng nhận.") % {"n": len(made)})
    return redirect("training:session", pk)


def _certificate(request: HttpRequest, pk: int, permission: Permission) -> Certificate:
    rows = Certificate.objects.select_related(
        "registration__person", "registration__session__course__agency__parent"
    )
    found: Certificate = fetch(
        request, rows, permission, agency="registration__session__course__agency", pk=pk
    )
    return found


@requires(Permission.TRAINING_VIEW)
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _certificate(request, pk, Permission.TRAINING_VIEW)
    address = request.build_absolute_uri(
        reverse("training_public:check", args=[rules.certificate_code(shown.key)])
    )
    return files.made(certificate_pdf.certificate(shown, address), f"{shown.number}.pdf")


@requires(Permission.TRAINING_MANAGE)
def withdraw_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _certificate(request, pk, Permission.TRAINING_MANAGE)

    def work(data: dict[str, Any]) -> None:
        actions.withdraw_certificate(certificate=shown, reason=data["reason"], by=me(request))

    heading = _("Thu hồi chứng nhận %(number)s") % {"number": shown.number}
    return _one_form(request, shown.registration.session, ReasonForm, heading, work)


def _one_form(
    request: HttpRequest,
    shown: Session,
    form_class: type[forms.Form],
    heading: str,
    work: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """A page with one form; back to the session when its work is done."""
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            work(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("training:session", shown.pk)
    context = {
        "section": "training", "form": form, "session": shown, "course": shown.course,
        "heading": heading, "back": "training:home",
    }  # fmt: skip
    return render(request, "training/form.html", context, status=422 if form.errors else 200)
