"""A citizen on an old phone, without JavaScript or account: from the front page to the receipt."""

from __future__ import annotations

import pytest

from danban.consultation.models import Comment
from danban.consultation.states import Visibility
from danban.portal import throttle
from tests.factories import CommentFactory, VersionFactory, WindowFactory

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Xin cho bà con ở xóm núi đổ rác hai lần một tuần."


@pytest.fixture(autouse=True)
def _fresh_bucket():
    throttle.comments._levels.clear()


@pytest.fixture
def window():
    made = WindowFactory(version__dossier__title="Quyết định về thu gom rác sinh hoạt")
    CommentFactory(
        window=made, provision=made.version.provisions.get(address="dieu-1"), visibility=Visibility.SHOWN
    )
    return made


@pytest.mark.parametrize("width", [360, 1280])
def test_find_read_comment_and_keep_the_receipt(screen, window, width):
    phone = screen(width=width, javascript=False)
    page = phone.go("/")
    page.get_by_label("Tìm dự thảo").fill("thu gom rac")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name=window.dossier.title).click()
    page.locator(".law").get_by_role("link", name="Góp ý Điều 1").click()
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    assert page.locator(".error-summary").is_visible()
    page.get_by_label("Ý kiến của ông/bà").fill(TEXT)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    assert page.get_by_text(TEXT).first.is_visible()
    page.get_by_role("button", name="Gửi góp ý").click()
    code = page.locator(".receipt-code").inner_text()
    page.reload()
    assert page.locator(".receipt-code").inner_text() == code
    page.go_back()
    page.get_by_role("button", name="Gửi góp ý").click()
    assert page.locator(".receipt-code").inner_text() == code
    assert Comment.objects.filter(text=TEXT).count() == 1
    page.goto("/bien-nhan/")
    page.get_by_label("Mã biên nhận").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Xem").click()
    assert page.get_by_text(TEXT).is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_citizens_page_is_good(screen, window, width):
    slug = window.dossier.slug
    desk = screen(width=width)
    article = window.version.provisions.get(address="dieu-1")
    paths = ["/", "/en/", "/du-thao/", "/bien-nhan/", "/gioi-thieu/", "/da-tra-loi/"]
    paths += [f"/du-thao/{slug}/{page}" for page in ("", "toan-van/", "dieu-1/", "tra-loi/")]
    paths += [f"/gop-y/{window.pk}/{article.pk}/", f"/gop-y/{window.pk}/"]
    for path in paths:
        desk.go(path)
        desk.assert_good()


def test_what_changes_is_good(screen):
    first = VersionFactory(number=1)
    second = VersionFactory(dossier=first.dossier, number=2)
    assert second.number == 2
    desk = screen(width=360)
    desk.go(f"/du-thao/{first.dossier.slug}/thay-doi/")
    desk.assert_good()


def test_a_first_view_is_light(screen, window):
    phone = screen(width=360, javascript=False)
    phone.go(f"/du-thao/{window.dossier.slug}/")
    assert len(phone.weights) <= 5
    assert sum(phone.weights.values()) <= 50 * 1024
