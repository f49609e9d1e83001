"""Reads of people and agencies."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from danban.accounts.models import Agency, User
from danban.common import clock


def roles_held(user: User) -> list[tuple[str, int]]:
    """The roles a person holds today, as (role, agency id)."""
    today = clock.today()
    held = user.memberships.filter(valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    return list(held.values_list("role", "agency_id"))


def agencies_today() -> QuerySet[Agency]:
    """Bodies that exist today."""
    today = clock.today()
    return Agency.objects.filter(valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
