"""A consulted window: points answered and not, copies, agencies asked."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.accounts.states import Role
from danban.answers import actions
from danban.consultation.models import OpinionRequest
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
