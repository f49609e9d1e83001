"""What may be said of a policy by the four criteria of Decision 407/QĐ-TTg. Nobody is spared judging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danban.common.errors import Refused
from danban.policies.states import AMBIGUOUS, CRITERIA, Question, Reply

REASON_MAX = 2_000


class ScreeningRefused(Refused):
    """The entry is not whole, or the policy is not one this may be said of."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person's reply to one question, with the reason."""

    reply: str
    reason: str = ""


def needs_reason(question: str, reply: str) -> bool:
    """ "No" and "unclear" say why; so does every answer where the text itself is open."""
    return reply != Reply.YES or question in AMBIGUOUS


def check_answers(answers: Mapping[str, Said]) -> None:
    """Raises ScreeningRefused unless every question is answered, with a reason where one is due."""
    for question in Question:
        said = answers.get(question)
        if said is None or said.reply not in Reply.values:
            raise ScreeningRefused(_("Chưa trả lời câu “%(question)s”.") % {"question": question.label})
        if needs_reason(question, said.reply) and not said.reason:
            raise ScreeningRefused(_("Ghi lý do của câu “%(question)s”.") % {"question": question.label})


def may_hold_a_secret(answers: Mapping[str, Said]) -> bool:
    """Whoever cannot say that there is no secret in it must not go on here."""
    said = answers.get(Question.NO_STATE_SECRET)
    return said is not None and said.reply in (Reply.NO, Reply.UNCLEAR)


def contradicts(replies: Mapping[str, str], *, in_scope: bool) -> bool:
    """Whether a conclusion is not what the answers say: all four criteria must hold, one "no" is enough.

    Where something is unclear the answers say neither, and no conclusion contradicts them. The third
    criterion is taken as its person answered it; its parts are not joined.
    """
    four = [replies.get(question) for question in CRITERIA]
    if in_scope:
        return Reply.NO in four
    return all(reply == Reply.YES for reply in four)
