"""What recurs: the figures of the leaders' page. After a request or a reminder: the letters."""

from __future__ import annotations

from danban.common.jobs import every, handles
from danban.reports import mail
from danban.reports.actions import keep_present
from danban.reports.models import AgencyReport

every(300, "reports.figures")(keep_present)
handles("reports.count_now")(keep_present)


@handles("reports.ask")
def ask(request_id: int, agency_id: int) -> None:
    """Write to one agency; a retry may repeat its letters, which only remind."""
    rows = AgencyReport.objects.select_related("request__asking", "agency")
    mail.ask(rows.get(request=request_id, agency=agency_id))
