"""Work on a task: every step leaves its row, its note and its audit entry, or nothing at all."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.common import clock
from danban.common.errors import Refused
from danban.plan import actions, rules
from danban.plan.models import Assignment, CoordinationRequest, Note, Task
from danban.plan.states import NoteKind, Part, PlanState, TaskState
from tests.factories import AgencyFactory, PlanFactory, TaskFactory

pytestmark = pytest.mark.django_db


def fresh(task):
    return Task.objects.get(pk=task.pk)


def test_a_task_is_started_blocked_freed_and_declared(task, officer, acts):
    actions.start_task(task=task, by=officer)
    actions.note_progress(task=task, text="Đã họp lần một.", by=officer)
    actions.block_task(task=task, reason="Chưa có kinh phí.", by=officer)
    assert fresh(task).state == TaskState.BLOCKED
    actions.unblock_task(task=task, text="Sở Tài chính đã cấp.", by=officer)
    actions.declare_done(task=task, text="Đã đăng.", by=officer)
    assert (fresh(task).state, fresh(task).done_on) == (TaskState.DECLARED, None)
    assert list(Note.objects.order_by("pk").values_list("kind", "text", "by")) == [
        (NoteKind.PROGRESS, "Đã họp lần một.", officer.pk),
        (NoteKind.BLOCKED, "Chưa có kinh phí.", officer.pk),
        (NoteKind.UNBLOCKED, "Sở Tài chính đã cấp.", officer.pk),
        (NoteKind.DECLARED, "Đã đăng.", officer.pk),
    ]
    assert acts() == ["task.started", "task.noted", "task.blocked", "task.unblocked", "task.declared"]
    assert [one.entry.action for one in task.entries.order_by("pk")] == acts()


def test_a_reason_is_needed_and_a_refusal_leaves_nothing(task, officer, acts):
    with pytest.raises(Refused, match="vài lời"):
        actions.block_task(task=task, reason=" \u200b ", by=officer)
    assert (fresh(task).state, acts()) == (TaskState.PLANNED, [])


@pytest.mark.parametrize("plan_state", [PlanState.DRAFT, PlanState.CLOSED])
def test_a_plan_that_is_not_in_force_is_not_worked_on(agency, officer, plan_state):
    task = TaskFactory(plan=PlanFactory(state=plan_state), leads=[agency])
    for act in (
        lambda: actions.start_task(task=task, by=officer),
        lambda: actions.note_progress(task=task, text="a", by=officer),
        lambda: actions.split_task(task=task, content="a", due_on=None, agencies=[agency], by=officer),
    ):
        with pytest.raises(rules.WrongMove):
            act()


def test_a_plan_that_has_ended_keeps_its_tasks_as_they_were(agency, justice, acts):
    plan = PlanFactory(state=PlanState.CLOSED)
    late = TaskFactory(plan=plan, leads=[agency])
    dropped = TaskFactory(plan=plan, leads=[agency], state=TaskState.CANCELLED)
    values = {"due_on": late.due_on + dt.timedelta(days=90)}
    for act in (
        lambda: actions.edit_task(task=late, revision=1, values=values, by=justice),
        lambda: actions.cancel_task(task=late, reason="Không làm nữa.", by=justice),
        lambda: actions.resume_task(task=dropped, reason="Làm lại.", by=justice),
    ):
        with pytest.raises(rules.WrongMove, match="đã kết thúc"):
            act()
    assert (fresh(late).due_on, fresh(late).state) == (late.due_on, TaskState.PLANNED)
    assert fresh(dropped).state == TaskState.CANCELLED
    assert acts() == []


def test_a_cancelled_task_may_be_owed_again(task, justice, acts):
    actions.cancel_task(task=task, reason="Kế hoạch được điều chỉnh.", by=justice)
    assert fresh(task).state == TaskState.CANCELLED
    with pytest.raises(rules.WrongMove):
        actions.start_task(task=task, by=justice)
    actions.resume_task(task=task, reason="Điều chỉnh lại.", by=justice)
    assert fresh(task).state == TaskState.PLANNED
    assert acts() == ["task.cancelled", "task.resumed"]


def test_an_edit_raises_the_revision_and_the_second_is_told(task, officer, justice, acts):
    other = AgencyFactory()
    Assignment.objects.create(task=task, part=Part.COORDINATES, named_as="Các đoàn thể")
    actions.edit_task(
        task=task, revision=1, values={"product": "Báo cáo", "coordinating": [other]}, by=justice
    )
    changed = fresh(task)
    assert (changed.product, changed.revision) == ("Báo cáo", 2)
    kept = set(changed.assignments.filter(part=Part.COORDINATES).values_list("agency", "named_as"))
    assert kept == {(other.pk, ""), (None, "Các đoàn thể")}
    with pytest.raises(rules.EditedMeanwhile):
        actions.edit_task(task=task, revision=1, values={"product": "Kế hoạch"}, by=officer)
    assert fresh(task).product == "Báo cáo"
    assert acts() == ["task.edited"]
    assert task.entries.get().entry.details["fields"] == ["product", "coordinating"]


def test_a_day_before_the_plan_is_refused_with_words(task, justice, acts):
    early = task.plan.starts_on - dt.timedelta(days=1)
    with pytest.raises(rules.WrongDates, match="trước ngày kế hoạch bắt đầu") as refusal:
        actions.edit_task(task=task, revision=1, values={"due_on": early}, by=justice)
    assert refusal.value.field == "due_on"
    assert acts() == []


def test_a_part_stands_behind_its_task_and_its_earlier_parts(agency, officer):
    plan = PlanFactory()
    first, second = (TaskFactory(plan=plan, position=n, leads=[agency]) for n in (1, 2))
    parts = [
        actions.split_task(task=first, content=words, due_on=None, agencies=[agency], by=officer)
        for words in ("Một", "Hai")
    ]
    assert list(Task.objects.filter(plan=plan).order_by("position")) == [first, *parts, second]
    assert {part.parent for part in parts} == {first}
    assert parts[0].assignments.get().agency == agency


def test_one_agency_asks_and_the_other_answers(task, agency, front, officer, acts):
    today = clock.today()
    request = actions.ask_coordination(
        task=task, asking=agency, asked=front, what="Cử người dự.", due_on=today, by=officer
    )
    actions.answer_coordination(request=request, answer="Bà Hai dự.", answered_on=today, by=officer)
    row = CoordinationRequest.objects.get()
    assert (row.answer, row.answered_on, row.answered_by) == ("Bà Hai dự.", today, officer)
    assert acts() == ["coordination.asked", "coordination.answered"]
    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer_coordination(request=request, answer="Khác.", answered_on=today, by=officer)


def test_only_bodies_the_plan_names_are_asked(task, agency, officer):
    for asked, due in ((AgencyFactory(), 1), (agency, 1)):
        with pytest.raises(Refused, match="chủ trì, phối hợp"):
            actions.ask_coordination(
                task=task, asking=agency, asked=asked, what="a",
                due_on=clock.today() + dt.timedelta(days=due), by=officer,
            )  # fmt: skip


def test_days_of_a_request_are_checked(task, agency, front, officer):
    ask = {"task": task, "asking": agency, "asked": front, "what": "a", "by": officer}
    with pytest.raises(rules.WrongDates):
        actions.ask_coordination(due_on=clock.today() - dt.timedelta(days=1), **ask)
    request = actions.ask_coordination(due_on=clock.today(), **ask)
    with pytest.raises(rules.WrongDates):
        actions.answer_coordination(
            request=request, answer="a", answered_on=clock.today() + dt.timedelta(days=1), by=officer
        )


def test_a_double_click_says_and_asks_once(task, agency, front, officer, acts):
    ask = {"task": task, "asking": agency, "asked": front, "what": "Cử người dự.", "due_on": clock.today()}
    actions.note_progress(task=task, text="Đã họp.", by=officer)
    asked = actions.ask_coordination(by=officer, **ask)
    with pytest.raises(Refused, match="vừa được ghi"):
        actions.note_progress(task=task, text=" Đã họp. ", by=officer)
    with pytest.raises(Refused, match="đang chờ trả lời"):
        actions.ask_coordination(by=officer, **ask)
    assert acts() == ["task.noted", "coordination.asked"]
    actions.answer_coordination(request=asked, answer="Đã cử.", answered_on=clock.today(), by=officer)
    with clock.at(clock.now() + dt.timedelta(days=7)):
        actions.note_progress(task=task, text="Đã họp.", by=officer)
        actions.ask_coordination(by=officer, **ask | {"due_on": clock.today()})
    assert (task.notes.count(), task.requests.count()) == (2, 2)
