"""An amending document applied to its base: the text as it would read, and what could not be done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danban.lawtext import Change, align, parse
from danban.lawtext.amend import apply
from tests.shared_data import shared_document

BASE = """LUẬT
RÁC THẢI
Số: 10/2020/QH14
Chương I
CHUNG
Điều 1. Phạm vi
1. Rác sinh hoạt.
2. Rác y tế do Bộ Y tế quy định.
Điều 2. Giải thích từ ngữ
Rác là chất thải rắn.
Chương II
RIÊNG
Điều 3. Giá dịch vụ
1. Hộ nghèo:
a) được miễn tiền dịch vụ;
b) được cấp túi.
2. Hộ gia đình trả tiền dịch vụ hằng tháng.
3. Cơ quan trả tiền dịch vụ theo hợp đồng.
Điều 4. Xử phạt
Phạt tiền."""


def amended(body: str, *, heading: str = "Sửa đổi, bổ sung một số điều của Luật Rác thải số 10/2020/QH14"):
    text = f"LUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT RÁC THẢI\nĐiều 1. {heading}\n{body}"
    return apply(
        parse(BASE), parse(text + "\nĐiều 2. Hiệu lực\nLuật này có hiệu lực từ ngày 01 tháng 7 năm 2026.")
    )


def done(result):
    return [(d.target, d.action) for d in result.applied]


def words(result, address):
    node = result.document.find(address)
    assert node is not None, address
    return node.text


def test_a_clause_is_replaced_with_its_points():
    result = amended(
        "1. Sửa đổi, bổ sung khoản 2 Điều 3 như sau:\n“2. Hộ gia đình:\na) theo túi;\nb) hoặc theo tháng.”."
    )
    assert done(result) == [("dieu-3.khoan-2", "replaced")]
    assert words(result, "dieu-3.khoan-2") == "Hộ gia đình:"
    assert words(result, "dieu-3.khoan-2.diem-b") == "hoặc theo tháng."
    assert words(result, "dieu-3.khoan-3") == "Cơ quan trả tiền dịch vụ theo hợp đồng."
    assert not result.unapplied


def test_additions_stand_in_legal_order():
    result = amended(
        "1. Bổ sung khoản 2a vào sau khoản 2 Điều 3 như sau:\n“2a. Người thuê trọ trả theo người.”.\n"
        "2. Bổ sung điểm a1 vào sau điểm a khoản 1 Điều 3 như sau:\n“a1) được giảm phí;”.\n"
        "3. Bổ sung Điều 3a vào sau Điều 3 như sau:\n“Điều 3a. Thu tiền\nThu tại nhà.”."
    )
    assert done(result) == [
        ("dieu-3.khoan-2a", "added"),
        ("dieu-3.khoan-1.diem-a1", "added"),
        ("dieu-3a", "added"),
    ]
    article = result.document.find("dieu-3")
    assert [c.number for c in article.children] == ["1", "2", "2a", "3"]
    assert [c.number for c in article.children[0].children] == ["a", "a1", "b"]
    assert [a.number for a in result.document.articles()] == ["1", "2", "3", "3a", "4"]
    chapter = result.document.find("chuong-ii")
    assert [a.number for a in chapter.children] == ["3", "3a", "4"]


def test_what_is_repealed_keeps_its_number():
    result = amended("1. Bãi bỏ Điều 2, điểm b khoản 1 và khoản 3 Điều 3.")
    assert done(result) == [
        ("dieu-2", "repealed"),
        ("dieu-3.khoan-1.diem-b", "repealed"),
        ("dieu-3.khoan-3", "repealed"),
    ]
    assert words(result, "dieu-2") == "(Được bãi bỏ)"
    assert "Điều 2. (Được bãi bỏ)" in result.text.splitlines()
    assert "Điều 4. Xử phạt" in result.text.splitlines()


def test_words_are_changed_where_they_are_named():
    result = amended(
        "1. Thay thế cụm từ “tiền dịch vụ” bằng cụm từ “giá dịch vụ” tại khoản 1 và khoản 2 Điều 3."
    )
    assert done(result) == [("dieu-3.khoan-1", "words"), ("dieu-3.khoan-2", "words")]
    assert words(result, "dieu-3.khoan-1.diem-a") == "được miễn giá dịch vụ;"
    assert words(result, "dieu-3.khoan-3") == "Cơ quan trả tiền dịch vụ theo hợp đồng."


@pytest.mark.parametrize(
    ("order", "address", "reads"),
    [
        ("Thay thế cụm từ “hằng tháng” tại khoản 2 Điều 3 bằng cụm từ “hằng quý”", "dieu-3.khoan-2", "quý."),
        ("Bỏ cụm từ “hằng tháng” tại khoản 2 Điều 3", "dieu-3.khoan-2", "Hộ gia đình trả tiền dịch vụ."),
        (
            "Bổ sung cụm từ “một lần” vào sau cụm từ “dịch vụ” tại khoản 2 Điều 3",
            "dieu-3.khoan-2",
            "dịch vụ một lần",
        ),
        (
            "Bổ sung cụm từ “mọi” vào trước cụm từ “rác” tại khoản 1 Điều 1",
            "dieu-1.khoan-1",
            "mọi rác sinh hoạt.",
        ),
    ],
)
def test_other_ways_to_change_words(order, address, reads):
    assert reads.casefold() in words(amended(f"1. {order}."), address).casefold()


def test_no_words_at_all_are_never_changed():
    result = amended("1. Thay thế cụm từ “” bằng cụm từ “x” tại Điều 4.")
    assert not result.applied
    assert len(result.unapplied) == 1


def test_places_are_handed_down_to_points():
    result = amended(
        "1. Sửa đổi, bổ sung một số khoản của Điều 3 như sau:\n"
        "a) Sửa đổi khoản 2 như sau:\n“2. Mới.”;\nb) Bãi bỏ khoản 3.\n"
        "2. Bãi bỏ các quy định sau đây:\na) Khoản 1 Điều 1;\nb) Điều 4."
    )
    assert done(result) == [
        ("dieu-3.khoan-2", "replaced"),
        ("dieu-3.khoan-3", "repealed"),
        ("dieu-1.khoan-1", "repealed"),
        ("dieu-4", "repealed"),
    ]
    assert not result.unapplied


def test_one_sentence_repeals_changes_and_adds():
    result = amended(
        "1. Bãi bỏ khoản 1, sửa đổi, bổ sung khoản 2 và bổ sung khoản 4 vào sau khoản 3 Điều 3 như sau:\n"
        "“2. Hai mới.\n4. Bốn mới.”."
    )
    assert done(result) == [
        ("dieu-3.khoan-1", "repealed"),
        ("dieu-3.khoan-2", "replaced"),
        ("dieu-3.khoan-4", "added"),
    ]


def test_headings_and_openings_alone():
    result = amended(
        "1. Sửa đổi tên Điều 3 như sau: “Điều 3. Giá và thanh toán”.\n"
        "2. Sửa đổi, bổ sung đoạn mở đầu của khoản 1 Điều 3 như sau:\n“Hộ nghèo và hộ cận nghèo:”."
    )
    assert done(result) == [("dieu-3", "heading"), ("dieu-3.khoan-1", "opening")]
    assert result.document.find("dieu-3").heading == "Giá và thanh toán"
    assert words(result, "dieu-3.khoan-1") == "Hộ nghèo và hộ cận nghèo:"
    assert words(result, "dieu-3.khoan-1.diem-b") == "được cấp túi."


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("Bãi bỏ khoản 9 Điều 3.", "không có khoản 9 Điều 3"),
        ("Sửa đổi khoản 8 Điều 4 như sau:\n“8. Tám.”.", "không có khoản 8 Điều 4"),
        ("Bổ sung khoản 2 vào sau khoản 1 Điều 3 như sau:\n“2. Trùng.”.", "đã có khoản 2 Điều 3"),
        ("Thay thế cụm từ “voi” bằng cụm từ “hổ” tại Điều 4.", "Không thấy cụm từ “voi”"),
        ("Thay thế Phụ lục I bằng Phụ lục I ban hành kèm theo Luật này.", "Không đọc được"),
    ],
)
def test_what_cannot_be_done_is_listed_with_the_reason(order, reason):
    result = amended(f"1. {order}")
    assert not result.applied
    (left,) = result.unapplied
    assert reason in left.reason
    assert reason in str(left)
    assert result.text == apply(parse(BASE), parse("Điều 1. Không sửa gì")).text


def test_orders_about_another_law_are_not_for_this_one():
    result = amended(
        "1. Bãi bỏ Điều 2.", heading="Sửa đổi, bổ sung một số điều của Luật Nhà ở số 65/2014/QH13"
    )
    assert not result.applied
    assert result.unapplied[0].reason == "Chỉ dẫn này sửa văn bản khác."


def test_a_decision_that_amends_the_attached_regulation():
    base = parse(
        "QUYẾT ĐỊNH\nĐiều 1. Ban hành kèm theo Quyết định này Quy định về rác.\nĐiều 2. Hiệu lực\nTừ nay.\n"
        "TM. ỦY BAN NHÂN DÂN\nQUY ĐỊNH\nVề rác\n(Ban hành kèm theo Quyết định số 5/2024/QĐ-UBND)\n"
        "Điều 1. Phạm vi\n1. Rác.\nĐiều 2. Giá\n1. Cũ.\n2. Giữ.\nĐiều 3. Phạt\n1. Tiền.\nĐiều 4. Hết\nHết."
    )
    amending = parse(
        "Điều 1. Sửa đổi khoản 1 Điều 2 Quy định ban hành kèm theo Quyết định này như sau:\n“1. Mới.”."
    )
    result = apply(base, amending)
    assert [d.target.rpartition("/")[2] for d in result.applied] == ["dieu-2.khoan-1"]
    assert "1. Mới." in result.text
    assert "Từ nay." in result.text


LINES = st.sampled_from(
    [
        "Điều 1. Sửa đổi Luật Rác thải",
        "1. Sửa đổi khoản 2 Điều 3 như sau:",
        "“2. Mới",
        "a) điểm”.",
        "2. Bãi bỏ Điều 1.",
        "3. Bổ sung Điều 9 như sau: “Điều 9. Thêm”.",
        "Bỏ cụm từ “rác” tại Điều 3",
        "Thay cụm từ “” bằng “x”",
        "“",
        "",
        "4. Bổ sung Chương III như sau:",
        "“Chương III",
        "THÊM”.",
        "5. Sửa đổi điểm đ như sau:",
        "“đ) x”.",
    ]
)


@settings(max_examples=80)
@given(st.one_of(st.lists(LINES, max_size=14).map("\n".join), st.text(max_size=60)))
def test_any_amending_text_gives_a_whole_document(text):
    result = apply(parse(BASE), parse(text))
    document = result.document
    assert [line.number for line in document.lines] == list(range(1, len(document.lines) + 1))
    owned = sorted(n for node in document.root.walk() for n in node.lines)
    assert len(owned) == len(set(owned))
    addresses = [node.address for node in document.root.walk() if node.address]
    assert len(addresses) == len(set(addresses))
    assert {a.number for a in document.articles()} >= {"1", "2", "3", "4"}


def test_the_construction_law_as_amended_in_2020():
    base, amending = (
        shared_document("docx/137_50-2014-qh13.docx"),
        shared_document("docx/138_62-2020-qh14.docx"),
    )
    result = apply(base, amending)
    assert len(result.applied) > 110
    assert [u.at for u in result.unapplied] == ["dieu-2"]
    touched = {d.target.partition(".")[0] for d in result.applied}
    changed = {
        address
        for entry in align(base, result.document).articles
        if entry.change is not Change.UNCHANGED
        for address in (*entry.old, *entry.new)
    }
    assert changed == touched
    assert result.document.find("dieu-83a") is not None
    assert "“" not in (result.document.find("dieu-158").text)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("1. Sửa đổi khoản 1 Điều 2 như sau:\n«1. Có mặt bằng rộng.».", "1. Có mặt bằng rộng."),
        ("1. Khoản 1 Điều 2 được sửa đổi như sau: “1. Có mặt bằng rộng.”", "1. Có mặt bằng rộng."),
        ("1. Khoản 1 Điều 2 được sửa đổi, bổ sung như sau:\n“1. Có mặt bằng rộng.”.", "1. Có mặt bằng rộng."),
        ("1. Khoản 1 Điều 2 được bãi bỏ.", "1. (Được bãi bỏ)"),
        ("1. Cụm từ “mặt bằng” tại khoản 1 Điều 2 được thay bằng cụm từ “chỗ”.", "1. Có chỗ."),
    ],
)
def test_other_marks_and_another_order_of_words(order, expected):
    base = parse("LUẬT\nĐiều 1. Phạm vi\nChợ.\nĐiều 2. Điều kiện\n1. Có mặt bằng.\n2. Có đèn.")
    amending = parse(f"Điều 1. Sửa đổi, bổ sung một số điều của Luật\n{order}\n2. Bãi bỏ khoản 2 Điều 2.")
    done = apply(base, amending)
    assert done.unapplied == ()
    assert done.text.split("\n")[4:] == [expected, "2. (Được bãi bỏ)"]
