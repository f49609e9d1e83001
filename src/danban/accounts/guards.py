"""Every view is marked with the permission it needs, or as public. A census test sees to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from danban.accounts.models import User
from danban.accounts.queries import roles_held
from danban.accounts.rules import EVERYWHERE, ROLE_PERMISSIONS, may
from danban.accounts.states import Permission

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Marks a view that anyone may call."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Marks a view and lets only a signed-in person pass who holds the permission somewhere."""

    def mark(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(held_by(request), permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def me(request: HttpRequest) -> User:
    """The person who asks, behind ``requires``."""
    return cast(User, request.user)


def held_by(request: HttpRequest) -> list[tuple[str, int]]:
    """The roles of the person who asks, as (role, agency id); one query a request."""
    if not hasattr(request, "_roles_held"):
        request._roles_held = roles_held(me(request))  # type: ignore[attr-defined]
    return cast("list[tuple[str, int]]", request._roles_held)  # type: ignore[attr-defined]


def may_here(request: HttpRequest, permission: Permission, agency_id: int) -> bool:
    """Whether the person who asks holds a permission in an agency; for showing buttons."""
    return may(held_by(request), permission, agency_id)


def agencies_with(request: HttpRequest, permission: Permission) -> set[int] | None:
    """The ids of the agencies in which the permission holds; None means all of them."""
    agencies: set[int] = set()
    for role, agency_id in held_by(request):
        if permission in ROLE_PERMISSIONS.get(role, frozenset()):
            if role in EVERYWHERE:
                return None
            agencies.add(agency_id)
    return agencies


def within(rows: QuerySet[Any], agencies: Iterable[int] | None, field: str = "agency") -> QuerySet[Any]:
    """Rows of those agencies; all rows when agencies is None."""
    return rows if agencies is None else rows.filter(**{f"{field}__in": list(agencies)})


def fetch(
    request: HttpRequest,
    rows: QuerySet[Any],
    permission: Permission,
    *,
    agency: str = "agency",
    **lookup: Any,
) -> Any:
    """One row the person may act on; 404 whether it is missing or another agency's."""
    return get_object_or_404(within(rows, agencies_with(request, permission), agency), **lookup)
