from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock, sheets
from danban.common.uploads import UploadRefused
from danban.consultation import actions, queries, rules
from danban.consultation.contact import ContactData, unseal
from danban.consultation.models import Comment, Contact, ImportBatch, OpinionRequest, Tally
from danban.consultation.places import PlaceUnclear, outline_of
from danban.consultation.states import Channel
from danban.policies.rules import SecretRefused
from danban.policies.states import Act
from tests.factories import AgencyFactory, UserFactory, VersionFactory, WindowFactory

HEADING = ["Điều khoản", "Nội dung", "Loại chủ thể", "Tên", "Cách thu", "Ngày nhận"]


def xlsx(rows, heading=HEADING):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate([heading, *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write_string(number, column, str(cell))
    return buffer.getvalue()


def csv(rows, heading=HEADING, delimiter=";", code="utf-8-sig"):
    return "\r\n".join(delimiter.join(map(str, row)) for row in [heading, *rows]).encode(code)


def bring(window, by, data, name="y-kien.xlsx", **given):
    values = {"channel": Channel.SPREADSHEET, "collected_how": "Xã Sông Trong tổng hợp"}
    return actions.import_comments(window=window, data=data, file_name=name, by=by, **values | given)


def test_good_rows_are_kept_and_bad_ones_are_listed(window, officer, acts):
    today = timezone.localdate()
    agency = AgencyFactory(name="Hội Nông dân tỉnh")
    asked = OpinionRequest.objects.create(
        window=window, agency=agency, asked_on=window.opens_on, due_on=window.closes_on
    )
    yesterday = today - dt.timedelta(days=1)
    batch = bring(
        window,
        officer,
        xlsx(
            [
                ["khoản 2 Điều 1", "Ba loại là vừa.", "Cá nhân", "Trần Thị Bé", "Họp thôn 3", yesterday],
                ["", "Đồng ý cả dự thảo.", "cơ quan nhà nước", "HỘI NÔNG DÂN TỈNH", "", f"{today:%d/%m/%Y}"],
                ["Điều 99", "Không có điều này.", "", "", "", ""],
                [],
                ["Điều 2", "", "", "", "", ""],
                ["Điều 2", "Lời hay.", "người ngoài hành tinh", "", "", ""],
                ["Điều 2", "Lời hay.", "", "", "", "hôm qua"],
                ["Điều 2", "Lời hay.", "", "", "", "31/02/2026"],
                ["Điều 2", "Lời hay.", "", "", "", "01/01/2020"],
                ["Điều 2", "=1+1 là công thức", "doanh nghiệp", "Công ty Sạch", "", ""],
            ]
        ),
    )
    person, body, firm = Comment.objects.order_by("pk")
    assert (person.provision.address, person.received_on, person.collected_how, person.public_name) == (
        "dieu-1.khoan-2",
        yesterday,
        "Họp thôn 3",
        "",
    )
    assert unseal(person.contact.sealed, person.pk) == ContactData(name="Trần Thị Bé")
    assert (body.provision, body.agency, body.collected_how) == (None, agency, "Xã Sông Trong tổng hợp")
    assert (firm.text, firm.public_name, firm.received_on) == ("=1+1 là công thức", "Công ty Sạch", today)
    assert Contact.objects.count() == 1
    assert {comment.entered_by for comment in (person, body, firm)} == {officer}
    assert {comment.batch for comment in (person, body, firm)} == {batch}
    assert batch.imported == 3
    assert [row["row"] for row in batch.rejected] == [4, 6, 7, 8, 9, 10]
    assert "Điều 99" in batch.rejected[0]["why"]
    assert "Lời hay" not in str(batch.rejected)
    asked.refresh_from_db()
    assert asked.answered_on == today
    assert queries.totals_of([window.pk]) == {window.pk: 3}
    assert queries.counts_by(window).by("channel") == {"spreadsheet": 3}
    assert acts() == [("comment.imported", f"user:{officer.pk}")]
    entry = AuditEntry.objects.get()
    assert ["consultation.OpinionRequest", asked.pk] in entry.rows
    assert entry.details["rejected"] == 6
    assert entry.details["comments"] == {
        str(comment.pk): comment.fingerprint for comment in (person, body, firm)
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_any_office_programme_is_read(window, officer, delimiter, code):
    rows = [["Điều 2", '"Dòng một\nDòng hai"', "Tổ chức", "Hội Phụ nữ", "Thư", ""]]
    bring(window, officer, csv(rows, delimiter=delimiter, code=code), "y-kien.csv")
    comment = Comment.objects.get()
    assert (comment.text, comment.public_name) == ("Dòng một\nDòng hai", "Hội Phụ nữ")


def test_columns_are_known_by_their_headings_in_any_order(window, officer):
    heading = ["TT", "Nội dung góp ý:", "Họ và tên", "Điều"]
    data = xlsx([["1", "Một ý.", "An", "Điều 2"]], heading)
    bring(window, officer, data)
    comment = Comment.objects.get()
    assert (comment.text, comment.provision.address) == ("Một ý.", "dieu-2")


def test_a_table_may_begin_under_a_title(window, officer):
    buffer = xlsx([HEADING, ["", "Một ý.", "", "", "", ""]], heading=["TỔNG HỢP Ý KIẾN XÃ SÔNG TRONG"])
    assert bring(window, officer, buffer).imported == 1


def test_the_same_file_twice_is_refused_kindly(window, officer):
    data = xlsx([["", "Một ý.", "", "", "", ""]])
    bring(window, officer, data)
    with pytest.raises(rules.ImportRefused, match="đã được nhập ngày"):
        bring(window, officer, data, name="ten-khac.xlsx")
    assert Comment.objects.count() == Tally.objects.count() == ImportBatch.objects.count() == 1
    other = WindowFactory()
    assert bring(other, officer, data).imported == 1


def test_the_day_of_an_earlier_import_is_that_of_viet_nam(window, officer):
    data = xlsx([["", "Một ý.", "", "", "", ""]])
    past_midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time(0, 30)))
    with clock.at(past_midnight):
        bring(window, officer, data)
    with pytest.raises(rules.ImportRefused, match=f"đã được nhập ngày {past_midnight:%d/%m/%Y}"):
        bring(window, officer, data)


@pytest.mark.parametrize(
    ("data", "name", "kind", "words"),
    [
        (b"", "y-kien.xlsx", UploadRefused, "trống"),
        (b"PK\x03\x04 rubbish", "y-kien.xlsx", UploadRefused, "hỏng"),
        (b"%PDF-1.7 not a table", "y-kien.xlsx", UploadRefused, "chỉ nhận"),
        ("chỉ có chữ\n không có bảng".encode(), "y-kien.xlsx", UploadRefused, "hỏng"),
        ("chỉ có chữ\n không có bảng".encode(), "y-kien.csv", rules.ImportRefused, "nội dung"),
    ],
)
def test_what_is_no_table_is_refused_whole(window, officer, data, name, kind, words):
    with pytest.raises(kind, match=words):
        bring(window, officer, data, name=name)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("row", [["MẬT"], ["Điều 2", "TUYỆT MẬT", "", "", "", ""]])
def test_a_file_marked_secret_leaves_nothing_but_that_it_was_refused(window, officer, row):
    data = xlsx([*[["Điều 2", f"Ý {n}.", "", "", "", ""] for n in range(60)], row])
    with pytest.raises(SecretRefused, match="bí mật nhà nước"):
        bring(window, officer, data)
    assert not Comment.objects.exists()
    assert not ImportBatch.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == (str(Act.SECRET_REFUSED), f"user:{officer.pk}")
    assert (entry.rows, entry.details) == ([], {})


def test_words_about_secrets_in_a_comment_are_no_mark(window, officer):
    said = "Đề nghị bỏ quy định đóng dấu MẬT lên văn bản của thôn."
    assert bring(window, officer, xlsx([["Điều 2", said, "", "", "", ""]])).imported == 1


def test_a_file_of_no_known_kind_is_told_what_a_table_is(window, officer):
    with pytest.raises(UploadRefused, match=r"\.csv, \.xlsx") as refused:
        bring(window, officer, b"\x01\x02\x03 rubbish")
    assert ".docx" not in refused.value.message


def test_a_broken_workbook_is_refused_in_words(window, officer):
    good = xlsx([["", "Một ý.", "", "", "", ""]])
    source, broken = io.BytesIO(good), io.BytesIO()
    import zipfile

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(broken, "w") as new:
        for part in old.namelist():
            new.writestr(part, b"<nothing/>" if part.endswith("workbook.xml") else old.read(part))
    with pytest.raises(UploadRefused, match="tệp mẫu"):
        bring(window, officer, broken.getvalue())


def test_how_it_came_must_be_said(window, officer):
    data = xlsx([["", "Một ý.", "", "", "", ""]])
    for wrong in ({"channel": Channel.WEB}, {"collected_how": " "}):
        with pytest.raises(rules.CommentRefused):
            bring(window, officer, data, **wrong)


def test_two_thousand_rows_come_in_whole(window, officer):
    places = ["Điều 1", "khoản 1 Điều 1", "điều 1 khoản 2", "Điều 2", ""]
    rows = [
        [places[n % 5], f"Đề nghị thu gom sau 18 giờ, lần {n}. " * 5, "", f"Người {n}", "", ""]
        for n in range(2_000)
    ]
    data = xlsx(rows)
    batch = bring(window, officer, data)
    assert (batch.imported, batch.rejected) == (2_000, [])
    assert queries.totals_of([window.pk]) == {window.pk: 2_000}
    assert Contact.objects.count() == 2_000
    assert Tally.objects.count() == 5


def test_the_number_of_queries_does_not_grow_with_the_rows(window, officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        bring(window, officer, xlsx([["Điều 2", f"Ý {n}.", "", f"Người {n}", "", ""] for n in range(40)]))


def test_more_rows_than_bearable_are_cut(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert sheets.read_table(b"a\nb\nc\n\n", kind="txt") == {
        "rows": [(1, ["a"]), (2, ["b"]), (3, ["c"])],
        "cut": False,
    }
    assert sheets.read_table(b"a\nb\nc\nd\n", kind="txt")["cut"] is True


# Which provision is meant

ATTACHED = [
    ("article", "1", "dieu-1", "Ban hành", "Ban hành kèm theo Quyết định này Quy định về rác."),
    ("regulation", "", "quy-dinh-1", "Quy định về rác", ""),
    ("article", "1", "quy-dinh-1/dieu-1", "Phạm vi", ""),
    ("article", "4", "quy-dinh-1/dieu-4", "Phân loại", ""),
    ("clause", "2", "quy-dinh-1/dieu-4.khoan-2", "", "Ba loại."),
    ("point", "đ", "quy-dinh-1/dieu-4.khoan-2.diem-dd", "", "rác cồng kềnh"),
    ("article", "5a", "quy-dinh-1/dieu-5a", "Chèn thêm", ""),
]


@pytest.fixture
def outline(db):
    return outline_of(VersionFactory(provisions=ATTACHED))


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("Điều 4", "quy-dinh-1/dieu-4"),
        ("ĐIỀU 4.", "quy-dinh-1/dieu-4"),
        ("dieu 4 khoan 2", "quy-dinh-1/dieu-4.khoan-2"),
        ("điểm đ khoản 2 Điều 4", "quy-dinh-1/dieu-4.khoan-2.diem-dd"),
        ("Điểm đ, Khoản 2, Điều 4 Chương II", "quy-dinh-1/dieu-4.khoan-2.diem-dd"),
        ("Điều 5a", "quy-dinh-1/dieu-5a"),
        ("Điều 1 Quyết định", "dieu-1"),
        ("Điều 1 của Quy định kèm theo", "quy-dinh-1/dieu-1"),
        ("quy-dinh-1/dieu-4.khoan-2", "quy-dinh-1/dieu-4.khoan-2"),
    ],
)
def test_a_place_is_found_as_people_write_it(outline, said, address):
    assert outline.find(said) == outline.ids[address]


@pytest.mark.parametrize("said", ["", "Toàn bộ dự thảo", "Chung", "cả dự thảo."])
def test_the_whole_draft_is_a_place(outline, said):
    assert outline.find(said) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Điều 1", "nhiều nơi"),
        ("Điều 9", "không có"),
        ("khoản 7 Điều 4", "không có"),
        ("mục rác", "không hiểu"),
        ("Điều mười", "không hiểu"),
    ],
)
def test_an_unclear_place_is_never_guessed(outline, said, why):
    with pytest.raises(PlaceUnclear, match=why):
        outline.find(said)


