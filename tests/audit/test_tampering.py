"""Every way of tampering is found and named, on whatever database the tests run."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from danban.audit.actions import close_chain
from danban.audit.heads import heads_file
from danban.audit.models import AuditEntry, ChainLink, PendingEntry
from danban.audit.queries import verify
from danban.audit.rules import canonical, link_hash
from danban.audit.states import Fault
from tests.triggers import lifted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chain(write):
    entries = write(6)
    close_chain(batch=2)
    return entries


def faults():
    return [(finding.fault, finding.seq) for finding in verify()]


def tamper(*statements):
    """What someone with the database's password can do: switch the guards off, change, switch them on."""
    with lifted(connection):
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA foreign_keys = OFF")
                for statement in statements:
                    cursor.execute(statement)
                cursor.execute("PRAGMA foreign_keys = ON")
            return
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.parametrize("model", [AuditEntry, ChainLink])
def test_the_database_refuses_to_change_or_remove(chain, model):
    rows = model.objects.filter(pk=model.objects.first().pk)
    field = "actor" if model is AuditEntry else "hash"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(**{field: "x"})
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows._raw_delete(rows.db)
    assert model.objects.count() == 6


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["audit_auditentry", "audit_chainlink"])
def test_the_database_refuses_to_truncate(chain, table):
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_an_untouched_chain_has_no_faults(chain):
    assert faults() == []


@pytest.mark.parametrize(
    "change",
    ["actor = 'user:9'", "action = 'x'", "at = '2020-01-01 00:00:00+00'", "details = '{}'", "rows = '[1]'"],
)
def test_a_changed_entry_is_found(chain, change):
    tamper(f"UPDATE audit_auditentry SET {change} WHERE id = {chain[2].pk}")
    assert faults() == [(Fault.CHANGED, 3)]


def test_a_removed_entry_is_found(chain):
    tamper(
        f"DELETE FROM audit_chainlink WHERE entry_id = {chain[2].pk}",
        f"DELETE FROM audit_auditentry WHERE id = {chain[2].pk}",
    )
    assert faults() == [(Fault.REMOVED, 3)]


def test_a_removed_entry_whose_link_was_left_is_found(chain):
    tamper(f"DELETE FROM audit_auditentry WHERE id = {chain[5].pk}")
    assert faults() == [(Fault.REMOVED, 6)]


def test_a_removed_entry_that_waited_for_its_link_is_found(chain, write):
    (waiting,) = write(1)
    tamper(f"DELETE FROM audit_auditentry WHERE id = {waiting.pk}")
    assert faults() == [(Fault.REMOVED, None)]
    tamper("DELETE FROM audit_pendingentry")


def test_an_entry_inserted_past_the_trigger_is_found(chain):
    tamper(
        "INSERT INTO audit_auditentry (at, actor, action, rows, details) "
        "VALUES ('2026-01-01 00:00:00+00', 'user:1', 'x', '[]', '{}')"
    )
    assert faults() == [(Fault.INSERTED, None)]


def test_swapped_entries_are_found(chain):
    first, second = chain[1].pk, chain[2].pk
    tamper(
        "UPDATE audit_chainlink SET entry_id = -1 WHERE seq = 2",
        f"UPDATE audit_chainlink SET entry_id = {first} WHERE seq = 3",
        f"UPDATE audit_chainlink SET entry_id = {second} WHERE seq = 2",
    )
    assert faults() == [(Fault.CHANGED, 2), (Fault.CHANGED, 3)]


def test_reordered_links_are_found(chain):
    tamper(
        "UPDATE audit_chainlink SET seq = 100 WHERE seq = 2",
        "UPDATE audit_chainlink SET seq = 2 WHERE seq = 3",
        "UPDATE audit_chainlink SET seq = 3 WHERE seq = 100",
    )
    assert (Fault.REORDERED, 2) in faults()
    assert (Fault.REORDERED, 3) in faults()


def test_a_cut_end_is_found(chain):
    tamper(
        "DELETE FROM audit_chainlink WHERE seq > 4",
        f"DELETE FROM audit_auditentry WHERE id >= {chain[4].pk}",
    )
    assert faults() == [(Fault.TRUNCATED, 6)]


def test_an_emptied_audit_is_found(chain):
    tamper("DELETE FROM audit_chainlink", "DELETE FROM audit_auditentry")
    assert faults() == [(Fault.TRUNCATED, 2), (Fault.TRUNCATED, 4), (Fault.TRUNCATED, 6)]


def test_a_chain_computed_anew_is_found_by_the_sealed_heads(chain):
    tamper(f"UPDATE audit_auditentry SET actor = 'user:9' WHERE id = {chain[2].pk}")
    previous = ChainLink.objects.get(seq=2).hash
    for link in list(ChainLink.objects.filter(seq__gt=2).select_related("entry").order_by("seq")):
        entry = link.entry
        content = canonical(
            entry_id=entry.pk, at=entry.at, actor=entry.actor, action=entry.action,
            rows=entry.rows, details=entry.details,
        )  # fmt: skip
        digest = link_hash(previous, content)
        tamper(
            f"UPDATE audit_chainlink SET previous_hash = '{previous}', hash = '{digest}' "
            f"WHERE seq = {link.seq}"
        )
        previous = digest
    assert faults() == [(Fault.REWRITTEN, 4), (Fault.REWRITTEN, 6)]


@pytest.mark.parametrize("line", ["7 00 00", "không phải", f"6 {'0' * 64} {'0' * 64}"])
def test_a_forged_head_is_found(chain, line):
    with heads_file().open("a") as file:
        file.write(line + "\n")
    assert faults() == [(Fault.HEADS_DAMAGED, None)]


def test_a_missing_trigger_is_found(chain):
    names = ["audit_auditentry_no_update", "audit_auditentry_queue"]
    with connection.cursor() as cursor:
        on = " ON audit_auditentry" if connection.vendor == "postgresql" else ""
        kept = {}
        for name in names:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s", [name])
            else:
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
            kept[name] = cursor.fetchone()[0]
            cursor.execute(f"DROP TRIGGER {name}{on}")
        try:
            found = [(finding.fault, finding.detail) for finding in verify()]
        finally:
            for sql in kept.values():
                cursor.execute(sql)
    assert found == [(Fault.TRIGGER_MISSING, name) for name in names]


@pytest.mark.postgresql
def test_a_disabled_trigger_counts_as_missing(chain):
    with lifted(connection):
        found = {finding.fault for finding in verify()}
    assert found == {Fault.TRIGGER_MISSING}


def test_waiting_entries_are_no_fault(chain, write):
    write(2)
    assert PendingEntry.objects.count() == 2
    assert faults() == []
