"""What several screens of this app need."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from danban.accounts.guards import fetch
from danban.accounts.states import Permission
from danban.policies.models import Dossier, Version


def dossier_for(request: HttpRequest, pk: int, permission: Permission) -> Dossier:
    rows = Dossier.objects.select_related("agency", "issuing_body")
    return cast(Dossier, fetch(request, rows, permission, pk=pk))


def version_for(request: HttpRequest, pk: int, permission: Permission) -> Version:
    rows = Version.objects.select_related(
        "dossier__agency", "uploaded_by", "secrecy_checked_by", "released_by"
    )
    return cast(Version, fetch(request, rows, permission, agency="dossier__agency", pk=pk))
