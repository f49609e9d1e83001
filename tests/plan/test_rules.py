"""How a task stands, what is due to be said, and what a second officer is offered."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.accounts.states import AgencyKind
from danban.plan import gantt, rules, tokens
from danban.plan.rules import Standing
from danban.plan.states import OPEN, Cadence, PlanState, ReminderKind, TaskState

TODAY = dt.date(2026, 5, 20)
days = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(
    ("state", "due", "stands"),
    [
        (TaskState.WORKING, -1, Standing.LATE),
        (TaskState.BLOCKED, -1, Standing.LATE),
        (TaskState.DECLARED, -1, Standing.LATE),
        (TaskState.WORKING, 0, Standing.SOON),
        (TaskState.WORKING, 30, Standing.SOON),
        (TaskState.WORKING, 31, Standing.LATER),
        (TaskState.BLOCKED, 5, Standing.BLOCKED),
        (TaskState.DECLARED, 5, Standing.DECLARED),
        (TaskState.DONE, -50, Standing.DONE),
        (TaskState.CANCELLED, -50, Standing.OFF),
    ],
)
def test_a_task_stands_as_its_day_and_state_say(state, due, stands):
    assert rules.standing(state, TODAY + dt.timedelta(days=due), TODAY) is stands


def test_a_task_without_a_day_is_never_late():
    assert rules.standing(TaskState.PLANNED, None, TODAY) is Standing.LATER
    assert rules.days_late(TaskState.PLANNED, None, TODAY) == 0


@given(st.sampled_from(TaskState), days, days)
def test_late_days_and_standing_agree(state, due_on, today):
    late = rules.days_late(state, due_on, today)
    assert (late > 0) == (rules.standing(state, due_on, today) is Standing.LATE)
    assert late == 0 or state in OPEN


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (20, []),
        (14, [(ReminderKind.BEFORE, 0)]),
        (8, [(ReminderKind.BEFORE, -6)]),
        (3, [(ReminderKind.BEFORE, 0)]),
        (0, [(ReminderKind.BEFORE, -3)]),
        (-1, [(ReminderKind.LATE, 0)]),
        (-40, [(ReminderKind.LATE, -39)]),
    ],
)
def test_what_should_have_been_said_by_today(left, said):
    found = rules.reminders_due(TODAY + dt.timedelta(days=left), TODAY, [14, 3])
    assert found == [(kind, TODAY + dt.timedelta(days=ago)) for kind, ago in said]


@given(days, days, st.sets(st.integers(0, 60), max_size=4))
def test_a_reminder_never_falls_due_after_today(due_on, today, before):
    for _kind, day in rules.reminders_due(due_on, today, before):
        assert day <= today


def test_sở_tư_pháp_hears_after_the_days_set():
    due = TODAY - dt.timedelta(days=8)
    asked = {"late_days": 7, "blocked_days": 14}
    assert rules.escalates_on(due_on=due, blocked_on=None, **asked) == TODAY
    assert rules.escalates_on(due_on=None, blocked_on=TODAY, **asked) == TODAY + dt.timedelta(days=15)
    assert rules.escalates_on(due_on=None, blocked_on=None, **asked) is None


PLAN_YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_a_task_is_not_due_before_its_plan_nor_before_itself():
    with pytest.raises(rules.WrongDates, match="trước ngày kế hoạch bắt đầu"):
        rules.check_dates(None, dt.date(2025, 12, 31), *PLAN_YEAR)
    with pytest.raises(rules.WrongDates, match="từ ngày bắt đầu"):
        rules.check_dates(dt.date(2026, 3, 2), dt.date(2026, 3, 1), *PLAN_YEAR)
    with pytest.raises(rules.WrongDates, match="quá một năm sau ngày kế hoạch kết thúc"):
        rules.check_dates(None, dt.date(2062, 3, 1), *PLAN_YEAR)
    rules.check_dates(dt.date(2026, 3, 1), dt.date(2027, 1, 15), *PLAN_YEAR)


def test_only_tasks_of_plans_in_force_are_worked_on():
    for plan, state in ((PlanState.DRAFT, "planned"), (PlanState.IN_FORCE, "proposed")):
        with pytest.raises(rules.WrongMove):
            rules.check_workable(plan, state)
    rules.check_workable(PlanState.IN_FORCE, "planned")


def test_coordination_needs_the_front_or_a_socio_political_organisation():
    assert rules.shows_coordination([AgencyKind.DEPARTMENT, AgencyKind.SOCIO_POLITICAL])
    assert rules.shows_coordination([AgencyKind.FATHERLAND_FRONT])
    assert not rules.shows_coordination([AgencyKind.ASSOCIATION, AgencyKind.PRESS])


YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("cadence", "count"),
    [("once", 1), ("continuous", 1), ("each_draft", 1), ("monthly", 12), ("quarterly", 4), ("half_yearly", 2),
     ("yearly", 1)],
)  # fmt: skip
def test_work_that_recurs_has_periods(cadence, count):
    assert rules.periods(cadence, *YEAR) == count


def test_work_of_each_quarter_is_done_with_the_last_of_them():
    days = [dt.date(2026, month, 20) for month in (2, 5, 5, 8)]
    assert rules.done_on("quarterly", days, *YEAR) is None
    assert len(rules.shown_periods("quarterly", days, *YEAR)) == 3
    assert rules.done_on("quarterly", [*days, dt.date(2027, 1, 4)], *YEAR) == dt.date(2027, 1, 4)
    assert rules.done_on("once", days, *YEAR) == dt.date(2026, 2, 20)
    assert rules.done_on("once", [], *YEAR) is None


@given(st.sampled_from(Cadence), st.lists(days), days, st.integers(0, 800))
def test_more_evidence_never_makes_work_less_done(cadence, shown, starts_on, length):
    span = (starts_on, starts_on + dt.timedelta(days=length))
    before = [rules.done_on(cadence, shown[:n], *span) is not None for n in range(len(shown) + 1)]
    assert before == sorted(before)
    assert len(rules.shown_periods(cadence, shown, *span)) <= rules.periods(cadence, *span)


def test_a_field_left_alone_takes_what_it_is_now():
    theirs, offered = rules.changed_meanwhile(
        {"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 1}, {"a": 1, "b": 3, "c": 4}
    )
    assert (theirs, offered) == (["a", "b"], {"a": 2, "b": 3, "c": 4})


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(*[st.integers(0, 2)] * 3), min_size=1))
def test_saving_again_loses_neither_theirs_nor_mine(fields):
    before, now, mine = ({name: three[i] for name, three in fields.items()} for i in range(3))
    theirs, offered = rules.changed_meanwhile(before, now, mine)
    for name in fields:
        assert (name in theirs) == (before[name] != now[name])
        assert offered[name] == (mine[name] if mine[name] != before[name] else now[name])


@given(days, st.one_of(st.none(), days), st.integers(2024, 2028))
def test_a_bar_stays_within_its_year(starts_on, due_on, year):
    bar = gantt.bar(number=1, row=0, year=year, starts_on=starts_on, due_on=due_on, tone="late", words="")
    assert bar.width == 0 or gantt.LEFT <= bar.x < bar.x + bar.width <= gantt.LEFT + gantt.WIDTH + 3
    seen = due_on is not None and due_on.year >= year and min(starts_on, due_on).year <= year
    assert (bar.width > 0) == seen


def test_a_calendar_address_is_made_by_us_alone():
    token = tokens.token_of(12, 3)
    assert tokens.read(token) == (12, 3)
    for wrong in ("", "12-3", "12-3-" + "0" * 40, token[:-1], token.replace("12-", "13-"), "²-1-x", "1" * 40):
        assert tokens.read(wrong) is None
