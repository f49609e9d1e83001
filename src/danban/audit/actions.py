"""The only way something enters the audit, and the sequencer that closes the chain afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from danban.audit.heads import append_head
from danban.audit.models import AuditEntry, ChainLink, PendingEntry
from danban.audit.rules import GENESIS, canonical, link_hash
from danban.common import clock

CITIZEN = "citizen"
SYSTEM = "system"

# Any number, the same in every process: who holds this lock of PostgreSQL closes the chain.
_SEQUENCER_LOCK = 0x6461_6E62_616E


def actor_name(user: Any) -> str:
    """ "user:12" for a person with an account; names are personal data and stay out."""
    return f"user:{user.pk}"


def record(action: StrEnum, *, actor: str, rows: Iterable[models.Model] = (), **details: Any) -> AuditEntry:
    """Write what was done, in the transaction of the thing done; refuses to run outside one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record needs the transaction of the change it records")
    return AuditEntry.objects.create(
        at=clock.now(),
        actor=actor,
        action=action.value,
        rows=_plain([[row._meta.label, row.pk] for row in rows]),
        details=_plain(details),
    )


def close_chain(*, batch: int = 500) -> int:
    """Give every committed entry its place in the chain; the number of entries linked.

    Runs apart from the writers, so they never wait for one another. A second caller on
    PostgreSQL finds the lock taken and leaves; on SQLite it waits for the write lock.
    """
    linked = 0
    while True:
        links = _link_batch(batch)
        if links:
            append_head(links[-1].seq, links[-1].hash)
        linked += len(links)
        if len(links) < batch:
            return linked


def _link_batch(size: int) -> list[ChainLink]:
    if not PendingEntry.objects.exists():
        return []
    with transaction.atomic():
        if not _is_the_sequencer():
            return []
        entries = [
            row.entry for row in PendingEntry.objects.select_related("entry").order_by("entry_id")[:size]
        ]
        links = _links_after(ChainLink.objects.order_by("-seq").first(), entries)
        ChainLink.objects.bulk_create(links)
        PendingEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return links


def _links_after(last: ChainLink | None, entries: list[AuditEntry]) -> list[ChainLink]:
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    links = []
    for entry in entries:
        seq += 1
        content = canonical(
            entry_id=entry.pk, at=entry.at, actor=entry.actor, action=entry.action,
            rows=entry.rows, details=entry.details,
        )  # fmt: skip
        digest = link_hash(previous, content)
        links.append(ChainLink(seq=seq, entry=entry, previous_hash=previous, hash=digest))
        previous = digest
    return links


def _is_the_sequencer() -> bool:
    """SQLite: the transaction holds the only write lock. PostgreSQL: a lock until commit."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEQUENCER_LOCK])
        return bool(cursor.fetchone()[0])


def _plain(value: Any) -> Any:
    """Dates and UUIDs as text, as they will be read back: the hash is over what the database gives."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
