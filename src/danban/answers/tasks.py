"""After a release: a letter to each who asked for one."""

from __future__ import annotations

from danban.answers import mail, queries
from danban.answers.models import Answer
from danban.answers.states import AnswerState
from danban.common.letters import to_each
from danban.consultation.models import Contact


@to_each("answers.notify", queries.who_asked_for_email)
def notify(reader: Contact, answer_id: int) -> None:
    """Send one letter, unless a newer answer came first."""
    answer = Answer.objects.select_related("point__window__dossier__agency").get(pk=answer_id)
    if answer.state == AnswerState.RELEASED:
        mail.send_answer(answer=answer, contact=reader)
