"""Letters about a report: an agency is asked for it, or gets it back to mend."""

from __future__ import annotations

from danban.accounts.models import User
from danban.common import letters
from danban.common.site import public_link
from danban.reports.models import AgencyReport


def write(report: AgencyReport, *, to: User, template: str) -> bool:
    words = {
        "report": report,
        "request": report.request,
        "link": public_link("reports:report", report.pk),
    }
    return letters.send(template, words, to=to.email)
