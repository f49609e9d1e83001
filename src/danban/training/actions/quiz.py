"""The quiz after a session, and what people thought of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danban.audit.actions import CITIZEN, record
from danban.common import clock
from danban.common.text import clean
from danban.training import rules
from danban.training.models import Attempt, Feedback, Registration
from danban.training.states import Act

WORDS_MAX = 2_000


def take_quiz(*, registration: Registration, number: int, answers: Mapping[int, int]) -> Attempt:
    """Keep one try. ``number`` is the form's own: the same form sent twice is one try.

    ``answers`` maps question ids to the places chosen. Raises TrainingRefused when the person was not
    there, has passed, has no try left, or the course asks nothing.
    """
    course = registration.session.course
    earlier = {one.number: one for one in registration.tries.all()}
    if number in earlier:
        return earlier[number]
    _check_may_try(registration, number, earlier.values())
    right = dict(course.questions.values_list("id", "right"))
    if not right:
        raise rules.TrainingRefused(_("Khóa này chưa có câu hỏi."))
    if set(right) - set(answers):
        raise rules.TrainingRefused(_("Còn câu chưa chọn. Hãy trả lời đủ các câu."))
    score = rules.count_right(answers, right)
    attempt = Attempt(
        registration=registration,
        number=number,
        answers={str(question): answers[question] for question in right},
        right=score,
        total=len(right),
        passed=rules.is_pass(score, len(right), course.pass_mark),
        at=clock.now(),
    )
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
            record(
                Act.QUIZ_TAKEN,
                actor=CITIZEN,
                rows=[attempt, registration],
                right=attempt.right,
                total=attempt.total,
            )
    except IntegrityError:
        return registration.tries.get(number=number)
    return attempt


def _check_may_try(registration: Registration, number: int, earlier: Collection[Attempt]) -> None:
    if not hasattr(registration, "attendance"):
        raise rules.TrainingRefused(_("Bài kiểm tra dành cho người đã điểm danh."))
    if any(one.passed for one in earlier):
        raise rules.TrainingRefused(_("Ông/bà đã đạt, không cần làm lại."))
    if number != len(earlier) + 1 or number > registration.session.course.attempts:
        raise rules.TrainingRefused(_("Đã hết số lần làm bài."))


@transaction.atomic
def give_feedback(*, registration: Registration, score: int, words: str) -> None:
    """Once a person. The audit names the session only, and the row no person: it stays anonymous."""
    if not hasattr(registration, "attendance"):
        raise rules.TrainingRefused(_("Phần góp ý dành cho người đã dự."))
    if not Registration.objects.filter(pk=registration.pk, gave_feedback=False).update(gave_feedback=True):
        raise rules.TrainingRefused(_("Ông/bà đã góp ý cho buổi này. Cảm ơn!"))
    Feedback.objects.create(session=registration.session, score=score, words=clean(words)[:WORDS_MAX])
    record(Act.FEEDBACK_GIVEN, actor=CITIZEN, rows=[registration.session])
