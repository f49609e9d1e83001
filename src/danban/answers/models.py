"""Points, the comments that make each, and the answers to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from danban.accounts.models import User
from danban.answers.states import AnswerState, Disposition
from danban.consultation.models import Comment, Window
from danban.policies.models import Provision


class Point(models.Model):
    """What an officer answers once: one argument, made by one or many comments."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="points")
    title = models.CharField(max_length=300)
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()


class PointMember(models.Model):
    """A comment belongs to at most one point. ``answered_at`` is when an answer to it was first released."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="members")
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="membership")
    answered_at = models.DateTimeField(null=True)


class Answer(models.Model):
    """An answer with its disposition and reason. Written by one officer, released by another.

    Once released its words never change (database triggers); a newer answer takes its place.
    ``comments_count`` is how many comments it answered when it was released, so that public
    pages need not count.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="answers")
    disposition = models.CharField(max_length=16, choices=Disposition.choices)
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=AnswerState.choices, default=AnswerState.DRAFT)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)
    comments_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["released_at"], name="answer_released")]
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(state=AnswerState.RELEASED), name="one_released_answer_a_point"
            ),
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(state__in=[AnswerState.DRAFT, AnswerState.SUBMITTED, AnswerState.RETURNED]),
                name="one_answer_in_work_a_point",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.RELEASED)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="release_names_its_person",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("written_by")),
                name="nobody_releases_their_own_answer",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_has_a_reason"),
        ]
