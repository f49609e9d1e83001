"""Who sees which tasks, what each page offers and costs, and that a refused form keeps what was typed."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from danban.accounts import actions as accounts
from danban.accounts.states import Role
from danban.common import clock
from danban.plan import actions, tokens
from danban.plan.models import CalendarLink, CoordinationRequest, Evidence, Note, Section, Task
from danban.plan.states import Purpose, TaskState
from tests.factories import (
    AgencyFactory,
    PlanFactory,
    PolicyFactory,
    TaskFactory,
    UserFactory,
    VersionFactory,
    WindowFactory,
)
from tests.plan.test_evidence import word

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def at(name, *args):
    return reverse(f"plan:{name}", args=args)


def cost(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def body(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# Lists


def test_an_agency_sees_its_own_tasks_and_the_province_all(sign_in, agency, officer, justice):
    mine = TaskFactory(leads=[agency], content="Việc của Sở Xây dựng")
    other = TaskFactory(leads=[AgencyFactory()], content="Việc của sở khác")
    shown = body(sign_in(officer), at("home"))
    assert mine.content in shown
    assert other.content not in shown
    assert sign_in(officer).get(at("task", other.pk)).status_code == 404
    everything = body(sign_in(justice), at("home"))
    assert mine.content in everything
    assert other.content in everything
    narrowed = body(sign_in(justice), at("home") + f"?co-quan={agency.pk}")
    assert other.content not in narrowed


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("qua-han", {"due_on": clock.today() - DAY}),
        ("sap-den", {"due_on": clock.today() + 30 * DAY}),
        ("vuong", {"state": TaskState.BLOCKED}),
        ("khai-bao", {"state": TaskState.DECLARED}),
        ("xong", {"state": TaskState.DONE, "done_on": clock.today()}),
        ("khong-lam", {"state": TaskState.CANCELLED}),
    ],
)
def test_each_count_opens_its_list(sign_in, agency, officer, name, given):
    TaskFactory(leads=[agency], content="Việc thường")
    TaskFactory(leads=[agency], content="Việc cần tìm", **given)
    client = sign_in(officer)
    assert re.search(rf'muc={name}"[^>]*>1</a>', body(client, at("home")))
    shown = body(client, at("home") + f"?muc={name}")
    assert "Việc cần tìm" in shown
    assert "Việc thường" not in shown


def test_drafts_and_proposals_are_no_work_yet(sign_in, agency, officer):
    TaskFactory(leads=[agency], content="Chưa xác nhận", state=TaskState.PROPOSED)
    TaskFactory(leads=[agency], content="Kế hoạch nháp", plan=PlanFactory(state="draft"))
    shown = body(sign_in(officer), at("home"))
    assert "Chưa xác nhận" not in shown
    assert "Kế hoạch nháp" not in shown


@pytest.mark.parametrize(
    "query",
    ["?ke-hoach=x&phan=9&page=0", f"?co-quan={'9' * 30}", "?trang-thai=vo-ly&vai-tro=vo-ly&muc=vo-ly"],
)
def test_nonsense_in_the_address_narrows_nothing_that_breaks(sign_in, officer, task, query):
    assert sign_in(officer).get(at("home") + query).status_code == 200


def test_filters_narrow_by_plan_part_and_state(sign_in, justice, agency, front):
    TaskFactory(leads=[agency], content="Việc A", plan=(plan := PlanFactory()))
    TaskFactory(leads=[front], coordinating=[agency], content="Việc B", state=TaskState.WORKING)
    client = sign_in(justice)
    for query, shown in (
        (f"?ke-hoach={plan.pk}", "A"),
        ("?trang-thai=working", "B"),
        (f"?co-quan={agency.pk}&vai-tro=coordinates", "B"),
        (f"?co-quan={agency.pk}&vai-tro=leads", "A"),
    ):
        page = body(client, at("home") + query)
        assert [name for name in "AB" if f"Việc {name}" in page] == [shown], query


def test_a_list_has_fifty_a_page(sign_in, agency, officer):
    plan = PlanFactory()
    for _ in range(51):
        TaskFactory(plan=plan, leads=[agency])
    client = sign_in(officer)
    assert body(client, at("home")).count("data-row") == 50
    assert body(client, at("home") + "?page=2").count("data-row") == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.JUSTICE])
def test_pages_cost_the_same_with_one_and_with_three(sign_in, agency, front, role):
    user = UserFactory(role=role, agency=agency)
    accounts.grant_role(user=user, agency=front, role=Role.OFFICER)
    client = sign_in(user)

    def add():
        version = VersionFactory()
        task = TaskFactory(leads=[agency], coordinating=[front], due_on=clock.today() - 9 * DAY)
        asked = {"task": task, "asking": agency, "asked": front, "due_on": clock.today(), "by": user}
        actions.ask_coordination(what="Cử người dự.", **asked)
        actions.note_progress(task=task, text="Đã họp.", by=user)
        actions.remind()
        actions.add_record(task=task, kind="posting", record=version.pk, by=user)
        other = TaskFactory(leads=[agency], due_on=clock.today() - 9 * DAY)
        section = Section.objects.create(plan=other.plan, position=1, title="Truyền thông")
        Task.objects.filter(pk=other.pk).update(section=section)
        return other

    add()
    plan = Task.objects.first().plan_id
    year = clock.today().year
    paths = {at("home") + f"?ke-hoach={plan}": 10, at("home"): 10, at("requests"): 6}
    paths |= {at("year", year): 8, "/can-bo/": 16}
    for path in paths:
        client.get(path)
    first = {path: cost(client, path) for path in paths}
    for _ in range(2):
        add()
    assert {path: cost(client, path) for path in paths} == first
    assert {path: n for path, n in first.items() if n > paths[path]} == {}


def test_a_task_page_costs_the_same_whatever_hangs_on_it(sign_in, agency, front, officer, approver):
    task = TaskFactory(leads=[agency], coordinating=[front])
    client = sign_in(officer)

    def add():
        said = f"Đã họp lần {task.notes.count()}."
        actions.note_progress(task=task, text=said, by=officer)
        actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)
        ask = {"asking": agency, "asked": front, "what": said, "due_on": clock.today()}
        actions.ask_coordination(task=task, by=officer, **ask)
        actions.split_task(task=task, content="Một phần", due_on=None, agencies=[agency], by=officer)

    add()
    client.get(at("task", task.pk))
    one = cost(client, at("task", task.pk))
    history = cost(client, at("task_history", task.pk))
    for _ in range(2):
        add()
    assert cost(client, at("task", task.pk)) == one <= 10
    assert cost(client, at("task_history", task.pk)) == history
    actions.add_record(task=task, kind="issued_plan", record=PlanFactory(lead=agency).pk, by=officer)
    assert cost(client, at("task", task.pk)) == one


# One task


def test_an_officer_takes_a_task_through_its_day(sign_in, task, officer):
    client = sign_in(officer)
    for code, text, state in (
        ("bat-dau", "", "working"),
        ("ghi", "Đã họp.", "working"),
        ("vuong", "Thiếu kinh phí.", "blocked"),
        ("het-vuong", "Đã cấp.", "working"),
        ("khai-bao", "Đã đăng.", "declared"),
    ):
        answer = client.post(at("do", task.pk, code), {"text": text})
        assert answer["Location"] == at("task", task.pk), code
        assert Task.objects.get(pk=task.pk).state == state, code
    assert "Thiếu kinh phí." in body(client, at("task", task.pk))


def test_an_empty_reason_is_said_beside_its_field(sign_in, task, officer):
    answer = sign_in(officer).post(at("do", task.pk, "vuong"), {"text": " "})
    assert answer.status_code == 422
    assert "field--error" in answer.content.decode()
    assert not Note.objects.exists()


def test_a_step_that_no_longer_fits_keeps_the_words(sign_in, task, officer, justice):
    actions.cancel_task(task=task, reason="Điều chỉnh.", by=justice)
    answer = sign_in(officer).post(at("do", task.pk, "khai-bao"), {"text": "Đã làm xong cả rồi."})
    assert answer.status_code == 422
    assert Task.objects.get(pk=task.pk).state == TaskState.CANCELLED


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.VIEWER, "ghi", 403), (Role.OFFICER, "huy", 403), (Role.JUSTICE, "bat-dau", 403),
        (Role.JUSTICE, "huy", 302), (Role.OFFICER, "vo-ly", 404),
    ],
)  # fmt: skip
def test_who_may_do_what(sign_in, task, agency, role, code, status):
    client = sign_in(UserFactory(role=role, agency=agency))
    assert client.post(at("do", task.pk, code), {"text": "a"}).status_code == status


def test_who_coordinates_may_note_but_not_declare(sign_in, task, front):
    client = sign_in(UserFactory(role=Role.OFFICER, agency=front))
    assert client.post(at("do", task.pk, "ghi"), {"text": "Đã cử người."}).status_code == 302
    assert client.post(at("do", task.pk, "khai-bao"), {"text": "Xong."}).status_code == 403


def form_of(client, task):
    page = body(client, at("edit_task", task.pk))
    return {"seen": re.search(r'name="seen" value="([^"]+)"', page)[1]}


def whole(task, **given):
    day = task.due_on.strftime("%d/%m/%Y")
    values = {"content": task.content, "due_on": day, "cadence": task.cadence, "product": task.product}
    leads = list(task.assignments.filter(part="leads").values_list("agency", flat=True))
    others = list(task.assignments.filter(part="coordinates").values_list("agency", flat=True))
    return values | {"leads": leads, "coordinating": others} | given


def test_the_second_of_two_officers_sees_what_changed_and_saves_again(
    sign_in, client, task, justice, officer
):
    mine = form_of(sign_in(justice), task)
    actions.edit_task(task=task, revision=1, values={"product": "Báo cáo", "budget": "50 triệu"}, by=officer)
    typed = whole(task, product="Kế hoạch chi tiết", timing="Quý II")
    answer = client.post(at("edit_task", task.pk), mine | typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert [one.label for one in answer.context["changed"].differences] == ["Sản phẩm", "Kinh phí"]
    for words in ("Báo cáo", "50 triệu", "Kế hoạch chi tiết", "Quý II", "không sửa: lấy như bây giờ"):
        assert words in page, words
    assert Task.objects.get(pk=task.pk).product == "Báo cáo"
    again = {name: answer.context["form"][name].value() for name in typed}
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    again = {name: value or "" for name, value in again.items()} | {"seen": seen, "budget": "50 triệu"}
    assert client.post(at("edit_task", task.pk), again).status_code == 302
    saved = Task.objects.get(pk=task.pk)
    assert (saved.product, saved.budget, saved.timing, saved.revision) == (
        "Kế hoạch chi tiết", "50 triệu", "Quý II", 3,
    )  # fmt: skip
    assert saved.assignments.count() == 2


def test_a_day_before_the_plan_is_said_beside_its_field(sign_in, client, task, justice):
    form = form_of(sign_in(justice), task)
    answer = client.post(at("edit_task", task.pk), form | whole(task, due_on="31/12/2001", timing="đã gõ"))
    assert answer.status_code == 422
    assert "trước ngày kế hoạch bắt đầu" in answer.context["form"].errors["due_on"][0]
    assert "đã gõ" in answer.content.decode()


def test_the_lead_agency_leaves_the_plans_words_alone(sign_in, client, task, officer, agency, front):
    form = form_of(sign_in(officer), task)
    typed = {"product": "Bài đăng", "content": "Việc khác", "due_on": "", "coordinating": [front.pk]}
    assert client.post(at("edit_task", task.pk), form | typed).status_code == 302
    saved = Task.objects.get(pk=task.pk)
    assert (saved.product, saved.content, saved.due_on) == ("Bài đăng", task.content, task.due_on)


@pytest.mark.parametrize("seen", ["", "vo-ly"])
def test_a_form_without_what_was_seen_is_refused(sign_in, task, justice, seen):
    answer = sign_in(justice).post(at("edit_task", task.pk), whole(task, seen=seen))
    assert answer.status_code == 422
    assert Task.objects.get(pk=task.pk).revision == 1


@pytest.mark.parametrize("role", [Role.VIEWER, Role.LEADER])
def test_who_only_looks_edits_nothing(sign_in, task, agency, role):
    assert sign_in(UserFactory(role=role, agency=agency)).get(at("edit_task", task.pk)).status_code == 403


def test_history_tells_who_did_what(sign_in, task, officer):
    actions.edit_task(task=task, revision=1, values={"product": "Báo cáo"}, by=officer)
    actions.start_task(task=task, by=officer)
    page = body(sign_in(officer), at("task_history", task.pk))
    assert page.index("Bắt đầu làm") < page.index("Sửa nhiệm vụ")
    assert officer.full_name in page
    assert "Sản phẩm" in page


# Requests


def test_a_request_is_asked_seen_by_both_and_answered(sign_in, client, task, agency, front, officer):
    sign_in(officer)
    today = clock.today()
    given = {"asking": agency.pk, "asked": front.pk, "what": "Cử người dự.", "due_on": f"{today:%d/%m/%Y}"}
    assert client.post(at("ask", task.pk), given).status_code == 302
    request = CoordinationRequest.objects.get()
    assert "Cử người dự." in body(client, at("requests") + "?muc=cho-nguoi-khac")
    assert (
        client.post(at("request", request.pk), {"answer": "a", "answered_on": "1/1/2026"}).status_code == 200
    )
    other = UserFactory(role=Role.OFFICER, agency=front)
    assert "Cử người dự." in body(sign_in(other), at("requests") + "?muc=cho-ta")
    answer = {"answer": "Bà Hai dự.", "answered_on": f"{today:%d/%m/%Y}"}
    assert client.post(at("request", request.pk), answer | {"answered_on": "32/1"}).status_code == 422
    assert client.post(at("request", request.pk), answer).status_code == 302
    assert CoordinationRequest.objects.get().answer == "Bà Hai dự."
    assert sign_in(UserFactory(role=Role.OFFICER)).get(at("request", request.pk)).status_code == 404


def test_a_late_request_is_marked(sign_in, task, agency, front, officer):
    with clock.at(clock.now() - 9 * DAY):
        actions.ask_coordination(
            task=task, asking=agency, asked=front, what="Cử người dự.", due_on=clock.today(), by=officer
        )
    client = sign_in(officer)
    assert "Quá hạn" in body(client, at("requests"))
    assert "Quá hạn" in body(client, at("task", task.pk))


def test_a_refused_request_and_part_keep_what_was_typed(sign_in, client, task, agency, front, officer):
    sign_in(officer)
    answer = client.post(at("ask", task.pk), {"asking": "9" * 30, "what": "đã gõ", "due_on": "x"})
    assert answer.status_code == 422
    assert "đã gõ" in answer.content.decode()
    answer = client.post(
        at("split_task", task.pk), {"content": "phần đã gõ", "due_on": "1/1/2001", "agency": agency.pk}
    )
    assert answer.status_code == 422
    assert "phần đã gõ" in answer.content.decode()
    good = {"content": "Soạn bài", "due_on": "", "agency": front.pk}
    assert client.post(at("split_task", task.pk), good).status_code == 302
    assert Task.objects.get(parent=task).content == "Soạn bài"


# Evidence


def test_a_record_is_chosen_from_the_list(sign_in, client, task, officer, agency):
    version = VersionFactory(dossier__agency=agency, dossier__title="Quyết định về vỉa hè")
    other = VersionFactory()
    page = body(sign_in(officer), at("add_evidence", task.pk))
    assert "Quyết định về vỉa hè" in page
    assert other.dossier.title not in page
    assert other.dossier.title in body(client, at("add_evidence", task.pk) + "?loai=posting&moi=1")
    assert client.post(at("add_evidence", task.pk), {"kind": "posting"}).status_code == 422
    good = {"kind": "posting", "record": version.pk, "note": "Trên cổng."}
    assert client.post(at("add_evidence", task.pk), good)["Location"] == at("task", task.pk)
    assert Evidence.objects.get().note == "Trên cổng."
    assert Task.objects.get(pk=task.pk).state == TaskState.DONE


def upload(client, path, data=None, **given):
    file = SimpleUploadedFile("bien-ban.docx", data or word())
    values = {"viec": "tep", "file": file, "shown_on": f"{clock.today():%d/%m/%Y}", "declared": "on"}
    return client.post(path, values | given)


def test_a_file_is_sent_checked_and_withdrawn(sign_in, client, task, officer, approver):
    sign_in(officer)
    assert upload(client, at("add_evidence", task.pk)).status_code == 302
    evidence = Evidence.objects.get()
    sign_in(approver)
    assert at("check", evidence.pk) in body(client, at("to_check"))
    file = client.get(at("evidence_file", evidence.pk))
    assert b"".join(file.streaming_content) == word() or file["Content-Security-Policy"].endswith("sandbox")
    assert "attachment" in file["Content-Disposition"]
    assert client.post(at("check", evidence.pk))["Location"] == at("to_check")
    assert Task.objects.get(pk=task.pk).state == TaskState.DONE
    assert client.post(at("withdraw", evidence.pk), {"text": ""}).status_code == 422
    assert client.post(at("withdraw", evidence.pk), {"text": "Sai ngày."})["Location"] == at("task", task.pk)
    assert Task.objects.get(pk=task.pk).state == TaskState.DECLARED


def test_the_second_person_sends_a_file_back_with_a_reason(sign_in, client, task, officer, approver):
    sign_in(officer)
    upload(client, at("add_evidence", task.pk))
    evidence = Evidence.objects.get()
    assert client.get(at("check", evidence.pk)).status_code == 403
    sign_in(approver)
    assert client.post(at("check", evidence.pk), {"viec": "tra-lai", "text": ""}).status_code == 422
    assert (
        client.post(at("check", evidence.pk), {"viec": "tra-lai", "text": "Thiếu chữ ký."}).status_code == 302
    )
    assert Evidence.objects.get().ended_reason == "Thiếu chữ ký."
    assert "Thiếu chữ ký." in body(client, at("task", task.pk))


def test_nobody_checks_their_own_file(sign_in, client, task, approver):
    upload(sign_in(approver), at("add_evidence", task.pk))
    evidence = Evidence.objects.get()
    assert at("check", evidence.pk) not in body(client, at("to_check"))
    assert client.post(at("check", evidence.pk)).status_code == 404
    assert Evidence.objects.get().proved_at is None


def test_a_secret_or_undeclared_file_is_refused_on_the_page(sign_in, client, task, officer):
    sign_in(officer)
    answer = upload(client, at("add_evidence", task.pk), word("TUYỆT MẬT"), note="đã gõ")
    assert answer.status_code == 422
    assert "dấu hiệu bí mật nhà nước" in answer.content.decode()
    assert "đã gõ" in answer.content.decode()
    assert upload(client, at("add_evidence", task.pk), declared="").status_code == 422
    assert not Evidence.objects.exists()


def test_another_agencys_evidence_is_not_there(sign_in, client, task, officer):
    evidence = actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)
    sign_in(UserFactory(role=Role.APPROVER))
    for name in ("withdraw", "evidence_file", "check"):
        assert client.get(at(name, evidence.pk)).status_code == 404, name
    sign_in(UserFactory(role=Role.VIEWER, agency=task.assignments.first().agency))
    assert client.get(at("withdraw", evidence.pk)).status_code == 404


def test_a_policys_panel_says_what_holds_and_what_is_missing(sign_in, client, front):
    policy = PolicyFactory()
    agency = policy.dossier.agency
    sign_in(UserFactory(role=Role.DRAFTER, agency=agency))
    panel = at("policy_evidence", policy.pk)
    assert body(client, panel).count("Còn thiếu") == 2
    version = VersionFactory(dossier=policy.dossier)
    add = at("add_policy_evidence", policy.pk, Purpose.COMMUNICATION)
    assert client.post(add, {"kind": "posting", "record": version.pk})["Location"] == panel
    window = WindowFactory(version=version)
    add = at("add_policy_evidence", policy.pk, Purpose.COORDINATION)
    assert client.post(add, {"kind": "window", "record": window.pk})["Location"] == panel
    page = body(client, panel)
    assert page.count("Có minh chứng") == 1
    assert "chưa hết hạn" in page
    assert client.get(at("add_policy_evidence", policy.pk, "product")).status_code == 404
    sign_in(UserFactory(role=Role.DRAFTER))
    assert client.get(panel).status_code == 404


def test_the_panel_costs_the_same_with_one_and_with_three(sign_in, officer):
    policy = PolicyFactory()
    client = sign_in(UserFactory(role=Role.DRAFTER, agency=policy.dossier.agency))

    def add():
        for kind, record in (("posting", VersionFactory()), ("window", WindowFactory())):
            given = {"policy": policy, "purpose": Purpose.COMMUNICATION}
            actions.add_record(kind=kind, record=record.pk, by=officer, **given)

    add()
    client.get(at("policy_evidence", policy.pk))
    one = cost(client, at("policy_evidence", policy.pk))
    add()
    add()
    assert cost(client, at("policy_evidence", policy.pk)) == one


# Year and calendar


def test_a_year_is_drawn_and_listed(sign_in, agency, officer):
    year = clock.today().year
    TaskFactory(leads=[agency], due_on=dt.date(year, 6, 30), content="Việc giữa năm")
    TaskFactory(leads=[agency], due_on=None, content="Việc không ngày")
    page = body(sign_in(officer), at("year", year))
    assert page.count("<rect") == 1
    for words in ("Việc giữa năm", "Việc không ngày"):
        assert words in page
    assert "style=" not in page
    assert sign_in(officer).get(at("year", 1066)).status_code == 404
    assert "Việc giữa năm" not in body(sign_in(officer), at("year", year + 1))


def test_a_private_calendar_is_given_anew_and_taken_back(sign_in, client, agency, officer):
    task = TaskFactory(leads=[agency], content="Đăng dự thảo; lấy ý kiến, tổng hợp")
    TaskFactory(leads=[AgencyFactory()])
    sign_in(officer)
    assert client.post(at("calendar")).status_code == 302
    link = CalendarLink.objects.get()
    first = reverse("plan_public:calendar", args=[tokens.token_of(officer.pk, 1)])
    assert first in body(client, at("calendar"))
    client.logout()
    answer = client.get(first)
    assert answer["Content-Type"].startswith("text/calendar")
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["summary"]) for one in entries] == [f"Hạn: {task.content}"]
    assert entries[0]["dtstart"].dt == task.due_on
    sign_in(officer)
    client.post(at("calendar"))
    assert client.get(first).status_code == 404
    second = reverse("plan_public:calendar", args=[tokens.token_of(officer.pk, 2)])
    assert client.get(second).status_code == 200
    client.post(at("calendar"), {"viec": "thu-hoi"})
    assert client.get(second).status_code == 404
    link.refresh_from_db()
    assert (link.number, link.live) == (2, False)


def test_who_left_has_no_calendar(client, officer):
    link = actions.give_calendar(by=officer)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    path = reverse("plan_public:calendar", args=[tokens.token_of(officer.pk, link.number)])
    assert client.get(path).status_code == 404
    assert client.get(reverse("plan_public:calendar", args=["vo-ly"])).status_code == 404
