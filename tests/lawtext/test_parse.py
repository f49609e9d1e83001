"""The reading of the whole: structure, quotations, slips, attachments, overrides, doubts."""

from textwrap import dedent

import pytest

from danban.lawtext import Unit, parse, render_text
from danban.lawtext.source import Source, SourceLine


def read(text):
    return parse(dedent(text).strip("\n"))


def addresses(document):
    return [node.address for node in document.root.walk() if node.address]


def codes(document):
    return [(doubt.line, doubt.code) for doubt in document.doubts]


def units(document):
    return [line.unit.value for line in document.lines]


PLAIN = """
    QUYẾT ĐỊNH
    Quy định về chợ đêm
    Căn cứ Luật Tổ chức chính quyền địa phương;
    Chương I
    QUY ĐỊNH CHUNG
    Điều 1. Phạm vi điều chỉnh
    Quyết định này quy định về chợ đêm.
    Điều 2. Điều kiện
    1. Có mặt bằng.
    2. Có nhà vệ sinh, gồm:
    a) Cho nam;
    b) Cho nữ;
    c) Cho người khuyết tật;
    d) Có đèn;
    đ) Có nước.
    Chương II
    TỔ CHỨC THỰC HIỆN
    Điều 3. Hiệu lực thi hành
    Quyết định này có hiệu lực từ ngày ký.
    TM. ỦY BAN NHÂN DÂN
    CHỦ TỊCH
    Nguyễn Văn A
"""


def test_a_plain_decision():
    document = read(PLAIN)
    assert addresses(document) == [
        "chuong-i",
        "dieu-1",
        "dieu-2",
        "dieu-2.khoan-1",
        "dieu-2.khoan-2",
        "dieu-2.khoan-2.diem-a",
        "dieu-2.khoan-2.diem-b",
        "dieu-2.khoan-2.diem-c",
        "dieu-2.khoan-2.diem-d",
        "dieu-2.khoan-2.diem-dd",
        "chuong-ii",
        "dieu-3",
    ]
    assert document.doubts == ()
    assert document.title == "Quy định về chợ đêm"
    first = document.find("chuong-i")
    assert (first.heading, first.lines) == ("QUY ĐỊNH CHUNG", (4, 5))
    article = document.find("dieu-1")
    assert (article.heading, article.text) == ("Phạm vi điều chỉnh", "Quyết định này quy định về chợ đêm.")
    assert document.find("dieu-2.khoan-2").text == "Có nhà vệ sinh, gồm:"
    assert units(document)[:3] == ["preamble"] * 3
    assert units(document)[-3:] == ["signature"] * 3


def test_an_article_without_a_heading_keeps_its_words_as_text():
    document = read("""
        Điều 1. Ban hành kèm theo Quyết định này Quy định về chợ đêm.
        Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2026.
    """)
    assert [(node.heading, node.text[:8]) for node in document.articles()] == [
        ("", "Ban hành"),
        ("", "Quyết đị"),
    ]


AMENDING = """
    Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 10/2020/QĐ-UBND
    1. Sửa đổi khoản 2 Điều 3 như sau:
    “2. Ủy ban nhân dân cấp xã có trách nhiệm:
    a) Thu gom;
    b) Vận chuyển{close}
    2. Bổ sung Điều 5a như sau:
    “Điều 5a. Giá dịch vụ
    1. Giá do Ủy ban nhân dân tỉnh quy định.
    2. Giá công bố trước 30 ngày.”.
    3. Bãi bỏ khoản 4 Điều 7.
    Điều 2. Hiệu lực thi hành
    Quyết định này có hiệu lực từ ngày ký.
    TM. ỦY BAN NHÂN DÂN
"""
OWN = ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2", "dieu-1.khoan-3", "dieu-2"]


@pytest.mark.parametrize("close", [".”.", ".”;", '.".', ".”", ";”", "; ” ."])
def test_quoted_text_is_another_documents(close):
    document = read(AMENDING.format(close=close))
    assert addresses(document) == OWN
    assert document.doubts == ()
    quoted = document.find("dieu-1.khoan-1").quoted
    assert [node.address for top in quoted for node in top.walk()] == [
        "khoan-2",
        "khoan-2.diem-a",
        "khoan-2.diem-b",
    ]
    assert [line.number for line in document.lines if line.quoted] == [3, 4, 5, 7, 8, 9]
    assert document.find("dieu-1.khoan-2").quoted[0].heading == "Giá dịch vụ"


