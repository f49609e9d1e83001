"""`danban report`: a report of a period as a file, with the figures of now or of a past day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext as _

from danban.accounts.models import Agency
from danban.common import clock
from danban.common.errors import Refused
from danban.reports import counting
from danban.reports.actions import count_changes
from danban.reports.kpi import Scope, end_of
from danban.reports.making import province_body, report_of_period
from danban.reports.papers import report_paper
from danban.reports.rules import period_of


def write_report(
    *, kind: str, year: int, out: Path, agency_code: str = "", as_of: dt.date | None = None
) -> Scope:
    """The province's report, or that of one agency, as a .docx file; the scope of its figures."""
    count_changes()
    period = period_of(kind, year)
    scope = Scope(*period, _now(*period) if as_of is None or as_of >= clock.today() else end_of(as_of))
    report = report_of_period(
        kind=kind, scope=scope, agency=_agency(agency_code), whole_province=not agency_code
    )
    out.write_bytes(report_paper(report))
    return scope


def _now(starts_on: dt.date, ends_on: dt.date) -> dt.datetime:
    """Now; or the moment at which the figures of now were kept, which are the same and need no counting."""
    snapshot, present = counting.newest(starts_on, ends_on)
    return snapshot.at if snapshot and present else clock.now()


def _agency(code: str) -> Agency:
    if not code:
        return province_body()
    found = Agency.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise Refused(_("Không có cơ quan mang mã %(code)s.") % {"code": code})
    return found