# Screens


def test_a_file_is_brought_in_by_the_browser(sign_in, window, officer):
    client = sign_in(officer)
    address = reverse("consultation:import", args=[window.pk])
    client.get(address)
    data = xlsx([["Điều 2", "Một ý.", "", "", "", ""], ["Điều 99", "Hai ý.", "", "", "", ""]])
    typed = {"channel": "spreadsheet", "collected_how": "Xã gửi"}

    def upload():
        return client.post(address, typed | {"file": SimpleUploadedFile("y-kien.xlsx", data)})

    done = upload()
    batch = ImportBatch.objects.get()
    assert done["Location"] == reverse("consultation:batch", args=[window.pk, batch.pk])
    page = client.get(done["Location"]).content.decode()
    assert "Điều 99" in page
    again = upload()
    assert again.status_code == 422
    assert "đã được nhập ngày" in again.content.decode()
    assert "Xã gửi" in again.content.decode()
    assert Comment.objects.count() == 1


def test_the_template_filled_in_is_taken_as_it_is(sign_in, window, officer):
    file = sign_in(officer).get(reverse("consultation:import_template", args=[window.pk]))
    book = load_workbook(io.BytesIO(file.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEADING
    names = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert "khoản 2 Điều 1" in names
    for column, value in enumerate([names[1], "Một ý.", "Tổ chức", "Hội A", "Thư", timezone.localdate()], 1):
        sheet.cell(2, column, value)
    filled = io.BytesIO()
    book.save(filled)
    batch = bring(window, officer, filled.getvalue())
    assert (batch.imported, batch.rejected) == (1, [])
    assert Comment.objects.get().provision == window.version.provisions.get(address="dieu-1.khoan-1")


def entry(window, **given):
    return {
        "text": "Đề nghị sau 18 giờ.",
        "place": str(window.version.provisions.last().pk),
        "commenter_kind": "person",
        "name": "Trần Thị Bé",
        "phone": "0912345678",
        "channel": "meeting",
        "collected_how": "Họp thôn 3",
        "received_on": timezone.localdate().isoformat(),
        "key": "8c5a3d0e-6f7b-4f0e-9f43-0d2f2b6f1a11",
    } | given


def test_a_comment_from_a_meeting_is_entered_once_and_the_name_stays_private(sign_in, window, officer):
    client = sign_in(officer)
    address = reverse("consultation:enter", args=[window.pk])
    client.get(address)
    done = client.post(address, entry(window))
    client.post(address, entry(window))
    comment = Comment.objects.get()
    assert (comment.public_name, comment.provision) == ("", window.version.provisions.last())
    assert unseal(comment.contact.sealed, comment.pk).name == "Trần Thị Bé"
    assert rules.receipt_code(comment.idempotency_key) in done.content.decode()
    assert "Họp thôn 3" in done.content.decode()
    assert comment.text not in done.content.decode()
    client.post(address, entry(window, show_name="on", key="8c5a3d0e-6f7b-4f0e-9f43-0d2f2b6f1a12"))
    assert Comment.objects.last().public_name == "Trần Thị Bé"


def test_other_words_under_a_used_key_are_entered_by_sending_again(sign_in, window, officer):
    client = sign_in(officer)
    address = reverse("consultation:enter", args=[window.pk])
    client.post(address, entry(window))
    other = client.post(address, entry(window, text="Lời người khác."))
    assert other.status_code == 422
    assert "Lời người khác." in other.content.decode()
    assert "thành một góp ý mới" in other.content.decode()
    renewed = re.search(r'name="key" value="([^"]+)"', other.content.decode())[1]
    client.post(address, entry(window, text="Lời người khác.", key=renewed))
    assert [comment.text for comment in Comment.objects.order_by("pk")] == [
        "Đề nghị sau 18 giờ.",
        "Lời người khác.",
    ]


def test_a_wrong_entry_keeps_what_was_typed(sign_in, window, officer):
    client = sign_in(officer)
    address = reverse("consultation:enter", args=[window.pk])
    wrong = client.post(address, entry(window, received_on="2020-01-01"))
    assert wrong.status_code == 422
    assert "Đề nghị sau 18 giờ." in wrong.content.decode()
    assert not Comment.objects.exists()


def test_only_who_may_import_enters(sign_in, window, approver):
    names = ("enter", "import", "import_template")
    client = sign_in(approver)
    for name in names:
        assert client.get(reverse(f"consultation:{name}", args=[window.pk])).status_code == 403
    client = sign_in(UserFactory(role=Role.DRAFTER))
    for name in names:
        assert client.get(reverse(f"consultation:{name}", args=[window.pk])).status_code == 404
    assert client.post(reverse("consultation:enter", args=[window.pk]), entry(window)).status_code == 404
    assert not Comment.objects.exists()
