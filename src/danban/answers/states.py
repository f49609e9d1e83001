"""Dispositions and the life of an answer."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Disposition(models.TextChoices):
    """A recorded judgement, never guessed from words."""

    ACCEPTED = "accepted", _("Tiếp thu")
    PARTLY = "partly_accepted", _("Tiếp thu một phần")
    NOT_ACCEPTED = "not_accepted", _("Giải trình")
    NOTED = "noted", _("Ghi nhận")
    OUT_OF_SCOPE = "out_of_scope", _("Ngoài phạm vi")


class AnswerState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Chờ người thứ hai duyệt")
    RETURNED = "returned", _("Trả lại để sửa")
    RELEASED = "released", _("Đã công bố")
    SUPERSEDED = "superseded", _("Đã thay bằng trả lời mới")


ANSWER_MOVES = {
    AnswerState.DRAFT: {AnswerState.SUBMITTED},
    AnswerState.SUBMITTED: {AnswerState.RELEASED, AnswerState.RETURNED},
    AnswerState.RETURNED: {AnswerState.SUBMITTED},
    AnswerState.RELEASED: {AnswerState.SUPERSEDED},
    AnswerState.SUPERSEDED: set(),
}


IN_WORK = (AnswerState.DRAFT, AnswerState.SUBMITTED, AnswerState.RETURNED)


class Stage(models.TextChoices):
    """Where a point stands: the state of its answer in work, else of its released one."""

    OPEN = "open", _("Chưa soạn")
    DRAFT = "draft", _("Đang soạn")
    RETURNED = "returned", _("Trả lại để sửa")
    SUBMITTED = "submitted", _("Chờ duyệt")
    RELEASED = "released", _("Đã công bố")


class Act(StrEnum):
    POINT_MADE = "point.made"
    POINT_CHANGED = "point.changed"
    POINT_DISSOLVED = "point.dissolved"
    ANSWER_SAVED = "answer.saved"
    ANSWER_SUBMITTED = "answer.submitted"
    ANSWER_RETURNED = "answer.returned"
    ANSWER_RELEASED = "answer.released"
