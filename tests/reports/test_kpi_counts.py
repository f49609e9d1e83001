"""Each figure equals a slow count row by row, in any small world, period and moment."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from danban.reports.kpi import DEFINITIONS
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


# Of one answer many comments are counted; of one author many comments and of one learner many sessions
# are listed.
NOT_ONE_BY_ONE = {"outcomes", "commenters", "trained", "training_hours"}


def assert_records(code, scope, agency, figure):
    """The list behind a figure has as many rows as the figure says, and each can be put in words."""
    found = DEFINITIONS[code].records(scope)
    rows = found.rows if agency is None else found.of(found.rows, [agency])
    shown = [found.cells(row) for row in rows]
    assert all(len(cells) == len(found.headings) for cells in shown), code
    if code not in NOT_ONE_BY_ONE:
        assert len(shown) == (figure.whole if figure else 0), code
