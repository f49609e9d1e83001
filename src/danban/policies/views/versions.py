"""A version on its way: uploaded, submitted, returned or released, discarded; and its file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danban.accounts.guards import me, requires
from danban.accounts.states import Permission
from danban.common import files, uploads
from danban.common.errors import Refused
from danban.policies import actions, queries
from danban.policies.forms import ReturnForm, SubmitForm, UploadForm
from danban.policies.models import Version, VersionText
from danban.policies.rules import SecretRefused, may_release, open_doubts
from danban.policies.states import VersionState
from danban.policies.views.base import dossier_for, version_for


@requires(Permission.VERSION_UPLOAD)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = dossier_for(request, pk, Permission.VERSION_UPLOAD)
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    reasons: tuple[str, ...] = ()
    uploads.note_too_large(request, form)
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            version = actions.upload_version(
                dossier=dossier, data=file.read(), file_name=file.name,
                note=form.cleaned_data["note"], by=me(request),
            )  # fmt: skip
            messages.success(request, _("Đã đọc xong dự thảo. Hãy xem lại cấu trúc."))
            return redirect("policies:structure", version.pk)
        except SecretRefused as refusal:
            reasons = refusal.reasons
            form.add_error("file", refusal.message)
        except Refused as refusal:
            form.add_error("file", refusal.message)
    context = {"section": "dossiers", "dossier": dossier, "form": form, "reasons": reasons}
    return render(request, "policies/upload.html", context, status=422 if form.errors else 200)


@requires(Permission.VERSION_UPLOAD)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit_version(version=version, by=me(request))
            messages.success(request, _("Đã trình. Người thứ hai của cơ quan sẽ duyệt công bố."))
            return redirect("policies:dossier", version.dossier_id)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"section": "dossiers", "version": version, "form": form, **_facts(version)}
    return render(request, "policies/submit.html", context, status=422 if form.errors else 200)


@requires(Permission.VERSION_RELEASE)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's page: publish, or give back with a reason."""
    version = version_for(request, pk, Permission.VERSION_RELEASE)
    returning = request.method == "POST" and request.POST.get("viec") == "tra-lai"
    form = ReturnForm(request.POST if returning else None)
    refused = ""
    if request.method == "POST" and (not returning or form.is_valid()):
        try:
            if returning:
                actions.return_version(version=version, reason=form.cleaned_data["reason"], by=me(request))
                messages.success(request, _("Đã trả lại cho người soạn thảo."))
            else:
                actions.release_version(version=version, by=me(request))
                messages.success(request, _("Đã công bố. Từ nay văn bản này không thay đổi nữa."))
            return redirect("policies:dossier", version.dossier_id)
        except Refused as refusal:
            refused = refusal.message
    context = {"section": "dossiers", "version": version, "form": form, "refused": refused, **_facts(version)}
    context["is_second"] = may_release(
        releaser=me(request).pk,
        uploader=version.uploaded_by_id,
        secrecy_checker=version.secrecy_checked_by_id,
    )
    context["waits"] = version.state == VersionState.SUBMITTED
    return render(request, "policies/review.html", context, status=409 if refused or form.errors else 200)


def _facts(version: Version) -> dict[str, object]:
    """What both persons should see before they put their name to a version."""
    texts = VersionText.objects.filter(version=version).values("notes", "doubts").first()
    return {
        "notes": texts["notes"] if texts else [],
        "doubts": open_doubts(texts["doubts"]) if texts else [],
        "units": queries.unit_counts(version),
        "before": queries.released_before(version),
        **queries.base_of(version),
    }


@require_POST
@requires(Permission.VERSION_UPLOAD)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    try:
        actions.discard_version(version=version, by=me(request))
        messages.success(request, _("Đã bỏ lần dự thảo này; tệp và nội dung đã được xóa."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("policies:dossier", version.dossier_id)


@requires(Permission.DOSSIER_VIEW)
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was uploaded."""
    version = version_for(request, pk, Permission.DOSSIER_VIEW)
    if not version.file:
        raise Http404
    return files.sent(version.file, version.file_name)
