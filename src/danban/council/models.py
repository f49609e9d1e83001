"""The Council and its members over time, its meetings and what was said there, its lists and directives."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from danban.accounts.models import Agency, User
from danban.council.states import (
    ConclusionKind,
    ListState,
    MeetingKind,
    MeetingState,
    MinutesState,
    Reply,
    Seat,
    Stance,
)
from danban.plan.models import Task
from danban.policies.models import Dossier, Policy


class Council(models.Model):
    """A Council as one decision set it up; ``valid_to`` is its last day. A new decision is a new row."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="councils")
    name = models.CharField(max_length=300)
    decision_number = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="council_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to__isnull=True), name="one_council_in_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """One term of one person. ``recognised_by`` and ``relieved_by`` are decision numbers; ``valid_to`` is the
    last day. ``folded`` is the name without marks: two terms of a name must not overlap."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, editable=False)
    title = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.CharField(max_length=12, choices=Seat.choices, default=Seat.MEMBER)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="council_terms")
    valid_from = models.DateField()
    recognised_by = models.CharField(max_length=60)
    valid_to = models.DateField(null=True, blank=True)
    relieved_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["council", "folded", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="term_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | ~Q(relieved_by=""), name="relieving_names_its_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """A meeting, a thematic workshop, or a circulation (``ends_at`` is then the day answers are due)."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=12, choices=MeetingKind.choices, default=MeetingKind.MEETING)
    title = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    chair = models.ForeignKey(Member, models.PROTECT, related_name="+")
    secretary = models.ForeignKey(Member, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    letter_number = models.CharField(max_length=60, blank=True)
    invited_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["state", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="meeting_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(cancelled_reason=""),
                name="a_cancelled_meeting_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """A point of the agenda; it may be about a policy, a dossier or a task of a plan (one of them)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)
    note = models.TextField(blank=True)
    presenter = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, blank=True, related_name="discussed")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="discussed")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="discussed")

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_agenda_item_a_place"),
            models.CheckConstraint(
                condition=Q(policy__isnull=True, dossier__isnull=True)
                | Q(policy__isnull=True, task__isnull=True)
                | Q(dossier__isnull=True, task__isnull=True),
                name="an_agenda_item_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A file for a meeting, or for one point of its agenda."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="papers")
    file = models.FileField(upload_to="council/%Y/%m")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]


class Party(models.Model):
    """A member or an agency at a meeting: invited, what it answered, whether it came and through whom."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="parties")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="invitations")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    attended = models.BooleanField(default=False)
    represented_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, agency__isnull=True)
                | Q(member__isnull=True, agency__isnull=False),
                name="a_party_is_a_member_or_an_agency",
            ),
            models.UniqueConstraint(fields=["meeting", "member"], name="a_member_is_invited_once"),
            models.UniqueConstraint(fields=["meeting", "agency"], name="an_agency_is_invited_once"),
        ]

    def __str__(self) -> str:
        return str(self.member or self.agency)


class Opinion(models.Model):
    """What a party said of a point of the agenda, for or against or otherwise."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="opinions")
    party = models.ForeignKey(Party, models.PROTECT, related_name="opinions")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    words = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "party"], name="one_opinion_a_party"),
            models.CheckConstraint(
                condition=~Q(stance=Stance.OTHER) | ~Q(words=""), name="another_opinion_has_words"
            ),
        ]


class Minutes(models.Model):
    """The minutes of a meeting. Once a second person has approved them they and their file never change.

    ``course`` is what happened, line by line; ``revision`` goes up with every edit, so that the second
    of two writers sees what the first wrote, and nobody approves words they have not read.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    number = models.CharField(max_length=60)
    course = models.TextField()
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="council/%Y/%m", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MinutesState.APPROVED)
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_by=F("written_by"))
                    & ~Q(file_sha256="")
                ),
                name="minutes_need_a_second_person",
            ),
        ]


class PolicyList(models.Model):
    """A list of policies with a large social impact, as the Council decided it at a meeting."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="lists")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="lists")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ListState.DECIDED)
                | (Q(decided_on__isnull=False, decided_by__isnull=False) & ~Q(number="")),
                name="a_decided_list_has_its_number_and_day",
            ),
            models.UniqueConstraint(
                fields=["council", "number"], condition=~Q(number=""), name="one_list_a_number"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ListItem(models.Model):
    """A policy on a list: in scope or not, and why."""

    policy_list = models.ForeignKey(PolicyList, models.CASCADE, related_name="items")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="listed")
    in_scope = models.BooleanField()
    reason = models.TextField()

    class Meta:
        ordering = ["policy_list", "id"]
        constraints = [
            models.UniqueConstraint(fields=["policy_list", "policy"], name="a_policy_stands_once_on_a_list"),
        ]


class Directive(models.Model):
    """A document by which the Council directs agencies, as it was issued."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="directives")
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    subject = models.CharField(max_length=400)
    addressees = models.ManyToManyField(Agency, related_name="+")
    file = models.FileField(upload_to="council/%Y/%m")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number", "issued_on"], name="one_directive_a_number"),
        ]

    def __str__(self) -> str:
        return self.subject


class Conclusion(models.Model):
    """What a meeting concluded, and what came of it: a task of a plan, a decided list or a directive."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="conclusions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=ConclusionKind.choices)
    text = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="concluded")
    policy_list = models.ForeignKey(
        PolicyList, models.SET_NULL, null=True, blank=True, related_name="concluded"
    )
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, blank=True, related_name="concluded")

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_conclusion_a_place"),
            models.CheckConstraint(
                condition=Q(task__isnull=True) | Q(kind=ConclusionKind.TASK),
                name="only_a_task_conclusion_becomes_a_task",
            ),
            models.CheckConstraint(
                condition=Q(policy_list__isnull=True) | Q(kind=ConclusionKind.LIST_DECISION),
                name="only_a_list_conclusion_becomes_a_list",
            ),
            models.CheckConstraint(
                condition=Q(directive__isnull=True) | Q(kind=ConclusionKind.DIRECTIVE),
                name="only_a_directive_conclusion_becomes_one",
            ),
        ]
