"""Plans as they were issued, their tasks, who carries them, and the evidence that they were done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from danban.accounts.models import Agency, User
from danban.audit.models import AuditEntry
from danban.plan.states import (
    NO_NUMBER,
    Cadence,
    NoteKind,
    Part,
    PlanKind,
    PlanState,
    Purpose,
    ReminderKind,
    TaskState,
    Wrapper,
)
from danban.policies.models import Policy


class Plan(models.Model):
    """A document that sets tasks, as it was issued. ``parent`` is the document it carries out.

    ``legal_bases`` is a list of the lines "Căn cứ …"; ``text`` the words of the document, line by line.
    Of an imported plan ``doubts`` are sentences on its facts, ``unused`` its words that made no task, as
    ``{"words", "why"}``.
    """

    kind = models.CharField(max_length=10, choices=PlanKind.choices)
    wrapper = models.CharField(max_length=10, choices=Wrapper.choices, default=Wrapper.PLAN)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    issued_on = models.DateField()
    issuer = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    starts_on = models.DateField()
    ends_on = models.DateField()
    legal_bases = models.JSONField(default=list)
    text = models.TextField(blank=True)
    file = models.FileField(upload_to="plans/%Y/%m", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    unused = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plan_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["issuer", "number", "issued_on"],
                condition=~Q(number=NO_NUMBER),
                name="one_plan_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Section(models.Model):
    """A heading of a plan under which tasks stand."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=500)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_section_a_place"),
        ]


class Task(models.Model):
    """What someone has to do. ``timing`` is the plan's own words; the dates are what a person read in them.

    ``revision`` goes up with every edit, so that the second of two officers sees what the first changed.
    ``done_on`` is the day from which evidence shows it, None while nothing does. Of a proposed task
    ``source`` holds the words it was read from, ``doubts`` what a person should look at.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    content = models.TextField()
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    cadence = models.CharField(max_length=12, choices=Cadence.choices, default=Cadence.ONCE)
    timing = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=300, blank=True)
    budget = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.PLANNED)
    done_on = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)
    doubts = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "position", "id"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(starts_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="task_is_due_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, done_on__isnull=False)
                | (~Q(state=TaskState.DONE) & Q(done_on__isnull=True)),
                name="a_task_is_done_by_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.content


class Assignment(models.Model):
    """An agency carries a task. ``named_as`` is how the plan names it; without ``agency`` it is a group or
    a body nobody has matched yet ("Các Sở, ban, ngành")."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    part = models.CharField(max_length=12, choices=Part.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="assignments")
    named_as = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "part", "agency"],
                condition=Q(agency__isnull=False),
                name="one_part_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(named_as=""), name="an_assignment_names_someone"
            ),
        ]


class CoordinationRequest(models.Model):
    """One agency asks another for its part in a task; the answer and its date are kept."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="requests")
    asking = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    asked = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    what = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")), name="an_answer_is_due_after_asking"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="an_answer_has_its_day",
            ),
        ]


class Note(models.Model):
    """What was said of a task on a day: progress, what blocks it, that it is declared done. Only added."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class Evidence(models.Model):
    """A record, or a file, that shows that a task was done or a policy was communicated.

    ``kind`` and ``record`` name the record (see ``evidence.py``); kind "file" has a file instead, which
    proves nothing before a second person has checked it. It holds at a moment when ``proved_at`` is before
    it and ``ended_at`` (withdrawn, or the record no longer shows it) is not.
    """

    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="evidence")
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, blank=True, related_name="evidence")
    purpose = models.CharField(max_length=14, choices=Purpose.choices)
    kind = models.CharField(max_length=24)
    record = models.BigIntegerField(null=True, blank=True)
    file = models.FileField(upload_to="evidence/%Y/%m", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    shown_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["kind", "record"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False, policy__isnull=True)
                | Q(task__isnull=True, policy__isnull=False),
                name="evidence_is_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=True) | Q(purpose=Purpose.PRODUCT), name="a_task_shows_its_product"
            ),
            models.CheckConstraint(
                condition=Q(kind="file", record__isnull=True) | (~Q(kind="file") & Q(record__isnull=False)),
                name="evidence_is_a_record_or_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(kind="file")
                | Q(proved_at__isnull=True)
                | (Q(checked_by__isnull=False) & ~Q(checked_by=F("added_by"))),
                name="a_file_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_reason=""), name="ending_needs_a_reason"
            ),
            models.UniqueConstraint(
                fields=["task", "kind", "record"],
                condition=Q(ended_at__isnull=True, record__isnull=False, task__isnull=False),
                name="a_record_shows_a_task_once",
            ),
            models.UniqueConstraint(
                fields=["policy", "purpose", "kind", "record"],
                condition=Q(ended_at__isnull=True, record__isnull=False, policy__isnull=False),
                name="a_record_shows_a_policy_once",
            ),
        ]


class TaskEntry(models.Model):
    """An entry of the audit that is about a task: the way from a task to its history, without a search."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="entries")
    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "entry"], name="an_entry_is_told_once"),
        ]


class Reminder(models.Model):
    """A notice to an agency about a task, or (task None) about its week. ``day`` is the day it fell due;
    nothing is said twice for the same day."""

    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="reminders")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ReminderKind.choices)
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "agency", "kind", "day"],
                condition=Q(task__isnull=False),
                name="one_reminder_a_task_and_day",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind", "day"],
                condition=Q(task__isnull=True),
                name="one_digest_a_week",
            ),
        ]


class CalendarLink(models.Model):
    """A person's private calendar address. The address is an HMAC of person and ``number``: the next
    number makes the old address nobody's."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_link")
    number = models.PositiveIntegerField(default=1)
    live = models.BooleanField(default=True)
    made_at = models.DateTimeField()
