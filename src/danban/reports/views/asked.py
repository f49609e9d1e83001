"""What a page of figures was asked for: a period, a moment, an agency the person may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from danban.accounts.guards import agencies_with
from danban.accounts.models import Agency
from danban.accounts.states import Permission
from danban.common import clock
from danban.plan.models import Plan
from danban.plan.queries.documents import plan_shown
from danban.reports import counting, kept
from danban.reports.forms import PeriodForm
from danban.reports.kpi import Scope, end_of
from danban.reports.models import Snapshot
from danban.reports.rules import period_of
from danban.reports.states import ReportKind


@dataclass(frozen=True)
class Asked:
    """``agency`` None is the province; ``own`` the agencies the person is held to (None: to none).

    ``snapshot`` holds the figures where they are kept; ``present`` says that they are those of now,
    ``behind`` that something was done since they were kept.
    """

    scope: Scope
    agency: int | None
    own: set[int] | None
    snapshot: Snapshot | None
    present: bool
    behind: bool
    form: PeriodForm

    @property
    def agencies(self) -> list[int] | None:
        return None if self.agency is None else [self.agency]

    @property
    def exactly(self) -> str:
        """The same period, moment and agency for a link: the list behind a number counts what it counted."""
        return self.link(self.agency)

    def link(self, agency: int | None) -> str:
        parts: dict[str, object] = {
            "tu": self.scope.starts_on, "den": self.scope.ends_on, "luc": self.scope.at.isoformat()
        }  # fmt: skip
        if agency is not None:
            parts["co_quan"] = agency
        return urlencode(parts)


def asked(request: HttpRequest) -> Asked:
    """From the address; what cannot be read is told beside its field and the present is shown."""
    form = PeriodForm(request.GET or None, initial={"nam": clock.today().year})
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    own = agencies_with(request, Permission.DASHBOARD_VIEW)
    agency = given.get("co_quan")
    if own is not None:
        agency = agency if agency is not None else min(own)
        if agency not in own:
            raise Http404
    starts_on, ends_on = _period(given)
    moment = given.get("luc") or (end_of(given["ngay"]) if given.get("ngay") else None)
    if moment is None or moment > clock.now():
        snapshot, present = counting.newest(starts_on, ends_on)
        moment, behind = snapshot.at if snapshot else clock.now(), not present
    else:
        snapshot, present, behind = kept.snapshot_at(starts_on, ends_on, moment), False, False
    return Asked(Scope(starts_on, ends_on, moment), agency, own, snapshot, present, behind, form)


def _period(given: dict[str, object]) -> tuple[dt.date, dt.date]:
    tu, den = given.get("tu"), given.get("den")
    if isinstance(tu, dt.date) and isinstance(den, dt.date):
        return tu, den
    year = given.get("nam") or clock.today().year
    return period_of(str(given.get("ky") or ReportKind.YEARLY), int(str(year)))


def plans_shown(request: HttpRequest) -> QuerySet[Plan]:
    """Plans the person may take on paper: a draft is for those who write plans."""
    return plan_shown(drafts=agencies_with(request, Permission.PLAN_EDIT) != set())


def name_of(agency: int | None) -> str:
    return "" if agency is None else Agency.objects.values_list("name", flat=True).get(pk=agency)
