"""Reads of people and agencies."""

from __future__ import annotations

from collections.abc import Collection

from allauth.account.forms import default_token_generator
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.http import int_to_base36

from danban.accounts.models import Agency, Membership, User
from danban.accounts.rules import EVERYWHERE, ROLE_PERMISSIONS
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.text import fold


def roles_held(user: User) -> list[tuple[str, int]]:
    """The roles a person holds today, as (role, agency id)."""
    today = clock.today()
    held = user.memberships.filter(valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    return list(held.values_list("role", "agency_id"))


def people_with(permission: Permission, *, agencies: Collection[int] | None = None) -> QuerySet[User]:
    """Active people who hold a permission today: in one of these agencies, or everywhere (None)."""
    roles = [role for role, given in ROLE_PERMISSIONS.items() if permission in given]
    today = clock.today()
    held = Membership.objects.filter(role__in=roles, valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    held = held.filter(role__in=EVERYWHERE) if agencies is None else held.filter(agency__in=agencies)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def agencies_today() -> QuerySet[Agency]:
    """Bodies that exist today."""
    today = clock.today()
    return Agency.objects.filter(valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )


def people_listed(q: str) -> QuerySet[User]:
    """People by name or address, with their present roles at hand."""
    today = clock.today()
    current = Membership.objects.filter(valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    people = User.objects.order_by("full_name", "id").prefetch_related(
        Prefetch("memberships", current.select_related("agency"), to_attr="roles_now")
    )
    return people.filter(Q(full_name__icontains=q) | Q(email__icontains=q)) if q else people


def agencies_listed(q: str) -> QuerySet[Agency]:
    """Bodies past and present, by name."""
    agencies = Agency.objects.select_related("parent").order_by("level", "name", "id")
    return agencies.filter(Q(name__icontains=q) | Q(short_name__icontains=q)) if q else agencies


def names_of(actors: Collection[str]) -> dict[str, str]:
    """The names behind "user:12" of the audit; citizens and the system have none. At most one query."""
    ids = [int(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")]
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "full_name")}


def agencies_by_name() -> dict[str, Agency]:
    """Bodies by folded name, the newest of one name, and by short name where it can mean one body only."""
    named = {fold(agency.name): agency for agency in Agency.objects.order_by("valid_from")}
    short: dict[str, list[Agency]] = {}
    for agency in named.values():
        short.setdefault(fold(agency.short_name), []).append(agency)
    return {words: meant[0] for words, meant in short.items() if words and len(meant) == 1} | named


def password_link(user: User) -> str:
    """The path at which a person sets a password, good for one use and Django's usual three days."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": int_to_base36(user.pk), "key": key})
