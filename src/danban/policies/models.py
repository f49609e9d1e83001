"""Dossiers, the versions of their draft, the provisions of each version, and how two versions align."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from danban.accounts.models import Agency, User
from danban.policies.states import (
    DocumentType,
    DossierRole,
    Field,
    Question,
    Reply,
    Requirement,
    ScreeningStep,
    Stage,
    VersionState,
    WindowKind,
)


class PostingRule(models.Model):
    """Least number of posting days for a type of document, with the dates it holds and its basis.

    Law is dated configuration: a new rule is a new row. ``verified`` is False where the
    official text was not read; screens say so.
    """

    document_type = models.CharField(max_length=24, choices=DocumentType.choices)
    window_kind = models.CharField(max_length=24, choices=WindowKind.choices, default=WindowKind.OPINION)
    min_days = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["document_type", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_type", "window_kind", "valid_from"], name="one_posting_rule_a_day"
            ),
        ]


class Dossier(models.Model):
    """One policy work through its life. Four plain lines say what it is; the deadline is its window's."""

    slug = models.SlugField(unique=True, max_length=120)
    title = models.CharField(max_length=400)
    document_type = models.CharField(max_length=24, choices=DocumentType.choices)
    issuing_body = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="dossiers")
    role = models.CharField(max_length=12, choices=DossierRole.choices, default=DossierRole.DRAFTS)
    field = models.CharField(max_length=16, choices=Field.choices)
    started_on = models.DateField()
    stage = models.CharField(max_length=24, choices=Stage.choices, default=Stage.DRAFTING)
    about = models.TextField(blank=True)
    affected = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    question = models.TextField(blank=True)
    search_text = models.TextField(editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class BaseText(models.Model):
    """The text in force that a draft amends. Once a released version rests on it, it stays (triggers).

    ``lines`` as in VersionText; ``rows`` are its provisions as ``intake`` makes them.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="base_texts")
    name = models.CharField(max_length=300)
    file = models.FileField(upload_to="bases/%Y/%m")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    lines = models.JSONField()
    rows = models.JSONField()
    notes = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "-uploaded_at"]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """One text of the draft. Once released neither it nor its provisions change (database triggers)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.UPLOADED)
    file = models.FileField(upload_to="drafts/%Y/%m")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    base = models.ForeignKey(BaseText, models.PROTECT, null=True, related_name="versions")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    secrecy_checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    secrecy_checked_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=~Q(state=VersionState.RELEASED)
                | Q(
                    released_by__isnull=False,
                    released_at__isnull=False,
                    secrecy_checked_by__isnull=False,
                ),
                name="release_needs_a_second_person_and_a_secrecy_check",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("uploaded_by")),
                name="nobody_releases_their_own_upload",
            ),
        ]


class VersionText(models.Model):
    """What was read from the file, line by line, for the review screen. Kept apart: it is long.

    ``lines`` is a list of {"n", "text", "unit", "label", "address", "quoted"}, with "set" where an officer
    said what the line is and "right" where one dismissed doubts; ``doubts`` a list of {"line", "code",
    "message", "suggestion", "proposal"}, with "dismissed"; ``notes`` a list of sentences.
    """

    version = models.OneToOneField(Version, models.CASCADE, related_name="text", primary_key=True)
    lines = models.JSONField()
    doubts = models.JSONField(default=list)
    notes = models.JSONField(default=list)


class Consolidation(models.Model):
    """The base text of a version as it would read: its provisions, what was done to it, what could not be.

    ``rows`` as in BaseText; ``done`` a list of {"at", "target", "action"}, addresses in the draft and in
    the consolidated text; ``left`` a list of {"at", "sentence", "reason"}.
    """

    version = models.OneToOneField(Version, models.CASCADE, related_name="consolidation", primary_key=True)
    rows = models.JSONField()
    done = models.JSONField(default=list)
    left = models.JSONField(default=list)


