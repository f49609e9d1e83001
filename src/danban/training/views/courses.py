"""Courses, their questions, and planning a session."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import agencies_with, held_by, may_here, me, requires, within
from danban.accounts.states import Permission
from danban.common.errors import Refused
from danban.training import actions, queries
from danban.training.forms import CourseForm, QuestionForm, SessionForm
from danban.training.models import Course
from danban.training.states import Audience
from danban.training.views.base import A_PAGE, course_for, session_for


@requires(Permission.TRAINING_VIEW)
def courses(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "")[:100]
    rows = within(queries.courses_listed(q=q), agencies_with(request, Permission.TRAINING_VIEW))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    may_manage = agencies_with(request, Permission.TRAINING_MANAGE) != set()
    context = {"section": "training", "page": page, "q": q, "may_manage": may_manage}
    return render(request, "training/courses.html", context)


@requires(Permission.TRAINING_VIEW)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    return _course(request, course_for(request, pk, Permission.TRAINING_VIEW), QuestionForm())


def _course(request: HttpRequest, shown: Course, form: QuestionForm) -> HttpResponse:
    page = Paginator(
        queries.sessions_counted().filter(course=shown).order_by("-starts_at", "-id"), A_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "section": "training",
        "course": shown,
        "audiences": [Audience(one).label for one in shown.audiences],
        "page": page,
        "questions": shown.questions.all(),
        "form": form,
        "may_manage": may_here(request, Permission.TRAINING_MANAGE, shown.agency_id),
    }
    return render(request, "training/course.html", context, status=422 if form.errors else 200)


@requires(Permission.TRAINING_MANAGE)
def make_course(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@requires(Permission.TRAINING_MANAGE)
def edit_course(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, course_for(request, pk, Permission.TRAINING_MANAGE))


def _edit(request: HttpRequest, kept: Course | None) -> HttpResponse:
    agencies = agencies_with(request, Permission.TRAINING_MANAGE)
    own = {agency for _role, agency in held_by(request)}
    form = CourseForm(agencies, own, request.POST or None, course=kept)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.keep_course(course=kept, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã lưu khóa tập huấn."))
            return redirect("training:course", made.pk)
    heading = _("Sửa khóa tập huấn") if kept else _("Mở khóa tập huấn")
    context = {"section": "training", "form": form, "heading": heading, "back": "training:courses"}
    return render(request, "training/form.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def add_question(request: HttpRequest, pk: int) -> HttpResponse:
    shown = course_for(request, pk, Permission.TRAINING_MANAGE)
    form = QuestionForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_question(
                course=shown,
                text=data["text"],
                choices=data["choices"].split("\n"),
                right=data["right"] - 1,
                by=me(request),
            )
        except Refused as refusal:
            form.add_error("choices", refusal.message)
        else:
            messages.success(request, _("Đã thêm câu hỏi."))
            return redirect("training:course", pk)
    return _course(request, shown, form)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def remove_question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    shown = course_for(request, pk, Permission.TRAINING_MANAGE)
    try:
        actions.remove_question(question=get_object_or_404(shown.questions, pk=question), by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("training:course", pk)


@requires(Permission.TRAINING_MANAGE)
def plan_session(request: HttpRequest, pk: int) -> HttpResponse:
    shown = course_for(request, pk, Permission.TRAINING_MANAGE)
    return _session(request, SessionForm(shown, request.POST or None), shown, None)


@requires(Permission.TRAINING_MANAGE)
def edit_session(request: HttpRequest, pk: int) -> HttpResponse:
    kept = session_for(request, pk, Permission.TRAINING_MANAGE)
    form = SessionForm(kept.course, request.POST or None, session=kept)
    return _session(request, form, kept.course, kept.pk)


def _session(request: HttpRequest, form: SessionForm, shown: Course, kept: int | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        session = session_for(request, kept, Permission.TRAINING_MANAGE) if kept else None
        try:
            made = actions.keep_session(session=session, course=shown, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã lưu buổi tập huấn."))
            return redirect("training:session", made.pk)
    heading = _("Sửa buổi tập huấn") if kept else _("Thêm buổi tập huấn")
    context = {
        "section": "training",
        "form": form,
        "heading": heading,
        "course": shown,
        "back": "training:home",
    }
    return render(request, "training/form.html", context, status=422 if form.errors else 200)
