"""Not even SQL changes approved minutes or a decided list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from danban.council import actions
from danban.council.models import ListItem, Minutes, PolicyList


@pytest.fixture
def approved(minutes, second):
    return actions.approve_minutes(minutes=minutes, revision=1, by=second)


@pytest.fixture
def decided(draft_list, officer):
    return actions.decide_list(
        policy_list=draft_list, number="07/TB", decided_on=dt.date(2026, 3, 11), by=officer
    )


def refused(statement, values=()):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Rows made in this transaction still wait for their checks; TRUNCATE would refuse for that alone.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        try:
            cursor.execute(statement, values)
        except DatabaseError as error:
            transaction.set_rollback(True)
            return "stay as they are" in str(error)
        return False


def replaced(table):
    """The statement by which every row would be written over with itself."""
    if connection.vendor == "sqlite":
        return f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    return f"TRUNCATE {table} CASCADE"


def test_approved_minutes_stay(approved):
    assert refused("UPDATE council_minutes SET course = 'khác'")
    assert refused("UPDATE council_minutes SET state = 'draft'")
    assert refused("DELETE FROM council_minutes")
    assert refused(replaced("council_minutes"))
    assert Minutes.objects.get().course == approved.course


def test_a_decided_list_and_its_items_stay(decided):
    assert refused("UPDATE council_policylist SET number = 'khác'")
    assert refused("DELETE FROM council_policylist")
    assert refused("UPDATE council_listitem SET in_scope = %s", [False])
    assert refused("DELETE FROM council_listitem")
    assert refused(replaced("council_policylist"))
    assert refused(replaced("council_listitem"))
    item = ListItem.objects.get()
    assert refused(
        "INSERT INTO council_listitem (policy_list_id, policy_id, in_scope, reason) VALUES (%s, %s, %s, 'x')",
        [decided.pk, item.policy_id, False],
    )
    assert item.in_scope
    assert PolicyList.objects.get().number == "07/TB"


def test_nothing_is_moved_into_a_decided_list(decided, held, policy, officer):
    other = actions.draft_list(meeting=held, title="Khác", by=officer)
    item = actions.put_on_list(policy_list=other, policy=policy, in_scope=False, reason="Hẹp", by=officer)
    assert refused("UPDATE council_listitem SET policy_list_id = %s WHERE id = %s", [decided.pk, item.pk])


def test_what_is_still_in_work_may_change(minutes, draft_list):
    assert not refused("UPDATE council_minutes SET course = 'khác'")
    assert not refused("UPDATE council_listitem SET reason = 'khác'")
    assert not refused("DELETE FROM council_listitem")
