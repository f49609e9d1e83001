"""The text in force that a version amends: chosen, uploaded, and shown as it would read."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from danban.accounts.guards import may_here, me, requires
from danban.accounts.states import Permission
from danban.common import files, uploads
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.policies import actions, queries
from danban.policies.applied import reasons_of, unapplied_of
from danban.policies.beside import part_shown
from danban.policies.forms import BaseTextForm
from danban.policies.models import BaseText, Consolidation, Version
from danban.policies.rules import SecretRefused, may_change_structure
from danban.policies.views.base import version_for


@requires(Permission.DOSSIER_VIEW)
def base_text(request: HttpRequest, pk: int) -> HttpResponse:
    """What could not be applied comes first; then the text as citizens will see it."""
    version = version_for(request, pk, Permission.DOSSIER_VIEW)
    return _page(request, version, BaseTextForm(), ())


def _page(
    request: HttpRequest, version: Version, form: BaseTextForm, reasons: tuple[str, ...]
) -> HttpResponse:
    may_change = may_change_structure(version.state) and may_here(
        request, Permission.VERSION_UPLOAD, version.dossier.agency_id
    )
    kept = Consolidation.objects.filter(version=version).first()
    context = {
        "section": "dossiers",
        "version": version,
        "base": version.base,
        "may_change": may_change,
        "others": queries.base_texts_of(version) if may_change else [],
        "form": form,
        "reasons": reasons,
        "before": _("Hiện nay"),
        "after": _("Theo dự thảo"),
    }
    if version.base and kept:
        articles = queries.consolidated(version.base, kept)
        context |= part_shown(articles, request.GET, reasons_of(kept.done))
        context |= {"left": unapplied_of(kept.left), "done": len(kept.done)}
    return render(request, "policies/base_text.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def upload_base(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    form = BaseTextForm(request.POST, request.FILES)
    reasons: tuple[str, ...] = ()
    uploads.note_too_large(request, form)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.upload_base(
                version=version, data=file.read(), file_name=file.name,
                name=form.cleaned_data["name"], by=me(request),
            )  # fmt: skip
            return _applied(request, version)
        except SecretRefused as refusal:
            reasons = refusal.reasons
            form.add_error("file", refusal.message)
        except Refused as refusal:
            form.add_error("file", refusal.message)
    version.refresh_from_db(fields=["base"])
    return _page(request, version, form, reasons)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def choose_base(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    base = get_object_or_404(BaseText, pk=whole(request.POST.get("base")), dossier=version.dossier_id)
    try:
        actions.choose_base(version=version, base=base, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("policies:base_text", pk)
    return _applied(request, version)


def _applied(request: HttpRequest, version: Version) -> HttpResponse:
    kept = Consolidation.objects.only("left", "done").get(version=version)
    if kept.left:
        said = ngettext(
            "Đã ghép. Còn %(n)d chỗ chưa ghép được, xem danh sách đầu trang.",
            "Đã ghép. Còn %(n)d chỗ chưa ghép được, xem danh sách đầu trang.",
            len(kept.left),
        )
        messages.warning(request, said % {"n": len(kept.left)})
    else:
        messages.success(request, _("Đã ghép mọi chỗ sửa đổi vào văn bản gốc."))
    return redirect("policies:base_text", version.pk)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def take_base_off(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    try:
        actions.take_base_off(version=version, by=me(request))
        messages.success(request, _("Lần dự thảo này không còn gắn với văn bản gốc nào."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("policies:base_text", pk)


@requires(Permission.DOSSIER_VIEW)
def base_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of the base text as it was uploaded."""
    version = version_for(request, pk, Permission.DOSSIER_VIEW)
    if version.base is None:
        raise Http404
    return files.sent(version.base.file, version.base.file_name)