def test_a_quotation_never_closed_ends_where_the_instructions_go_on():
    document = read(AMENDING.format(close="."))
    assert addresses(document) == OWN
    assert codes(document) == [(3, "unclosed")]


def test_quotes_that_amend_in_turn():
    document = read("""
        Điều 1. Sửa đổi Thông tư số 1
        1. Bổ sung Điều 5a như sau:
        “Điều 5a. Sửa đổi, bổ sung Thông tư số 2
        1. Sửa đổi khoản 1 Điều 2 như sau:
        “1. Thời hạn là 05 ngày.”
        2. Sửa đổi khoản 6 Điều 8 như sau:
        “6. Thời hạn gửi báo cáo là 10 ngày.”
        3. Bỏ cụm từ “quận, huyện”.”
        Điều 2. Hiệu lực thi hành
        Thông tư này có hiệu lực từ ngày ký.
    """)
    assert addresses(document) == ["dieu-1", "dieu-1.khoan-1", "dieu-2"]
    assert document.doubts == ()


def test_a_quotation_without_marks_is_seen_by_what_it_amends():
    document = read("""
        Điều 1. Sửa đổi, bổ sung khoản 1 Điều 8
        1. Thương nhân xuất trình bản chính giấy phép.
        Điều 2. Sửa đổi, bổ sung khoản 3 Điều 9
        3. Hồ sơ nộp trực tuyến.
        Điều 3. Điều khoản thi hành
        Thông tư này có hiệu lực từ ngày ký.
    """)
    assert addresses(document) == ["dieu-1", "dieu-2", "dieu-3"]


def test_a_list_announced_by_as_follows_is_no_quotation():
    document = read("""
        Điều 1. Phân loại
        1. Đất được chia thành 02 nhóm như sau:
        a) Đất nông nghiệp;
        b) Đất phi nông nghiệp.
        2. Việc bổ sung hồ sơ thực hiện như sau:
        a) Nộp trực tiếp;
        b) Nộp qua bưu điện.
        Điều 2. Hiệu lực
        Nghị định này có hiệu lực từ ngày ký.
    """)
    assert (
        addresses(document)[-6:]
        == [
            "dieu-1.khoan-1.diem-b",
            "dieu-1.khoan-2",
            "dieu-1.khoan-2.diem-a",
            "dieu-1.khoan-2.diem-b",
            "dieu-2",
        ][-6:]
        or len(addresses(document)) == 8
    )
    assert not any(line.quoted for line in document.lines)


def test_slips_in_numbers_are_read_and_doubted():
    document = read("""
        Điều 1. Hồ sơ gồm:
        1. Cho cá nhân:
        a) Đơn;
        b) Ảnh;
        c) Bản sao;
        d) Giấy khám;
        d) Lý lịch;
        e) Phiếu.
        2. Cho tổ chức:
        a) Đơn;
        c) Bản sao.
        4. Cho hộ kinh doanh: đơn.
        Điều 2. Nơi nộp
        Tại xã.
    """)
    assert codes(document) == [(7, "repeat"), (11, "gap"), (12, "gap")]
    assert "đ)" in document.doubts[0].suggestion
    assert "dieu-1.khoan-1.diem-d_2" in addresses(document)
    assert "dieu-1.khoan-4" in addresses(document)
    assert len(set(addresses(document))) == len(addresses(document))


def test_a_digit_typed_for_the_letter_l():
    letters = "abcdđeghik"
    lines = ["Điều 1. Trách nhiệm", "1. Cơ quan có trách nhiệm:", *(f"{one}) Việc {one};" for one in letters)]
    document = parse("\n".join([*lines, "1) Việc khác;", "m) Việc cuối.", "2. Phối hợp.", "3. Báo cáo."]))
    assert [node.number for node in document.root.walk() if node.unit is Unit.POINT] == [*letters, "l", "m"]
    assert codes(document) == [(13, "digit")]
    assert document.find("dieu-1.khoan-3") is not None


@pytest.mark.parametrize(
    ("lead", "head", "unit"),
    [
        ("b) Doanh nghiệp, trong đó:", "NGHỊ ĐỊNH", "subpoint"),
        ("b) Doanh nghiệp;", "VĂN BẢN HỢP NHẤT", "point"),
        ("b) Doanh nghiệp gồm:", "VĂN BẢN HỢP NHẤT", "subpoint"),
    ],
)
def test_numbered_letters_are_parts_of_a_point_or_inserted_points(lead, head, unit):
    text = (
        f"{head}\nĐiều 1. Đối tượng\n1. Gồm:\na) Cá nhân;\n{lead}\nb1) Trong nước;\nb2) Nước ngoài;\nc) Hộ."
    )
    assert [line.unit.value for line in parse(text).lines][-3:] == [unit, unit, "point"]


