"""What recurs: the figures of the leaders' page. Letters to those of an agency who may write its report."""

from __future__ import annotations

from django.db.models import QuerySet

from danban.accounts.models import User
from danban.accounts.queries import people_with
from danban.accounts.states import Permission
from danban.common.jobs import every, handles
from danban.common.letters import to_each
from danban.reports import mail
from danban.reports.actions import keep_present
from danban.reports.queries_reports import report_in_hand
from danban.reports.states import ReportState

every(300, "reports.figures")(keep_present)
handles("reports.count_now")(keep_present)


def _writers(request_id: int, agency_id: int) -> QuerySet[User]:
    return people_with(Permission.REPORT_WRITE, agencies=[agency_id])


@to_each("reports.ask", _writers)
def ask(reader: User, request_id: int, agency_id: int) -> None:
    """Ask for the report, or remind of it, unless it was sent meanwhile."""
    report = report_in_hand(request_id, agency_id)
    if report and report.state != ReportState.SENT:
        mail.write(report, to=reader, template="reports/mail/asked.txt")


@to_each("reports.returned", _writers)
def returned(reader: User, request_id: int, agency_id: int) -> None:
    """Say what is to be mended, unless it was handed in again meanwhile."""
    report = report_in_hand(request_id, agency_id)
    if report and report.state == ReportState.RETURNED:
        mail.write(report, to=reader, template="reports/mail/returned.txt")
