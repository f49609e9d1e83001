"""Rows the person who asks may see or act on; 404 otherwise."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from danban.accounts.guards import agencies_with, fetch, may_here
from danban.accounts.states import Permission
from danban.council.models import Council, Meeting, PolicyList
from danban.council.states import ListState, MeetingState

SECTION = "council"


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, or None for a page that is only asked for."""
    return request.POST if request.method == "POST" else None


def manages(request: HttpRequest, council: Council | None) -> bool:
    """Whether the person manages this Council; before there is one, whether they may set one up."""
    if council is None:
        return agencies_with(request, Permission.COUNCIL_MANAGE) is None
    return may_here(request, Permission.COUNCIL_MANAGE, council.agency_id)


def managed(request: HttpRequest, rows: QuerySet[Any], pk: int, *, council: str = "council") -> Any:
    """A row of a Council the person manages."""
    return fetch(request, rows, Permission.COUNCIL_MANAGE, agency=f"{council}__agency", pk=pk)


def meeting_managed(request: HttpRequest, pk: int) -> Meeting:
    return cast(Meeting, managed(request, _meetings(), pk))


def meeting_seen(request: HttpRequest, pk: int) -> Meeting:
    """Any agency sees the Council's meetings; one still being prepared only those who manage it."""
    meeting = get_object_or_404(_meetings(), pk=pk)
    if meeting.state == MeetingState.PLANNED and not manages(request, meeting.council):
        raise Http404
    return meeting


def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related(
        "council__agency__parent", "chair", "secretary", "minutes__written_by", "minutes__approved_by"
    )


def list_seen(request: HttpRequest, pk: int) -> PolicyList:
    """Any agency sees a decided list; a draft only those who manage it."""
    rows = PolicyList.objects.select_related("council__agency__parent", "meeting__chair", "decided_by")
    policy_list = get_object_or_404(rows, pk=pk)
    if policy_list.state == ListState.DRAFT and not manages(request, policy_list.council):
        raise Http404
    return policy_list


def dossiers_seen(request: HttpRequest) -> set[int] | None:
    """Agencies whose dossiers the person may open, None for all; a title elsewhere is no link."""
    return agencies_with(request, Permission.DOSSIER_VIEW)
