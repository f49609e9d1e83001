"""Files of plans read: tables in any order, merged cells, prose; nothing is silently dropped."""

from __future__ import annotations

import re
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danban.plan.reading import read_blocks, read_plan
from danban.plan.reading.blocks import Cell, Table
from tests.lawtext.test_encoding import TCVN3
from tests.plan.files import HEAD, ROWS, plan_docx
from tests.shared_data import shared


def words_of(texts):
    return Counter(re.findall(r"[^\W_]+", " ".join(texts)))


def kept(answer):
    """Every word the reader gives back: each piece of the document stands in one task or in unused."""
    pieces = [words for task in answer["tasks"] for words in task["words"]]
    return words_of([*pieces, *(one["words"] for one in answer["unused"])])


def read(*parts, merges=()):
    return read_plan(plan_docx(*parts, merges=merges), kind="docx")


def brief(task):
    return task["section"], task["number"], task["content"], task["lead"], task["timing"], task["product"]


EXPECTED = [
    ("Nâng cao nhận thức", "1", "Tổ chức hội nghị phổ biến", ["Sở Tư pháp"], "Quý II/2026", "Hội nghị"),
    ("Nâng cao nhận thức", "2", "Đăng tải tài liệu", ["Sở Y tế"], "Thường xuyên", "Bài đăng"),
    ("Tổ chức thực hiện", "3", "Tổng hợp báo cáo", ["Sở Tư pháp"], "Trước 15/12/2026", "Báo cáo"),
]


@pytest.mark.parametrize("order", list(permutations(range(2, 6)))[::5])
def test_columns_may_stand_in_any_order(order):
    rows = [[row[place] for place in (0, *order[:2], 1, *order[2:])] for row in [HEAD, *ROWS]]
    answer = read(rows)
    assert [brief(task) for task in answer["tasks"]] == EXPECTED
    assert not any(task["doubts"] for task in answer["tasks"])
    assert answer["tasks"][1]["coordinating"] == ["UBND xã, phường"]


@pytest.mark.parametrize(
    "head",
    [
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Tiến độ", "Kết quả"],
        [
            "Số TT",
            "NỘI DUNG CÔNG VIỆC",
            "Cơ quan\nchủ trì thực hiện",
            "Phối hợp",
            "Thời hạn hoàn thành",
            "Sản phẩm",
        ],
    ],
)
def test_headers_are_known_by_what_they_mean(head):
    assert [brief(task) for task in read([head, *ROWS])["tasks"]] == EXPECTED


def test_section_rows_merged_over_the_columns():
    answer = read([HEAD, *ROWS], merges=[(0, (1, 1), (1, 5)), (0, (4, 0), (4, 5))])
    assert [task["section"] for task in answer["tasks"]][:2] == ["Nâng cao nhận thức"] * 2
    assert "Tổ chức thực hiện" in answer["tasks"][2]["section"]


def test_a_merged_cell_holds_for_all_its_rows():
    rows = [
        HEAD,
        ["1", "Việc một", "Sở Tư pháp", "Sở Y tế", "Năm 2026", "Tin"],
        ["2", "Việc hai", "", "", "", "Bài"],
    ]
    answer = read(rows, merges=[(0, (1, 2), (2, 2)), (0, (1, 3), (2, 3)), (0, (1, 4), (2, 4))])
    one, two = answer["tasks"]
    assert (one["lead"], one["coordinating"], one["timing"]) == (
        two["lead"],
        two["coordinating"],
        two["timing"],
    )
    assert [task["product"] for task in answer["tasks"]] == ["Tin", "Bài"]


def test_content_merged_over_rows_is_one_task():
    rows = [HEAD, ["1", "Việc chung", "Sở A", "", "Quý I", "Tin"], ["", "", "Sở B", "", "Quý II", "Bài"]]
    (task,) = read(rows, merges=[(0, (1, 1), (2, 1)), (0, (1, 0), (2, 0))])["tasks"]
    assert (task["lead"], task["timing"], task["product"]) == (["Sở A", "Sở B"], "Quý I; Quý II", "Tin; Bài")
    assert any("ghép" in doubt for doubt in task["doubts"])


def test_a_header_of_two_rows():
    rows = [
        ["STT", "Nội dung", "Cơ quan thực hiện", "", "Thời gian"],
        ["", "", "Chủ trì", "Phối hợp", ""],
        ["1", "Việc một", "Sở A", "Sở B", "Quý I/2026"],
    ]
    merges = [(0, (0, 2), (0, 3)), *((0, (0, at), (1, at)) for at in (0, 1, 4))]
    (task,) = read(rows, merges=merges)["tasks"]
    assert (task["lead"], task["coordinating"], task["timing"]) == (["Sở A"], ["Sở B"], "Quý I/2026")


