"""Windows, comments and how each came in, contact data apart, and the counts of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from danban.accounts.models import Agency, User
from danban.consultation.states import (
    ON_COMMENTS,
    Channel,
    CommenterKind,
    CommentState,
    Position,
    ProposalKind,
    ProposalState,
    Visibility,
    WithheldReason,
)
from danban.policies.models import Dossier, PostingRule, Provision, Version
from danban.policies.states import WindowKind


class Window(models.Model):
    """A period in which one version is commented. Both days belong to it; Vietnamese calendar days.

    A social critique is not the drafter's: ``holder`` is the Front or the organisation that holds it. A
    policy consultation or a critique ends in writing: ``held_on`` is the day of its conference, ``result``
    what the paper says of each party's view.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="windows")
    version = models.ForeignKey(Version, models.PROTECT, related_name="windows")
    kind = models.CharField(max_length=24, choices=WindowKind.choices, default=WindowKind.OPINION)
    opens_on = models.DateField()
    closes_on = models.DateField()
    rule = models.ForeignKey(PostingRule, models.PROTECT, null=True, related_name="+")
    short_reason = models.TextField(blank=True)
    holder = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    held_on = models.DateField(null=True)
    result = models.TextField(blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="window_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_reason=""),
                name="cancelling_needs_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["closes_on"])]


class OpinionRequest(models.Model):
    """A named agency or organisation was asked in writing; its answer is entered as its comments.

    ``position`` is empty until it replied, and where only a comment of its own told us that it had.
    """

    window = models.ForeignKey(Window, models.PROTECT, related_name="requests")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    letter_number = models.CharField(max_length=60, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    position = models.CharField(max_length=20, choices=Position.choices, blank=True)
    reply_file = models.FileField(upload_to="replies/%Y/%m", blank=True)
    reply_file_name = models.CharField(max_length=255, blank=True)
    reply_file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position="") | Q(answered_on__isnull=False), name="a_position_came_on_a_day"
            ),
            models.UniqueConstraint(fields=["window", "agency"], name="one_request_an_agency"),
        ]


class ImportBatch(models.Model):
    """One file of comments brought in by an officer: what came in, what did not and why."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="batches")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    collected_how = models.CharField(max_length=300)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    imported = models.PositiveIntegerField()
    rejected = models.JSONField(default=list)
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window", "file_sha256"], name="a_file_is_imported_once"),
        ]


class Comment(models.Model):
    """What someone said, in their words, about the words they read (a protected key to them).

    ``provision`` None means the whole draft. ``public_name`` is only what its author agreed to
    show, or an organisation's name. ``commenter_key`` is the same for one author's comments
    (an HMAC, not a name). The receipt code is kept only as a hash. The words are searched
    through ``folded`` (see ``search.py``).
    """

    window = models.ForeignKey(Window, models.PROTECT, related_name="comments", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, related_name="comments", db_index=False
    )
    text = models.TextField()
    folded = models.TextField()
    commenter_kind = models.CharField(max_length=12, choices=CommenterKind.choices)
    commenter_key = models.CharField(max_length=64)
    public_name = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    collected_how = models.CharField(max_length=300, blank=True)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="comments", db_index=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    received_on = models.DateField()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.RECEIVED)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PENDING)
    withheld_reason = models.CharField(max_length=16, choices=WithheldReason.choices, blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    idempotency_key = models.UUIDField(unique=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["window", "id"]),
            models.Index(fields=["window", "state", "id"]),
            # One index a filter of the inbox: a rare kind among 500,000 comments is found at once.
            models.Index(fields=["window", "commenter_kind", "id"]),
            models.Index(fields=["window", "channel", "id"]),
            models.Index(fields=["window", "visibility", "id"]),
            models.Index(fields=["provision", "visibility", "id"]),
            models.Index(fields=["id"], name="comment_unscreened", condition=Q(visibility="pending")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(visibility=Visibility.WITHHELD) & ~Q(withheld_reason=""))
                | (~Q(visibility=Visibility.WITHHELD) & Q(withheld_reason="")),
                name="withheld_needs_a_reason",
            ),
        ]


class Contact(models.Model):
    """How to reach an author, sealed under its own key; nothing else points here.

    ``sealed`` is AES-256-GCM over JSON {"name", "email", "phone", "address"}.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="contact")
    sealed = models.BinaryField()
    wants_email = models.BooleanField(default=False)


class Proposal(models.Model):
    """What one person asks to be hidden, erased or moved, and what a second one said of it.

    ``comment`` is None where it is about the window itself. What is asked never changes: whoever wants
    something else sends it back and asks anew.
    """

    kind = models.CharField(max_length=16, choices=ProposalKind.choices)
    window = models.ForeignKey(Window, models.PROTECT, related_name="proposals")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="proposals")
    withheld_reason = models.CharField(max_length=16, choices=WithheldReason.choices, blank=True)
    closes_on = models.DateField(null=True)
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, kind__in=ON_COMMENTS)
                | (Q(comment__isnull=True) & ~Q(kind__in=ON_COMMENTS)),
                name="a_proposal_is_about_what_it_names",
            ),
            models.CheckConstraint(
                condition=(Q(kind=ProposalKind.WITHHOLD) & ~Q(withheld_reason=""))
                | (~Q(kind=ProposalKind.WITHHOLD) & Q(withheld_reason="")),
                name="a_proposal_to_withhold_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind=ProposalKind.EXTEND, closes_on__isnull=False)
                | (~Q(kind=ProposalKind.EXTEND) & Q(closes_on__isnull=True)),
                name="a_proposal_to_extend_names_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.CONFIRMED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="a_second_person_confirms",
            ),
            models.UniqueConstraint(
                fields=["comment", "kind"],
                condition=Q(state=ProposalState.WAITING),
                name="one_waiting_proposal_a_comment",
            ),
            models.UniqueConstraint(
                fields=["window", "kind"],
                condition=Q(state=ProposalState.WAITING, comment__isnull=True),
                name="one_waiting_proposal_a_window",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="proposal_waiting", condition=Q(state=ProposalState.WAITING))
        ]


class Tally(models.Model):
    """Counts of comments as rows that are added up: +1 when one comes, -1/+1 when its state moves.

    Writers only insert, so they never wait for one another; a job folds fresh rows into one
    row of their kind. The sum is exact at every moment.
    """

    window = models.ForeignKey(Window, models.PROTECT, related_name="tallies", db_index=False)
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=CommentState.choices)
    commenter_kind = models.CharField(max_length=12, choices=CommenterKind.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    n = models.IntegerField()
    fresh = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["window", "id"]),
            models.Index(fields=["id"], name="tally_fresh", condition=Q(fresh=True)),
        ]
