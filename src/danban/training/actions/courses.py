"""Needs, courses and the questions of their quizzes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean, fold
from danban.plan.models import Task
from danban.training import rules
from danban.training.models import Attempt, Course, Need, Question
from danban.training.states import Act, Organiser

FEWEST, MOST = 2, 6
"""Choices of a question."""


@transaction.atomic
def state_need(
    *,
    agency: Agency,
    audience: str,
    topic: str,
    people: int,
    wanted_by: dt.date | None,
    by: User,
    course: Course | None = None,
) -> Need:
    """An agency says who needs to learn what."""
    rules.check_audiences([audience], clock.today())
    need = Need.objects.create(
        agency=agency,
        audience=audience,
        topic=clean(topic)[:300],
        people=people,
        wanted_by=wanted_by,
        course=course,
        stated_by=by,
        stated_on=clock.today(),
    )
    record(Act.NEED_STATED, actor=actor_name(by), rows=[need, agency], people=people)
    return need


@transaction.atomic
def keep_course(
    *,
    course: Course | None,
    agency: Agency,
    title: str,
    organiser: str,
    audiences: Sequence[str],
    content: str,
    hours: Decimal,
    pass_mark: int,
    attempts: int,
    task: Task | None,
    by: User,
) -> Course:
    """A new course (``course`` None), or another text of one. A held session keeps the hours it gave."""
    rules.check_audiences(audiences, clock.today(), kept=course.audiences if course else ())
    kept = course or Course(created_by=by, created_at=clock.now())
    kept.agency, kept.task = agency, task
    kept.title, kept.content = clean(title)[:300], clean(content)
    kept.organiser, kept.audiences = Organiser(organiser), list(audiences)
    kept.hours, kept.pass_mark, kept.attempts = hours, pass_mark, attempts
    kept.search_text = fold(kept.title)[:300]
    kept.save()
    record(
        Act.COURSE_EDITED if course else Act.COURSE_MADE,
        actor=actor_name(by),
        rows=[kept, agency, *([task] if task else [])],
        hours=hours,
    )
    return kept


@transaction.atomic
def add_question(*, course: Course, text: str, choices: Sequence[str], right: int, by: User) -> Question:
    """One more question; ``right`` is the place of the right choice, from 0."""
    kept = [clean(choice) for choice in choices if clean(choice)]
    if not FEWEST <= len(kept) <= MOST or len({fold(choice) for choice in kept}) < len(kept):
        raise rules.TrainingRefused(_("Một câu hỏi có từ 2 đến 6 lựa chọn khác nhau."))
    if not 0 <= right < len(kept):
        raise rules.TrainingRefused(_("Lựa chọn đúng phải là một trong các lựa chọn đã ghi."))
    question = Question.objects.create(course=course, text=clean(text), choices=kept, right=right)
    record(Act.QUESTION_ADDED, actor=actor_name(by), rows=[question, course])
    return question


@transaction.atomic
def remove_question(*, question: Question, by: User) -> None:
    """Take a question out, as long as nobody answered it: a result must keep its questions."""
    course = question.course
    if Attempt.objects.filter(registration__session__course=course).exists():
        raise rules.TrainingRefused(_("Đã có người làm bài nên không bỏ câu hỏi được nữa."))
    record(Act.QUESTION_REMOVED, actor=actor_name(by), rows=[question, course])
    question.delete()
