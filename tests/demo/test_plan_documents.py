"""The demo's chain of plans stands in force, and its words hold."""

from __future__ import annotations

import pytest

from danban.common import clock
from danban.demo.load import _agencies, _days_ago, _people
from danban.demo.plan_documents import SECTIONS, TASKS, load_plans
from danban.demo.province import AGENCIES
from danban.plan.issuing import outside, warnings
from danban.plan.models import Plan
from danban.plan.queries.documents import ancestors
from danban.plan.reading.bodies import is_group
from danban.plan.states import PlanState


def test_every_body_named_is_of_the_province_or_a_group():
    codes = {seed.code for seed in AGENCIES}
    names = {name for seed in TASKS for name in (*seed.leads, *seed.others)}
    assert all(is_group(name) for name in names - codes)
    assert {seed.section for seed in TASKS} == {number for number, _title in SECTIONS}


@pytest.mark.django_db
def test_the_chain_from_the_scheme_to_this_year():
    with _days_ago(400):
        bodies = _agencies()
        people = _people(bodies)
    tasks = load_plans(bodies, people)
    plan = tasks["waste"].plan
    assert list(tasks) == [seed.key for seed in TASKS]
    assert [one.number for one in ancestors(Plan.objects.get(pk=plan.pk))] == ["407/QĐ-TTg", "96/KH-UBND"]
    assert set(Plan.objects.values_list("state", flat=True)) == {PlanState.IN_FORCE}
    assert (plan.starts_on.year, plan.starts_on.month, plan.starts_on.day) == (clock.today().year, 1, 1)
    for task in tasks.values():
        assert outside(task.starts_on, task.due_on, plan_starts=plan.starts_on, plan_ends=plan.ends_on) == []
    facts = {name: getattr(plan, name) for name in ("number", "wrapper", "issued_on", "starts_on", "ends_on")}
    assert warnings(**facts) == []