class Provision(models.Model):
    """One unit of one version. ``lineage`` is the same across versions; ``address`` is this version's."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="provisions")
    position = models.PositiveIntegerField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    unit = models.CharField(max_length=12)
    number = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=120, blank=True)
    lineage = models.UUIDField(default=uuid.uuid4)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_provision_a_place"),
            models.UniqueConstraint(
                fields=["version", "address"], condition=~Q(address=""), name="one_provision_an_address"
            ),
        ]
        indexes = [models.Index(fields=["lineage"])]


class Alignment(models.Model):
    """A provision of the older version beside its counterpart in the newer; either may be missing."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="alignments")
    old = models.ForeignKey(Provision, models.CASCADE, null=True, related_name="+")
    new = models.ForeignKey(Provision, models.CASCADE, null=True, related_name="+")
    change = models.CharField(max_length=16)
    corrected_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(old__isnull=False) | Q(new__isnull=False), name="an_alignment_has_a_side"
            ),
        ]


class Policy(models.Model):
    """One policy within a draft: a problem, an objective, solutions. A draft may hold several."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="policies")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)
    problem = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    solutions = models.TextField(blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_policy_a_number"),
        ]

    def __str__(self) -> str:
        return self.title


class Screening(models.Model):
    """One entry on whether a policy has a large social impact. A change of mind is a new entry.

    ``in_scope`` is the conclusion a person drew from the answers. ``list_number`` names the Council's
    decided list, for a decision. The newest decision before a moment is what holds at that moment.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="screenings")
    step = models.CharField(max_length=10, choices=ScreeningStep.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    in_scope = models.BooleanField()
    reason = models.TextField()
    list_number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["policy", "at", "id"]
        # What holds of a policy at a moment is one look-up, whatever the number of policies.
        indexes = [
            models.Index(fields=["policy", "step", "-decided_on", "-at"], name="screening_that_holds"),
            models.Index(fields=["policy", "-at", "-id"], name="screening_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step=ScreeningStep.DECISION) | ~Q(list_number=""),
                name="a_decision_names_its_list",
            ),
        ]


class ScreeningAnswer(models.Model):
    """One criterion, or a part of it, answered by a person with a reason."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=20, choices=Question.choices)
    reply = models.CharField(max_length=8, choices=Reply.choices)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "question"], name="one_answer_a_question"),
        ]


class StageRule(models.Model):
    """What must exist before a dossier of a type enters a stage, with the dates it holds and its basis."""

    document_type = models.CharField(max_length=24, choices=DocumentType.choices)
    stage = models.CharField(max_length=24, choices=Stage.choices)
    requirement = models.CharField(max_length=20, choices=Requirement.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["document_type", "stage", "requirement", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_type", "stage", "requirement", "valid_from"], name="one_stage_rule_a_day"
            ),
        ]


class ConsulteeRule(models.Model):
    """A body that must be asked for its opinion on a type of document, in the words of the law.

    ``agencies`` are the bodies of this province that the words mean; the province chooses them.
    """

    document_type = models.CharField(max_length=24, choices=DocumentType.choices)
    name = models.CharField(max_length=200)
    agencies = models.ManyToManyField(Agency, related_name="+", blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["document_type", "name", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_type", "name", "valid_from"], name="one_consultee_rule_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReplyTerm(models.Model):
    """Within how many days a body that was asked should answer, unless the letter says otherwise."""

    days = models.PositiveSmallIntegerField()
    valid_from = models.DateField(unique=True)
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-valid_from"]


class StageMove(models.Model):
    """A dossier went from one stage to another, or back; what was found at that moment is kept with it.

    ``findings`` lists {"requirement", "met", "words", "verified"} (whether its rule was read in the official
    text); ``despite`` is the reason for going on without one. Never changed (database triggers).
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="moves")
    from_stage = models.CharField(max_length=24, choices=Stage.choices)
    to_stage = models.CharField(max_length=24, choices=Stage.choices)
    on = models.DateField()
    document_number = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    despite = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "at", "id"]
        # Since when each of ten thousand dossiers stands where it stands is read from this alone.
        indexes = [models.Index(fields=["dossier", "on"], name="stage_last_moved")]
