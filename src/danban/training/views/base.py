"""What several screens of this app need."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from danban.accounts.guards import fetch
from danban.accounts.states import Permission
from danban.common.errors import Refused
from danban.training.models import Course, Registration, Session
from danban.training.queries import sessions_counted

A_PAGE = 30


def course_for(request: HttpRequest, pk: int, permission: Permission) -> Course:
    return cast(
        Course, fetch(request, Course.objects.select_related("agency", "task__plan"), permission, pk=pk)
    )


def session_for(request: HttpRequest, pk: int, permission: Permission) -> Session:
    return cast(Session, fetch(request, sessions_counted(), permission, agency="course__agency", pk=pk))


def registration_for(request: HttpRequest, pk: int, permission: Permission) -> Registration:
    rows = Registration.objects.select_related("session__course", "person", "attendance")
    return cast(Registration, fetch(request, rows, permission, agency="session__course__agency", pk=pk))


def words_of(refusal: Refused) -> list[str]:
    """The sentence of a refused file, and what was seen in it."""
    return [refusal.message, *getattr(refusal, "reasons", [])]