def test_a_header_repeated_on_a_page_and_a_row_of_column_numbers():
    answer = read([HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *ROWS[:2], HEAD, *ROWS[2:]])
    assert [brief(task) for task in answer["tasks"]] == EXPECTED


def test_sub_tasks_stand_under_their_task():
    numbers = ["1", "1.1", "1.2", "2", "a)", "b)"]
    answer = read([HEAD, *([n, f"Việc {n}", "Sở A", "", "Quý I", ""] for n in numbers)])
    assert [task["parent"] for task in answer["tasks"]] == [None, 0, 0, None, 3, 3]


def test_a_table_without_header_is_guessed_with_a_doubt():
    answer = read(ROWS)
    assert [brief(task) for task in answer["tasks"]] == EXPECTED
    assert all("đoán" in " ".join(task["doubts"]) for task in answer["tasks"])


def test_a_second_table_goes_on_with_the_columns_of_the_first():
    answer = read([HEAD, *ROWS[:3]], "", ROWS[3:])
    assert [brief(task) for task in answer["tasks"]] == EXPECTED
    assert "theo bảng trước" in answer["tasks"][2]["doubts"][0]


def test_a_table_of_other_things_is_unused():
    answer = read([["Họ tên", "Chức vụ"], ["An", "Trưởng ban"], ["Bình", "Ủy viên"], ["Chi", "Ủy viên"]])
    assert answer["tasks"] == []
    assert "Bình" in [one["words"] for one in answer["unused"]]


def test_one_column_for_both_parts():
    rows = [["Nội dung", "Cơ quan chủ trì, phối hợp"], ["Việc", "Sở A chủ trì, phối hợp với Sở B, Sở C"],
            ["Việc khác", "Chủ trì: Sở A; phối hợp: Sở B"], ["Thứ ba", "Sở A"]]  # fmt: skip
    answer = read(rows)
    assert [(task["lead"], task["coordinating"]) for task in answer["tasks"]] == [
        (["Sở A"], ["Sở B", "Sở C"]), (["Sở A"], ["Sở B"]), (["Sở A"], []),
    ]  # fmt: skip


def test_other_columns_are_kept_as_a_note():
    rows = [
        [*HEAD, "Kinh phí", "Ghi chú", "Mã"],
        ["1", "Việc", "Sở A", "", "Quý I", "", "10 triệu", "gấp", "X9"],
    ]
    (task,) = read(rows)["tasks"]
    assert (task["budget"], task["note"]) == ("10 triệu", "gấp; Mã: X9")


def test_a_plan_with_labels_under_each_task():
    answer = read(
        "KẾ HOẠCH", "Truyền thông chính sách năm 2026",
        "I. MỤC ĐÍCH, YÊU CẦU", "1. Nâng cao nhận thức của cán bộ.",
        "II. NỘI DUNG", "1. Tổ chức hội nghị phổ biến.", "- Cơ quan chủ trì: Sở Tư pháp.",
        "- Cơ quan phối hợp: Sở Y tế; UBND xã, phường.",
        "- Thời gian thực hiện: Quý II/2026.", "- Sản phẩm: Hội nghị.",
        "III. TỔ CHỨC THỰC HIỆN", "1. Sở Tư pháp", "a) Theo dõi việc thực hiện.",
        "b) Báo cáo trước ngày 15/12/2026.",
    )  # fmt: skip
    first, second, third = answer["tasks"]
    assert (first["content"], first["lead"]) == ("Tổ chức hội nghị phổ biến", ["Sở Tư pháp"])
    assert (first["coordinating"], first["timing"], first["product"]) == (
        ["Sở Y tế", "UBND xã, phường"], "Quý II/2026", "Hội nghị",
    )  # fmt: skip
    assert first["doubts"] == []
    assert (second["lead"], third["lead"]) == (["Sở Tư pháp"], ["Sở Tư pháp"])
    assert third["timing"] == "trước ngày 15/12/2026"
    assert "1. Nâng cao nhận thức của cán bộ." in [one["words"] for one in answer["unused"]]


LETTERHEAD = [
    ["ỦY BAN NHÂN DÂN\nTỈNH SÔNG MÂY\nSố: 043/KH-UBND", "CỘNG HÒA XÃ HỘI\nBến Lụa, ngày 12 tháng 02 năm 2026"]
]
FOOT = [["Nơi nhận:\n- Bộ Tư pháp;\n- Các Sở, ban, ngành;", "TM. ỦY BAN NHÂN DÂN\nNguyễn Văn A"]]


