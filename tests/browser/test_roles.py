"""A short day of each other role, the inbox by keys alone, and the office without JavaScript."""

from __future__ import annotations

import pytest

from danban.accounts.models import User
from danban.accounts.states import Role
from danban.answers.models import Answer, Point
from danban.audit.models import AuditEntry
from danban.consultation.models import Comment
from danban.consultation.states import Visibility
from tests.browser.office import enter, look, press, refused, visit
from tests.factories import AgencyFactory, CommentFactory, UserFactory, WindowFactory

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = ("Xin thu gom rác sau 19 giờ.", "Rác nên gom buổi tối, sau giờ làm.", "Ba loại rác là nhiều quá.")


@pytest.fixture
def window():
    made = WindowFactory(version__dossier__title="Quyết định về thu gom rác sinh hoạt")
    clause = made.version.provisions.get(address="dieu-1.khoan-2")
    for words in WORDS:
        CommentFactory(window=made, provision=clause, text=words, visibility=Visibility.SHOWN)
    return made


def test_justice_sees_everything_and_answers_nothing(screen, window):
    desk = screen()
    enter(desk, UserFactory(role=Role.JUSTICE, agency=AgencyFactory(code="so-tu-phap")))
    comment = Comment.objects.earliest("pk")
    for path in (
        "/can-bo/ho-so/",
        f"/can-bo/ho-so/{window.dossier.pk}/",
        f"/can-bo/du-thao/{window.version.pk}/cau-truc/",
        f"/can-bo/dot-lay-y-kien/{window.pk}/",
        "/can-bo/hop-thu/",
        f"/can-bo/bao-cao/{window.pk}/",
        "/can-bo/so-ngay-dang-tai/",
        "/can-bo/nhat-ky/",
    ):
        visit(desk, path)
    page = visit(desk, f"/can-bo/hop-thu/{window.pk}/{comment.pk}/")
    assert comment.text in page.inner_text("main")
    for name in ("Trả lời riêng", "Gom thành một vấn đề", "Không hiện"):
        assert page.get_by_role("button", name=name).count() == 0
    page.goto(f"/can-bo/tra-loi/{window.pk}/", wait_until="networkidle")
    refused(desk, 403)
    assert not Point.objects.exists()


def test_a_comment_is_hidden_by_two_persons(screen, window):
    agency, comment = window.dossier.agency, Comment.objects.earliest("pk")
    here = f"/can-bo/hop-thu/{window.pk}/{comment.pk}/"
    public = f"/du-thao/{window.dossier.slug}/dieu-1/"
    desk = screen()
    enter(desk, UserFactory(role=Role.DRAFTER, agency=agency))
    page = visit(desk, here)
    page.get_by_text("Đề nghị không hiện công khai").click()
    page.get_by_label("Vì sao").fill("Câu đầu có tên một người.")
    page = press(desk, "Đề nghị không hiện")
    look(desk)
    assert "chờ người thứ hai" in page.inner_text("main")
    assert comment.text in visit(screen(), public).inner_text("main")
    second = screen()
    enter(second, UserFactory(role=Role.APPROVER, agency=agency))
    look(second)
    page = press(second, "Không hiện ý kiến công khai", "link")
    look(second)
    assert "Câu đầu có tên một người." in page.inner_text("main")
    press(second, "Xác nhận")
    look(second)
    comment.refresh_from_db()
    assert comment.visibility == Visibility.WITHHELD
    assert comment.text not in visit(screen(), public).inner_text("main")


def test_the_administrator_adds_a_person(screen):
    agency = AgencyFactory(name="Sở Y tế tỉnh Thử Nghiệm")
    desk = screen()
    enter(desk, UserFactory(role=Role.ADMIN, agency=agency))
    press(desk, "Người dùng và cơ quan", "link")
    look(desk)
    page = press(desk, "Thêm người dùng", "link")
    look(desk)
    page.get_by_label("Họ và tên").fill("Vũ Thị Hoa")
    page.get_by_label("Thư công vụ").fill("hoa.vt@tinh.example")
    page.get_by_label("Cơ quan").select_option(str(agency.pk))
    page.get_by_label("Vai trò").select_option(Role.DRAFTER)
    press(desk, "Lưu")
    look(desk)
    added = User.objects.get(email="hoa.vt@tinh.example")
    assert added.memberships.get().role == Role.DRAFTER
    assert AuditEntry.objects.filter(action="user.added").exists()
    link = page.locator("code").inner_text()
    other = screen()
    other.go(link)
    other.page.fill("[name=password1]", "mot-mat-khau-dai-2026")
    other.page.fill("[name=password2]", "mot-mat-khau-dai-2026")
    look(other)
    with other.page.expect_navigation(wait_until="networkidle"):
        other.page.click("main form button[type=submit]")
    added.refresh_from_db()
    assert added.check_password("mot-mat-khau-dai-2026")
    for path in (
        f"/can-bo/nguoi-dung/{added.pk}/",
        "/can-bo/co-quan/",
        "/can-bo/co-quan/them/",
        f"/can-bo/co-quan/{agency.pk}/",
        "/can-bo/cong-viec/",
    ):
        visit(desk, path)


def test_the_inbox_and_the_answer_by_keys_alone(screen, window):
    desk = screen()
    enter(desk, UserFactory(role=Role.DRAFTER, agency=window.dossier.agency))
    page = visit(desk, f"/can-bo/hop-thu/{window.pk}/")
    for key in ("j", "x", "j", "x", "k", "x", "x"):
        page.keyboard.press(key)
    assert page.locator(".queue input:checked").count() == 2
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("g")
    page.locator("[name=title]").focus()
    page.keyboard.type("Gom rác sau giờ làm")
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert f"/can-bo/tra-loi/{window.pk}/" in page.url
    page.keyboard.press("1")
    page.keyboard.press("r")
    page.keyboard.type("Thêm khung giờ tối vào khoản 2.")
    page.keyboard.press("Escape")
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("t")
    look(desk)
    answer = Answer.objects.get()
    assert (answer.disposition, answer.state) == ("accepted", "submitted")
    assert set(answer.point.members.values_list("comment__text", flat=True)) <= set(WORDS)
    assert answer.point.members.count() == 2


@pytest.mark.parametrize("width", [360, 1280])
def test_the_office_works_without_javascript(screen, window, width):
    desk = screen(width=width, javascript=False)
    drafter = UserFactory(role=Role.DRAFTER, agency=window.dossier.agency)
    page = desk.go("/can-bo/")
    page.fill("[name=login]", drafter.email)
    page.fill("[name=password]", "mat-khau-thu-nghiem-1")
    page.click("main form button[type=submit]")
    desk.go(f"/can-bo/hop-thu/{window.pk}/?q=rac")
    desk.assert_fits()
    for tick in page.locator(".queue input[type=checkbox]").all()[:2]:
        tick.check()
    press(desk, "Gom thành một vấn đề")
    page.get_by_label("Tên vấn đề").fill("Gom rác buổi tối")
    press(desk, "Tạo vấn đề và trả lời")
    desk.assert_fits()
    page.get_by_label("Giải trình 3").check()
    page.get_by_label("Lý do, giải trình").fill("Giờ tối cần thêm người; xin giữ khung giờ cũ trong năm đầu.")
    press(desk, "Lưu nháp")
    desk.assert_fits()
    assert Answer.objects.get().state == "draft"
    press(desk, "Trình duyệt và sang vấn đề sau")
    answer = Answer.objects.get()
    assert (answer.disposition, answer.state) == ("not_accepted", "submitted")
    assert answer.point.members.count() == 2