def test_an_attached_regulation_restarts():
    document = read("""
        QUYẾT ĐỊNH
        Điều 1. Ban hành kèm theo Quyết định này Quy định về chợ đêm.
        Điều 2. Quyết định này có hiệu lực từ ngày ký.
        TM. ỦY BAN NHÂN DÂN
        CHỦ TỊCH
        QUY ĐỊNH
        Về chợ đêm trên địa bàn tỉnh
        (Ban hành kèm theo Quyết định số /2026/QĐ-UBND)
        Chương I
        QUY ĐỊNH CHUNG
        Điều 1. Phạm vi
        Quy định này áp dụng cho chợ đêm.
        Điều 2. Giờ mở cửa
        1. Từ 18 giờ.
        2. Đến 23 giờ.
        Phụ lục I
        MẪU ĐƠN
        Điều 1. Bên A thuê của Bên B ...
    """)
    assert addresses(document) == [
        "dieu-1",
        "dieu-2",
        "quy-dinh-1",
        "quy-dinh-1/chuong-i",
        "quy-dinh-1/dieu-1",
        "quy-dinh-1/dieu-2",
        "quy-dinh-1/dieu-2.khoan-1",
        "quy-dinh-1/dieu-2.khoan-2",
        "phu-luc-i",
    ]
    assert document.find("quy-dinh-1").heading.startswith("QUY ĐỊNH Về chợ đêm")
    assert document.lines[-1].unit is Unit.APPENDIX
    assert document.doubts == ()


def test_forms_after_the_signature_open_nothing():
    document = read("""
        Điều 1. Phạm vi
        Thông tư này quy định mẫu.
        KT. BỘ TRƯỞNG
        THỨ TRƯỞNG
        Mẫu số 01
        QUYẾT ĐỊNH
        Điều 1. Kiểm tra ……
        Điều 2. Thành lập đoàn gồm:
        1. Ông ……
    """)
    assert addresses(document) == ["dieu-1", "phu-luc-1"]


def test_contents_list():
    document = read("""
        LUẬT ĐẤT ĐAI
        MỤC LỤC
        Chương I. QUY ĐỊNH CHUNG
        Điều 1. Phạm vi điều chỉnh
        Điều 2. Đối tượng áp dụng
        Điều 3. Giải thích từ ngữ
        Chương I. QUY ĐỊNH CHUNG
        Điều 1. Phạm vi điều chỉnh
        Luật này quy định về đất đai.
        Điều 2. Đối tượng áp dụng
        Luật này áp dụng với mọi người.
        Điều 3. Giải thích từ ngữ
        1. Đất là đất.
    """)
    assert units(document)[2:6] == ["toc"] * 4
    assert [node.number for node in document.articles()] == ["1", "2", "3"]


def test_a_resolution_without_articles_keeps_its_clauses():
    document = read("""
        NGHỊ QUYẾT
        1. Thông qua báo cáo.
        2. Giao Ủy ban nhân dân:
        a) Thực hiện;
        b) Báo cáo.
    """)
    assert addresses(document) == ["khoan-1", "khoan-2", "khoan-2.diem-a", "khoan-2.diem-b"]


@pytest.mark.parametrize(
    "text",
    [
        "Điều 1.\nPhạm vi",
        "ĐIỀU 1: PHẠM VI",
        "Điều 1 Phạm vi điều chỉnh",
        "Điều\u00a01.\u00a0Phạm vi",
        "\u200bĐiều 1. Phạm vi",
        "Điê\u0300u 1. Phạm vi",
    ],
)
def test_forms_of_an_articles_line(text):
    document = parse(text)
    assert [node.number for node in document.articles()] == ["1"]
    assert render_text(document) == text


@pytest.mark.parametrize(
    "text", ["Điều 5 của Luật này quy định.", "Điều 5, Điều 6 và Điều 7.", "1.000 đồng", "2015."]
)
def test_words_that_begin_with_a_citation_or_a_sum(text):
    document = parse(f"Điều 1. Mức\nTheo quy định tại\n{text}")
    assert addresses(document) == ["dieu-1"]


