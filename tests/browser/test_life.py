"""One life of a draft, through the six steps, in a real browser and with a real draft of 62 articles."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import subprocess
from dataclasses import dataclass, field

import docx
import openpyxl
import pytest
from django.utils import timezone

from danban.accounts.states import Role
from danban.answers import actions as answers
from danban.audit.models import AuditEntry
from danban.audit.queries import verify
from danban.consultation import actions as consultation
from danban.consultation.models import Comment, Window
from danban.consultation.states import Visibility
from danban.policies.models import Alignment, Dossier, PostingRule, Provision, Version
from danban.policies.states import Change, DocumentType, VersionState
from danban.portal import throttle
from tests.browser.checks import Screen
from tests.browser.office import enter, look, press, refused
from tests.factories import AgencyFactory, CommentFactory, UserFactory, WindowFactory
from tests.shared_data import shared

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """The heads of the audit's chain belong to this database alone."""
    settings.DATA = tmp_path


DRAFT = "lawtext/docx/226_draft-nd-qlcl-2026.docx"
TITLE = "Nghị định về quản lý chất lượng, thi công xây dựng và bảo trì công trình xây dựng"
PLACE = "dieu-2.khoan-3"
READ = "vật liệu và thiết bị được sử dụng thực tế"
NOW = "vật liệu, thiết bị được sử dụng thực tế và ngày hoàn thành từng phần"
COMMENT = "Bản vẽ hoàn công nên ghi ngày hoàn thành từng phần, để người mua nhà biết nhà xây khi nào."
SAME = "Đề nghị bản vẽ hoàn công ghi ngày hoàn thành từng phần việc."
REASON = "Ghi thêm ngày hoàn thành từng phần vào khoản 3 Điều 2, vì người mua nhà cần biết."
NEW_ARTICLE = "Công khai thông tin công trình"
MIN_DAYS = 20


@dataclass
class Life:
    """The people, their screens, and what they hold in their hands."""

    drafter: Screen
    approver: Screen
    citizen: Screen
    dossier: Dossier | None = None
    code: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def window(self) -> Window:
        return Window.objects.get(dossier=self.dossier)

    @property
    def comment(self) -> Comment:
        return Comment.objects.get(text=COMMENT)


@pytest.fixture
def life(screen):
    throttle.comments._levels.clear()
    agency = AgencyFactory(code="so-xay-dung", name="Sở Xây dựng tỉnh Thử Nghiệm")
    PostingRule.objects.filter(document_type=DocumentType.DECREE).delete()
    PostingRule.objects.create(
        document_type=DocumentType.DECREE,
        min_days=MIN_DAYS,
        valid_from=dt.date(2025, 4, 1),
        legal_basis="Luật 64/2025/QH15",
        verified=True,
    )
    drafter, approver = screen(), screen()
    enter(drafter, UserFactory(role=Role.DRAFTER, agency=agency))
    enter(approver, UserFactory(role=Role.APPROVER, agency=agency))
    return Life(drafter, approver, screen(width=360, javascript=False))


def test_a_draft_lives_from_file_to_table(life):
    open_dossier(life)
    refuse_a_secret_file(life)
    upload(life, shared(DRAFT).read_bytes(), "du-thao-lan-1.docx")
    see_the_structure(life)
    submit_and_release(life)
    refuse_too_short_a_period(life)
    open_period(life)
    comment_as_a_citizen(life)
    group_in_the_inbox(life)
    answer_the_point(life)
    release_the_answer(life)
    find_the_answer(life)
    upload(life, second_version(), "du-thao-lan-2.docx")
    align(life)
    submit_and_release(life)
    see_what_changed(life)
    keep_the_words_that_were_read(life)
    take_the_tables_away(life)
    assert list(verify()) == []


# 1. A file comes in


def open_dossier(life: Life) -> None:
    press(life.drafter, "Hồ sơ dự thảo", "link")
    look(life.drafter)
    page = press(life.drafter, "Mở hồ sơ mới", "link")
    look(life.drafter)
    page.get_by_label("Tên dự thảo").fill(TITLE)
    page.get_by_label("Loại văn bản").select_option(DocumentType.DECREE)
    page.get_by_label("Vai trò của tỉnh").select_option("coordinates")
    page.get_by_label("Cơ quan ban hành").select_option(index=1)
    for label, words in (
        ("Việc gì", "Xây nhà, xây đường thì ai kiểm tra và giữ gìn thế nào."),
        ("Ai bị ảnh hưởng", "Chủ nhà, nhà thầu và cơ quan kiểm tra."),
        ("Thay đổi gì", "Gộp ba nghị định thành một."),
        ("Hỏi gì", "Bản vẽ hoàn công cần ghi những gì?"),
    ):
        page.get_by_label(label).fill(words)
    press(life.drafter, "Lưu hồ sơ")
    life.dossier = Dossier.objects.get(title=TITLE)
    look(life.drafter)


