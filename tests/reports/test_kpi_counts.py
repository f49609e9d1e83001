"""Each figure equals a slow count row by row, in any small world, period and moment."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from danban.policies.models import Screening
from danban.policies.states import ScreeningStep
from danban.reports.kpi import DEFINITIONS, Scope, midnight
from tests.factories import PolicyFactory
from tests.reports import worlds
from tests.reports.slow_count import slow

CODES = sorted(set(DEFINITIONS) - {"words_changed"})


@pytest.mark.django_db
def test_every_figure_equals_the_slow_count():
    on = worlds.ground()

    @settings(max_examples=30, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(worlds.worlds, worlds.scopes)
    def check(world, scope):
        with transaction.atomic():
            worlds.build(on, world)
            for code in CODES:
                counted = DEFINITIONS[code].count(scope)
                for agency in (None, *(one.pk for one in on.agencies)):
                    assert_same(counted.get(agency), slow(code, scope, agency), code)
                    assert_records(code, scope, agency, counted.get(agency))
            transaction.set_rollback(True)

    check()


def assert_same(found, due, code):
    if due is None:
        assert found is None or not found.whole, code
        return
    assert found is not None, code
    assert (found.part, found.whole, dict(found.split)) == (due.part, due.whole, dict(due.split)), code
    assert found.pace == pytest.approx(due.pace), code


@pytest.mark.django_db
def test_each_policy_is_covered_by_its_own_decision():
    """One decided before the year and one in it: the year counts one, whatever the other's decision says."""
    made = []
    for day in (dt.date(2025, 6, 1), dt.date(2026, 1, 5), dt.date(2026, 2, 5)):
        policy = PolicyFactory()
        made.append(policy)
        Screening.objects.create(
            policy=policy, step=ScreeningStep.DECISION, agency=policy.dossier.agency, in_scope=True,
            reason="Rộng.", list_number="1/DM", decided_on=day, by=policy.created_by, at=midnight(day),
        )  # fmt: skip
    scope = Scope(dt.date(2026, 1, 1), dt.date(2026, 12, 31), midnight(dt.date(2026, 3, 1)))
    assert DEFINITIONS["coverage"].count(scope)[None].whole == 2
    rows = list(DEFINITIONS["coverage"].records(scope).rows)
    assert [(row.pk, row.decided_on.month) for row in rows] == [(made[2].pk, 2), (made[1].pk, 1)]


def assert_records(code, scope, agency, figure):
    """The list behind a figure has as many rows as the figure says, and each can be put in words."""
    found = DEFINITIONS[code].records(scope)
    rows = found.rows if agency is None else found.of(found.rows, [agency])
    shown = [found.cells(row) for row in rows]
    assert all(len(cells) == len(found.headings) for cells in shown), code
    if DEFINITIONS[code].one_by_one:
        assert len(shown) == (figure.whole if figure else 0), code
