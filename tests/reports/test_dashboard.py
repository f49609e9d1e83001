"""The leaders' page, a figure's page, the records behind it: who sees what, the same numbers, few queries."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import Act, Role
from danban.audit.actions import record
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.plan.models import Assignment, Evidence, Plan, Task
from danban.plan.states import Part, PlanKind, PlanState, Purpose, TaskState
from danban.reports import actions, kept
from danban.reports.kpi import DEFINITIONS, end_of, midnight
from danban.reports.models import Cell, KpiTarget, Snapshot
from tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db
DASHBOARD = "reports:dashboard"


@pytest.fixture
def year():
    return clock.today().year


@pytest.fixture
def plan(year):
    agency = AgencyFactory()
    first = dt.date(year, 1, 1)
    return Plan.objects.create(
        kind=PlanKind.YEARLY, number="1070/KH-UBND", title="Kế hoạch năm", issued_on=first, issuer=agency,
        lead=agency, starts_on=first, ends_on=dt.date(year, 12, 31), state=PlanState.IN_FORCE,
        created_by=UserFactory(), created_at=midnight(first),
    )  # fmt: skip


@pytest.fixture
def due(plan):
    """``due(agency, done=True)``: a task due yesterday, shown done in time or not at all."""

    def one(agency, *, done=True, content="Đăng tóm tắt dự thảo"):
        day = clock.today() - dt.timedelta(days=1)
        task = Task.objects.create(
            plan=plan, position=1, content=content, due_on=day, state=TaskState.WORKING
        )
        Assignment.objects.create(task=task, part=Part.LEADS, agency=agency)
        if done:
            Evidence.objects.create(
                task=task, purpose=Purpose.PRODUCT, kind="event", record=task.pk, added_by=plan.created_by,
                added_at=midnight(day), shown_on=day, proved_at=midnight(day),
            )  # fmt: skip
        return task

    return one


@pytest.fixture
def leader(sign_in):
    return sign_in(UserFactory(role=Role.LEADER))


def number(response, code):
    return next(line for line in response.context["lines"] if line.definition.code == code)


def counted(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_seven_numbers_with_their_way(leader, due):
    due(AgencyFactory())
    due(AgencyFactory(), done=False)
    KpiTarget.objects.create(
        kpi="tasks_on_time",
        value=90,
        valid_from=dt.date(2026, 1, 1),
        legal_basis="Kế hoạch",
        set_at=clock.now(),
    )
    response = leader.get(reverse(DASHBOARD))
    assert len(response.context["lines"]) == 7
    line = number(response, "tasks_on_time")
    assert (line.text, line.detail, line.due, line.light) == ("50 %", "1 trên 2", "90 %", "late")
    assert response.context["agencies"][0][0].late == 1
    assert b"style=" not in response.content


def test_an_agency_sees_itself_and_no_other(due, sign_in):
    mine, other = AgencyFactory(), AgencyFactory()
    due(mine, done=False, content="Việc của mình")
    due(other, done=False)
    client = sign_in(UserFactory(role=Role.OFFICER, agency=mine))
    response = client.get(reverse(DASHBOARD))
    assert (number(response, "tasks_on_time").detail, response.context["agency_name"]) == (
        "0 trên 1",
        mine.name,
    )
    assert [task.content for task in response.context["late"]] == ["Việc của mình"]
    for name in ("reports:figure", "reports:records", "reports:records_csv"):
        url = f"{reverse(name, args=['tasks_on_time'])}?co_quan={other.pk}"
        assert client.get(url).status_code == 404
    assert client.get(f"{reverse(DASHBOARD)}?co_quan={other.pk}").status_code == 404
    records = client.get(reverse("reports:records", args=["tasks_on_time"]))
    assert [row[0].text for row in records.context["rows"]] == ["Việc của mình"]


def test_who_administers_only_sees_no_figures(sign_in):
    client = sign_in(UserFactory(role=Role.ADMIN))
    assert client.get(reverse(DASHBOARD)).status_code == 403


def test_kept_figures_are_shown_and_say_when(leader, due, year):
    agency = AgencyFactory()
    due(agency)
    kept_now = actions.keep_present()
    assert kept_now.cells.filter(kpi="tasks_on_time", agency=agency).get().part == 1
    due(agency, done=False)
    response = leader.get(reverse(DASHBOARD))
    assert response.context["asked"].scope.at == kept_now.at
    assert number(response, "tasks_on_time").detail == "1 trên 1"
    # What the number counted is what its list shows, though a task was added since.
    url = f"{reverse('reports:figure', args=['tasks_on_time'])}?{response.context['asked'].exactly}"
    assert leader.get(url).context["line"].detail == "1 trên 1"
    day = clock.today()
    at_once = leader.get(f"{reverse(DASHBOARD)}?nam={year}&ngay={day - dt.timedelta(days=1):%Y-%m-%d}")
    assert at_once.context["asked"].scope.at == midnight(day)


def test_few_queries_and_the_same_with_one_agency_and_with_three(leader, due, sign_in):
    due(AgencyFactory(), done=False)
    actions.keep_present()
    leader.get(reverse(DASHBOARD))
    before = counted(leader, reverse(DASHBOARD))
    for _ in range(2):
        due(AgencyFactory(), done=False)
    Snapshot.objects.all().delete()
    actions.keep_present()
    assert counted(leader, reverse(DASHBOARD)) == before <= 10
    agency = AgencyFactory()
    due(agency, done=False)
    client = sign_in(UserFactory(role=Role.OFFICER, agency=agency))
    client.get(reverse(DASHBOARD))
    assert counted(client, reverse(DASHBOARD)) <= 10


@pytest.mark.parametrize("code", sorted(DEFINITIONS))
def test_every_figure_has_its_page_its_records_and_its_file(leader, code):
    page = leader.get(reverse("reports:figure", args=[code]))
    assert page.context["line"].definition.code == code
    assert leader.get(reverse("reports:records", args=[code])).context["rows"] == []
    file = leader.get(reverse("reports:records_csv", args=[code]))
    lines = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert len(lines) == 1
    entry = AuditEntry.objects.get(action="report.paper-exported")
    assert entry.details["paper"] == f"csv:{code}"


def test_a_long_list_shows_its_first_rows_and_says_so(leader, due, monkeypatch):
    for _ in range(3):
        due(AgencyFactory())
    url = reverse("reports:records", args=["tasks_on_time"])
    assert "3 dòng ở dưới" in leader.get(url).content.decode()
    monkeypatch.setattr("danban.reports.views.figure.ROWS_SHOWN", 2)
    assert "2 dòng đầu ở dưới" in leader.get(url).content.decode()


def test_lists_cost_the_same_with_one_row_and_with_three(leader, due):
    url = reverse("reports:records", args=["tasks_on_time"])
    due(AgencyFactory())
    leader.get(url)
    before = counted(leader, url)
    due(AgencyFactory())
    due(AgencyFactory(), done=False)
    assert counted(leader, url) == before


def test_the_file_has_every_row(leader, due):
    for n in range(3):
        due(AgencyFactory(), content=f"=Việc {n}")
    file = leader.get(reverse("reports:records_csv", args=["tasks_on_time"]))
    lines = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["'=Việc 0", "'=Việc 1", "'=Việc 2"]


def test_an_unknown_figure_is_not_found(leader):
    assert leader.get(reverse("reports:figure", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "nam=abc",
        "ngay=2999-01-01",
        "ky=quarter",
        "tu=2026-02-01&den=2026-01-01",
        "co_quan=99999999999999999999",
    ],
)
def test_what_cannot_be_read_is_told_and_the_present_shown(leader, query):
    response = leader.get(f"{reverse(DASHBOARD)}?{query}")
    assert response.status_code == 200
    assert response.context["asked"].form.errors


@pytest.mark.parametrize("query", ["luc=x", "luc=2026-01-01T00:00:00", "luc=2999-01-01T00:00:00%2B07:00"])
def test_a_moment_that_is_none_is_passed_over(leader, query):
    assert leader.get(f"{reverse(DASHBOARD)}?{query}").context["asked"].present


def test_months_that_ended_are_kept_one_a_turn(due, year):
    with clock.at(midnight(dt.date(year, 3, 10))):
        actions.keep_present()
        actions.keep_present()
        actions.keep_present()
        days = kept.months_of(dt.date(year, 1, 1), dt.date(year, 12, 31), clock.today())
        assert days == [dt.date(year, 1, 31), dt.date(year, 2, 28)]
    assert set(Snapshot.objects.values_list("at", flat=True)) == {
        midnight(dt.date(year, 3, 10)), *map(end_of, days)
    }  # fmt: skip


def test_nothing_is_counted_again_while_nothing_was_done(due):
    due(AgencyFactory())
    assert actions.keep_present() is not None
    assert actions.keep_present() is None
    record(Act.SIGNED_IN, actor="user:1", rows=[])
    assert actions.keep_present() is None, "signing in does nothing that counts"
    with clock.at(clock.now() + dt.timedelta(days=1)):
        assert actions.keep_present() is not None
    assert Cell.objects.filter(
        kpi="tasks_on_time", agency=None, snapshot__ends_on=dt.date(clock.today().year, 12, 31)
    )


def test_a_target_is_set_by_who_keeps_the_rules(leader, sign_in):
    url = reverse("reports:set_target", args=["coverage"])
    given = {"value": "95", "valid_from": "01/01/2027", "legal_basis": "Kế hoạch của tỉnh"}
    assert leader.post(url, given).status_code == 403
    client = sign_in(UserFactory(role=Role.JUSTICE))
    assert client.post(url, given | {"value": "120"}).status_code == 422
    response = client.post(url, given | {"valid_from": "01/01/2020"})
    assert (response.status_code, "Kế hoạch của tỉnh" in response.content.decode()) == (422, True)
    assert client.post(url, given).status_code == 302
    assert KpiTarget.objects.get(valid_from=dt.date(2027, 1, 1)).value == 95
