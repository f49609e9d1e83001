"""The list of dossiers, one dossier, and the form that opens or edits one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import agencies_with, may_here, me, requires, within
from danban.accounts.states import Permission
from danban.common.edited import edited
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.policies import actions, queries, screening_queries
from danban.policies.forms import DossierForm, UploadForm, dossier_values
from danban.policies.models import Dossier
from danban.policies.once import read_once
from danban.policies.rules import (
    FIXED_ONCE_RELEASED,
    FixedOnceReleased,
    missing_lines,
    regime,
    stages,
)
from danban.policies.states import DocumentType, Field, VersionState
from danban.policies.views.base import dossier_for
from danban.policies.views.stages import steps_of

A_PAGE = 30


@requires(Permission.DOSSIER_VIEW)
def dossiers(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    field = asked.get("linh-vuc", "")
    kind = asked.get("loai", "")
    agency = asked.get("co-quan", "")
    found = queries.dossiers_listed(
        q=asked.get("q", ""),
        field=field if field in Field.values else "",
        document_type=kind if kind in DocumentType.values else "",
        agency=whole(agency),
    )
    seen = agencies_with(request, Permission.DOSSIER_VIEW)
    to_release = agencies_with(request, Permission.VERSION_RELEASE)
    page = Paginator(within(found, seen), A_PAGE).get_page(asked.get("page"))
    for dossier in page:
        dossier.state_label = VersionState(dossier.newest_state).label if dossier.newest_state else ""
    return render(
        request,
        "policies/dossiers.html",
        {
            "section": "dossiers",
            "page": page,
            "waiting": queries.awaiting_release(to_release) if to_release != set() else [],
            "agencies": within(queries.agencies_with_dossiers(), seen, "pk"),
            "fields": Field.choices,
            "kinds": DocumentType.choices,
            "asked": {"q": asked.get("q", ""), "field": field, "kind": kind, "agency": agency},
            "may_open": agencies_with(request, Permission.DOSSIER_EDIT) != set(),
        },
    )


@requires(Permission.DOSSIER_VIEW)
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    shown = read_once(dossier_for(request, pk, Permission.DOSSIER_VIEW))
    versions = queries.versions_counted(shown)
    in_work = next((version for version in versions if version.state in queries.IN_WORK), None)
    newest = next((version for version in versions if version.state != VersionState.DISCARDED), None)
    lines = {name: getattr(shown, name) for name in ("about", "affected", "changes", "question")}
    return render(
        request,
        "policies/dossier.html",
        {
            "section": "dossiers",
            "dossier": shown,
            "regime": regime(shown.started_on),
            "versions": versions,
            "in_work": in_work,
            "stages": stages(newest.state if newest else ""),
            "lines_missing": missing_lines(lines),
            "next_steps": steps_of(shown),
            "policies": screening_queries.policies_of(shown),
            "upload_form": UploadForm(),
            "released": any(version.state == VersionState.RELEASED for version in versions),
            "may_edit": may_here(request, Permission.DOSSIER_EDIT, shown.agency_id),
            "may_reassign": may_here(request, Permission.DOSSIER_REASSIGN, shown.agency_id),
            "may_upload": may_here(request, Permission.VERSION_UPLOAD, shown.agency_id),
            "may_release": may_here(request, Permission.VERSION_RELEASE, shown.agency_id),
            "may_move": may_here(request, Permission.STAGE_MOVE, shown.agency_id),
            "may_open_window": may_here(request, Permission.WINDOW_OPEN, shown.agency_id),
        },
    )


@requires(Permission.DOSSIER_EDIT)
def open_dossier(request: HttpRequest) -> HttpResponse:
    form = DossierForm(request.POST or None, agencies=agencies_with(request, Permission.DOSSIER_EDIT))
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_dossier(by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã mở hồ sơ. Việc tiếp theo: tải dự thảo lên."))
            return redirect("policies:dossier", opened.pk)
        except Refused as refusal:
            form.add_error("title", refusal.message)
    return render(
        request,
        "policies/dossier_form.html",
        {"section": "dossiers", "form": form, "heading": _("Mở hồ sơ dự thảo")},
        status=422 if form.errors else 200,
    )


@requires(Permission.DOSSIER_EDIT)
def edit_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    shown = dossier_for(request, pk, Permission.DOSSIER_EDIT)
    form = DossierForm(
        request.POST or None,
        agencies=agencies_with(request, Permission.DOSSIER_EDIT),
        dossier=shown,
        initial=dossier_values(shown),
    )
    return _edited(request, shown, form, actions.edit_dossier, _("Sửa hồ sơ"))


@requires(Permission.DOSSIER_REASSIGN)
def reassign_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """Type, role and bodies, which stay as they are for the drafter once a version was released."""
    shown = dossier_for(request, pk, Permission.DOSSIER_REASSIGN)
    form = DossierForm(
        request.POST or None,
        agencies=None,
        dossier=shown,
        only=FIXED_ONCE_RELEASED,
        initial=dossier_values(shown),
    )
    return _edited(request, shown, form, actions.reassign_dossier, _("Đổi loại văn bản, vai trò, cơ quan"))


def _edited(
    request: HttpRequest, shown: Dossier, form: DossierForm, save: Callable[..., Dossier], heading: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(dossier=shown, by=me(request), **edited(form))
            messages.success(request, _("Đã lưu hồ sơ."))
            return redirect("policies:dossier", shown.pk)
        except FixedOnceReleased as refusal:
            form.add_error(None, refusal.message)
        except Refused as refusal:
            form.add_error("title", refusal.message)
    context = {"section": "dossiers", "form": form, "heading": heading, "dossier": shown}
    return render(request, "policies/dossier_form.html", context, status=422 if form.errors else 200)
