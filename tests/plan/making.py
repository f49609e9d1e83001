"""Plans and tasks straight into their tables, for the tests of documents."""

from __future__ import annotations

import datetime as dt

from danban.accounts.models import Succession
from danban.accounts.states import AgencyKind, Role
from danban.common import clock
from danban.plan.models import Assignment, Plan, Section, Task
from danban.plan.states import Part, PlanKind, PlanState, TaskState
from tests.factories import AgencyFactory, UserFactory

EARLY = dt.date(2020, 1, 1)


def province():
    """The bodies plans name, and the officer of Sở Tư pháp who writes them."""
    committee = AgencyFactory(
        name="Ủy ban nhân dân tỉnh Sông Mây", short_name="UBND tỉnh", kind=AgencyKind.PEOPLES_COMMITTEE,
        valid_from=EARLY,
    )  # fmt: skip
    justice = AgencyFactory(
        name="Sở Tư pháp tỉnh Sông Mây", short_name="Sở Tư pháp", valid_from=EARLY, parent=committee
    )
    health = AgencyFactory(
        name="Sở Y tế tỉnh Sông Mây", short_name="Sở Y tế", valid_from=EARLY, parent=committee
    )
    return committee, justice, health, UserFactory(role=Role.JUSTICE, agency=justice)


def make_plan(lead, by, *, state=PlanState.DRAFT, year=2026, **changed):
    values = {
        "kind": PlanKind.YEARLY, "number": f"{Plan.objects.count() + 1}/KH-UBND",
        "title": "Truyền thông chính sách",
        "issued_on": dt.date(year, 1, 5), "issuer": lead, "lead": lead, "starts_on": dt.date(year, 1, 1),
        "ends_on": dt.date(year, 12, 31), "created_by": by, "created_at": clock.now(), "state": state,
    }  # fmt: skip
    return Plan.objects.create(**values | changed)


def make_task(plan, content="Tổ chức hội nghị", *, leads=(), others=(), section=None, **changed):
    place = plan.tasks.count() + 1
    task = Task.objects.create(
        plan=plan, section=section, position=place, number=str(place), content=content,
        **{"state": TaskState.PLANNED} | changed,
    )  # fmt: skip
    for part, agencies in ((Part.LEADS, leads), (Part.COORDINATES, others)):
        for agency in agencies:
            Assignment.objects.create(task=task, part=part, agency=agency)
    return task


def make_section(plan, title="Nâng cao nhận thức", number="I"):
    return Section.objects.create(plan=plan, position=plan.sections.count() + 1, number=number, title=title)


def succeed(before, after, on):
    Succession.objects.create(predecessor=before, successor=after, on=on)
