"""Plans as .docx files: paragraphs and tables, with cells merged as people merge them."""

from __future__ import annotations

import io

from docx import Document

HEAD = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]
ROWS = [
    ["I", "Nâng cao nhận thức", "", "", "", ""],
    ["1", "Tổ chức hội nghị phổ biến", "Sở Tư pháp", "Các Sở, ban, ngành", "Quý II/2026", "Hội nghị"],
    ["2", "Đăng tải tài liệu", "Sở Y tế", "UBND xã, phường", "Thường xuyên", "Bài đăng"],
    ["II", "Tổ chức thực hiện", "", "", "", ""],
    ["3", "Tổng hợp báo cáo", "Sở Tư pháp", "", "Trước 15/12/2026", "Báo cáo"],
]


def plan_docx(*parts, merges=()):
    """Each part is a paragraph (text) or a table (list of rows); ``merges`` are (table, from, to) places."""
    document = Document()
    tables = []
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=max(map(len, part)))
        for row, cells in zip(table.rows, part, strict=True):
            for cell, words in zip(row.cells, cells, strict=False):
                cell.text = words
        tables.append(table)
    for number, start, end in merges:
        tables[number].cell(*start).merge(tables[number].cell(*end))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def big_plan(tasks):
    """The .docx of a plan with so many tasks in one table."""
    names = ("Sở Tư pháp", "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "UBND xã Hạ Bến")
    rows = [
        [str(n), f"Tổ chức truyền thông chính sách số {n} tới người dân", names[n % 4],
         "Các Sở, ban, ngành; UBND xã, phường", f"Quý {('I', 'II', 'III', 'IV')[n % 4]}/2026", "Tin, bài"]
        for n in range(1, tasks + 1)
    ]  # fmt: skip
    return plan_docx("KẾ HOẠCH", "Truyền thông chính sách năm 2026", [HEAD, *rows])
