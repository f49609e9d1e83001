"""The screens that rest on the reading of the law: structure by keys, what changes, a law as amended."""

from __future__ import annotations

import gzip

import pytest

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.consultation.rules import hash_of_code
from danban.demo.docx import build_docx
from danban.demo.load import draft_text
from danban.policies import actions
from danban.policies.models import Consolidation, VersionText
from danban.policies.rules import open_doubts
from tests.browser.office import WIDTHS, enter, look, press, visit
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    CommentFactory,
    DossierFactory,
    UserFactory,
    WindowFactory,
)
from tests.policies.files import FIRST, docx
from tests.policies.test_bases import AMENDING, NAME

pytestmark = pytest.mark.django_db(transaction=True)

DOUBTFUL = (
    FIRST.replace("Điều 4. Hiệu lực", "Điều 9. Hiệu lực")
    .replace("a) Đường lớn", "a) Đường nhỏ;\nb) Đường vừa;\nc) Đường núi;\nd) Đường lớn")
    .replace("b) Ngõ nhỏ", "d) Ngõ nhỏ")
)
CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """The heads of the audit's chain belong to this database alone."""
    settings.DATA = tmp_path


@pytest.fixture
def agency():
    return AgencyFactory(name="Sở Thử Nghiệm")


@pytest.fixture
def drafter(agency):
    return UserFactory(role=Role.DRAFTER, agency=agency)


@pytest.fixture
def dossier(agency, drafter):
    return DossierFactory(agency=agency, created_by=drafter)


@pytest.fixture
def upload(dossier, drafter):
    def make(data):
        return actions.upload_version(
            dossier=dossier, data=data, file_name="du-thao.docx", note="", by=drafter
        )

    return make


@pytest.fixture
def publish(upload, drafter, agency):
    approver = UserFactory(role=Role.APPROVER, agency=agency)

    def make(version):
        actions.submit_version(version=version, by=drafter)
        actions.release_version(version=version, by=approver)
        version.refresh_from_db()
        return version

    return make


@pytest.fixture
def two(upload, publish):
    """Both versions of the demo's main draft, published."""
    return [publish(upload(build_docx(draft_text(f"quyet-dinh-v{n}.txt")))) for n in (1, 2)]


def waiting(version):
    return [doubt["line"] for doubt in open_doubts(VersionText.objects.get(version=version).doubts)]


def strike(screen, key):
    with screen.page.expect_navigation(wait_until="networkidle"):
        screen.page.keyboard.press(key)
    return screen.page


def acts():
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_doubts_are_settled_by_keys_alone(screen, upload, drafter):
    version = upload(docx(DOUBTFUL))
    first, second = waiting(version)
    desk = screen()
    enter(desk, drafter)
    page = visit(desk, f"/can-bo/du-thao/{version.pk}/cau-truc/")
    assert page.locator(".line[aria-current]").get_attribute("id") == f"l{first}"
    assert page.locator(f"#l{first}").is_visible()
    strike(desk, "a")
    assert waiting(version) == [second]
    assert page.locator(".line[aria-current]").get_attribute("id") == f"l{second}"
    look(desk)
    strike(desk, "u")
    assert waiting(version) == [first, second]
    strike(desk, "n")
    assert page.locator(".line[aria-current]").get_attribute("id") == f"l{second}"
    strike(desk, "d")
    assert waiting(version) == [first]
    look(desk)
    strike(desk, "u")
    assert waiting(version) == [first, second]
    assert acts()[-4:] == [
        "version.line-corrected",
        "version.line-corrected",
        "version.doubt-dismissed",
        "version.doubt-reopened",
    ]


def test_a_line_is_levelled_by_a_digit_and_taken_back(screen, upload, drafter):
    version = upload(docx(FIRST))
    line = next(one["n"] for one in version.text.lines if one["text"].startswith("2. Giờ thu gom"))
    desk = screen()
    enter(desk, drafter)
    page = visit(desk, f"/can-bo/du-thao/{version.pk}/cau-truc/?dong={line}#l{line}")
    strike(desk, "0")
    assert not version.provisions.filter(address="dieu-3.khoan-2").exists()
    assert "✎" in page.locator(f"#l{line}").inner_text()
    look(desk)
    strike(desk, "u")
    assert version.provisions.filter(address="dieu-3.khoan-2").exists()


