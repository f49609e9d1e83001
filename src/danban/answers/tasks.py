"""After a release: one letter to each who asked for one. A job a letter, so that a retry repeats none."""

from __future__ import annotations

from django.db import transaction

from danban.answers import mail, queries
from danban.answers.models import Answer
from danban.answers.states import AnswerState
from danban.common.jobs import handles, later
from danban.consultation.queries import contact_of


@handles("answers.notify")
@transaction.atomic
def notify(answer_id: int) -> None:
    """Ask for the letters, all of them or none."""
    for comment_id in queries.who_asked_for_email(answer_id):
        later("answers.notify_one", answer_id=answer_id, comment_id=comment_id)


@handles("answers.notify_one")
def notify_one(answer_id: int, comment_id: int) -> None:
    """Send one letter, unless a newer answer or the erasure of the address came first."""
    answer = Answer.objects.select_related("point__window__dossier__agency").get(pk=answer_id)
    if answer.state == AnswerState.RELEASED:
        mail.send_answer(answer=answer, contact=contact_of(comment_id))
