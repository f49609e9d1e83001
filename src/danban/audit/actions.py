"""The only way something enters the audit."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import models, transaction

from danban.audit.models import AuditEntry
from danban.common import clock

CITIZEN = "citizen"
SYSTEM = "system"


def actor_name(user: Any) -> str:
    """ "user:12" for a person with an account; names are personal data and stay out."""
    return f"user:{user.pk}"


def record(
    action: StrEnum, *, actor: str, rows: Iterable[models.Model] = (), **details: Any
) -> AuditEntry:
    """Write what was done, in the transaction of the thing done; refuses to run outside one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record needs the transaction of the change it records")
    return AuditEntry.objects.create(
        at=clock.now(),
        actor=actor,
        action=action.value,
        rows=[[row._meta.label, row.pk] for row in rows],
        details=details,
    )
