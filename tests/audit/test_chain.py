"""The sequencer: every committed entry gets one place, whatever the order of ids and commits."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from danban.audit.actions import SYSTEM, close_chain, record
from danban.audit.heads import heads
from danban.audit.models import AuditEntry, ChainLink, PendingEntry
from danban.audit.queries import oldest_waiting, verify
from danban.audit.rules import GENESIS, canonical, link_hash
from tests.audit.conftest import Act

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(details=JSON, other=JSON)
def test_different_content_has_a_different_hash(details, other):
    def digest(value):
        at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
        return link_hash(
            GENESIS, canonical(entry_id=1, at=at, actor="system", action="a", rows=[], details=value)
        )

    assert (digest(details) == digest(other)) == _same(details, other)


def _same(a, b):
    """Equal as JSON: the order of keys does not count, and True is not 1."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    return type(a) is type(b) and a == b


def test_hash_does_not_depend_on_the_zone_of_the_clock():
    at = dt.datetime(2026, 3, 1, 1, tzinfo=dt.UTC)
    there = at.astimezone(dt.timezone(dt.timedelta(hours=7)))
    same = {"entry_id": 1, "actor": "system", "action": "a", "rows": [], "details": {}}
    assert canonical(at=at, **same) == canonical(at=there, **same)


@pytest.mark.django_db
def test_record_keeps_dates_and_row_keys_as_they_will_be_read_back(write):
    key = uuid.uuid4()
    with transaction.atomic():
        entry = record(Act.TRIED, actor=SYSTEM, closes_on=dt.date(2026, 3, 31), key=key)
    assert entry.details == {"closes_on": "2026-03-31", "key": str(key)}
    assert AuditEntry.objects.get().details == entry.details


@pytest.mark.django_db(transaction=True)
def test_record_refuses_to_run_outside_a_transaction():
    with pytest.raises(RuntimeError):
        record(Act.TRIED, actor=SYSTEM)


@pytest.mark.django_db
def test_entries_are_linked_in_batches_and_only_once(write):
    entries = write(7)
    assert PendingEntry.objects.count() == 7
    assert oldest_waiting() is not None
    assert close_chain(batch=3) == 7
    assert close_chain(batch=3) == 0
    links = list(ChainLink.objects.order_by("seq"))
    assert [link.entry_id for link in links] == [entry.pk for entry in entries]
    assert [link.seq for link in links] == list(range(1, 8))
    assert [link.previous_hash for link in links] == [GENESIS, *(link.hash for link in links[:-1])]
    assert PendingEntry.objects.count() == 0
    assert oldest_waiting() is None
    assert [head[0] for head in heads()] == [3, 6, 7]
    assert list(verify()) == []


@pytest.mark.django_db
def test_an_idle_sequencer_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        close_chain()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_an_entry_that_commits_late_with_a_smaller_id_is_still_linked(write):
    early_written, may_commit = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            record(Act.TRIED, actor="slow")
            early_written.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    early_written.wait(10)
    (late,) = write(1)
    assert close_chain() == 1
    may_commit.set()
    thread.join()
    assert close_chain() == 1
    slow = AuditEntry.objects.get(actor="slow")
    assert slow.pk < late.pk
    assert slow.link.seq == 2
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_writers_and_sequencers_together(write):
    """No writer waits for the chain, two sequencers never give one place twice."""
    stop = threading.Event()

    def keep_closing():
        while not stop.is_set():
            close_chain(batch=5)
        connection.close()

    def keep_writing():
        write(25)
        connection.close()

    sequencers = [threading.Thread(target=keep_closing) for _ in range(2)]
    writers = [threading.Thread(target=keep_writing) for _ in range(4)]
    for thread in [*sequencers, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sequencers:
        thread.join()
    close_chain()
    assert ChainLink.objects.count() == AuditEntry.objects.count() == 100
    assert sorted(ChainLink.objects.values_list("seq", flat=True)) == list(range(1, 101))
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_held_sequencer_lock_does_not_stop_a_writer(write):
    held, release = threading.Event(), threading.Event()

    def stuck_sequencer():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x6461_6E62_616E])
            held.set()
            release.wait(10)
        connection.close()

    thread = threading.Thread(target=stuck_sequencer)
    thread.start()
    held.wait(10)
    write(3)
    assert close_chain() == 0
    release.set()
    thread.join()
    assert close_chain() == 3
