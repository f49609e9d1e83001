"""Reads of the audit: the officer's list, how far the chain is behind, and the check for tampering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from danban.audit.heads import heads
from danban.audit.models import AuditEntry, ChainLink, PendingEntry
from danban.audit.rules import GENESIS, canonical, link_hash
from danban.audit.states import Fault
from danban.common import clock

PAGE = 50
_CHUNK = 1000
_ROW_TRIGGERS = frozenset(
    f"{table}_no_{verb}" for table in ("audit_auditentry", "audit_chainlink") for verb in ("update", "delete")
) | {"audit_auditentry_queue"}
_SQLITE_TRIGGERS = frozenset({"audit_auditentry_no_replace", "audit_chainlink_no_replace"})
_POSTGRESQL_TRIGGERS = frozenset({"audit_auditentry_no_truncate", "audit_chainlink_no_truncate"})


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; ``seq`` is the place in the chain, None where there is none."""

    fault: Fault
    seq: int | None
    detail: str = ""


def entries_listed(*, action: str = "", actor: str = "", before: int | None = None) -> list[AuditEntry]:
    """A page and one more, newest first; ``before`` is the id the page starts under."""
    rows = AuditEntry.objects.select_related("link").order_by("-id")
    if action:
        rows = rows.filter(action=action)
    if actor:
        rows = rows.filter(actor=actor)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows[: PAGE + 1])


def oldest_waiting() -> dt.timedelta | None:
    """The age of the oldest entry that the sequencer has not linked; None when all are linked."""
    row = PendingEntry.objects.select_related("entry").order_by("entry_id").first()
    return clock.now() - row.entry.at if row else None


def verify() -> Iterator[Finding]:
    """Everything that shows tampering, found in one pass over the chain; memory does not grow with it."""
    yield from missing_triggers()
    yield from _broken_chain()
    yield from _unchained_entries()
    yield from _heads_against_chain()


def missing_triggers() -> Iterator[Finding]:
    """The guards of the database that are gone or switched off."""
    expected = _ROW_TRIGGERS
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        expected = expected | _SQLITE_TRIGGERS
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        expected = expected | _POSTGRESQL_TRIGGERS
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    for name in sorted(expected - present):
        yield Finding(Fault.TRIGGER_MISSING, None, name)


def _broken_chain() -> Iterator[Finding]:
    expected_seq, previous = 1, GENESIS
    last = _last_seq()
    # A link whose entry is gone falls out of the join: it shows as a gap.
    links = (
        ChainLink.objects.order_by("seq")
        .values_list(
            "seq", "previous_hash", "hash", "entry_id",
            "entry__at", "entry__actor", "entry__action", "entry__rows", "entry__details",
        )
        .iterator(chunk_size=_CHUNK)
    )  # fmt: skip
    for seq, link_previous, digest, entry_id, at, actor, action, rows, details in links:
        if seq != expected_seq:
            yield Finding(Fault.REMOVED, expected_seq, f"{expected_seq}…{seq - 1}")
        elif link_previous != previous:
            yield Finding(Fault.REORDERED, seq)
        content = canonical(entry_id=entry_id, at=at, actor=actor, action=action, rows=rows, details=details)
        if link_hash(link_previous, content) != digest:
            yield Finding(Fault.CHANGED, seq, f"#{entry_id}")
        expected_seq, previous = seq + 1, digest
    if expected_seq <= last:
        yield Finding(Fault.REMOVED, expected_seq, f"{expected_seq}…{last}")


def _unchained_entries() -> Iterator[Finding]:
    """Entries that came past the trigger, and queued entries that are gone."""
    unlinked = AuditEntry.objects.filter(link__isnull=True, pending__isnull=True)
    for entry_id in unlinked.values_list("id", flat=True).iterator(chunk_size=_CHUNK):
        yield Finding(Fault.INSERTED, None, f"#{entry_id}")
    with connection.cursor() as cursor:
        # The ORM trusts foreign keys; who removes rows may have switched them off.
        cursor.execute(
            "SELECT p.entry_id FROM audit_pendingentry p "
            "LEFT JOIN audit_auditentry e ON e.id = p.entry_id WHERE e.id IS NULL"
        )
        for (entry_id,) in cursor.fetchall():
            yield Finding(Fault.REMOVED, None, f"#{entry_id}")


def _heads_against_chain() -> Iterator[Finding]:
    for chunk in _chunks(heads()):
        # Read after the chunk: a head is written after its link is committed.
        last = _last_seq()
        known = dict(
            ChainLink.objects.filter(seq__in=[head[0] for head in chunk if head]).values_list("seq", "hash")
        )
        for head in chunk:
            if head is None:
                yield Finding(Fault.HEADS_DAMAGED, None)
            elif head[0] > last:
                yield Finding(Fault.TRUNCATED, head[0], f"{last} < {head[0]}")
            elif head[0] in known and known[head[0]] != head[1]:
                yield Finding(Fault.REWRITTEN, head[0])


def _last_seq() -> int:
    return ChainLink.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def _chunks(
    items: Iterable[tuple[int, str] | None],
) -> Iterator[list[tuple[int, str] | None]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
