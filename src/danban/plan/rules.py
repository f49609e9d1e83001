"""What may be done to a task, how it stands, and what may be evidence. Plain values in, a decision out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from django.utils.translation import gettext as _

from danban.accounts.states import AgencyKind
from danban.common.errors import Refused
from danban.plan.states import OPEN, TASK_MOVES, Cadence, PlanState, ReminderKind, TaskState

SOON = dt.timedelta(days=30)
AGENCY_FIELDS = frozenset({"starts_on", "product", "budget", "coordinating"})
"""What the lead agency may fill in by itself; the rest is the plan's word, and who edits plans changes it."""

FRONT = frozenset({AgencyKind.FATHERLAND_FRONT, AgencyKind.SOCIO_POLITICAL})


class WrongMove(Refused):
    """The task is not in a state in which this can be done."""


class WrongDates(Refused):
    """A day does not fit; ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class EditedMeanwhile(Refused):
    """Someone saved the task after this officer opened it."""


class NoSuchRecord(Refused):
    """The record pointed to is not there, or is not of a kind that is known."""


class ShowsNothing(Refused):
    """The record cannot show what it is to show."""


class SamePerson(Refused):
    """A file is checked by someone other than who added it."""


class Standing(StrEnum):
    """How a task stands today: the word a list shows first."""

    LATE = "late"
    SOON = "soon"
    BLOCKED = "blocked"
    DECLARED = "declared"
    DONE = "done"
    LATER = "later"
    OFF = "off"


def check_move(state: str, to: TaskState) -> None:
    """Raises WrongMove unless a task in ``state`` may go to ``to``."""
    if to not in TASK_MOVES[TaskState(state)]:
        raise WrongMove(
            _(
                "Nhiệm vụ đang ở bước “%(state)s” nên không làm việc này được. "
                "Hãy tải lại trang để xem bước hiện tại."
            )
            % {"state": TaskState(state).label}
        )


def check_workable(plan_state: str, state: str) -> None:
    """Raises WrongMove for a task of a plan that is not in force, or one nobody has confirmed."""
    if plan_state != PlanState.IN_FORCE:
        raise WrongMove(_("Kế hoạch của nhiệm vụ này không trong thời gian thực hiện."))
    if state in (TaskState.PROPOSED, TaskState.CANCELLED):
        raise WrongMove(
            _("Nhiệm vụ này đang “%(state)s” nên chưa làm được.") % {"state": TaskState(state).label}
        )


def check_not_over(plan_state: str) -> None:
    """Raises WrongMove for a task of a plan that has ended: it stays as the plan left it."""
    if plan_state == PlanState.CLOSED:
        raise WrongMove(_("Kế hoạch đã kết thúc nên nhiệm vụ giữ nguyên như lúc kết thúc."))


def check_dates(
    starts_on: dt.date | None, due_on: dt.date | None, plan_starts_on: dt.date, plan_ends_on: dt.date
) -> None:
    """Raises WrongDates when a task would be due before its plan, or before itself, begins.

    A plan may end before its last task is due: the yearly report falls into January of the next year.
    More than a year later is a slip.
    """
    if due_on and due_on > plan_ends_on + dt.timedelta(days=366):
        raise WrongDates(
            "due_on",
            _("Hạn %(day)s quá một năm sau ngày kế hoạch kết thúc (%(end)s). Hãy xem lại năm.")
            % {"day": f"{due_on:%d/%m/%Y}", "end": f"{plan_ends_on:%d/%m/%Y}"},
        )
    if due_on and due_on < plan_starts_on:
        raise WrongDates(
            "due_on",
            _("Hạn %(day)s trước ngày kế hoạch bắt đầu (%(start)s). Hãy xem lại năm.")
            % {"day": f"{due_on:%d/%m/%Y}", "start": f"{plan_starts_on:%d/%m/%Y}"},
        )
    if due_on and starts_on and due_on < starts_on:
        raise WrongDates("due_on", _("Hạn phải từ ngày bắt đầu (%(day)s) trở đi.") % {
            "day": f"{starts_on:%d/%m/%Y}"
        })  # fmt: skip


def standing(state: str, due_on: dt.date | None, today: dt.date) -> Standing:
    """The most pressing thing to be said of a task: late before blocked before soon."""
    if state == TaskState.DONE:
        return Standing.DONE
    if state not in OPEN:
        return Standing.OFF
    if due_on and due_on < today:
        return Standing.LATE
    if state == TaskState.BLOCKED:
        return Standing.BLOCKED
    if state == TaskState.DECLARED:
        return Standing.DECLARED
    return Standing.SOON if due_on and due_on <= today + SOON else Standing.LATER


def days_late(state: str, due_on: dt.date | None, today: dt.date) -> int:
    """Days past the due day of a task on which something is owed; 0 otherwise."""
    return max(0, (today - due_on).days) if due_on and state in OPEN else 0


def reminders_due(
    due_on: dt.date, today: dt.date, before: Collection[int]
) -> list[tuple[ReminderKind, dt.date]]:
    """What should have been said of a task by today, as (kind, the day it fell due).

    Of several days before the due day only the nearest that has passed counts: after a standstill nobody
    reads "in 14 days" beside "in 3 days".
    """
    if today > due_on:
        return [(ReminderKind.LATE, due_on + dt.timedelta(days=1))]
    passed = [
        due_on - dt.timedelta(days=days) for days in before if due_on - dt.timedelta(days=days) <= today
    ]
    return [(ReminderKind.BEFORE, max(passed))] if passed else []


def escalates_on(
    *, due_on: dt.date | None, blocked_on: dt.date | None, late_days: int, blocked_days: int
) -> dt.date | None:
    """The first day on which Sở Tư pháp hears of a task: late, or blocked, for longer than so many days."""
    days = [
        since + dt.timedelta(days=wait + 1)
        for since, wait in ((due_on, late_days), (blocked_on, blocked_days))
        if since
    ]
    return min(days) if days else None


def week_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


STEPS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12}
"""Months in a period of work that recurs; other work is shown by one record."""


def periods(cadence: str, starts_on: dt.date, ends_on: dt.date) -> int:
    """How many periods evidence has to show: four for quarterly work of a year, one for work done once."""
    step = STEPS.get(Cadence(cadence))
    return max(1, -(-_months(starts_on, ends_on) // step)) if step else 1


def shown_periods(
    cadence: str, shown: Iterable[dt.date], starts_on: dt.date, ends_on: dt.date
) -> list[dt.date]:
    """The first day shown of each period that is shown, in order; what came late belongs to the last."""
    step, last = STEPS.get(Cadence(cadence)), periods(cadence, starts_on, ends_on) - 1
    first: dict[int, dt.date] = {}
    for day in sorted(shown):
        period = min(last, max(0, (_months(starts_on, day) - 1) // step)) if step else 0
        first.setdefault(period, day)
    return sorted(first.values())


def done_on(cadence: str, shown: Iterable[dt.date], starts_on: dt.date, ends_on: dt.date) -> dt.date | None:
    """The day from which every period is shown; None while one is not."""
    days = shown_periods(cadence, shown, starts_on, ends_on)
    return days[-1] if len(days) == periods(cadence, starts_on, ends_on) else None


def _months(first: dt.date, last: dt.date) -> int:
    """Calendar months from one day to another, both counted in."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def shows_coordination(kinds: Iterable[str]) -> bool:
    """Whether bodies of these kinds make it coordination.

    Plan 1070/KH-UBND (2023), goal 1: drafts with a large social impact are communicated together with
    socio-political organisations; the Fatherland Front is the alliance of them (Law 75/2015/QH13, Art. 1).
    """
    return not FRONT.isdisjoint(kinds)


def check_shown_on(shown_on: dt.date, plan_starts_on: dt.date | None, today: dt.date) -> None:
    """Raises ShowsNothing for what is of the future, or older than the plan whose task it is to show."""
    if shown_on > today:
        raise ShowsNothing(_("Ngày trên tài liệu không thể ở tương lai."))
    if plan_starts_on and shown_on < plan_starts_on:
        raise ShowsNothing(
            _("Việc này xong ngày %(day)s, trước khi kế hoạch bắt đầu (%(start)s), nên không là minh chứng.")
            % {"day": f"{shown_on:%d/%m/%Y}", "start": f"{plan_starts_on:%d/%m/%Y}"}
        )


def changed_meanwhile(
    before: Mapping[str, object], now: Mapping[str, object], mine: Mapping[str, object]
) -> tuple[list[str], dict[str, object]]:
    """Fields someone else changed, and what to offer for saving again.

    A field this officer left alone takes what it is now; one both changed keeps what this officer typed.
    """
    theirs = [name for name in mine if before[name] != now[name]]
    offered = {name: now[name] if mine[name] == before[name] else mine[name] for name in mine}
    return theirs, offered
