"""The letter that asks an agency for its report."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from danban.common import clock
from danban.common.site import public_address
from danban.reports.models import AgencyReport
from danban.reports.queries_reports import writers_of
from danban.reports.states import ReportState


def ask(report: AgencyReport) -> int:
    """Write to those who may write the report, unless it was sent meanwhile; how many letters."""
    if report.state == ReportState.SENT or report.request.closed_at is not None:
        return 0
    with override("vi"):
        page = reverse("reports:report", args=[report.pk])
        words = {"report": report, "request": report.request, "link": f"{public_address()}{page}"}
        subject = " ".join(render_to_string("reports/mail/subject.txt", words).split())
        body = render_to_string("reports/mail/body.txt", words)
    people = writers_of(report.agency_id, clock.today())
    for person in people:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email])
    return len(people)
