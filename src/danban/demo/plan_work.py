"""The year's tasks come to life: some shown done by records and files, one late, one blocked, some asked for.

Which task gets which life follows from its day and its lead agency, so that it fits any plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.utils import timezone

from danban.accounts.models import Agency, User
from danban.accounts.states import Role
from danban.common import clock
from danban.demo.docx import build_docx
from danban.plan import actions
from danban.plan.evidence import KINDS
from danban.plan.models import Task
from danban.plan.states import Part

MINUTES = """{agency}
BIÊN BẢN
Về việc: {content}
Hôm nay, ngày {day}, {agency} đã hoàn thành nội dung nêu trên và gửi sản phẩm đến Sở Tư pháp để theo dõi.
"""
KINDS_TRIED = ("posting", "window")
AGO = 6


@dataclass(frozen=True, slots=True)
class Work:
    """A task with the people of its lead agency."""

    task: Task
    agency: Agency
    officer: User
    second: User


def load_work(
    tasks: Mapping[str, Task], bodies: Mapping[str, Agency], people: Mapping[tuple[str, str], User]
) -> None:
    """Give life to the tasks of a plan in force; those whose lead has nobody in the demo stay as planned."""
    work = [one for task in tasks.values() if (one := _work(task, bodies, people))]
    work.sort(key=lambda one: (one.task.due_on or dt.date.max, one.task.pk))
    today = clock.today()
    past = [one for one in work if one.task.due_on and one.task.due_on < today]
    coming = [one for one in work if one not in past]
    for place, one in enumerate(past[:-1]):
        if not (place % 2 == 0 and _by_record(one)):
            _by_file(one, checked=True)
    for one in past[-1:]:
        _note(one, AGO, "Đã soạn xong, còn chờ các cơ quan góp ý lần cuối.")
    for life, one in zip((_blocked, _asked, _declared, _to_be_checked), coming, strict=False):
        life(one)
    actions.remind()


def _work(task: Task, bodies: Mapping[str, Agency], people: Mapping[tuple[str, str], User]) -> Work | None:
    codes = {body.pk: code for code, body in bodies.items()}
    leads = task.assignments.filter(part=Part.LEADS, agency__isnull=False).order_by("pk")
    for pk in leads.values_list("agency_id", flat=True):
        officer = people.get((codes.get(pk, ""), Role.DRAFTER))
        second = people.get((codes.get(pk, ""), Role.APPROVER))
        if officer and second:
            return Work(task, bodies[codes[pk]], officer, second)
    return None


def _then(days: int) -> AbstractContextManager[None]:
    morning = timezone.localtime(clock.now()).replace(hour=9, minute=10 + days)
    return clock.at(morning - dt.timedelta(days=days))


def _note(one: Work, days: int, text: str) -> None:
    with _then(days):
        actions.start_task(task=one.task, by=one.officer)
        actions.note_progress(task=one.task, text=text, by=one.officer)


def _by_record(one: Work) -> bool:
    """Point to the agency's newest draft on the portal and to its window; whether one shows it already."""
    starts_on, found = one.task.plan.starts_on, False
    for kind in KINDS_TRIED:
        records = KINDS[kind].choices([one.agency.pk], "")
        fit = [record for record in records if record.shown_on is None or record.shown_on >= starts_on]
        for record in fit[:1]:
            actions.add_record(task=one.task, kind=kind, record=record.pk, by=one.officer)
            found = found or record.shown_on is not None
    return found


def _by_file(one: Work, *, checked: bool) -> None:
    day = max(min(one.task.due_on or clock.today(), clock.today()), one.task.plan.starts_on)
    words = MINUTES.format(agency=one.agency.name, content=one.task.content, day=f"{day:%d/%m/%Y}")
    evidence = actions.add_file(
        task=one.task,
        data=build_docx(words),
        file_name=f"bien-ban-nhiem-vu-{one.task.position}.docx",
        shown_on=day,
        note="Biên bản có chữ ký của hai bên.",
        by=one.officer,
    )
    if checked:
        actions.check_file(evidence=evidence, by=one.second)


def _blocked(one: Work) -> None:
    _note(one, 20, "Đã có dự thảo đề cương.")
    with _then(16):
        actions.block_task(task=one.task, reason="Chưa được cấp kinh phí in tài liệu.", by=one.officer)


def _asked(one: Work) -> None:
    """Two bodies that coordinate were asked: one has answered, the other is late."""
    _note(one, 18, "Đã thống nhất nội dung với các cơ quan phối hợp.")
    for place, body in enumerate(_others(one)[:2]):
        with _then(12):
            request = actions.ask_coordination(
                task=one.task,
                asking=one.agency,
                asked=body,
                what="Đề nghị cử người cùng biên soạn tài liệu và gửi ý kiến bằng văn bản.",
                due_on=clock.today() + dt.timedelta(days=8),
                by=one.officer,
            )
        if place == 0:
            with _then(5):
                actions.answer_coordination(
                    request=request,
                    answer="Đã cử hai người tham gia; ý kiến gửi kèm công văn.",
                    answered_on=clock.today(),
                    by=one.second,
                )


def _others(one: Work) -> Sequence[Agency]:
    rows = one.task.assignments.filter(agency__isnull=False).exclude(agency=one.agency)
    return [row.agency for row in rows.select_related("agency").order_by("pk") if row.agency]


def _declared(one: Work) -> None:
    with _then(3):
        actions.declare_done(task=one.task, text="Đã thực hiện xong, đang hoàn thiện hồ sơ.", by=one.officer)


def _to_be_checked(one: Work) -> None:
    _note(one, 4, "Đã tổ chức, đang nộp biên bản.")
    _by_file(one, checked=False)
