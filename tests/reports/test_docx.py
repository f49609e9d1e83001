"""The paper: LibreOffice opens it, its pages say what they must, many rows cost little."""

from __future__ import annotations

import io
import itertools
import subprocess
import time
import tracemalloc
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from danban.reports import exports, queries
from danban.reports.docx import Paper, column_widths, write_docx
from danban.reports.docx_rows import CONTINUED, ROWS_UNDER_ONE_ANSWER, SEE_ABOVE
from danban.reports.states import STATUTORY, WITH_DRAFT
from danban.reports.synthesis import UNANSWERED, Block, Entry

PAPER = Paper(
    agency="Sở Nông nghiệp và Môi trường",
    superior="Ủy ban nhân dân tỉnh Sông Mây",
    place="Sông Mây",
    year=2026,
    subject="dự thảo Quyết định ban hành Quy định quản lý chất thải",
    basis=("Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15.",),
    course="Sở đã tổ chức lấy ý kiến từ ngày 01/10/2026 đến hết ngày 31/10/2026.",
    figures=("- Số ý kiến nhận được: 3.",),
)


def block(n, entries=8, article=None):
    words = f"Đề nghị ghi rõ giờ thu gom rác ở tổ {n}, vì bà con đi làm sớm."
    return Block(
        article=article or f"Điều {n // 5 + 1}. Thu gom",
        place=f"Khoản 1 Điều {n // 5 + 1}",
        title=f"Giờ thu gom {n}",
        draft="1. Rác được chia thành ba loại.",
        entries=tuple(Entry(f"Công dân (mã {n}{i})", f"{words} Lần {i}.") for i in range(entries)),
        answer="Tiếp thu.\nBổ sung khung giờ tối.\n- ở chợ;",
    )


def written(blocks, columns=STATUTORY):
    out = io.BytesIO()
    write_docx(out, PAPER, blocks, columns)
    return out


def grid(out):
    """The rows of the synthesis table as lists of cell texts, merged cells once."""
    table = Document(out).tables[1]
    return [[cell_text(cell) for cell in row.findall(qn("w:tc"))] for row in table._tbl.tr_lst]


def cell_text(cell):
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.findall(qn("w:p")))
    return "\n".join(line for line in lines if line)


def test_an_answer_stands_once_beside_all_it_answers():
    rows = grid(written([block(0, entries=2)]))
    assert rows == [
        ["Nhóm vấn đề / điều / khoản", "Chủ thể góp ý", "Nội dung góp ý", "Ý kiến tiếp thu, giải trình"],
        ["Điều 1. Thu gom"],
        [
            "Khoản 1 Điều 1\nGiờ thu gom 0",
            "Công dân (mã 00)",
            "Đề nghị ghi rõ giờ thu gom rác ở tổ 0, vì bà con đi làm sớm. Lần 0.",
            "Tiếp thu.\nBổ sung khung giờ tối.\n- ở chợ;",
        ],
        ["", "Công dân (mã 01)", "Đề nghị ghi rõ giờ thu gom rác ở tổ 0, vì bà con đi làm sớm. Lần 1.", ""],
    ]


def test_a_long_point_is_taken_up_again():
    long = replace(block(0, entries=ROWS_UNDER_ONE_ANSWER + 1), answer=f"Giải trình.\n{'Vì lẽ đó. ' * 20}")
    last = grid(written([long]))[-1]
    assert last[0] == f"Khoản 1 Điều 1\nGiờ thu gom 0 {CONTINUED}"
    assert last[3] == SEE_ABOVE
    unanswered = replace(long, title="", answer=UNANSWERED)
    assert grid(written([unanswered]))[-1] == [
        f"Khoản 1 Điều 1\n{CONTINUED}", long.entries[-1].commenters, long.entries[-1].content, UNANSWERED
    ]  # fmt: skip


def test_a_fifth_column_holds_the_draft():
    rows = grid(written([block(0, entries=1)], WITH_DRAFT))
    assert rows[0][1] == "Nội dung dự thảo"
    assert rows[2][1] == "1. Rác được chia thành ba loại."
    assert sum(column_widths(WITH_DRAFT)) == pytest.approx(sum(column_widths(STATUTORY)), abs=5)


def test_any_text_makes_a_paper_that_opens():
    odd = "<w:p>&amp; \x0b\x00\ud800 ]]> \U0001f600 “đ” <!--rows-->"
    rows = grid(written([Block("A & B", odd, odd, "", (Entry(odd, odd),), odd)]))
    assert rows[2][2] == "<w:p>&amp;  ]]> \U0001f600 “đ” <!--rows-->"


def test_a_paper_without_opinions_opens():
    assert len(grid(written([]))) == 1


def test_the_page_follows_decree_30():
    section = Document(written([block(0)])).sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(297, abs=0.1),
        pytest.approx(210, abs=0.1),
    )
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert section.different_first_page_header_footer


def test_two_thousand_rows_in_a_blink_and_in_little_memory():
    started = time.perf_counter()
    out = written(block(n) for n in range(250))
    assert time.perf_counter() - started < 3
    assert len(grid(out)) == 1 + 50 + 2000

    def peak(n):
        tracemalloc.start()
        try:
            with open("/dev/null", "wb") as sink:
                write_docx(_Seekless(sink), PAPER, (block(i) for i in range(n)), STATUTORY)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(1000) < 1.3 * peak(100)


class _Seekless:
    """Takes bytes and forgets them, so that only the writer's own memory is seen."""

    def __init__(self, sink):
        self.write, self.flush = sink.write, sink.flush


@pytest.mark.office
def test_libreoffice_shows_the_pages(tmp_path, window, place, say, answer):
    for n in range(14):
        say(f"Đề nghị lùi giờ thu gom rác ở tổ {n}. " * 6, provision=place["dieu-1.khoan-2"])
    answer(
        [say("Rác được chia làm hai loại thôi.", provision=place["dieu-2"], public_name="Bà Nguyễn Thị Lan")],
        provision=place["dieu-2"],
        title="Số loại rác",
        disposition="not_accepted",
        reason="Luật Bảo vệ môi trường quy định **ba** loại.",
    )
    with (tmp_path / "bang.docx").open("wb") as out:
        exports.write_docx_of(out, window, queries.totals(window), STATUTORY)
    pages = converted(tmp_path, "bang.docx")
    assert 4 <= len(pages) <= 6
    first, second, last = pages[0], pages[1], pages[-1]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH" in first
    assert "64/2025/QH15" in first
    assert first.split()[0] != "1"
    assert second.split()[0] == "2"
    for page in pages[1:]:
        assert "Chủ thể góp ý" in page
    whole = " ".join(" ".join(pages).split())
    assert "Giải trình." in whole
    assert "Luật Bảo vệ môi trường quy định ba loại." in whole
    assert "Bà Nguyễn Thị Lan" in whole
    assert "THỦ TRƯỞNG" in last


def converted(folder, name):
    """The text of each page as LibreOffice lays it out."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / name)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / name.replace(".docx", ".pdf")), "-"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    return list(itertools.takewhile(str.strip, text.split("\f")))