def send(life: Life, data: bytes, name: str) -> None:
    life.drafter.go(f"/can-bo/ho-so/{life.dossier.pk}/")
    life.drafter.page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": data})
    press(life.drafter, "Tải lên và xem cấu trúc")


def refuse_a_secret_file(life: Life) -> None:
    send(life, marked_secret(), "du-thao-mat.docx")
    page = refused(life.drafter, 422)
    assert page.get_by_text("Tệp bị từ chối vì có dấu hiệu bí mật nhà nước").is_visible()
    assert not Version.objects.exists()
    entry = AuditEntry.objects.get(action="upload.refused-secret")
    assert "xe tăng" not in str(entry.__dict__)


def upload(life: Life, data: bytes, name: str) -> None:
    send(life, data, name)
    assert life.drafter.page.url.endswith("/cau-truc/")
    look(life.drafter)


def see_the_structure(life: Life) -> None:
    page = life.drafter.page
    version = Version.objects.get()
    assert version.provisions.filter(unit="article").count() == 62
    assert "62 điều" in page.locator(".pane--queue").inner_text()
    assert page.locator(".tree a", has_text="Điều ").count() >= 62
    doubts = page.locator(".doubts li")
    assert doubts.count() == len(version.text.doubts) > 0
    with page.expect_navigation():
        doubts.first.get_by_role("link", name=re.compile(r"Dòng \d+")).click()
    assert page.locator(".line[aria-current]").count() == 1
    look(life.drafter)


# 2. Released by two persons; a period opened


def submit_and_release(life: Life) -> None:
    version = Version.objects.filter(dossier=life.dossier).latest("number")
    page = life.drafter.go(f"/can-bo/du-thao/{version.pk}/trinh/")
    look(life.drafter)
    page.get_by_label("Tôi đã đọc toàn bộ dự thảo").check()
    press(life.drafter, "Trình duyệt")
    look(life.drafter)
    life.approver.go("/can-bo/")
    press(life.approver, life.dossier.title, "link")
    look(life.approver)
    press(life.approver, "Công bố")
    look(life.approver)
    version.refresh_from_db()
    assert version.state == VersionState.RELEASED
    assert version.released_by != version.uploaded_by


def fill_period(life: Life, days: int) -> None:
    page = life.drafter.go(f"/can-bo/ho-so/{life.dossier.pk}/dot-lay-y-kien/mo/")
    page.get_by_label("Ngày hết hạn").fill(f"{timezone.localdate() + dt.timedelta(days=days):%Y-%m-%d}")
    press(life.drafter, "Mở đợt")


def refuse_too_short_a_period(life: Life) -> None:
    life.drafter.go(f"/can-bo/ho-so/{life.dossier.pk}/")
    press(life.drafter, "Mở đợt lấy ý kiến", "link")
    look(life.drafter)
    fill_period(life, MIN_DAYS - 1)
    page = refused(life.drafter, 422)
    assert page.get_by_text(f"Chưa đủ {MIN_DAYS} ngày đăng tải").first.is_visible()
    assert not Window.objects.exists()


def open_period(life: Life) -> None:
    fill_period(life, MIN_DAYS)
    look(life.drafter)
    assert life.window.closes_on == timezone.localdate() + dt.timedelta(days=MIN_DAYS)


# 3. A citizen on an old phone, without JavaScript


def comment_as_a_citizen(life: Life) -> None:
    page = life.citizen.go("/")
    page.get_by_label("Tìm dự thảo").fill("quan ly chat luong")
    press(life.citizen, "Tìm")
    press(life.citizen, life.dossier.title, "link")
    life.citizen.assert_fits()
    page.goto(f"/du-thao/{life.dossier.slug}/dieu-2/")
    page.get_by_text("Góp ý riêng một khoản, một điểm").click()
    press(life.citizen, "Khoản 3:", "link")
    assert READ in page.inner_text("main")
    page.get_by_label("Ý kiến của ông/bà").fill(COMMENT)
    press(life.citizen, "Xem lại trước khi gửi")
    press(life.citizen, "Gửi góp ý")
    life.citizen.assert_fits()
    life.code = page.locator(".receipt-code").inner_text()
    assert life.comment.provision.address == PLACE