def test_table_cells_open_nothing():
    lines = [
        "Điều 1. Biểu giá",
        "1. Giá như bảng:",
        ("2.", "table"),
        ("3. Xe máy", "table"),
        "2. Giá gồm thuế.",
    ]
    source = Source("docx", tuple(SourceLine(*((one,) if isinstance(one, str) else one)) for one in lines))
    document = parse(source)
    assert addresses(document) == ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2"]
    assert [child.unit for child in document.find("dieu-1.khoan-1").children] == [Unit.TABLE]


def test_words_after_a_table_stay_after_it():
    source = Source(
        "docx", tuple(SourceLine(t, k) for t, k in (("Điều 1. Giá", ""), ("Xe", "table"), ("Hết.", "")))
    )
    article = parse(source).find("dieu-1")
    assert [(child.unit, child.text) for child in article.children] == [
        (Unit.TABLE, "Xe"),
        (Unit.TEXT, "Hết."),
    ]


def test_a_persons_word_goes_before_the_reading():
    text = "Điều 1. Phạm vi\n1. Một.\nKhoản quên số.\n3. Ba."
    assert codes(parse(text)) == [(4, "gap")]
    document = parse(text, {3: (Unit.CLAUSE, "2")})
    assert addresses(document) == ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2", "dieu-1.khoan-3"]
    assert document.find("dieu-1.khoan-2").text == "Khoản quên số."
    assert document.doubts == ()
    assert addresses(parse(text, {4: (Unit.TEXT, "")})) == ["dieu-1", "dieu-1.khoan-1"]


def test_inserted_units_keep_their_numbers_and_order():
    document = read("""
        VĂN BẢN HỢP NHẤT
        Điều 5. Một
        1. Khoản một.
        1a. Khoản chèn.
        2. Khoản hai.
        Điều 5a. Chèn
        a) Điểm a;
        a1) Điểm chèn;
        b) Điểm b.
        Điều 6. Hai
        Hết.
    """)
    assert addresses(document) == [
        "dieu-5",
        "dieu-5.khoan-1",
        "dieu-5.khoan-1a",
        "dieu-5.khoan-2",
        "dieu-5a",
        "dieu-5a.diem-a",
        "dieu-5a.diem-a1",
        "dieu-5a.diem-b",
        "dieu-6",
    ]


def test_parts_chapters_sections():
    document = read("""
        PHẦN THỨ NHẤT
        NHỮNG QUY ĐỊNH CHUNG
        Chương I
        PHẠM VI
        Điều 1. Một
        Hết.
        Mục 1. TÊN MỤC
        Điều 2. Hai
        Hết.
        Tiểu mục 1
        TÊN TIỂU MỤC
        Điều 3. Ba
        Hết.
        PHẦN THỨ HAI
        RIÊNG
        Chương I
        KHÁC
        Điều 4. Bốn
        Hết.
    """)
    assert [
        node.address
        for node in document.root.walk()
        if node.unit in (Unit.PART, Unit.CHAPTER, Unit.SECTION, Unit.SUBSECTION)
    ] == [
        "phan-thu-nhat",
        "phan-thu-nhat.chuong-i",
        "phan-thu-nhat.chuong-i.muc-1",
        "phan-thu-nhat.chuong-i.muc-1.tieu-muc-1",
        "phan-thu-hai",
        "phan-thu-hai.chuong-i",
    ]
    assert document.doubts == ()


def test_the_empty_text_is_one_line():
    document = parse("")
    assert len(document.lines) == 1
    assert document.articles() == []


@pytest.mark.parametrize(
    ("line", "said", "words"),
    [
        ("d) Đ là chữ sau d.", (Unit.POINT, "đ"), "Đ là chữ sau d."),
        ("1) Lập kế hoạch.", (Unit.POINT, "l"), "Lập kế hoạch."),
        ("Điểm c: Xe.", (Unit.POINT, "c"), "Xe."),
        ("Xe chạy c.", (Unit.POINT, "c"), "Xe chạy c."),
        ("b) Xe.", (Unit.CLAUSE, "2"), "b) Xe."),
        ("2/ Xe.", (Unit.CLAUSE, "2"), "Xe."),
    ],
)
def test_no_word_is_lost_when_a_person_says_what_a_line_is(line, said, words):
    document = parse(f"Điều 1. Một\n1. Mở đầu:\na) A;\n{line}", {4: said})
    node = next(node for node in document.root.walk() if 4 in node.lines)
    assert (node.unit, node.number, node.text) == (*said, words)


