"""Needs, courses, sessions, who registered and was there, quizzes, certificates, and the registers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from danban.accounts.models import Agency, User
from danban.plan.models import Task
from danban.training.states import (
    ActivityKind,
    Audience,
    Duty,
    Organiser,
    Place,
    Presence,
    SessionState,
    Source,
)


class Person(models.Model):
    """Someone who learns or teaches, known by name and agency. ``key`` is both, folded: one row a person.

    ``agency`` is None for a body that is not among ours; then ``agency_name`` is what was written.
    """

    key = models.CharField(max_length=500, unique=True)
    full_name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    agency_name = models.CharField(max_length=200)
    search_text = models.CharField(max_length=400)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["full_name", "id"]

    def __str__(self) -> str:
        return self.full_name


class Course(models.Model):
    """What is taught. ``audiences`` lists values of Audience; ``pass_mark`` is a share of the questions in
    percent, used when the course has questions."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    organiser = models.CharField(max_length=10, choices=Organiser.choices, default=Organiser.OWN)
    audiences = models.JSONField(default=list)
    content = models.TextField(blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    pass_mark = models.PositiveSmallIntegerField(default=70)
    attempts = models.PositiveSmallIntegerField(default=3)
    search_text = models.CharField(max_length=300)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_course_has_hours"),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="pass_mark_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.title


class Need(models.Model):
    """An agency says who there needs to learn what, and how many they are."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=24, choices=Audience.choices)
    topic = models.CharField(max_length=300)
    people = models.PositiveIntegerField()
    wanted_by = models.DateField(null=True, blank=True)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="needs")
    stated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    stated_on = models.DateField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(people__gt=0), name="a_need_has_people")]


class Question(models.Model):
    """``choices`` is a list of texts; ``right`` the place of the right one."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="questions")
    text = models.TextField()
    choices = models.JSONField()
    right = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]


class Session(models.Model):
    """One time a course is held. ``hours`` are what each who was present is credited with."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    place = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    capacity = models.PositiveIntegerField()
    trainer = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["state", "starts_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_session_has_hours"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="a_session_has_seats"),
        ]


class Material(models.Model):
    """A file for those who registered."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="materials")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="training/%Y/%m")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class Registration(models.Model):
    """A person in a session. ``code_hash`` finds it by the personal code; ``key`` is the form's own."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations")
    position = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=10, choices=Place.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    show_name = models.BooleanField(default=False)
    gave_feedback = models.BooleanField(default=False)
    key = models.UUIDField(unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "place", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_registration_a_person")
        ]


class RegistrationContact(models.Model):
    """How to reach someone who registered, sealed under its own key (``common.contact``)."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, primary_key=True, related_name="contact"
    )
    sealed = models.BinaryField()


class Attendance(models.Model):
    """Someone was there: once for each registration, whatever arrives how often.

    ``shown_at`` is when the code stood on the screen of the room (or the officer saw them), ``received_at``
    when the phone's message came; ``late`` when that was long after.
    """

    registration = models.OneToOneField(
        Registration, models.PROTECT, primary_key=True, related_name="attendance"
    )
    how = models.CharField(max_length=10, choices=Presence.choices)
    shown_at = models.DateTimeField()
    received_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")


class Attempt(models.Model):
    """One try at the quiz. ``answers`` maps the question's id to the place chosen."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "number"], name="one_attempt_a_number")
        ]


class Feedback(models.Model):
    """What someone thought of a session. Nothing here says who, and nothing when."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="feedback")
    score = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="score_from_1_to_5")
        ]


class Certificate(models.Model):
    """A paper given to someone who was there and passed. ``code_hash`` finds it by the check code."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="certificates")
    key = models.UUIDField(unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_valid_certificate",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawing_has_a_reason",
            ),
        ]

    @property
    def number(self) -> str:
        return f"CN-{self.issued_on.year}-{self.pk:05d}"


class Recognition(models.Model):
    """A term of a rapporteur or propagandist: recognised by one decision, ended by another or still on.

    ``area`` is the field of law they speak about; ``dismissed_on`` is the day from which they are not.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="terms")
    duty = models.CharField(max_length=24, choices=Duty.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    area = models.CharField(max_length=300, blank=True)
    recognised_on = models.DateField()
    recognised_by = models.CharField(max_length=60)
    dismissed_on = models.DateField(null=True, blank=True)
    dismissed_by = models.CharField(max_length=60, blank=True)
    dismissed_reason = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["person__full_name", "id"]
        indexes = [models.Index(fields=["duty", "agency"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "duty"], condition=Q(dismissed_on__isnull=True), name="one_term_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(dismissed_on__isnull=True)
                | (Q(dismissed_on__gt=F("recognised_on")) & ~Q(dismissed_by="")),
                name="dismissal_follows_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(duty=Duty.DISTRICT_RAPPORTEUR) | Q(dismissed_on__lte="2025-07-01"),
                name="no_district_rapporteur_today",
            ),
        ]


class Activity(models.Model):
    """What a rapporteur or propagandist did. Trainings they attended are known from attendance."""

    term = models.ForeignKey(Recognition, models.PROTECT, related_name="activities")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=ActivityKind.choices)
    topic = models.CharField(max_length=300)
    place = models.CharField(max_length=200, blank=True)
    listeners = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]


class ImportBatch(models.Model):
    """One file brought in: into the registers, or (``session``) people of a session.

    ``rejected`` lists {"row", "why"}; no words of the file are kept.
    """

    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="batches")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    imported = models.PositiveIntegerField()
    rejected = models.JSONField(default=list)
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()


class QualificationRule(models.Model):
    """What someone must have to be recognised, as far as is known; shown beside the form, never computed."""

    duty = models.CharField(max_length=24, choices=Duty.choices)
    words = models.TextField()
    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["duty", "-valid_from"]