# 4. Answered once, released by a second person


def group_in_the_inbox(life: Life) -> None:
    """Another comes on paper; both say the same and become one point."""
    page = life.drafter.go(f"/can-bo/hop-thu/{life.window.pk}/nhap/")
    look(life.drafter)
    page.get_by_label("Nội dung ý kiến").fill(SAME)
    page.get_by_label("Về điều khoản").select_option(str(life.comment.provision_id))
    page.get_by_label("Kênh").select_option("meeting")
    page.get_by_label("Cách thu").fill("Họp tổ dân phố 4, biên bản số 2.")
    press(life.drafter, "Nhập ý kiến này")
    look(life.drafter)
    consultation.screen_comments()
    life.drafter.go("/can-bo/hop-thu/")
    press(life.drafter, life.dossier.title, "link")
    look(life.drafter)
    press(life.drafter, COMMENT[:30], "link")
    look(life.drafter)
    assert READ in page.locator(".pane--context").inner_text()
    for tick in page.locator(".queue input[type=checkbox]").all():
        tick.check()
    press(life.drafter, "Gom thành một vấn đề")
    look(life.drafter)
    page.get_by_label("Tên vấn đề").fill("Ghi ngày hoàn thành từng phần")
    press(life.drafter, "Tạo vấn đề và trả lời")
    look(life.drafter)


def answer_the_point(life: Life) -> None:
    page = life.drafter.page
    assert COMMENT in page.inner_text("main")
    assert SAME in page.inner_text("main")
    page.get_by_label("Tiếp thu 1").check()
    page.get_by_label("Lý do, giải trình").fill(REASON)
    press(life.drafter, "Trình duyệt và sang vấn đề sau")
    look(life.drafter)


def release_the_answer(life: Life) -> None:
    life.approver.go("/can-bo/duyet-tra-loi/")
    look(life.approver)
    page = press(life.approver, "Ghi ngày hoàn thành từng phần", "link")
    look(life.approver)
    assert REASON in page.inner_text("main")
    press(life.approver, "Công bố")
    look(life.approver)
    assert set(Comment.objects.values_list("state", flat=True)) == {"answered"}


def find_the_answer(life: Life) -> None:
    page = life.citizen.go("/bien-nhan/")
    page.get_by_label("Mã biên nhận").fill(life.code)
    press(life.citizen, "Xem")
    assert REASON in page.inner_text("main")
    assert "Tiếp thu" in page.inner_text("main")
    life.citizen.assert_fits()
    page = life.citizen.go(f"/du-thao/{life.dossier.slug}/tra-loi/")
    assert REASON in page.inner_text("main")
    life.citizen.assert_fits()


# 5. The second version


def marked_secret() -> bytes:
    paper = docx.Document()
    paper.add_paragraph("MẬT")
    paper.add_paragraph("QUYẾT ĐỊNH")
    paper.add_paragraph("Điều 1. Nơi đặt xe tăng của tỉnh")
    return written(paper)


def second_version() -> bytes:
    """Words of one clause changed, one article put in after the third, the later ones renumbered."""
    paper = docx.Document(shared(DRAFT))
    articles = {
        int(found[1]): one
        for one in paper.paragraphs
        if (found := re.match(r"Điều (\d+)\. ", one.text)) and one.style.name.startswith("Heading")
    }
    assert len(articles) == 62
    clause = next(one for one in paper.paragraphs if READ in one.text)
    clause.text = clause.text.replace(READ, NOW)
    for number in range(4, 63):
        articles[number].text = articles[number].text.replace(f"Điều {number}.", f"Điều {number + 1}.", 1)
    articles[4].insert_paragraph_before(f"Điều 4. {NEW_ARTICLE}", style=articles[4].style)
    articles[4].insert_paragraph_before("Chủ đầu tư treo biển ghi tên, thời hạn của công trình tại nơi xây.")
    return written(paper)


