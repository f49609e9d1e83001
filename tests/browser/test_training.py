"""A participant on a phone, without an account: register, be there, quiz, certificate; offline in between."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from danban.accounts.states import Role
from danban.common import clock
from danban.training import actions, rules
from danban.training.models import Attendance, Registration
from danban.training.views import public
from tests.browser.office import enter
from tests.factories import AgencyFactory, UserFactory
from tests.training.conftest import make_session as _make_session

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Lê Thị Hoa"
make_session = _make_session


@pytest.fixture
def agency(transactional_db):
    return AgencyFactory(name="Sở Tư pháp tỉnh Thử")


@pytest.fixture
def officer(agency):
    return UserFactory(role=Role.OFFICER, agency=agency)


@pytest.fixture
def session(make_session, officer):
    """Began ten minutes ago by the clock of the wall."""
    public.registrations._levels.clear()
    made = make_session(starts_at=clock.now() - dt.timedelta(minutes=10))
    for text in ("Ai trả lời ý kiến?", "Khi nào?"):
        actions.add_question(
            course=made.course, text=text, choices=["Cơ quan soạn thảo", "Không ai"], right=0, by=officer
        )
    return made


def register(page, session):
    page.goto(f"/tap-huan/{session.pk}/")
    page.get_by_label("Họ và tên", exact=False).first.fill(NAME)
    page.get_by_label("Nếu không có trong danh sách").fill("Xã Thử")
    page.get_by_role("button", name="Đăng ký").click()
    return page.locator(".receipt-code").inner_text()


def await_kept(page):
    """Wait until the page's script has kept the code. Playwright's own wait is eval, which the CSP bars."""
    for _turn in range(100):
        if page.evaluate("localStorage.getItem('danban:ma-tap-huan')"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the phone kept no code")


def room_code(session):
    return rules.room_code(session.pk, clock.now())


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_link_to_the_certificate(screen, session, officer, javascript):
    phone = screen(width=360, javascript=javascript)
    page = phone.go("/tap-huan/")
    page.get_by_role("link", name=session.course.title).click()
    page.get_by_role("button", name="Đăng ký").click()
    assert page.locator(".error-summary").is_visible()
    phone.complaints.clear()  # Chromium says that the answer was a refusal
    code = register(page, session)
    if javascript:
        await_kept(page)
    page.goto(f"/diem-danh/{session.pk}/{room_code(session)}/")
    if javascript:
        phone.assert_good()
        assert page.locator("#who").input_value() == code
    else:
        page.locator("#who").fill(code)
    page.get_by_role("button", name="Có mặt").click()
    page.get_by_text("Đã ghi có mặt.").wait_for()
    page.goto(f"/tap-huan/ma/{code}/")
    page.get_by_role("link", name="Làm bài kiểm tra").click()
    for question in page.locator("fieldset").all():
        question.get_by_label("Cơ quan soạn thảo").check()
    if javascript:
        phone.assert_good()
    page.get_by_role("button", name="Nộp bài").click()
    assert page.get_by_text("đúng 2/2 câu").is_visible()
    page.get_by_role("link", name="Góp ý về buổi này").click()
    page.get_by_label("5: rất có ích").check()
    page.get_by_role("button", name="Gửi góp ý").click()
    with clock.at(session.ends_at):
        actions.close_as_held(session=session, by=officer)
        [made] = actions.issue_certificates(session=session, by=officer)
    page.reload()
    assert page.get_by_role("link", name="Tải giấy chứng nhận").is_visible()
    if javascript:
        phone.assert_good()
    page.goto("/chung-nhan/")
    page.get_by_label("Mã kiểm tra").fill(rules.certificate_code(made.key))
    page.get_by_role("button", name="Kiểm tra").click()
    assert page.get_by_text("Có giá trị.").is_visible()
    assert page.get_by_text("L. T. H.").is_visible()
    if javascript:
        phone.assert_good()
    assert Attendance.objects.count() == 1


def test_without_a_connection_the_tap_is_kept_and_sent_later(screen, session):
    """Typed on the page that was opened before; the code proves when it was read."""
    phone = screen(width=360)
    code = register(phone.page, session)
    phone.page.locator("#room").fill(room_code(session))
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="Có mặt").click()
    phone.page.get_by_text("Chưa có mạng.").wait_for()
    assert not Attendance.objects.exists()
    phone.context.set_offline(False)
    phone.page.get_by_text("đã gửi xong").wait_for()
    kept = Attendance.objects.get()
    assert kept.registration == Registration.objects.get()
    phone.page.goto(f"/tap-huan/ma/{code}/")
    assert phone.page.get_by_text("Đã ghi có mặt.").is_visible()
    assert phone.page.evaluate("localStorage.getItem('danban:diem-danh')") == "[]"


def test_a_tap_kept_while_another_is_on_its_way_is_not_lost(screen, session):
    phone = screen(width=360)
    page = phone.page
    register(page, session)
    page.locator("#room").fill(room_code(session))
    phone.context.set_offline(True)
    page.get_by_role("button", name="Có mặt").click()
    page.get_by_text("Chưa có mạng.").wait_for()

    kept_meanwhile = """() => {
        const taps = JSON.parse(localStorage.getItem("danban:diem-danh"));
        const second = {url: "/", fields: {who: "người thứ hai"}};
        localStorage.setItem("danban:diem-danh", JSON.stringify([...taps, second]));
    }"""

    def first_another_is_kept(route):
        page.evaluate(kept_meanwhile)
        route.continue_()

    page.route("**/diem-danh/**", first_another_is_kept, times=1)
    phone.context.set_offline(False)
    page.get_by_text("đã gửi xong").wait_for()
    page.wait_for_function("JSON.parse(localStorage.getItem('danban:diem-danh')).length === 1")
    assert "người thứ hai" in page.evaluate("localStorage.getItem('danban:diem-danh')")
    assert Attendance.objects.count() == 1


def test_the_page_of_a_tap_is_light(screen, session):
    phone = screen(width=360, javascript=False)
    phone.go(f"/diem-danh/{session.pk}/{room_code(session)}/")
    weights = phone.weights
    page = next(size for url, size in weights.items() if "/diem-danh/" in url)
    assert page < 10 * 1024
    assert sum(weights.values()) < 50 * 1024


@pytest.mark.parametrize("width", [360, 1280])
def test_officers_pages_are_good(screen, session, officer, width):
    desk = screen(width=width)
    enter(desk, officer)
    pages = [
        reverse("training:home"),
        reverse("training:courses"),
        reverse("training:course", args=[session.course_id]),
        reverse("training:session", args=[session.pk]),
        reverse("training:screen", args=[session.pk]),
        reverse("training:add_person", args=[session.pk]),
        reverse("training:register"),
        reverse("training:people"),
        reverse("training:make_course"),
    ]
    for path in pages:
        desk.go(path)
        desk.assert_good()
