"""The registers of rapporteurs and propagandists."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danban.accounts.guards import agencies_with, fetch, may_here, me, requires, within
from danban.accounts.states import Permission
from danban.common import files, uploads
from danban.common.errors import Refused
from danban.common.tables import csv_lines
from danban.training import actions, queries, workbooks
from danban.training.forms import ActivityForm, DismissForm, TableForm, TermForm
from danban.training.models import ImportBatch, Recognition
from danban.training.states import Duty
from danban.training.views.base import A_PAGE, words_of


@requires(Permission.TRAINING_VIEW)
def register(request: HttpRequest) -> HttpResponse:
    rows, asked = _asked(request)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "training",
        "page": page,
        "asked": asked,
        "duties": Duty.choices,
        "may_manage": agencies_with(request, Permission.REGISTER_MANAGE) != set(),
    }
    return render(request, "training/register.html", context)


def _asked(request: HttpRequest) -> tuple[QuerySet[Recognition], dict[str, str]]:
    """The terms the address asks for, of the agencies the person sees."""
    q, duty = request.GET.get("q", "")[:100], request.GET.get("loai", "")
    duty = duty if duty in Duty.values else ""
    past = request.GET.get("ca", "")
    rows = queries.terms_listed(q=q, duty=duty, now_only=not past)
    seen = agencies_with(request, Permission.TRAINING_VIEW)
    return within(rows, seen), {"q": q, "duty": duty, "past": past}


@require_safe
@requires(Permission.REGISTER_MANAGE)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the list shows, as a file that can be brought in again."""
    if form not in ("xlsx", "csv"):
        raise Http404
    rows, _found = _asked(request)
    actions.record_export(form=form, rows=rows.count(), by=me(request))
    if form == "csv":
        lines = csv_lines(workbooks.REGISTER, workbooks.register_rows(rows.iterator(2000)))
        return files.streamed(lines, "so-bao-cao-vien.csv")
    terms = rows.iterator(2000)
    return files.written(lambda out: workbooks.write_register(out, terms), "so-bao-cao-vien.xlsx")


@requires(Permission.REGISTER_MANAGE)
def template(request: HttpRequest) -> HttpResponse:
    return files.made(workbooks.register_template(), "mau-so-bao-cao-vien.xlsx")


@requires(Permission.REGISTER_MANAGE)
def recognise(request: HttpRequest) -> HttpResponse:
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.recognise(by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã ghi vào sổ."))
            return redirect("training:term", made.pk)
    notes = [rule for duty in Duty.values if (rule := queries.qualification_of(duty))]
    context = {
        "section": "training", "form": form, "heading": _("Ghi người được công nhận"),
        "notes": notes, "back": "training:register",
    }  # fmt: skip
    return render(request, "training/form.html", context, status=422 if form.errors else 200)


def _term(request: HttpRequest, pk: int, permission: Permission) -> Recognition:
    rows = Recognition.objects.select_related("person", "agency")
    return cast(Recognition, fetch(request, rows, permission, pk=pk))


@requires(Permission.TRAINING_VIEW)
def term(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _term(request, pk, Permission.TRAINING_VIEW)
    page = Paginator(shown.activities.all(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "training",
        "term": shown,
        "page": page,
        "trainings": queries.trainings_of(shown.person)[:A_PAGE],
        "rule": queries.qualification_of(shown.duty),
        "form": ActivityForm(),
        "may_manage": may_here(request, Permission.REGISTER_MANAGE, shown.agency_id),
        "may_log": may_here(request, Permission.TRAINING_MANAGE, shown.agency_id),
    }
    return render(request, "training/term.html", context)


@requires(Permission.REGISTER_MANAGE)
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _term(request, pk, Permission.REGISTER_MANAGE)
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dismiss(term=shown, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("on", refusal.message)
        else:
            return redirect("training:term", pk)
    heading = _("Miễn nhiệm %(name)s") % {"name": shown.person.full_name}
    context = {"section": "training", "form": form, "heading": heading, "back": "training:register"}
    return render(request, "training/form.html", context, status=422 if form.errors else 200)


@requires(Permission.TRAINING_MANAGE)
def log_activity(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _term(request, pk, Permission.TRAINING_MANAGE)
    form = ActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"listeners": form.cleaned_data["listeners"] or 0}
        try:
            actions.log_activity(term=shown, by=me(request), **data)
        except Refused as refusal:
            form.add_error("on", refusal.message)
        else:
            return redirect("training:term", pk)
    heading = _("Ghi hoạt động của %(name)s") % {"name": shown.person.full_name}
    context = {"section": "training", "form": form, "heading": heading, "back": "training:register"}
    return render(request, "training/form.html", context, status=422 if form.errors else 200)


@requires(Permission.REGISTER_MANAGE)
def import_register(request: HttpRequest) -> HttpResponse:
    form = TableForm(request.POST or None, request.FILES or None)
    uploads.note_too_large(request, form)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.import_register(data=file.read(), file_name=file.name, by=me(request))
        except Refused as refusal:
            form.add_error("file", words_of(refusal))
        else:
            return redirect("training:register_batch", made.pk)
    context = {"section": "training", "form": form, "template": reverse("training:register_template")}
    return render(request, "training/import.html", context, status=422 if form.errors else 200)


@requires(Permission.REGISTER_MANAGE)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ImportBatch.objects.filter(session__isnull=True).select_related("imported_by")
    context = {"section": "training", "batch": get_object_or_404(rows, pk=pk)}
    return render(request, "training/batch.html", context)
