"""What a participant opens without an account: register, the personal page, quiz, certificate, check."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danban.accounts.guards import public
from danban.common import clock, files, tokens
from danban.common.errors import Refused
from danban.common.qr import qr_svg
from danban.common.throttle import TokenBucket, network_of
from danban.training import actions, certificate_pdf, queries, rules
from danban.training.models import Registration, Session
from danban.training.public_forms import FeedbackForm, QuizForm, RegisterForm
from danban.training.states import SessionState
from danban.training.views.base import A_PAGE

own = cache_control(private=True, no_cache=True)
registrations = TokenBucket()
REGISTRATIONS_PER_MINUTE = 120
"""For one network and one session: a whole office may sit behind one address."""


@require_safe
@public
@cache_control(public=True, max_age=5)
def sessions(request: HttpRequest) -> HttpResponse:
    """Sessions for which anyone may register."""
    page = Paginator(queries.open_to_all(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/public_sessions.html", {"page": page})


# No cookie says who the sender is, so there is nothing a forged request could borrow.
@csrf_exempt
@public
@own
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """What a session is, and the form to register."""
    rows = queries.sessions_counted().exclude(state=SessionState.PLANNED)
    shown = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return _session(request, shown, RegisterForm(initial={"token": tokens.new_token()}))
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _session(request, shown, form, status=422)
    key = tokens.key_in(form.cleaned_data["token"])
    if key is None:
        form = _renewed(form)
        form.add_error(None, _("Trang này mở đã quá lâu. Hãy bấm Đăng ký một lần nữa."))
        return _session(request, shown, form, status=422)
    sender = (network_of(request), shown.pk)
    if form.cleaned_data["website"] or not registrations.take(sender, REGISTRATIONS_PER_MINUTE):
        form.add_error(None, _("Có quá nhiều đăng ký từ cùng một mạng. Hãy đợi một phút rồi bấm lại."))
        return _session(request, shown, form, status=429)
    try:
        ticket = actions.register(
            session=shown,
            who=form.named(),
            position=form.cleaned_data["position"],
            contact=form.contact(),
            show_name=form.cleaned_data["show_name"],
            key=key,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _session(request, shown, form, status=422)
    return redirect("training_public:mine", ticket.code)


def _renewed(form: RegisterForm) -> RegisterForm:
    renewed = RegisterForm({**dict(form.data.items()), "token": tokens.new_token()})
    renewed.is_valid()
    return renewed


def _session(request: HttpRequest, shown: Session, form: RegisterForm, status: int = 200) -> HttpResponse:
    context = {
        "session": shown,
        "course": shown.course,
        "form": form,
        "free": max(shown.capacity - shown.n_seats, 0),  # type: ignore[attr-defined]
        "takes": shown.state == SessionState.OPEN and clock.now() < shown.ends_at,
    }
    return render(request, "training/public_session.html", context, status=status)


@require_safe
@public
@own
def find(request: HttpRequest) -> HttpResponse:
    """The personal page by its code, however it was typed."""
    typed = request.GET.get("ma", "").strip()
    if not typed:
        return render(request, "training/public_find.html", {"typed": ""})
    code = rules.parse_personal(typed)
    if code and queries.registration_with_code(code):
        return redirect("training_public:mine", code)
    return _no_code(request, typed)


def _no_code(request: HttpRequest, typed: str) -> HttpResponse:
    error = _("Không tìm thấy mã này. Mã cá nhân gồm 10 chữ và số.")
    return render(request, "training/public_find.html", {"typed": typed, "error": error}, status=404)


def _mine(code: str) -> Registration:
    parsed = rules.parse_personal(code)
    registration = queries.registration_with_code(parsed) if parsed else None
    if registration is None:
        raise Http404
    return registration


@require_safe
@public
@own
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind a personal code. It never shows contact data."""
    parsed = rules.parse_personal(code)
    registration = queries.registration_with_code(parsed) if parsed else None
    if registration is None:
        return _no_code(request, code)
    shown = registration.session
    tries = list(registration.tries.all())
    context = {
        "registration": registration,
        "session": shown,
        "course": shown.course,
        "code": parsed,
        "attendance": getattr(registration, "attendance", None),
        "materials": shown.materials.all(),
        "has_quiz": shown.course.questions.exists(),
        "tries": tries,
        "passed": any(one.passed for one in tries),
        "tries_left": max(shown.course.attempts - len(tries), 0),
        "certificate": registration.certificates.filter(withdrawn_on__isnull=True).first(),
        "qr": qr_svg(request.build_absolute_uri(reverse("training_public:mine", args=[parsed]))),
        "takes_attendance": shown.state in (SessionState.OPEN, SessionState.HELD),
    }
    return _private(render(request, "training/public_mine.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt
@require_POST
@public
@own
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """ "Tôi không dự được": the seat goes to who waits."""
    try:
        actions.withdraw(registration=_mine(code))
    except Refused as refusal:
        return render(
            request, "training/public_refused.html", {"message": refusal.message, "code": code}, status=409
        )
    return redirect("training_public:mine", code)


@csrf_exempt
@public
@own
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, code: str) -> HttpResponse:
    registration = _mine(code)
    questions = list(registration.session.course.questions.all())
    number = registration.tries.count() + 1
    form = QuizForm(questions, request.POST if request.method == "POST" else None, initial={"number": number})
    if form.is_bound and form.is_valid():
        try:
            actions.take_quiz(
                registration=registration, number=form.cleaned_data["number"], answers=form.answers()
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("training_public:mine", code)
    context = {"form": form, "code": code, "course": registration.session.course, "number": number}
    return _private(render(request, "training/public_quiz.html", context, status=422 if form.errors else 200))


@csrf_exempt
@public
@own
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str) -> HttpResponse:
    registration = _mine(code)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.give_feedback(registration=registration, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("training_public:mine", code)
    context = {"form": form, "code": code, "course": registration.session.course}
    return _private(
        render(request, "training/public_feedback.html", context, status=422 if form.errors else 200)
    )


@require_safe
@public
@own
def material(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """A file for those who registered."""
    shown = get_object_or_404(_mine(code).session.materials, pk=pk)
    return files.sent(shown.file, shown.file_name)


@require_safe
@public
@own
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(
        _mine(code).certificates.select_related(
            "registration__person", "registration__session__course__agency__parent"
        ),
        withdrawn_on__isnull=True,
    )
    address = reverse("training_public:check", args=[rules.certificate_code(shown.key)])
    body = certificate_pdf.certificate(shown, request.build_absolute_uri(address))
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{shown.number}.pdf"'
    return _private(response)


@require_safe
@public
@own
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a certificate is valid. The full name only of who agreed to it; initials otherwise."""
    typed = code or request.GET.get("ma", "").strip()
    parsed = rules.parse_certificate(typed)
    found = queries.certificate_with_code(parsed) if parsed else None
    if found is None:
        context = {"typed": typed, "missing": bool(typed)}
        return _private(render(request, "training/public_check.html", context, status=404 if typed else 200))
    registration = found.registration
    name = registration.person.full_name
    context = {
        "certificate": found,
        "name": name if registration.show_name else rules.initials(name),
        "session": registration.session,
        "course": registration.session.course,
        "typed": parsed,
    }
    return _private(render(request, "training/public_check.html", context))
