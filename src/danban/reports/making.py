"""From rows to a report: whose, of which period, with which figures and which words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.accounts.states import AgencyKind, Level
from danban.common import clock
from danban.common.errors import Refused
from danban.reports import counting, queries_reports, targets
from danban.reports.kpi import Scope
from danban.reports.models import AgencyReport, ReportRequest
from danban.reports.papers import Report, Words
from danban.reports.states import ReportKind

ABOUT = "kết quả truyền thông dự thảo chính sách có tác động lớn đến xã hội"


def about_of(kind: str, scope: Scope) -> str:
    year = scope.starts_on.year
    return f"{ABOUT} {'sáu tháng đầu năm' if kind == ReportKind.HALF else 'năm'} {year}"


def about_of_request(request: ReportRequest) -> str:
    """The title without the kind of paper, which stands above it."""
    kind = "báo cáo "
    title = request.title.strip()
    return title[len(kind) :].strip() if title.lower().startswith(kind) else title


def report_of_period(*, kind: str, scope: Scope, agency: Agency, whole_province: bool) -> Report:
    """A report without a request: figures, and places for words."""
    counted = counting.everything(scope)
    return Report(
        kind=kind,
        about=about_of(kind, scope),
        agency=agency,
        scope=scope,
        figures=counting.by_agency(counted, None if whole_province else agency.pk),
        targets=_targets(scope),
        counted=counted if whole_province else None,
        names=_names() if whole_province else {},
    )


def report_of_agency(report: AgencyReport) -> Report:
    """The report an agency owes: its figures as of the moment it was handed in, else as of now."""
    request = report.request
    scope = scope_of(request, report.figures_at)
    return Report(
        kind=request.kind,
        about=about_of_request(request),
        agency=report.agency,
        scope=scope,
        figures=counting.figures(scope, report.agency_id),
        targets=_targets(scope),
        words=own_words(request, report.agency_id),
        to=request.asking.name,
    )


def report_of_province(request: ReportRequest) -> Report:
    """The province's report: figures of all, its own words first, then those of each agency by name."""
    scope = scope_of(request, request.closed_at)
    counted = counting.everything(scope)
    words = {
        section: [*own_words(request, None).get(section, ()), *sent]
        for section, sent in queries_reports.words_sent(request).items()
    }
    return Report(
        kind=request.kind,
        about=about_of_request(request),
        agency=request.asking,
        scope=scope,
        figures=counting.by_agency(counted, None),
        targets=_targets(scope),
        words=words,
        counted=counted,
        names=_names(),
    )


def scope_of(request: ReportRequest, at: dt.datetime | None) -> Scope:
    return Scope(request.starts_on, request.ends_on, at or clock.now())


def own_words(request: ReportRequest, agency: int | None) -> Words:
    texts = queries_reports.texts_of(request, agency)
    return {section: [("", row.text)] for section, row in texts.items() if row.text}


def _targets(scope: Scope) -> dict[str, Decimal]:
    return targets.targets_on(min(scope.ends_on, scope.today))


def _names() -> dict[int, str]:
    return dict(Agency.objects.values_list("pk", "name"))


def province_body() -> Agency:
    """Who signs for the province: its People's Committee."""
    committees = agencies_today().filter(kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.PROVINCE)
    found = committees.select_related("parent").order_by("pk").first()
    if found is None:
        raise Refused(_("Chưa có Ủy ban nhân dân tỉnh trong danh sách cơ quan; hãy thêm trước."))
    return found
