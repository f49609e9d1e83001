"""The comparison table says what changed, in words that survive a black and white copy."""

from __future__ import annotations

import io

import docx
from docx.enum.section import WD_ORIENT
from lxml import html

from danban.lawtext import Document, Node, Unit, align, parse
from danban.lawtext.comparison import as_docx, as_html, rows

OLD = parse("""Điều 1. Thu gom
1. Người dân để rác trước nhà từ 17 giờ.
2. Không để rác xuống kênh.
Điều 2. Giá <dịch vụ>
Hộ gia đình trả 30.000 đồng một tháng.
Điều 3. Công khai
Danh sách hộ vi phạm dán ở nhà văn hóa thôn.""")
NEW = parse("""Điều 1. Thu gom
1. Người dân để rác trước nhà từ 18 giờ.
2. Không để rác xuống kênh.
Điều 2. Phối hợp
Mặt trận, Đoàn thanh niên vận động phân loại tại nguồn.
Điều 3. Giá <dịch vụ>
Hộ gia đình trả 30.000 đồng một tháng.""")
ALIGNED = align(OLD, NEW)


def test_rows_hold_both_texts_and_say_what_happened():
    found = list(rows(OLD, NEW, ALIGNED))
    assert [row.note for row in found] == [
        "Sửa đổi, bổ sung",
        "Bổ sung mới",
        "Giữ nguyên nội dung; đổi số từ Điều 2 thành Điều 3",
        "Bãi bỏ",
    ]
    assert ("delete", "17 ") in found[0].old
    assert ("insert", "18 ") in found[0].new
    assert "".join(text for _, text in found[0].old).startswith("Điều 1. Thu gom\n1. Người dân")
    assert found[1].old == ()
    assert found[3].new == ()


def test_only_what_changed():
    assert len(list(rows(OLD, NEW, ALIGNED, only_changed=True))) == 3


def test_the_page_is_well_formed_and_has_no_style():
    page = as_html(OLD, NEW, ALIGNED)
    tree = html.fromstring(page)
    assert tree.xpath("//del[@class='removed']/text()")[0] == "17 "
    assert tree.xpath("//ins[@class='added']/text()")[0] == "18 "
    assert len(tree.xpath("//tbody/tr")) == 4
    assert not tree.xpath("//@style | //style | //script")
    assert "Giá <dịch vụ>" in tree.text_content()


def test_the_file_is_a_landscape_table_in_the_decrees_letter():
    paper = docx.Document(io.BytesIO(as_docx(OLD, NEW, ALIGNED)))
    (section,) = paper.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert paper.styles["Normal"].font.name == "Times New Roman"
    (table,) = paper.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["Quy định cũ", "Dự thảo mới", "Ghi chú"]
    assert cells[4][2] == "Bãi bỏ"
    runs = [run for row in table.rows for cell in row.cells for p in cell.paragraphs for run in p.runs]
    assert next(run.text for run in runs if run.font.strike) == "17 "
    assert next(run.text for run in runs if run.underline) == "18 "


def test_characters_that_xml_forbids_do_not_break_the_file():
    article = Node(Unit.ARTICLE, "1", "Lạ", "Một \x01 dòng.", "dieu-1", (1,))
    odd = Document(Node(Unit.DOCUMENT, children=(article,)), ())
    paper = docx.Document(io.BytesIO(as_docx(odd, odd, align(odd, odd))))
    assert "\N{REPLACEMENT CHARACTER}" in paper.tables[0].rows[1].cells[0].text