def test_a_whole_plan_with_letterhead_bodies_as_items_and_foot():
    answer = read(
        LETTERHEAD, "KẾ HOẠCH", "Truyền thông dự thảo chính sách năm 2026", "trên địa bàn tỉnh Sông Mây",
        "Thực hiện Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Thủ tướng Chính phủ, "
        "UBND tỉnh ban hành Kế hoạch như sau:",
        "I. NỘI DUNG", "1. Truyền thông dự thảo chính sách", "- Nội dung: Mở chuyên mục.",
        "1.1. Đăng tải dự thảo trên Cổng Thông tin điện tử tỉnh.",
        "Cơ quan chủ trì: Văn phòng UBND tỉnh; cơ quan phối hợp: Sở Tư pháp; thời gian: thường xuyên.",
        "II. KINH PHÍ", "Kinh phí bố trí trong dự toán của cơ quan.",
        "III. TỔ CHỨC THỰC HIỆN", "1. Sở Tài chính: Tham mưu bố trí kinh phí.", "2. Các sở, ban, ngành",
        "Căn cứ Kế hoạch này, xây dựng kế hoạch của đơn vị; gửi báo cáo trước ngày 31/10/2026.",
        "3. Theo dõi việc thực hiện.", FOOT,
    )  # fmt: skip
    facts, tasks = answer["document"], answer["tasks"]
    assert (facts["number"], facts["issued_on"], facts["issuer"]) == (
        "043/KH-UBND", "2026-02-12", "ỦY BAN NHÂN DÂN TỈNH SÔNG MÂY",
    )  # fmt: skip
    assert facts["title"] == "Truyền thông dự thảo chính sách năm 2026 trên địa bàn tỉnh Sông Mây"
    assert facts["legal_bases"] == ["Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Thủ tướng Chính phủ"]
    assert [(task["number"], task["content"], task["lead"], task["parent"]) for task in tasks] == [
        ("1", "Truyền thông dự thảo chính sách: Mở chuyên mục", [], None),
        ("1.1", "Đăng tải dự thảo trên Cổng Thông tin điện tử tỉnh", ["Văn phòng UBND tỉnh"], 0),
        ("1", "Tham mưu bố trí kinh phí", ["Sở Tài chính"], None),
        ("", "Xây dựng kế hoạch của đơn vị", ["Các sở, ban, ngành"], None),
        ("", "Gửi báo cáo trước ngày 31/10/2026", ["Các sở, ban, ngành"], None),
        ("3", "Theo dõi việc thực hiện", [], None),
    ]
    assert {task["section"] for task in tasks[2:]} == {"TỔ CHỨC THỰC HIỆN"}
    left = [one["words"] for one in answer["unused"]]
    assert {"- Bộ Tư pháp;", "Nguyễn Văn A", "Kinh phí bố trí trong dự toán của cơ quan."} <= set(left)


def test_prose_beside_a_table_is_taken_only_when_it_names_who():
    answer = read(
        "Kế hoạch được thực hiện nghiêm túc.", "Giao Sở Y tế đôn đốc việc thực hiện.", [HEAD, *ROWS]
    )
    assert [task["content"] for task in answer["tasks"]][3:] == ["Đôn đốc việc thực hiện"]
    assert "trùng" in answer["tasks"][3]["doubts"][0]


def test_a_marked_file_gives_nothing_back():
    answer = read_plan(plan_docx("TỐI MẬT", "KẾ HOẠCH", [HEAD, *ROWS]), kind="docx")
    assert answer["verdict"] == "block"
    assert "tasks" not in answer


# ── The notice and the tables of Plan 1070/KH-UBND ─────────────────────────────────────────────


@pytest.mark.parametrize("name", ["phu-luc-nhiem-vu", "phu-luc-nhiem-vu-o-gop"])
def test_the_annex_of_1070_in_both_column_orders(name):
    answer = read_plan(shared(f"plan/{name}.docx").read_bytes(), kind="docx")
    tasks = answer["tasks"]
    assert [task["number"] for task in tasks] == [str(n) for n in range(1, 14)]
    assert {task["section_number"] for task in tasks} == {"I", "II", "III", "IV", "V"}
    assert tasks[1]["lead"] == ["Sở Tư pháp (Cơ quan thường trực Hội đồng)"]
    assert tasks[0]["coordinating"] == [
        "Các Sở, ban, ngành, đoàn thể cấp tỉnh", "UBND các huyện, thị xã, thành phố",
    ]  # fmt: skip
    assert tasks[12]["timing"] == "Trước 15/12/2023"
    assert answer["document"]["number"] == "1070/KH-UBND"


