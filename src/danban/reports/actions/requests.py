"""Sở Tư pháp asks for reports, reminds who owes one, and closes the collection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.jobs import later
from danban.common.text import clean
from danban.reports.models import AgencyReport, ReportRequest
from danban.reports.states import Act, ReportState


@transaction.atomic
def request_reports(
    *,
    kind: str,
    title: str,
    starts_on: dt.date,
    ends_on: dt.date,
    due_on: dt.date,
    note: str,
    asking: Agency,
    agencies: Collection[Agency],
    by: User,
) -> ReportRequest:
    """Ask agencies for their report on a period; each gets a letter."""
    if ends_on < starts_on:
        raise Refused(_("Kỳ báo cáo kết thúc trước khi bắt đầu. Hãy xem lại hai ngày."))
    if due_on < clock.today():
        raise Refused(_("Hạn gửi đã qua. Hãy chọn hôm nay hoặc ngày sau."))
    if not agencies:
        raise Refused(_("Hãy chọn ít nhất một cơ quan phải báo cáo."))
    request = ReportRequest.objects.create(
        kind=kind, title=clean(title), starts_on=starts_on, ends_on=ends_on, due_on=due_on, note=clean(note),
        asking=asking, asked_by=by, asked_at=clock.now(),
    )  # fmt: skip
    AgencyReport.objects.bulk_create(AgencyReport(request=request, agency=agency) for agency in agencies)
    record(
        Act.REPORT_REQUESTED,
        actor=actor_name(by),
        rows=[request],
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=due_on,
        agencies=sorted(agency.pk for agency in agencies),
    )
    later("reports.count_now")
    for agency in agencies:
        later("reports.ask", request_id=request.pk, agency_id=agency.pk)
    return request


@transaction.atomic
def remind(*, request: ReportRequest, by: User) -> int:
    """Write again to those who have not sent; how many. At most one letter a day to each."""
    check_open(request)
    today = clock.today()
    owing = [
        report
        for report in request.reports.select_for_update().exclude(state=ReportState.SENT)
        if report.reminded_at is None or timezone.localdate(report.reminded_at) < today
    ]
    for report in owing:
        report.reminded_at = clock.now()
        report.save(update_fields=["reminded_at"])
        later("reports.ask", request_id=request.pk, agency_id=report.agency_id)
    if owing:
        record(
            Act.REPORT_REMINDED,
            actor=actor_name(by),
            rows=[request],
            agencies=[report.agency_id for report in owing],
        )
    return len(owing)


@transaction.atomic
def close_request(*, request: ReportRequest, by: User) -> None:
    """The province's report is done: nothing is written or sent any more."""
    request = ReportRequest.objects.select_for_update().get(pk=request.pk)
    check_open(request)
    request.closed_at = clock.now()
    request.save(update_fields=["closed_at"])
    record(Act.REPORT_CLOSED, actor=actor_name(by), rows=[request])


def check_open(request: ReportRequest) -> None:
    if request.closed_at is not None:
        raise Refused(_("Đợt báo cáo này đã kết thúc nên không sửa được nữa."))