def written(paper) -> bytes:
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def align(life: Life) -> None:
    version = Version.objects.latest("number")
    page = life.drafter.go(f"/can-bo/du-thao/{version.pk}/doi-chieu/")
    look(life.drafter)
    assert NEW_ARTICLE in page.inner_text("main")
    pairs = Alignment.objects.filter(version=version)
    fates = {pair.new.address: pair for pair in pairs.filter(new__unit="article")}
    assert len(fates) == 63
    assert fates["dieu-4"].change == Change.NEW
    assert fates["dieu-4"].old is None
    assert fates["dieu-63"].old.address == "dieu-62"
    assert pairs.get(new__address=PLACE).change == Change.EDITED


def see_what_changed(life: Life) -> None:
    page = life.citizen.go(f"/du-thao/{life.dossier.slug}/thay-doi/")
    assert "ngày hoàn thành từng phần" in " ".join(page.locator("ins").all_inner_texts())
    assert NEW_ARTICLE in page.inner_text("main")
    life.citizen.assert_fits()


def without(page, marked: str) -> str:
    """The compared words without those added ("ins") or those struck out ("del")."""
    return page.locator(".pane--context .compared").evaluate(
        """(it, marked) => {
          const copy = it.cloneNode(true);
          copy.querySelectorAll(marked).forEach((one) => one.remove());
          return copy.textContent;
        }""",
        marked,
    )


def keep_the_words_that_were_read(life: Life) -> None:
    page = life.drafter.go(f"/can-bo/hop-thu/{life.window.pk}/{life.comment.pk}/")
    look(life.drafter)
    beside = page.locator(".pane--context").inner_text()
    assert READ in beside
    assert READ in without(page, "ins")
    assert NOW in without(page, "del")
    assert life.comment.provision == Provision.objects.get(version__number=1, address=PLACE)
    page = life.citizen.go(f"/bien-nhan/{life.code}/")
    assert "dự thảo lần 1" in page.inner_text("main")


# 6. The table


def take_the_tables_away(life: Life) -> None:
    page = life.drafter.go("/can-bo/bao-cao/")
    look(life.drafter)
    press(life.drafter, life.dossier.title, "link")
    look(life.drafter)
    for form, name in (("docx", "bốn cột theo mẫu"), ("xlsx", "(.xlsx)"), ("csv", "(.csv)")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        life.files[form] = taken.value.path().read_bytes()
    rows = list(csv.reader(io.StringIO(life.files["csv"].decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(life.files["xlsx"])).worksheets[0]
    paper = docx.Document(io.BytesIO(life.files["docx"]))
    table = "\n".join(cell.text for part in paper.tables for row in part.rows for cell in row.cells)
    for words in (COMMENT, SAME):
        assert sum(words in row for row in rows) == 1
        assert any(words in row for row in sheet.iter_rows(values_only=True))
        assert words in table
    assert REASON in table


@pytest.mark.office
def test_the_table_prints_with_comment_and_answer(screen, tmp_path):
    window = WindowFactory()
    clause = window.version.provisions.get(address="dieu-1.khoan-2")
    comment = CommentFactory(window=window, provision=clause, text=COMMENT, visibility=Visibility.SHOWN)
    drafter, approver = window.opened_by, UserFactory(role=Role.APPROVER, agency=window.dossier.agency)
    point = answers.make_point(
        window=window, title="Ghi ngày", provision=clause, comments=[comment], by=drafter
    )
    answer = answers.save_answer(point=point, disposition="accepted", reason=REASON, by=drafter)
    answers.submit_answer(answer=answer, by=drafter)
    answers.release_answer(answer=answer, by=approver)
    desk = screen()
    enter(desk, drafter)
    desk.go(f"/can-bo/bao-cao/{window.pk}/")
    with desk.page.expect_download() as taken:
        desk.page.get_by_role("link", name="bốn cột theo mẫu").click()
    taken.value.save_as(tmp_path / "bang.docx")
    printed = printed_words(tmp_path, "bang.docx")
    assert COMMENT in printed
    assert REASON in printed


def printed_words(folder, name: str) -> str:
    """What LibreOffice would put on paper, on one line; the cells of a row may stand between one another."""
    home = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / name]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    read = ["pdftotext", folder / name.replace(".docx", ".pdf"), "-"]
    return " ".join(subprocess.run(read, check=True, capture_output=True, text=True).stdout.split())
