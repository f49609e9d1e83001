"""The demo's tasks have every kind of life an officer meets."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.accounts.models import Agency
from danban.accounts.states import Role
from danban.common import clock
from danban.demo.plan_work import load_work
from danban.plan.models import CoordinationRequest, Evidence, Reminder, Task
from danban.plan.states import TaskState
from tests.factories import AgencyFactory, PlanFactory, TaskFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


def test_every_life_is_there(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    body = AgencyFactory(code="so-nnmt")
    others = [AgencyFactory(), AgencyFactory()]
    people = {
        ("so-nnmt", role): UserFactory(role=role, agency=body) for role in (Role.DRAFTER, Role.APPROVER)
    }
    VersionFactory(dossier__agency=body)
    plan, today = PlanFactory(), clock.today()
    tasks = {
        f"{days}": TaskFactory(
            plan=plan, leads=[body], coordinating=others, due_on=today + dt.timedelta(days=days)
        )
        for days in (-60, -30, -10, 5, 10, 40, 50, 90)
    }
    tasks["khác"] = TaskFactory(plan=plan, leads=[AgencyFactory(code="so-khac")])
    load_work(tasks, {one.code: one for one in Agency.objects.all()}, people)
    states = {key: Task.objects.get(pk=task.pk).state for key, task in tasks.items()}
    assert states == {
        "-60": TaskState.DONE, "-30": TaskState.DONE, "-10": TaskState.WORKING, "5": TaskState.BLOCKED,
        "10": TaskState.WORKING, "40": TaskState.DECLARED, "50": TaskState.WORKING, "90": TaskState.PLANNED,
        "khác": TaskState.PLANNED,
    }  # fmt: skip
    proved = {(one.kind, one.proved_at is not None) for one in Evidence.objects.all()}
    assert proved == {("posting", True), ("file", True), ("file", False)}
    assert CoordinationRequest.objects.filter(answered_on=None, due_on__lt=today).count() == 1
    assert CoordinationRequest.objects.exclude(answered_on=None).count() == 1
    assert Reminder.objects.filter(kind="escalated").count() == 2