def test_the_notice_of_1070_sentence_by_sentence():
    answer = read_plan(shared("plan/ke-hoach-1070-2023.txt").read_bytes(), kind="txt")
    facts, tasks = answer["document"], answer["tasks"]
    assert (facts["number"], facts["issued_on"], facts["year"]) == ("1070/KH-UBND", "2023-03-31", 2023)
    assert [base.split(" ngày")[0] for base in facts["legal_bases"]] == [
        "Quyết định số 407/QĐ-TTg", "Nghị quyết số 27-NQ/TW", "Kế hoạch số 2334/KH-UBND",
    ]  # fmt: skip
    assert len(tasks) == 15
    given_to = [(task["lead"], task["coordinating"]) for task in tasks if task["lead"]]
    assert given_to[0] == (["Sở Tư pháp"], ["các cơ quan, đơn vị liên quan"])
    assert given_to[1] == (["Thủ trưởng các đơn vị liên quan"], [])
    assert given_to[2][1] == ["Sở Tư pháp", "các cơ quan thông tin, báo chí"]
    assert given_to[4] == (["Đơn vị chủ trì xây dựng văn bản quy phạm pháp luật"], [])
    assert [one["why"] for one in answer["unused"]].count("Mục đích, yêu cầu của kế hoạch.") == 2


def test_nothing_of_the_shared_plans_is_dropped():
    text = shared("plan/ke-hoach-1070-2023.txt").read_text()
    assert kept(read_plan(text.encode(), kind="txt")) == words_of([text])


# ── Nothing is silently dropped ─────────────────────────────────────────────────────────────────

PIECES = [
    "giao Sở Tư pháp chủ trì, phối hợp với Sở Y tế tổ chức tập huấn", "Bên cạnh đó, cũng chú trọng", "gồm",
    "như:",
    "cụ thể là", "tổ chức hội thảo", "(trong đó, xác định các chính sách lớn)", ";", ".", ",", ":",
    "và tổ chức họp",
    "Kế hoạch yêu cầu", "nhằm", "II.", "1.", "a)", "-", "Cơ quan chủ trì: Sở A", "Thời gian: Quý I", "./.",
    "(", "”",
    "Các Sở, ban, ngành", "Đơn vị chủ trì xây dựng VBQPPL tiếp nhận góp ý", "có trách nhiệm", "báo cáo viên",
    "Sở B",
    "TỔ CHỨC THỰC HIỆN", "Nơi nhận:", "PHỤ LỤC", "2.1.", "Nội dung: x", "MỤC ĐÍCH",
    "Căn cứ Luật 1", "trước ngày 15/12/2026",
]  # fmt: skip
CELLS = ["", "1", "1.1", "I", "a)", "Sở Tư pháp", "Các Sở, ban, ngành", "Quý I/2026", "Tổ chức hội nghị",
         "Tin, bài",          *HEAD, "Ghi chú", "Chủ trì, phối hợp", "A; B\nC"]  # fmt: skip

paragraphs = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join)


@st.composite
def tables(draw):
    """A table whose cells are merged at random with the one before them or the one above."""
    width, rows, number = draw(st.integers(1, 6)), [], 0
    for _ in range(draw(st.integers(1, 6))):
        row = []
        for place in range(width):
            number += 1
            merged = draw(st.sampled_from(["", "", "", "left", "up"]))
            if merged == "left" and row:
                row.append(row[-1])
            elif merged == "up" and rows:
                row.append(rows[-1][place])
            else:
                row.append(Cell(draw(st.sampled_from(CELLS)), number))
        rows.append(tuple(row))
    if draw(st.booleans()) and width == len(HEAD):
        rows.insert(0, tuple(Cell(words, number + n) for n, words in enumerate(HEAD, start=1)))
    return Table(tuple(rows))


@settings(max_examples=300)
@given(st.lists(paragraphs | tables(), max_size=6))
def test_every_word_stands_once_in_a_task_or_in_unused(blocks):
    given_words = [one for block in blocks for one in ([block] if isinstance(block, str) else
                                                      [cell.text for cell in block.cells])]  # fmt: skip
    assert kept(read_blocks(blocks, [])) == words_of(given_words)


TABLE = [HEAD, *ROWS]


def test_a_plan_from_before_unicode_is_read():
    old = str.maketrans(TCVN3)
    answer = read("Số: 12/KH-UBND".translate(old), [[cell.translate(old) for cell in row] for row in TABLE])
    assert [brief(task) for task in answer["tasks"]] == EXPECTED
