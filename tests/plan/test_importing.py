"""A plan's file becomes a draft with proposals; a person accepts, revises, merges and drops them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danban import cli
from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.common.uploads import UploadRefused
from danban.plan import actions, issuing
from danban.plan.models import Plan, Task
from danban.plan.states import NO_NUMBER, Part, PlanKind, PlanState, TaskState
from danban.policies.rules import SecretRefused
from tests.factories import UserFactory
from tests.plan.files import HEAD, ROWS, big_plan, plan_docx
from tests.plan.making import make_plan, make_task, province
from tests.shared_data import shared

pytestmark = pytest.mark.django_db

FILE = plan_docx(
    "ỦY BAN NHÂN DÂN TỈNH SÔNG MÂY", "Số: 12/KH-UBND", "Bến Lụa, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH",
    "Truyền thông chính sách năm 2026", "Căn cứ Kế hoạch số 9/KH-UBND ngày 03/02/2023;", [HEAD, *ROWS],
)  # fmt: skip


STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@pytest.fixture
def scene():
    return province()


def imported(by, data=FILE, name="ke-hoach.docx"):
    return actions.import_plan(data=data, file_name=name, by=by)


def test_a_file_becomes_a_draft_plan_with_proposals(scene):
    committee, justice, health, by = scene
    above = make_plan(justice, by, number="9/KH-UBND", kind=PlanKind.MULTI_YEAR, year=2023)
    plan = imported(by)
    assert (plan.number, plan.issued_on, plan.issuer, plan.lead, plan.parent) == (
        "12/KH-UBND", dt.date(2026, 1, 5), committee, justice, above,
    )  # fmt: skip
    assert (plan.state, plan.kind, plan.doubts) == (PlanState.DRAFT, PlanKind.YEARLY, [])
    assert list(plan.sections.values_list("number", "title")) == [
        ("I", "Nâng cao nhận thức"), ("II", "Tổ chức thực hiện"),
    ]  # fmt: skip
    first, second, third = plan.tasks.order_by("position")
    assert {task.state for task in (first, second, third)} == {TaskState.PROPOSED}
    assert (first.starts_on, first.due_on) == (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
    assert set(first.assignments.values_list("part", "agency", "named_as")) == {
        (Part.LEADS, justice.pk, "Sở Tư pháp"), (Part.COORDINATES, None, "Các Sở, ban, ngành"),
    }  # fmt: skip
    assert (second.cadence, second.assignments.get(part=Part.LEADS).agency) == ("continuous", health)
    assert [task.doubts for task in (first, second, third)] == [[], [], []]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details["tasks"]) == ("plan.imported", 3)


def test_what_the_file_does_not_say_is_filled_in_with_a_doubt(scene):
    committee, _justice, _health, by = scene
    plan = imported(by, plan_docx([HEAD, ["1", "Việc", "Sở Lạ", "", "Khi có yêu cầu", ""]]))
    assert (plan.number, plan.issuer) == ("…/KH-UBND", committee)
    assert any("số" in one for one in plan.doubts)
    (task,) = plan.tasks.all()
    assert [doubt.split()[0] for doubt in task.doubts] == ["Chưa", "Chưa"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 x", b"\x89PNG", plan_docx("x")[:300]])
def test_a_file_that_cannot_be_taken_leaves_nothing(sign_in, scene, data):
    *_rest, by = scene
    file = SimpleUploadedFile("ke-hoach.docx", data)
    answer = sign_in(by).post(reverse("plan:import_plan"), {"file": file})
    assert answer.status_code == 422
    assert not Plan.objects.exists()
    with pytest.raises(UploadRefused):
        imported(by, data)


def test_nothing_is_kept_of_a_file_marked_secret(sign_in, scene, settings, tmp_path):
    *_rest, by = scene
    settings.STORAGES = settings.STORAGES | {"default": STORAGE | {"OPTIONS": {"location": tmp_path}}}
    data = plan_docx("MẬT", "KẾ HOẠCH bí ẩn", [HEAD, *ROWS])
    with pytest.raises(SecretRefused):
        imported(by, data)
    answer = sign_in(by).post(reverse("plan:import_plan"), {"file": SimpleUploadedFile("bi-an.docx", data)})
    assert "bí mật nhà nước" in answer.content.decode()
    assert not Plan.objects.exists()
    assert list(tmp_path.rglob("*")) == []
    assert "bi-an" not in str(list(AuditEntry.objects.values()))


def test_the_same_file_twice_is_refused_and_its_second_copy_is_gone(scene, settings, tmp_path):
    *_rest, by = scene
    settings.STORAGES = settings.STORAGES | {"default": STORAGE | {"OPTIONS": {"location": tmp_path}}}
    imported(by)
    with pytest.raises(Refused, match="Đã có văn bản"):
        imported(by)
    assert Plan.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_the_screen_from_upload_to_a_plan_in_force(sign_in, scene):
    *_rest, by = scene
    client = sign_in(by)
    answer = client.post(
        reverse("plan:import_plan"), {"file": SimpleUploadedFile("kh.docx", FILE)}, follow=True
    )
    plan = Plan.objects.get()
    page = answer.content.decode()
    assert "Tổ chức hội nghị phổ biến" in page
    assert "Đầu bảng." in page
    client.post(reverse("plan:accept_sure_proposals", args=[plan.pk]))
    assert set(plan.tasks.values_list("state", flat=True)) == {TaskState.PLANNED}
    client.post(reverse("plan:put_in_force", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE
    assert client.get(reverse("plan:plan_file", args=[plan.pk])).getvalue() == FILE


def test_doubts_stand_first_and_are_not_accepted_in_bulk(sign_in, scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by)
    make_task(plan, "Việc rõ", state=TaskState.PROPOSED)
    make_task(plan, "Việc ngờ", state=TaskState.PROPOSED, doubts=["Chưa khớp “Sở X”."])
    make_task(plan, "Việc muộn", state=TaskState.PROPOSED, due_on=dt.date(2027, 2, 1))
    client = sign_in(by)
    page = client.get(reverse("plan:proposals", args=[plan.pk])).content.decode()
    assert page.index("Việc ngờ") < page.index("Việc rõ")
    assert "Hạn 01/02/2027 sau khi kế hoạch kết thúc" in page
    assert actions.accept_sure_proposals(plan=plan, by=by) == 1
    assert list(plan.tasks.filter(state=TaskState.PLANNED).values_list("content", flat=True)) == ["Việc rõ"]


def form_of(task, **changed):
    values = {
        "section": task.section_id or "", "number": task.number, "content": task.content,
        "timing": task.timing,
        "cadence": task.cadence, "product": task.product, "budget": "", "revision": task.revision,
    }  # fmt: skip
    return values | changed


def test_a_proposal_is_revised_with_agencies_chosen(sign_in, scene):
    _committee, justice, health, by = scene
    plan = imported(
        by, plan_docx([HEAD, ["1", "Việc", "Sở Tư phát; Sở Lạ; Tổ công tác", "Sở Y tế", "Quý I", ""]])
    )
    task = plan.tasks.get()
    client = sign_in(by)
    address = reverse("plan:revise_proposal", args=[plan.pk, task.pk])
    page = client.get(address).content.decode()
    first, second, third, fourth = task.assignments.order_by("id")
    assert page.index(f'<option value="{justice.pk}">') < page.index("Giữ nguyên lời")
    wrong = client.post(address, form_of(task, new_leads="Sở Y tá; Sở Không Đâu", product="gõ dở"))
    assert "Có phải: Sở Y tế tỉnh Sông Mây?" in wrong.content.decode()
    assert "Không có cơ quan nào tên “Sở Không Đâu”" in wrong.content.decode()
    assert "gõ dở" in wrong.content.decode()
    data = form_of(
        task, content="Việc đã sửa", due_on="31/03/2026", new_coordinates="STP",
        **{f"carrier_{first.pk}": justice.pk, f"carrier_{second.pk}": "drop", f"carrier_{third.pk}": "keep",
           f"carrier_{fourth.pk}": health.pk},
    )  # fmt: skip
    assert client.post(address, data).status_code == 302
    task.refresh_from_db()
    assert (task.content, task.state, task.doubts) == ("Việc đã sửa", TaskState.PLANNED, [])
    assert set(task.assignments.values_list("part", "agency")) == {
        (Part.LEADS, justice.pk), (Part.LEADS, None), (Part.COORDINATES, health.pk),
        (Part.COORDINATES, justice.pk),
    }  # fmt: skip


def test_the_second_of_two_officers_sees_what_changed_and_keeps_their_words(sign_in, scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by)
    task = make_task(plan, "Lời đầu", leads=[justice], state=TaskState.PROPOSED)
    address = reverse("plan:revise_proposal", args=[plan.pk, task.pk])
    client = sign_in(by)
    carrier = {f"carrier_{task.assignments.get().pk}": justice.pk}
    client.post(address, form_of(task, content="Người thứ nhất", **carrier))
    answer = client.post(address, form_of(task, content="Người thứ hai", **carrier))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Người khác vừa sửa" in page
    assert "Người thứ hai" in page
    assert "Người thứ nhất" in page
    task.refresh_from_db()
    assert task.content == "Người thứ nhất"


@pytest.mark.parametrize("changed", [{"content": ""}, {"starts_on": "01/05/2026", "due_on": "01/04/2026"}])
def test_a_bad_revision_comes_back_as_typed(sign_in, scene, changed):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by)
    task = make_task(plan, state=TaskState.PROPOSED)
    data = form_of(task, product="Sản phẩm gõ dở") | changed
    answer = sign_in(by).post(reverse("plan:revise_proposal", args=[plan.pk, task.pk]), data)
    assert answer.status_code == 422
    assert "Sản phẩm gõ dở" in answer.content.decode()


def test_a_proposal_is_merged_into_the_one_before(sign_in, scene):
    _committee, justice, health, by = scene
    plan = make_plan(justice, by)
    first = make_task(
        plan, "Một", leads=[justice], timing="Quý I", product="Tin", starts_on=dt.date(2026, 7, 1)
    )
    second = make_task(
        plan, "Hai", leads=[justice, health], state=TaskState.PROPOSED, timing="Quý II", product="Tin",
        due_on=dt.date(2026, 6, 30), source="Hai nguồn",
    )  # fmt: skip
    child = make_task(plan, "Con", parent=second, state=TaskState.PROPOSED)
    sign_in(by).post(reverse("plan:merge_proposal", args=[plan.pk, second.pk]))
    first.refresh_from_db()
    child.refresh_from_db()
    assert (first.content, first.timing, first.product, first.state) == (
        "Một\nHai",
        "Quý I; Quý II",
        "Tin",
        "proposed",
    )
    assert (first.starts_on, first.due_on) == (None, dt.date(2026, 6, 30))
    assert set(first.assignments.values_list("agency", flat=True)) == {justice.pk, health.pk}
    assert "Hai nguồn" in first.source
    assert child.parent == first
    assert not Task.objects.filter(pk=second.pk).exists()
    with pytest.raises(Refused, match="đứng trước"):
        actions.merge_proposal(task=first, by=by)


def test_a_dropped_proposal_stays_in_words_with_the_reason(sign_in, scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by)
    task = make_task(plan, state=TaskState.PROPOSED, source="Lời trong văn bản")
    client = sign_in(by)
    address = reverse("plan:drop_proposal", args=[plan.pk, task.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert Task.objects.filter(pk=task.pk).exists()
    client.post(address, {"reason": "Chỉ là yêu cầu chung"})
    plan.refresh_from_db()
    assert plan.unused == [{"words": "Lời trong văn bản", "why": "Chỉ là yêu cầu chung"}]
    assert not plan.tasks.exists()
    assert AuditEntry.objects.get().action == "plan.proposal-dropped"


def test_nothing_is_proposed_any_more_once_a_plan_is_in_force(scene):
    _committee, justice, _health, by = scene
    plan = make_plan(justice, by, state=PlanState.IN_FORCE)
    task = make_task(plan)
    with pytest.raises(issuing.WrongState):
        actions.drop_proposal(task=task, reason="x", by=by)


def test_only_those_who_write_plans_import(sign_in, scene):
    _committee, _justice, health, _by = scene
    client = sign_in(UserFactory(role=Role.OFFICER, agency=health))
    assert client.get(reverse("plan:import_plan")).status_code == 403


# ── The command ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def run(settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DANBAN_DATA", str(tmp_path))
    monkeypatch.setenv("DANBAN_MODE", "demo")

    def words(*given):
        code = cli.main(["plan", "import", *map(str, given)])
        return code, capsys.readouterr()

    return words


def test_a_dry_run_tells_what_would_be_made_and_writes_nothing(run, scene, tmp_path):
    _committee, justice, _health, _by = scene
    path = tmp_path / "kh.docx"
    path.write_bytes(FILE)
    code, said = run(path, "--dry-run", "--format", "json")
    answer = json.loads(said.out)
    assert code == 0
    assert list(answer)[:2] == ["tasks", "unused"]
    assert list(answer["tasks"][0])[:7] == [
        "section", "content", "lead", "coordinating", "deadline", "product", "doubts",
    ]  # fmt: skip
    assert answer["tasks"][0]["lead"] == ["Sở Tư pháp"]
    assert answer["tasks"][0]["agencies"][0]["agency"] == justice.name
    assert "STT" in answer["unused"]
    assert not Plan.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("name", "tasks"),
    [("ke-hoach-1070-2023.txt", 15), ("phu-luc-nhiem-vu.docx", 13), ("phu-luc-nhiem-vu-o-gop.docx", 13)],
)
def test_the_shared_plans_without_a_register(run, name, tasks):
    path = shared(f"plan/{name}")
    code, said = run(path, "--dry-run", "--format", "json")
    answer = json.loads(said.out)
    assert (code, len(answer["tasks"]), answer["agencies_matched"]) == (0, tasks, False)
    code, said = run(path, "--dry-run")
    assert "Chưa có danh bạ cơ quan" in said.out


def test_a_plan_is_made_by_someone(run, scene, tmp_path):
    *_rest, by = scene
    path = tmp_path / "kh.docx"
    path.write_bytes(FILE)
    assert run(path)[0] == 2
    assert run(path, "--by", "ai@do.example")[0] == 1
    code, said = run(path, "--by", by.email)
    assert code == 0
    assert "3 nhiệm vụ chờ xác nhận" in said.out
    assert Plan.objects.get().created_by == by
    code, said = run(path, "--by", by.email)
    assert (code, said.err.startswith("Đã có văn bản")) == (1, True)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", plan_docx("TUYỆT MẬT", "x")])
def test_a_bad_file_is_refused_in_words(run, tmp_path, data):
    path = tmp_path / "kh.docx"
    path.write_bytes(data)
    code, said = run(path, "--dry-run", "--format", "json")
    assert (code, said.out) == (1, "")
    assert said.err.strip()
    assert run(tmp_path / "khong-co.docx", "--dry-run")[0] == 1


def test_four_hundred_tasks_are_kept_in_few_queries(scene, django_assert_max_num_queries):
    *_rest, by = scene
    data = big_plan(400)
    with django_assert_max_num_queries(40):
        plan = imported(by, data)
    assert plan.tasks.count() == 400


def test_two_drafts_of_one_day_may_both_wait_for_their_number(scene):
    *_rest, by = scene
    blank = [imported(by, plan_docx([HEAD, row]), f"{n}.docx") for n, row in enumerate(ROWS[1:3])]
    assert [plan.number for plan in blank] == [NO_NUMBER, NO_NUMBER]
    assert Plan.objects.count() == 2


def test_a_plan_without_a_number_is_not_put_in_force(scene):
    *_rest, by = scene
    plan = imported(by, plan_docx([HEAD, ROWS[1]]))
    for task in plan.tasks.all():
        actions.accept_proposal(task=task, by=by)
    with pytest.raises(issuing.WrongState, match="chưa có số"):
        actions.put_in_force(plan=plan, by=by)
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


def test_a_file_without_a_task_says_so_and_how_to_go_on(sign_in, scene):
    *_rest, by = scene
    plan = imported(by, "Xin chào các đồng chí.".encode(), "thu.txt")
    shown = sign_in(by).get(reverse("plan:proposals", args=[plan.pk])).content.decode()
    assert "Chưa đọc ra nhiệm vụ nào" in shown
    assert "Mọi nhiệm vụ đã được xác nhận" not in shown
    assert reverse("plan:add_plan_task", args=[plan.pk]) in shown


def test_an_annex_joins_the_draft_it_belongs_to(scene):
    *_rest, by = scene
    plan = imported(by)
    before, unused = plan.tasks.count(), len(plan.unused)
    annex = plan_docx(
        "PHỤ LỤC", "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026)",
        [HEAD, ["I", "Nâng cao năng lực", "", "", "", ""], ROWS[1], ["4", "Tập huấn", "Sở Y tế", "", "", ""]],
    )  # fmt: skip
    assert imported(by, annex, "phu-luc.docx") == plan
    plan.refresh_from_db()
    again, new = plan.tasks.order_by("position")[before:]
    assert (again.position, new.content, new.section.title) == (before + 1, "Tập huấn", "Nâng cao năng lực")
    assert "Kế hoạch đã có một nhiệm vụ cùng nội dung." in again.doubts
    assert {again.state, new.state} == {TaskState.PROPOSED}
    assert len(plan.unused) > unused
    assert "Tập huấn" in plan.text
    assert plan.file_name == "ke-hoach.docx"
    acts = list(AuditEntry.objects.order_by("id").values_list("action", "details__tasks"))
    assert acts == [("plan.imported", 3), ("plan.imported", 2)]


def test_an_annex_of_a_plan_in_force_is_refused(scene):
    *_rest, by = scene
    plan = imported(by)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.IN_FORCE)
    with pytest.raises(Refused, match="Đã có văn bản"):
        imported(by, plan_docx("Số: 12/KH-UBND", "Bến Lụa, ngày 05 tháng 01 năm 2026", [HEAD, ROWS[1]]))
    assert plan.tasks.count() == 3