def test_a_doubt_is_settled_without_javascript(screen, upload, drafter):
    version = upload(docx(DOUBTFUL))
    phone = screen(width=360, javascript=False)
    page = phone.go("/can-bo/")
    page.fill("[name=login]", drafter.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    phone.go(f"/can-bo/du-thao/{version.pk}/cau-truc/")
    phone.assert_fits()
    first, second = waiting(version)
    press(phone, "Đúng như đang đọc")
    assert waiting(version) == [second]
    press(phone, "Hoàn tác")
    assert waiting(version) == [first, second]
    phone.assert_fits()


def test_what_changes_is_read_on_a_desk_and_on_a_phone(screen, two, dossier):
    desk = screen()
    page = visit(desk, f"/du-thao/{dossier.slug}/thay-doi/")
    assert page.locator(".sides").count() > 1
    for width, side_by_side in zip(WIDTHS, (False, True), strict=True):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator(".sides:has(ins)").first.is_visible() == side_by_side
        assert page.locator(".inline:has(ins)").first.is_visible() != side_by_side
    press(desk, "Ghi liền trong một bản", "link")
    assert page.locator(".inline:has(ins)").first.is_visible()
    look(desk)
    shown = page.locator(".provision").count()
    press(desk, "Hiện cả chỗ giữ nguyên", "link")
    assert page.locator(".provision").count() > shown
    assert page.url.endswith("cach=lien&xem=tat-ca")
    page.emulate_media(media="print")
    assert not page.locator(".tabs").is_visible()
    assert page.locator("ins").first.is_visible()


def test_what_changes_is_light_and_needs_no_javascript(screen, two, dossier):
    phone = screen(width=360, javascript=False)
    page = phone.go(f"/du-thao/{dossier.slug}/thay-doi/?xem=tat-ca")
    phone.assert_fits()
    assert page.locator("ins").count() > 10
    fetched = [phone.context.request.get(url).body() for url in phone.weights]
    assert sum(len(gzip.compress(body)) for body in fetched) <= 50 * 1024


def test_the_words_then_and_now_stand_by_a_comment(screen, two, drafter):
    first, second = two
    window = WindowFactory(version=first, dossier=first.dossier)
    edited = second.alignments.filter(change="edited", old__unit="clause").first()
    comment = CommentFactory(window=window, version=first, provision=edited.old, code_hash=hash_of_code(CODE))
    desk = screen()
    page = visit(desk, f"/bien-nhan/{CODE}/")
    assert page.locator(".excerpt ins, .excerpt del").count()
    enter(desk, drafter)
    page = visit(desk, f"/can-bo/hop-thu/{window.pk}/{comment.pk}/")
    assert page.locator(".pane--context ins, .pane--context del").count()
    press(desk, "Mọi thay đổi của lần này", "link")
    look(desk)


def test_a_law_is_read_as_it_would_be_amended(screen, upload, publish, drafter):
    version = upload(docx(AMENDING))
    desk = screen()
    enter(desk, drafter)
    visit(desk, f"/can-bo/du-thao/{version.pk}/cau-truc/")
    page = press(desk, "Dự thảo này sửa một văn bản đang có hiệu lực?", "link")
    look(desk)
    page.get_by_label("Tên và số của văn bản gốc").fill(NAME)
    page.set_input_files("input[type=file]", {"name": "goc.docx", "mimeType": "", "buffer": docx(FIRST)})
    press(desk, "Tải lên và ghép")
    assert page.get_by_role("heading", name="1 chỗ chưa ghép được vào văn bản gốc").is_visible()
    look(desk)
    assert len(Consolidation.objects.get(version=version).done) == 3
    version.refresh_from_db()
    publish(version)
    phone = screen(width=360, javascript=False)
    phone.go(f"/du-thao/{version.dossier.slug}/")
    press(phone, "Văn bản sau khi sửa", "link")
    phone.assert_fits()
    assert phone.page.get_by_text("Theo khoản 1 Điều 1 của dự thảo").first.is_visible()
    visit(desk, f"/du-thao/{version.dossier.slug}/sau-khi-sua/")