def test_heads_lost_at_the_source_are_said_once_each_and_by_name():
    document = read("""
        Điều 1. Phạm vi
        1. Một.
        2. Hai.
        1. Đầu đề của điều này đã mất.
        2. Hai.
        3. Ba.
        Chương I
        QUẢN LÝ
        1. Cũng mất.
        2. Hai.
        Điều 7. Thi hành
        1. Một.
    """)
    assert codes(document) == [(4, "head"), (9, "head"), (11, "gap")]
    heads = [doubt.message for doubt in document.doubts]
    assert "Điều 2?" in heads[0]
    assert "Điều 3?" in heads[1]
    assert "thiếu Điều 2 đến 6" in heads[2]


def test_forms_behind_the_provisions_lose_no_heads():
    document = read("""
        Điều 1. Mẫu đơn
        1. Một.
        2. Hai.
        TM. ỦY BAN NHÂN DÂN
        Phụ lục I
        MẪU ĐƠN
        1. Họ và tên:
        2. Địa chỉ:
        1. Họ và tên:
    """)
    assert document.doubts == ()


def test_a_clause_and_an_article_quoted_without_marks():
    document = read("""
        Điều 1. Sửa đổi Quy định kèm theo Quyết định số 5/2020/QĐ-UBND
        1. Sửa đổi khoản 2 Điều 3 như sau:
        2. Người dân được hỗ trợ:
        a) Tiền;
        b) Giống.
        2. Bổ sung Điều 5a vào sau Điều 5 như sau:
        Điều 5a. Trách nhiệm của xã
        1. Lập danh sách.
        3. Bãi bỏ Điều 7.
        Điều 2. Hiệu lực
    """)
    assert [line.number for line in document.lines if line.quoted] == [3, 4, 5, 7, 8]
    assert addresses(document) == [
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-2",
        "dieu-1.khoan-3",
        "dieu-2",
    ]


def test_a_provincial_resolution_with_a_regulation_and_a_form():
    document = read("""
        NGHỊ QUYẾT
        Ban hành Quy định mức chi hỗ trợ
        QUYẾT NGHỊ:
        Điều 1. Ban hành kèm theo Nghị quyết này Quy định mức chi hỗ trợ.
        Điều 2. Tổ chức thực hiện
        1. Giao Ủy ban nhân dân tỉnh.
        Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa X thông qua ngày 10 tháng 7 năm 2025./.
        CHỦ TỊCH
        QUY ĐỊNH
        Mức chi hỗ trợ
        (Kèm theo Nghị quyết số 12/2025/NQ-HĐND)
        Điều 1. Phạm vi điều chỉnh
        Điều 2. Mức chi
        1. Mức chi:
        1.1. Cấp tỉnh:
        a.1) Hội nghị;
        - Trong giờ;
        + Nước uống.
        2. Nguồn kinh phí.
        PHỤ LỤC
        MẪU ĐƠN
        1. Họ và tên:
        Điều 1. Cam kết của người làm đơn
    """)
    assert addresses(document) == [
        "dieu-1",
        "dieu-2",
        "dieu-2.khoan-1",
        "quy-dinh-1",
        "quy-dinh-1/dieu-1",
        "quy-dinh-1/dieu-2",
        "quy-dinh-1/dieu-2.khoan-1",
        "quy-dinh-1/dieu-2.khoan-1.tiet-1-1",
        "quy-dinh-1/dieu-2.khoan-1.tiet-a-1",
        "quy-dinh-1/dieu-2.khoan-2",
        "phu-luc-1",
    ]
    assert document.doubts == ()


def test_slips_of_a_scanned_page():
    document = read("""
        Điêù 1. Phạm vi
        1. Cấp xã.
        Điều 2 . Đối tượng
        Điều 3: Mức hỗ trợ
        a) Hộ nghèo;
        Điều4. Nguồn vốn
        ĐIỀU 5. HIỆU LỰC
    """)
    assert [node.number for node in document.articles()] == ["1", "2", "3", "4", "5"]


def test_phrases_that_wrap_do_not_drown_what_follows():
    articles = "\n".join(
        f"Điều {n}. Biển báo\n1. Đặt biển theo khoản\n{n % 3 + 3}. Điều này, gồm biển “Cấm\n"
        "đi” trên lề phải.\n2. Biển khác."
        for n in range(2, 40)
    )
    first = "Điều 1. Biển\n1. Đặt các biển “Giao nhau với đường\nsắt” hoặc “Đường sắt” trên lề.\n2. Hướng."
    assert [node.number for node in parse(f"{first}\n{articles}").articles()] == [
        str(n) for n in range(1, 40)
    ]
