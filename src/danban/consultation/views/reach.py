"""Rows the person who asks may act on; 404 otherwise."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest

from danban.accounts.guards import fetch
from danban.accounts.states import Permission
from danban.consultation import queries
from danban.consultation.models import Comment, Window
from danban.policies.models import Dossier


def dossier_of(request: HttpRequest, permission: Permission, pk: int) -> Dossier:
    return cast(Dossier, fetch(request, Dossier.objects.select_related("agency"), permission, pk=pk))


def window_of(request: HttpRequest, permission: Permission, pk: int) -> Window:
    rows = Window.objects.select_related("dossier__agency", "version", "rule", "opened_by", "holder")
    return cast(Window, fetch(request, rows, permission, agency="dossier__agency", pk=pk))


def comment_of(window: Window, pk: int) -> Comment:
    comment = queries.comment_shown(window, pk)
    if comment is None:
        raise Http404
    comment.window = window
    return comment
