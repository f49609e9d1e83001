"""What was done, by whom, to which rows. Rows are only ever added; triggers see to it."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One thing done. Written in the transaction of the thing itself.

    ``actor`` is "user:12", "citizen" or "system": an id, never a name.
    ``rows`` lists what changed as ["consultation.Comment", 5] pairs.
    ``details`` holds codes, dates and numbers; no free text of a citizen, no personal data.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    rows = models.JSONField(default=list)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["action", "id"])]


class ChainLink(models.Model):
    """An entry's place in the hash chain, given by the sequencer after commit."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)


class PendingEntry(models.Model):
    """An entry that has no link yet; a trigger adds the row with the entry, the sequencer takes it away.

    Ids are given before commit, so "greater than the last linked id" would miss an entry that commits late.
    """

    entry = models.OneToOneField(AuditEntry, models.PROTECT, primary_key=True, related_name="pending")
