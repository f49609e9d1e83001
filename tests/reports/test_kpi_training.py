"""Whom training reached, against a count row by row."""

import datetime as dt

import pytest
from django.utils import timezone

from danban.reports import kpi_training
from danban.reports.kpi import Scope
from danban.training.states import Audience
from tests.factories import AgencyFactory
from tests.training.conftest import (  # noqa: F401 - the room and the people of training's own tests
    MORNING,
    agency,
    be_there,
    enter,
    hold,
    make_session,
    officer,
)

pytestmark = pytest.mark.django_db


def year(at=None):
    at = at or timezone.make_aware(dt.datetime(2026, 12, 31, 12))
    return Scope(dt.date(2026, 1, 1), dt.date(2026, 12, 31), at)


def test_people_count_once_hours_add_up(make_session, be_there, enter, hold):  # noqa: F811
    school = AgencyFactory()
    first = make_session(audiences=[Audience.LEGAL_OFFICER, Audience.RAPPORTEUR], hours="2.5")
    second = make_session(
        title="Buổi hai", audiences=[Audience.RAPPORTEUR], starts_at=MORNING + dt.timedelta(2)
    )
    for session in (first, second):
        be_there(session, "Nguyễn Văn An", agency=school, agency_name="")
    be_there(first, "Trần Thị Bình")
    enter(first, "Lê Vắng Mặt")
    assert kpi_training.count(year()) == {}, "a session counts once it is confirmed as held"
    for session in (first, second):
        hold(session)

    people, hours = kpi_training.count(year()), kpi_training.count_hours(year())
    assert people[None].whole == 2
    assert people[None].split == {Audience.LEGAL_OFFICER: 2, Audience.RAPPORTEUR: 2}
    assert (people[school.pk].whole, hours[school.pk].whole) == (1, 6)
    assert hours[None].whole == 8
    found = kpi_training.records(year())
    assert [[cell.text for cell in found.cells(row)] for row in found.of(found.rows, [school.pk])] == [
        ["Nguyễn Văn An", school.name, "Buổi hai", "12/11/2026", "3"],
        ["Nguyễn Văn An", school.name, "Kỹ năng truyền thông dự thảo chính sách", "10/11/2026", "2,5"],
    ]


def test_what_was_not_yet_known_is_not_counted(make_session, be_there, hold):  # noqa: F811
    session = make_session()
    be_there(session)
    hold(session)
    assert kpi_training.count(year(session.starts_at)) == {}
