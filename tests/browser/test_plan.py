"""An officer's way with a task: see it, show it done, a second person checks, withdraw, declared again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from danban.accounts.states import AgencyKind, Role
from danban.plan import actions
from danban.plan.models import Evidence, Task
from danban.plan.states import TaskState
from tests.browser.office import enter, look, press, refused, visit
from tests.factories import AgencyFactory, PolicyFactory, TaskFactory, UserFactory, VersionFactory
from tests.plan.test_evidence import word

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = "Đăng dự thảo về phân loại rác trên cổng thông tin"
HOME = "/can-bo/ke-hoach/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def agency():
    return AgencyFactory(name="Sở Nông nghiệp và Môi trường")


@pytest.fixture
def front():
    return AgencyFactory(name="Mặt trận Tổ quốc tỉnh", kind=AgencyKind.FATHERLAND_FRONT)


@pytest.fixture
def task(agency, front):
    due = timezone.localdate() + dt.timedelta(days=3)
    return TaskFactory(content=CONTENT, leads=[agency], coordinating=[front], due_on=due)


def state(task):
    return Task.objects.get(pk=task.pk).state


def test_a_task_is_shown_done_checked_and_withdrawn(screen, task, agency):
    desk, second = screen(), screen()
    officer = UserFactory(role=Role.OFFICER, agency=agency)
    actions.remind()
    enter(desk, officer)
    press(desk, "Nhiệm vụ theo kế hoạch", "link")
    look(desk)
    press(desk, CONTENT, "link")
    look(desk)
    press(desk, "Bắt đầu làm")
    assert state(task) == TaskState.WORKING
    page = desk.page
    page.get_by_text("Khai báo đã xong").first.click()
    page.get_by_label("Đã làm được gì").fill("Đã đăng ngày hôm qua.")
    press(desk, "Khai báo đã xong")
    look(desk)
    assert state(task) == TaskState.DECLARED
    press(desk, "Thêm minh chứng", "link")
    look(desk)
    page.set_input_files("input[type=file]", {"name": "bien-ban.docx", "mimeType": "", "buffer": word()})
    page.get_by_label("Ngày trên tài liệu").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_label("Tôi đã đọc và xác nhận").check()
    press(desk, "Gửi tệp")
    assert "Chờ người thứ hai kiểm tra" in look(desk).inner_text("main")
    assert state(task) == TaskState.DECLARED
    enter(second, UserFactory(role=Role.APPROVER, agency=agency))
    press(second, "Tệp chờ kiểm tra", "link")
    look(second)
    press(second, "bien-ban.docx", "link")
    look(second)
    press(second, "Đúng, là minh chứng")
    look(second)
    done = Task.objects.get(pk=task.pk)
    assert (done.state, done.done_on) == (TaskState.DONE, timezone.localdate())
    visit(desk, f"{HOME}nhiem-vu/{task.pk}/")
    press(desk, "Rút minh chứng", "link")
    look(desk)
    page.get_by_label("Lý do rút").fill("Biên bản thiếu chữ ký.")
    press(desk, "Rút minh chứng")
    look(desk)
    assert state(task) == TaskState.DECLARED
    assert Evidence.objects.get().ended_reason == "Biên bản thiếu chữ ký."
    assert "Trở về khai báo" in visit(desk, f"{HOME}nhiem-vu/{task.pk}/lich-su/").inner_text("main")


def test_the_second_of_two_officers_sees_what_changed(screen, task):
    first, second = screen(), screen()
    for one in (first, second):
        enter(one, UserFactory(role=Role.JUSTICE))
        visit(one, f"{HOME}nhiem-vu/{task.pk}/sua/")
    first.page.get_by_label("Sản phẩm").fill("Bài đăng")
    press(first, "Lưu")
    second.page.get_by_label("Sản phẩm").fill("Bản tóm tắt một trang")
    second.page.get_by_label("Kinh phí").fill("10 triệu đồng")
    press(second, "Lưu")
    page = refused(second, 409)
    table = page.locator("main table").inner_text()
    assert "Bài đăng" in table
    assert "Bản tóm tắt một trang" in table
    assert page.get_by_label("Kinh phí").input_value() == "10 triệu đồng"
    press(second, "Lưu")
    saved = Task.objects.get(pk=task.pk)
    assert (saved.product, saved.budget, saved.revision) == ("Bản tóm tắt một trang", "10 triệu đồng", 3)


def test_every_page_of_work_is_good(screen, task, agency, front):
    officer = UserFactory(role=Role.APPROVER, agency=agency)
    asked = actions.ask_coordination(
        task=task, asking=agency, asked=front, what="Cử người dự.", due_on=timezone.localdate(), by=officer
    )
    actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)
    policy = PolicyFactory(dossier__agency=agency)
    desk = screen()
    enter(desk, officer)
    for path in (
        HOME,
        f"{HOME}?muc=xong",
        f"{HOME}phoi-hop/",
        f"{HOME}phoi-hop/{asked.pk}/",
        f"{HOME}nam/{timezone.localdate().year}/",
        f"{HOME}lich/",
        f"{HOME}nhiem-vu/{task.pk}/",
        f"{HOME}nhiem-vu/{task.pk}/sua/",
        f"{HOME}nhiem-vu/{task.pk}/minh-chung/?loai=posting&moi=1",
        f"{HOME}chinh-sach/{policy.pk}/minh-chung/",
        f"{HOME}chinh-sach/{policy.pk}/minh-chung/communication/them/",
    ):
        visit(desk, path)
    visit(desk, f"{HOME}lich/")
    press(desk, "Tạo địa chỉ lịch")
    assert "/lich/" in look(desk).get_by_label("Địa chỉ riêng").input_value()


def test_work_goes_on_without_javascript(screen, task, agency):
    desk = screen(width=360, javascript=False)
    officer = UserFactory(role=Role.OFFICER, agency=agency)
    page = desk.go("/can-bo/")
    page.fill("[name=login]", officer.email)
    page.fill("[name=password]", "mat-khau-thu-nghiem-1")
    page.click("main form button[type=submit]")
    desk.go(f"{HOME}nhiem-vu/{task.pk}/")
    page.get_by_text("Báo vướng").first.click()
    page.get_by_label("Vướng ở đâu").fill("Thiếu kinh phí.")
    press(desk, "Báo vướng")
    desk.assert_fits()
    assert state(task) == TaskState.BLOCKED
