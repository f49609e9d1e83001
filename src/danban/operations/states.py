"""What this app writes to the audit."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    JOB_RETRIED = "job.retried"
