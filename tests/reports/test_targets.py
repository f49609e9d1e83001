"""Targets: what came with us, history, refusals."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.reports import actions, targets
from danban.reports.models import KpiTarget
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def put(**kwargs):
    given = {
        "kpi": "coverage", "value": Decimal(95), "days": None, "valid_from": dt.date(2027, 1, 1),
        "legal_basis": "Kế hoạch của tỉnh", "verified": True, "note": "",
        "by": UserFactory(role=Role.JUSTICE),
    }  # fmt: skip
    return actions.set_target(**given | kwargs)


def test_decision_407_stands_in_rows():
    assert targets.targets_on(dt.date(2022, 12, 31)) == {"coverage": Decimal(70)}
    assert targets.targets_on(dt.date(2023, 1, 1)) == {"coverage": Decimal(100)}
    assert not KpiTarget.objects.filter(verified=True).exists()


def test_a_term_nobody_found_in_law_says_so():
    (term,) = targets.terms_of("answered_on_time")
    assert (term.days, term.holds_on(dt.date(2026, 5, 1))) == (30, True)
    assert "Chưa tìm thấy" in KpiTarget.objects.get(kpi="answered_on_time").note


def test_a_new_target_ends_the_one_before(db):
    made = put()
    assert targets.targets_on(dt.date(2026, 12, 31))["coverage"] == 100
    assert targets.targets_on(dt.date(2027, 1, 1))["coverage"] == 95
    assert [row.valid_to for row in targets.history_of("coverage")] == [
        None, dt.date(2026, 12, 31), dt.date(2022, 12, 31)
    ]  # fmt: skip
    entry = AuditEntry.objects.get(action="kpi-target.set")
    assert entry.rows[0] == ["reports.KpiTarget", made.pk]
    assert entry.details["value"] == "95"


def test_history_is_not_rewritten():
    put()
    for wrong in ({"valid_from": dt.date(2026, 6, 1)}, {"value": None}, {"kpi": "no-such-figure"}):
        with pytest.raises(Refused):
            put(**wrong)
    assert KpiTarget.objects.filter(kpi="coverage").count() == 3
