"""What came on paper, at a meeting or in a file is entered here."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import me, requires
from danban.accounts.states import Permission
from danban.common import files, uploads
from danban.common.errors import Refused
from danban.consultation import actions, rules, template_file
from danban.consultation.forms import EntryForm, ImportForm
from danban.consultation.models import ImportBatch
from danban.consultation.places import Outline, outline_of
from danban.consultation.views.reach import window_of
from danban.policies.models import Provision

# What stays for the next comment of the same pile.
KEPT = ("channel", "collected_how", "received_on", "commenter_kind")


@requires(Permission.COMMENT_IMPORT)
def enter(request: HttpRequest, window_id: int) -> HttpResponse:
    window = window_of(request, Permission.COMMENT_IMPORT, window_id)
    outline = outline_of(window.version)
    started = {name: request.GET[name] for name in (*KEPT, "place", "agency") if name in request.GET}
    form = EntryForm(outline, request.POST or None, initial=started)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = data["provision_id"]
        try:
            receipt = actions.enter_comment(
                window=window,
                provision=Provision.objects.get(pk=wanted) if wanted else None,
                text=data["text"],
                commenter_kind=data["commenter_kind"],
                public_name=data["public_name"],
                agency=data["agency"],
                contact=data["contact"],
                channel=data["channel"],
                collected_how=data["collected_how"],
                received_on=data["received_on"],
                by=me(request),
                idempotency_key=data["key"],
            )
        except rules.KeyReused as refusal:
            form = _with_new_key(form, outline)
            form.add_error(None, refusal.message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            fresh = EntryForm(outline, initial={name: data[name] for name in KEPT})
            context = {"window": window, "dossier": window.dossier, "form": fresh, "receipt": receipt}
            return render(request, "consultation/enter.html", context)
    context = {"window": window, "dossier": window.dossier, "form": form}
    return render(request, "consultation/enter.html", context, status=422 if form.errors else 200)


def _with_new_key(form: EntryForm, outline: Outline) -> EntryForm:
    """The same answers under a new key, so that sending them makes a new comment."""
    renewed = EntryForm(outline, {**dict(form.data.items()), "key": str(uuid.uuid4())})
    renewed.is_valid()
    return renewed


@requires(Permission.COMMENT_IMPORT)
def import_file(request: HttpRequest, window_id: int) -> HttpResponse:
    window = window_of(request, Permission.COMMENT_IMPORT, window_id)
    form = ImportForm(request.POST or None, request.FILES or None)
    uploads.note_too_large(request, form)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.import_comments(
                window=window,
                data=file.read(),
                file_name=file.name,
                channel=form.cleaned_data["channel"],
                collected_how=form.cleaned_data["collected_how"],
                by=me(request),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Đã nhập %(n)d ý kiến.") % {"n": batch.imported})
            return redirect("consultation:batch", window_id, batch.pk)
    batches = window.batches.select_related("imported_by").order_by("-pk")[:50]
    context = {"window": window, "dossier": window.dossier, "form": form, "batches": batches}
    return render(request, "consultation/import.html", context, status=422 if form.errors else 200)


@requires(Permission.COMMENT_IMPORT)
def batch(request: HttpRequest, window_id: int, pk: int) -> HttpResponse:
    """What one file brought, and the rows that stayed out with why."""
    window = window_of(request, Permission.COMMENT_IMPORT, window_id)
    shown = get_object_or_404(ImportBatch.objects.select_related("imported_by"), pk=pk, window=window)
    context = {"window": window, "dossier": window.dossier, "batch": shown}
    return render(request, "consultation/batch.html", context)


@requires(Permission.COMMENT_IMPORT)
def template(request: HttpRequest, window_id: int) -> HttpResponse:
    """An empty table with the right columns, the article names of this draft on a second sheet."""
    window = window_of(request, Permission.COMMENT_IMPORT, window_id)
    return files.made(template_file.workbook(outline_of(window.version)), "mau-nhap-y-kien.xlsx")
