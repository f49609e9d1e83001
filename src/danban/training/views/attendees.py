"""Who comes to a session: added, brought in, marked present, taken out as a list, reached."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import fetch, me, requires
from danban.accounts.states import Permission
from danban.common import files, uploads
from danban.common.contact import ContactData, ContactUnreadable
from danban.common.errors import Refused
from danban.training import actions, queries, workbooks
from danban.training.forms import AddPersonForm, TableForm
from danban.training.models import ImportBatch
from danban.training.views.base import registration_for, session_for, words_of


@requires(Permission.TRAINING_MANAGE)
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    form = AddPersonForm(request.POST or None)
    ticket = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            ticket = actions.register(
                session=shown, who=form.named(), position=data["position"], key=data["key"], by=me(request)
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            kept = {name: data[name] for name in ("agency", "agency_name")}
            form = AddPersonForm(initial=kept)
    context = {
        "section": "training", "session": shown, "course": shown.course, "form": form, "ticket": ticket,
    }  # fmt: skip
    return render(request, "training/add_person.html", context, status=422 if form.errors else 200)


@requires(Permission.TRAINING_MANAGE)
def import_people(request: HttpRequest, pk: int) -> HttpResponse:
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    form = TableForm(request.POST or None, request.FILES or None)
    uploads.note_too_large(request, form)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.import_people(
                session=shown, data=file.read(), file_name=file.name, by=me(request)
            )
        except Refused as refusal:
            form.add_error("file", words_of(refusal))
        else:
            return redirect("training:batch", batch.pk)
    context = {
        "section": "training", "form": form, "session": shown, "course": shown.course,
        "template": reverse("training:people_template"),
    }  # fmt: skip
    return render(request, "training/import.html", context, status=422 if form.errors else 200)


@requires(Permission.TRAINING_MANAGE)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What one file of people brought, and the rows that stayed out with why."""
    rows = ImportBatch.objects.select_related("imported_by", "session__course")
    shown = fetch(
        request,
        rows,
        Permission.TRAINING_MANAGE,
        agency="session__course__agency",
        pk=pk,
        session__isnull=False,
    )
    return render(request, "training/batch.html", {"section": "training", "batch": shown})


@requires(Permission.TRAINING_MANAGE)
def people_template(request: HttpRequest) -> HttpResponse:
    return files.made(workbooks.people_template(), "mau-nguoi-du.xlsx")


@require_POST
@requires(Permission.TRAINING_MANAGE)
def mark(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """An officer saw someone there, or takes them off the list."""
    registration = registration_for(request, pk, Permission.TRAINING_MANAGE)
    try:
        if what == "co-mat":
            actions.mark_present(registration=registration, by=me(request))
        elif what == "rut":
            actions.withdraw(registration=registration, by=me(request))
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("training:session", registration.session_id)


@require_safe
@requires(Permission.TRAINING_MANAGE)
def people_list(request: HttpRequest, pk: int) -> FileResponse:
    """The list of a session with presence and personal codes, for the table at the door."""
    shown = session_for(request, pk, Permission.TRAINING_MANAGE)
    actions.record_people_exported(session=shown, by=me(request))
    people = queries.registrations_listed(shown).iterator(2000)
    return files.written(lambda out: workbooks.write_people(out, people), f"nguoi-du-{pk}.xlsx")


@require_POST
@requires(Permission.CONTACT_VIEW)
def contact(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """How to reach someone who registered: shown once, with a record of who looked, or erased."""
    registration = registration_for(request, pk, Permission.CONTACT_VIEW)
    found: ContactData | None = None
    try:
        if what == "xem":
            found = actions.read_contact(registration=registration, by=me(request))
        elif what == "xoa":
            actions.erase_contact(registration=registration, by=me(request))
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, refusal.message)
    except ContactUnreadable:
        messages.error(request, _("Không mở được liên hệ này: khóa đã đổi hoặc dữ liệu hỏng."))
    if found is None:
        return redirect("training:session", registration.session_id)
    context = {
        "section": "training",
        "session": registration.session,
        "course": registration.session.course,
        "registration": registration,
        "contact": found,
    }
    response = render(request, "training/contact.html", context)
    response["Cache-Control"] = "no-store"
    return response
