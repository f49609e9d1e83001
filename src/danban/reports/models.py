"""Targets with their history, figures kept as they were at a moment, and the reports agencies owe."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from danban.accounts.models import Agency, User
from danban.policies.models import Version
from danban.reports.states import ReportKind, ReportState, Section


class KpiTarget(models.Model):
    """What a figure has to reach, with the days between which it holds and why.

    ``value`` is in the unit of the figure (a share in per cent). ``days`` is the term a figure is counted
    by, where it has one. ``valid_to`` is the last day. A change is a new row; ``set_by`` None came with us.
    """

    kpi = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["kpi", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "valid_from"], name="one_target_a_day"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(days__isnull=False), name="a_target_says_something"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="target_ends_after_it_begins",
            ),
        ]


class Snapshot(models.Model):
    """All figures of a period as they stood at a moment. ``seen`` is the newest audit entry then: while no
    newer one exists and the day is the same, the figures are those of now."""

    starts_on = models.DateField()
    ends_on = models.DateField()
    at = models.DateTimeField()
    seen = models.BigIntegerField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["starts_on", "ends_on", "at"], name="one_snapshot_a_moment"),
        ]


class Cell(models.Model):
    """One figure of a snapshot; ``agency`` None is the whole province. See ``kpi.Figure``."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="cells")
    kpi = models.CharField(max_length=30)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    part = models.BigIntegerField()
    whole = models.BigIntegerField()
    split = models.JSONField(default=dict)
    pace = models.FloatField(default=1.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "kpi", "agency"], name="one_cell_an_agency"),
        ]


class VersionChange(models.Model):
    """What a released version changed where the one before it was commented. Both never change again, nor
    does which comments had come by its release, so it is counted once."""

    version = models.OneToOneField(Version, models.PROTECT, primary_key=True, related_name="+")
    commented = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    words = models.PositiveIntegerField()


class ReportRequest(models.Model):
    """Sở Tư pháp asks agencies for a report on a period, to merge them into the province's."""

    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    title = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    note = models.TextField(blank=True)
    asking = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_report_is_on_a_period"),
        ]

    def __str__(self) -> str:
        return self.title


class AgencyReport(models.Model):
    """The report one agency owes. Its figures are those of ``figures_at``, the moment it was handed in."""

    request = models.ForeignKey(ReportRequest, models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.ASKED)
    figures_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["request", "agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["request", "agency"], name="one_report_an_agency"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.SENT)
                | Q(sent_by__isnull=False, sent_at__isnull=False, figures_at__isnull=False),
                name="a_sent_report_has_its_person_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True) | ~Q(sent_by=F("submitted_by")),
                name="nobody_sends_their_own_report",
            ),
        ]


class ReportText(models.Model):
    """An officer's words in a section of a report; ``agency`` None is the province's own report."""

    request = models.ForeignKey(ReportRequest, models.PROTECT, related_name="texts")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    section = models.CharField(max_length=14, choices=Section.choices)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "agency", "section"], name="one_text_a_section"),
            models.UniqueConstraint(
                fields=["request", "section"],
                condition=Q(agency__isnull=True),
                name="one_text_a_section_of_the_province",
            ),
        ]
