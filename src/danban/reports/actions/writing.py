"""An agency writes its report, a second person sends it; Sở Tư pháp may give it back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.jobs import later
from danban.common.text import clean
from danban.reports import kept
from danban.reports.actions.requests import check_open
from danban.reports.models import AgencyReport, ReportRequest, ReportText
from danban.reports.rules import check_report_move
from danban.reports.states import WRITTEN_IN, Act, ReportState, Section


class TextChanged(Refused):
    """Someone else wrote in the section meanwhile; nothing was overwritten."""


@transaction.atomic
def save_text(
    *, request: ReportRequest, agency: Agency | None, section: str, text: str, seen: int, by: User
) -> ReportText | None:
    """Keep an officer's words in a section; ``agency`` None is the province's own report.

    ``seen`` is the revision the person started from (0: there were no words).
    """
    request = ReportRequest.objects.select_for_update().get(pk=request.pk)
    check_open(request)
    if section not in Section.values:
        raise Refused(_("Báo cáo không có phần này."))
    if agency is not None:
        report = request.reports.select_for_update().filter(agency=agency).first()
        if report is None or report.state not in WRITTEN_IN:
            raise Refused(_("Báo cáo đã trình hoặc đã gửi. Được trả lại thì mới sửa tiếp được."))
    text = clean(text)
    held = ReportText.objects.filter(request=request, agency=agency, section=section).first()
    if (held.text if held else "") == text:
        return held
    if seen != (held.revision if held else 0):
        raise TextChanged(_("Người khác vừa sửa phần này. Chưa ghi đè gì; hãy xem lời của họ rồi lưu lại."))
    held = held or ReportText(request=request, agency=agency, section=section, revision=0)
    held.text, held.by, held.at = text, by, clock.now()
    held.revision += 1
    held.save()
    record(
        Act.REPORT_TEXT_SAVED,
        actor=actor_name(by),
        rows=[held, request],
        section=section,
        revision=held.revision,
        agency=agency.pk if agency else None,
    )
    return held


@transaction.atomic
def submit_report(*, report: AgencyReport, by: User) -> AgencyReport:
    """Hand the report to a second person. From now on its figures are those its page shows at this moment."""
    report = _moved(report, ReportState.SUBMITTED)
    report.figures_at = kept.moment_of_today(report.request.starts_on, report.request.ends_on)
    report.submitted_by, report.sent_by, report.sent_at = by, None, None
    report.save()
    record(Act.REPORT_SUBMITTED, actor=actor_name(by), rows=[report], figures_at=report.figures_at)
    return report


@transaction.atomic
def send_report(*, report: AgencyReport, by: User) -> AgencyReport:
    """The second person sends it to Sở Tư pháp."""
    report = _moved(report, ReportState.SENT)
    if report.submitted_by_id == by.pk:
        raise Refused(_("Người trình không tự gửi được. Hãy nhờ người thứ hai của cơ quan."))
    report.sent_by, report.sent_at, report.returned_reason = by, clock.now(), ""
    report.save()
    record(Act.REPORT_SENT, actor=actor_name(by), rows=[report, report.request])
    return report


@transaction.atomic
def return_report(*, report: AgencyReport, reason: str, by: User) -> AgencyReport:
    """Give a report back to its writers, saying what to mend."""
    reason = clean(reason)
    if not reason:
        raise Refused(_("Hãy ghi cần sửa gì để người viết biết."))
    report = _moved(report, ReportState.RETURNED)
    report.returned_reason, report.sent_by, report.sent_at = reason, None, None
    report.save()
    record(Act.REPORT_RETURNED, actor=actor_name(by), rows=[report, report.request])
    later("reports.returned", request_id=report.request_id, agency_id=report.agency_id)
    return report


def _moved(report: AgencyReport, to: ReportState) -> AgencyReport:
    """The report as it is now, held, in its new state (not yet saved)."""
    report = AgencyReport.objects.select_for_update(of=("self",)).select_related("request").get(pk=report.pk)
    check_open(report.request)
    check_report_move(report.state, to)
    report.state = to
    return report
