"""A consulted window: points answered and not, copies, agencies asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from danban.accounts.models import Agency, User
from danban.accounts.states import Role
from danban.answers import actions
from danban.common import clock
from danban.consultation.models import OpinionRequest
from danban.reports import actions as reports
from danban.reports.states import ReportKind, Section
from tests.factories import AgencyFactory, CommentFactory, UserFactory, WindowFactory


@pytest.fixture
def window(db):
    return WindowFactory()


@pytest.fixture
def place(window):
    return {row.address: row for row in window.version.provisions.all()}


@pytest.fixture
def say(window):
    """``say(text, provision=…)``: a screened comment in the window."""

    def one(text, **kwargs):
        kwargs.setdefault("visibility", "shown")
        return CommentFactory(window=window, text=text, **kwargs)

    return one


@pytest.fixture
def people(window):
    agency = window.dossier.agency
    return UserFactory(role=Role.DRAFTER, agency=agency), UserFactory(role=Role.APPROVER, agency=agency)


@pytest.fixture
def answer(window, people):
    """``answer(comments, title=…, provision=…, reason=…)``: a point with its released answer."""

    def one(comments, *, title="Giờ thu gom", provision=None, disposition="accepted", reason="Bổ sung."):
        by, second = people
        point = actions.make_point(window=window, title=title, provision=provision, comments=comments, by=by)
        written = actions.save_answer(point=point, disposition=disposition, reason=reason, by=by)
        return actions.release_answer(answer=actions.submit_answer(answer=written, by=by), by=second)

    return one


@pytest.fixture
def ask(window):
    """``ask(answered=True)``: an agency that was asked in writing."""

    def one(*, answered=True):
        day = dt.date(2026, 11, 1)
        agency = AgencyFactory()
        OpinionRequest.objects.create(
            window=window, agency=agency, asked_on=day, due_on=day + dt.timedelta(days=15),
            answered_on=day + dt.timedelta(days=9) if answered else None,
        )  # fmt: skip
        return agency

    return one


@pytest.fixture
def sides(db):
    """Sở Tư pháp that asks and an agency that writes: (justice, writer, second, asking, agency)."""
    asking, agency = AgencyFactory(), AgencyFactory()
    return Sides(
        justice=UserFactory(role=Role.JUSTICE, agency=asking),
        writer=UserFactory(role=Role.OFFICER, agency=agency),
        second=UserFactory(role=Role.APPROVER, agency=agency),
        asking=asking,
        agency=agency,
    )


@dataclass(frozen=True)
class Sides:
    justice: User
    writer: User
    second: User
    asking: Agency
    agency: Agency

    def ask(self, *others, **kwargs):
        today = clock.today()
        given = {
            "kind": ReportKind.YEARLY, "title": "Báo cáo kết quả năm 2026", "starts_on": dt.date(2026, 1, 1),
            "ends_on": dt.date(2026, 12, 31), "due_on": today + dt.timedelta(days=5), "note": "",
            "asking": self.asking, "agencies": [self.agency, *others], "by": self.justice,
        }  # fmt: skip
        return reports.request_reports(**given | kwargs)

    def write(self, request, text="Đã họp dân ở năm thôn.", *, section=Section.RESULTS, seen=0, by=None):
        return reports.save_text(
            request=request, agency=self.agency, section=section, text=text, seen=seen, by=by or self.writer
        )

    def sent(self, request):
        report = request.reports.get(agency=self.agency)
        return reports.send_report(
            report=reports.submit_report(report=report, by=self.writer), by=self.second
        )
