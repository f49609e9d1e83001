"""Plans as documents: written, put in force, closed, copied forward, and what their pages show."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.plan import actions, issuing
from danban.plan.models import Plan, Task
from danban.plan.states import Part, PlanKind, PlanState, TaskState, Wrapper
from tests.factories import AgencyFactory, UserFactory
from tests.plan.making import EARLY, make_plan, make_section, make_task, province, succeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return province()


def acts():
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def typed(committee, justice, **changed):
    values = {
        "kind": "yearly", "wrapper": "plan", "number": "1070/KH-UBND",
        "title": "Truyền thông chính sách năm 2026",
        "issued_on": "31/03/2026", "issuer": committee.pk, "lead": justice.pk, "starts_on": "01/01/2026",
        "ends_on": "31/12/2026", "legal_bases": "Căn cứ Quyết định số 407/QĐ-TTg",
        "sections": "I. Nâng cao nhận thức\nII. Tổ chức thực hiện", "text": "",
    }  # fmt: skip
    return values | changed


def test_a_plan_is_added_by_form(sign_in, scene):
    committee, justice, _health, by = scene
    answer = sign_in(by).post(reverse("plan:add_plan"), typed(committee, justice))
    plan = Plan.objects.get()
    assert answer.url == reverse("plan:plan", args=[plan.pk])
    assert (plan.number, plan.state, plan.legal_bases) == (
        "1070/KH-UBND", PlanState.DRAFT, ["Căn cứ Quyết định số 407/QĐ-TTg"],
    )  # fmt: skip
    assert list(plan.sections.values_list("number", "title")) == [
        ("I", "Nâng cao nhận thức"), ("II", "Tổ chức thực hiện"),
    ]  # fmt: skip
    assert acts() == ["plan.added"]


@pytest.mark.parametrize(
    ("field", "value"), [("number", ""), ("ends_on", "31/12/2025"), ("issued_on", "31/02/2026")]
)
def test_what_was_typed_comes_back(sign_in, scene, field, value):
    committee, justice, _health, by = scene
    answer = sign_in(by).post(reverse("plan:add_plan"), typed(committee, justice, **{field: value}))
    assert answer.status_code == 422
    assert "Truyền thông chính sách năm 2026" in answer.content.decode()
    assert not Plan.objects.exists()


def test_the_same_number_and_day_twice_is_refused_in_words(sign_in, scene):
    committee, justice, _health, by = scene
    client = sign_in(by)
    client.post(reverse("plan:add_plan"), typed(committee, justice))
    answer = client.post(reverse("plan:add_plan"), typed(committee, justice))
    assert "Đã có văn bản số 1070/KH-UBND" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_sections_keep_their_tasks_when_a_plan_is_edited(sign_in, scene):
    committee, justice, _health, by = scene
    plan = make_plan(justice, by)
    first, second = make_section(plan), make_section(plan, "Cũ", "II")
    make_task(plan, section=first)
    data = typed(committee, justice, sections="I. Tên mới")
    assert sign_in(by).post(reverse("plan:edit_plan", args=[plan.pk]), data).status_code == 302
    assert list(plan.sections.values_list("pk", "title")) == [(first.pk, "Tên mới")]
    assert not plan.sections.filter(pk=second.pk).exists()
    refused = sign_in(by).post(
        reverse("plan:edit_plan", args=[plan.pk]),
        typed(committee, justice, sections="") | {"initial-sections": "I. Tên mới"},
    )
    assert "còn nhiệm vụ" in refused.content.decode()
    assert acts() == ["plan.edited"]


def test_a_plan_does_not_carry_out_itself(scene):
    _committee, justice, _health, by = scene
    top = make_plan(justice, by, kind=PlanKind.MULTI_YEAR)
    below = make_plan(justice, by, parent=top)
    with pytest.raises(Refused, match="chính kế hoạch này"):
        actions.edit_plan(plan=top, parent=below, by=by)
    top.refresh_from_db()
    assert top.parent is None


def test_two_officers_edit_one_plan_and_neither_undoes_the_other(sign_in, scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by, wrapper=Wrapper.PLAN, title="Truyền thông chính sách năm 2026")
    section = make_section(plan)
    client, address = sign_in(by), reverse("plan:edit_plan", args=[plan.pk])
    page = client.get(address).content.decode()
    shown = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(initial-\w+)" value="([^"]*)"', page)
    }
    # A browser sends a field as the page showed it; an empty one has no value to show.
    left = {name.removeprefix("initial-"): value for name, value in shown.items()}
    empty = {name: "" for name in ("parent", "text", "legal_bases") if name not in left}
    assert client.post(address, shown | left | empty | {"sections": "I. Tên mới"}).status_code == 302
    assert client.post(address, shown | left | empty | {"ends_on": "30/11/2026"}).status_code == 302
    plan.refresh_from_db()
    section.refresh_from_db()
    assert (section.title, plan.ends_on, plan.title) == (
        "Tên mới", dt.date(2026, 11, 30), "Truyền thông chính sách năm 2026",
    )  # fmt: skip
    assert [entry.details["changed"] for entry in AuditEntry.objects.filter(action="plan.edited")] == [
        [], ["ends_on"],
    ]  # fmt: skip


def test_a_plan_changed_by_two_still_ends_after_it_starts(scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by)
    actions.edit_plan(plan=plan, starts_on=dt.date(2026, 6, 1), by=by)
    with pytest.raises(Refused, match="sau khi bắt đầu"):
        actions.edit_plan(plan=plan, ends_on=dt.date(2026, 5, 1), by=by)
    plan.refresh_from_db()
    assert (plan.starts_on, plan.ends_on) == (dt.date(2026, 6, 1), dt.date(2026, 12, 31))
    with pytest.raises(TypeError, match="state"):
        actions.edit_plan(plan=plan, state="closed", by=by)


def test_a_plan_starts_when_nothing_waits_to_be_confirmed(sign_in, scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by)
    with pytest.raises(issuing.WrongState, match="chưa có nhiệm vụ"):
        actions.put_in_force(plan=plan, by=by)
    task = make_task(plan, state=TaskState.PROPOSED)
    with pytest.raises(issuing.StillProposed, match="Còn 1 nhiệm vụ"):
        actions.put_in_force(plan=plan, by=by)
    actions.accept_proposal(task=task, by=by)
    client = sign_in(by)
    client.post(reverse("plan:put_in_force", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE
    client.post(reverse("plan:close_plan", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == PlanState.CLOSED
    assert acts() == ["plan.proposal-accepted", "plan.put-in-force", "plan.closed"]
    with pytest.raises(issuing.WrongState):
        actions.put_in_force(plan=plan, by=by)


def test_a_draft_is_seen_only_by_those_who_write_plans(sign_in, scene):
    _committee, justice, health, by = scene
    draft = make_plan(justice, by)
    running = make_plan(justice, by, state=PlanState.IN_FORCE)
    reader = sign_in(UserFactory(role=Role.OFFICER, agency=health))
    assert reader.get(reverse("plan:plan", args=[draft.pk])).status_code == 404
    assert reader.get(reverse("plan:plan", args=[running.pk])).status_code == 200
    listed = reader.get(reverse("plan:plans")).content.decode()
    assert running.number in listed
    assert draft.number not in listed
    for name in ("edit_plan", "copy_plan", "proposals"):
        assert reader.get(reverse(f"plan:{name}", args=[running.pk])).status_code == 403


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"number": "1070/2026/KH-UBND"}, "số không ghi năm"),
        ({"number": "043/QĐ-UBND"}, "1070/KH-UBND"),
        ({"issued_on": dt.date(2024, 1, 1)}, "ghi nhầm ngày"),
        ({"issued_on": dt.date(2027, 1, 1)}, "sau khi kế hoạch kết thúc"),
        ({}, ""),
        ({"number": "08/KH-UBND"}, ""),
    ],
)
def test_slips_are_warned_of_and_not_refused(changed, found):
    values = {
        "number": "1070/KH-UBND", "wrapper": Wrapper.PLAN, "issued_on": dt.date(2026, 1, 5),
        "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31),
    }  # fmt: skip
    warned = " ".join(issuing.warnings(**values | changed))
    assert found in warned
    assert bool(warned) == bool(found)


def test_days_outside_the_plan_are_named():
    days = {"plan_starts": dt.date(2026, 3, 1), "plan_ends": dt.date(2026, 12, 31)}
    early = issuing.outside(None, dt.date(2026, 2, 1), **days)
    assert "Hạn 01/02/2026 trước khi kế hoạch bắt đầu (01/03/2026)" in early[0]
    assert "sau khi kế hoạch kết thúc" in issuing.outside(None, dt.date(2027, 1, 1), **days)[0]
    assert "ngoài thời gian" in issuing.outside(dt.date(2026, 1, 1), None, **days)[0]
    assert issuing.outside(dt.date(2026, 3, 1), dt.date(2026, 12, 31), **days) == []


# ── Copy to the next year ───────────────────────────────────────────────────────────────────────


def test_last_years_plan_copied_forward(sign_in, scene):
    _committee, justice, health, by = scene
    old = AgencyFactory(name="Sở Thông tin", valid_from=EARLY, valid_to=dt.date(2026, 6, 30))
    gone = AgencyFactory(name="Ban Cũ", valid_from=EARLY, valid_to=dt.date(2026, 6, 30))
    succeed(old, health, dt.date(2026, 7, 1))
    plan = make_plan(justice, by, state=PlanState.IN_FORCE)
    section = make_section(plan)
    top = make_task(
        plan, "Báo cáo năm 2026", leads=[old], others=[health, gone], section=section, timing="Quý II/2026",
        starts_on=dt.date(2026, 4, 1), due_on=dt.date(2026, 6, 30),
    )  # fmt: skip
    make_task(plan, "Việc con", parent=top, leads=[justice])
    make_task(plan, "Không làm nữa", state=TaskState.CANCELLED)
    data = {"years": "1", "number": "5/KH-UBND", "title": "Kế hoạch năm 2027", "issued_on": "04/01/2027"}
    answer = sign_in(by).post(reverse("plan:copy_plan", args=[plan.pk]), data)
    copy = Plan.objects.get(copied_from=plan)
    assert answer.url == reverse("plan:proposals", args=[copy.pk])
    assert (copy.starts_on, copy.ends_on, copy.state) == (dt.date(2027, 1, 1), dt.date(2027, 12, 31), "draft")
    first, second = copy.tasks.order_by("position")
    assert (first.content, first.timing, first.due_on) == (
        "Báo cáo năm 2027",
        "Quý II/2027",
        dt.date(2027, 6, 30),
    )
    assert (first.section.title, second.parent, first.state) == (section.title, first, TaskState.PROPOSED)
    assert set(first.assignments.values_list("part", "agency", "named_as")) == {
        (Part.LEADS, health.pk, "Sở Thông tin"), (Part.COORDINATES, health.pk, health.name),
        (Part.COORDINATES, None, "Ban Cũ"),
    }  # fmt: skip
    assert "kế tục" in first.doubts[0]
    assert "chưa ghi" in first.doubts[1]
    assert second.doubts == []
    assert acts() == ["plan.copied-forward"]


def test_agencies_that_succeed_each_other_in_a_circle_do_not_hang_the_copy(scene):
    _committee, justice, _health, by = scene
    ends = dt.date(2026, 6, 30)
    one, two = (AgencyFactory(valid_from=EARLY, valid_to=ends) for _ in range(2))
    succeed(one, two, ends)
    succeed(two, one, ends)
    plan = make_plan(justice, by, state=PlanState.IN_FORCE)
    make_task(plan, leads=[one])
    copy = actions.copy_forward(
        plan=plan, number="5/KH-UBND", title="x", issued_on=dt.date(2027, 1, 4), years=1, by=by
    )
    (task,) = copy.tasks.all()
    assert task.assignments.get().agency is None
    assert one.name in task.doubts[0]


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────


def test_the_chain_of_documents_is_shown(sign_in, scene):
    _committee, justice, _health, by = scene
    scheme = make_plan(justice, by, kind=PlanKind.SCHEME, number="407/QĐ-TTg", state="in_force", year=2022)
    years = make_plan(
        justice, by, kind=PlanKind.MULTI_YEAR, number="2334/KH-UBND", parent=scheme, state="in_force"
    )
    plan = make_plan(justice, by, number="1070/KH-UBND", parent=years, state="in_force")
    page = sign_in(by).get(reverse("plan:plan", args=[years.pk])).content.decode()
    assert (
        page.index("407/QĐ-TTg") < page.index('aria-current="step">2334/KH-UBND') < page.rindex(plan.number)
    )


def test_tasks_are_filtered_by_section_agency_and_state(sign_in, scene):
    _committee, justice, health, by = scene
    plan = make_plan(justice, by, state="in_force")
    section = make_section(plan)
    make_task(plan, "Việc thứ nhất", leads=[justice], others=[justice], section=section)
    make_task(plan, "Việc thứ hai", leads=[health], state=TaskState.WORKING)
    client = sign_in(by)

    def shown(asked):
        page = client.get(reverse("plan:plan", args=[plan.pk]), asked).content.decode()
        return [words for words in ("Việc thứ nhất", "Việc thứ hai") if words in page]

    assert shown({}) == ["Việc thứ nhất", "Việc thứ hai"]
    assert shown({"muc": section.pk}) == ["Việc thứ nhất"]
    assert shown({"co-quan": health.pk}) == ["Việc thứ hai"]
    assert shown({"trang-thai": "working"}) == ["Việc thứ hai"]
    assert shown({"muc": "x" * 30, "trang-thai": "nonsense"}) == ["Việc thứ nhất", "Việc thứ hai"]


def test_the_task_table_as_csv_never_runs_as_a_formula(sign_in, scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by, state="in_force")
    make_task(plan, "=HYPERLINK(1)", leads=[justice])
    answer = sign_in(by).get(reverse("plan:export_plan", args=[plan.pk]))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0][:4] == ["STT", "Mục", "Nội dung", "Chủ trì"]
    assert rows[1][:4] == ["1", "", "'=HYPERLINK(1)", justice.name]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["plan", "proposals"])
def test_a_plan_costs_the_same_for_one_and_three_tasks(sign_in, scene, name):
    _committee, justice, health, by = scene
    plan = make_plan(justice, by)
    client = sign_in(by)
    state = TaskState.PROPOSED if name == "proposals" else TaskState.PLANNED
    make_task(plan, leads=[justice], others=[health], section=make_section(plan), state=state)
    one = queries_of(client, reverse(f"plan:{name}", args=[plan.pk]))
    for _ in range(2):
        make_task(plan, leads=[health], others=[justice], section=make_section(plan), state=state)
    assert queries_of(client, reverse(f"plan:{name}", args=[plan.pk])) == one
    assert one <= 10


def test_the_list_costs_the_same_for_one_and_three_plans(sign_in, scene):
    _committee, justice, _health, by = scene
    client = sign_in(by)
    make_task(make_plan(justice, by))
    one = queries_of(client, reverse("plan:plans"))
    for _ in range(2):
        make_task(make_plan(justice, by))
    assert queries_of(client, reverse("plan:plans")) == one
    assert Task.objects.count() == 3
