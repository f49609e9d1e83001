"""Recurring work of the running itself, and of the audit."""

from __future__ import annotations

import logging

from danban.audit.actions import close_chain
from danban.audit.queries import verify
from danban.common.jobs import every
from danban.operations.actions import prune, reap_lost_jobs

logger = logging.getLogger("danban.audit")


class AuditDamaged(Exception):  # noqa: N818
    """The nightly check of the audit found tampering."""


every(1, "audit.close_chain")(close_chain)
every(15, "jobs.reap")(reap_lost_jobs)
every(24 * 3600, "jobs.prune")(prune)


@every(24 * 3600, "audit.verify")
def check_audit() -> None:
    findings = list(verify())
    for finding in findings[:100]:
        logger.error("audit: %s at %s %s", finding.fault.value, finding.seq, finding.detail)
    if findings:
        raise AuditDamaged(len(findings))
