"""The page of Decree 30: its measures, its parts, and that LibreOffice shows them where they belong."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import subprocess
import time

import pytest
from docx import Document

from danban.common import paper

DAY = dt.date(2026, 11, 5)


def letter(*, lying=False, rows=3):
    document = paper.begin(title="Giấy mời", author="Hội đồng", created=DAY, lying=lying)
    paper.head(
        document,
        paper.Head(
            superior="Ủy ban nhân dân tỉnh Sông Mây",
            agency="Hội đồng phối hợp phổ biến, giáo dục pháp luật",
            number="Số: 12/GM-HĐPH",
            place="Sông Mây",
            day=DAY,
        ),
    )
    paper.title(document, "Giấy mời", "Họp Hội đồng quý IV")
    paper.heading(document, "I. Nội dung")
    paper.running(document, "Hội đồng trân trọng kính mời các thành viên tới dự họp. " * 12)
    paper.lines(document, "- Một\n\n- Hai")
    paper.table(
        document,
        ["STT", "Tên dự thảo", "Cơ quan chủ trì soạn thảo"],
        [[str(n), f"Quyết định số {n} về thu gom rác", "Sở Nông nghiệp và Môi trường"] for n in range(rows)],
        [1, 6, 4],
    )
    paper.signatures(
        document,
        paper.Signature(("TM. Hội đồng", "Chủ tịch"), "Nguyễn Văn Mây"),
        recipients=["Như thành phần mời", "Lưu: VT"],
    )
    return paper.finish(document)


@pytest.mark.parametrize("lying", [False, True])
def test_the_page_is_a4_with_the_margins_of_the_decree(lying):
    section = Document(io.BytesIO(letter(lying=lying))).sections[0]
    sides = (round(section.page_width.mm), round(section.page_height.mm))
    assert sides == ((297, 210) if lying else (210, 297))
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert section.different_first_page_header_footer


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (dt.date(2026, 3, 31), "ngày 31 tháng 3 năm 2026"),
        (dt.date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
        (None, "ngày        tháng        năm 2027"),
    ],
)
def test_a_date_is_written_as_the_decree_writes_it(day, words):
    assert paper.date_line(day, 2027) == words


def test_two_sign_side_by_side_and_the_recipients_stand_below():
    document = paper.begin(title="Biên bản", author="Hội đồng", created=DAY)
    paper.signatures(
        document,
        paper.Signature(("Thư ký",), "Trần Thị Suối"),
        paper.Signature(("Chủ tọa",), "Nguyễn Văn Mây"),
        recipients=["Lưu: VT"],
    )
    made = Document(io.BytesIO(paper.finish(document)))
    secretary, chair = made.tables[0].rows[0].cells
    assert (secretary.text.split("\n")[0], chair.text.split("\n")[0]) == ("THƯ KÝ", "CHỦ TỌA")
    assert [one.text for one in made.paragraphs[-2:]] == ["Nơi nhận:", "- Lưu: VT."]


def test_any_text_makes_a_paper_that_opens():
    odd = "<w:p>&amp; \x0b\x00\ud800 ]]> \U0001f600 “đ”"
    document = paper.begin(title=odd, author=odd, created=DAY)
    paper.title(document, odd)
    paper.running(document, odd)
    paper.table(document, ["A"], [[odd]], [1])
    made = Document(io.BytesIO(paper.finish(document)))
    assert made.tables[0].rows[1].cells[0].text == "<w:p>&amp;  ]]> \U0001f600 “đ”"


def test_two_thousand_rows_cost_little():
    started = time.perf_counter()
    made = letter(rows=2_000)
    assert time.perf_counter() - started < 5
    assert len(Document(io.BytesIO(made)).tables[1]._tbl.tr_lst) == 2_001


@pytest.mark.office
def test_libreoffice_shows_the_parts_where_they_belong(tmp_path):
    first, *rest = pages_of(tmp_path, letter(rows=40))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first.split("\n")[0]
    assert first.index("GIẤY MỜI") < first.index("I. Nội dung") < first.index("Tên dự thảo")
    assert "Sông Mây, ngày 05 tháng 11 năm 2026" in first
    assert [page.split()[0] for page in rest] == [str(n) for n in range(2, len(rest) + 2)]
    assert all("Tên dự thảo" in page for page in rest)
    assert "Nguyễn Văn Mây" in rest[-1]
    assert rest[-1].index("CHỦ TỊCH") < rest[-1].index("Nguyễn Văn Mây")


def pages_of(folder, data, name="giay"):
    """The text of each page as LibreOffice lays it out; the .pdf stays beside it."""
    (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / f"{name}.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / f"{name}.pdf"), "-"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    return list(itertools.takewhile(str.strip, text.split("\f")))
