"""Plain text, HTML, PDF, old office files; and what cannot be read says why."""

import shutil

import pypdfium2 as pdfium
import pytest

from danban.lawtext import ReadError, parse, read, read_and_parse
from tests.shared_data import shared, shared_document


def lines(data, name):
    return [line.text for line in read(data, name).lines]


def test_a_text_has_a_line_for_each_line():
    assert lines("Một\n\nHai\n".encode(), "a.txt") == ["Một", "", "Hai"]
    assert lines("Một\r\nHai\rBa".encode(), "a.txt") == ["Một", "Hai", "Ba"]
    assert lines("\ufeffMột".encode(), "a.txt") == ["Một"]
    assert lines("Điều 1".encode("utf-16"), "a.txt") == ["Điều 1"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.pdf"])
def test_an_empty_file_is_said_to_be_empty(name):
    with pytest.raises(ReadError, match="rỗng"):
        read(b"", name)


def test_a_folder_and_a_missing_file_are_named(tmp_path):
    with pytest.raises(ReadError, match="là thư mục"):
        read_and_parse(tmp_path)
    with pytest.raises(ReadError, match="Không có tệp"):
        read_and_parse(tmp_path / "khong-co.txt")


def test_html_list_items_bear_the_numbers_a_browser_draws():
    page = """<!DOCTYPE html><p>Điều 1. Hồ sơ</p><ol><li>Đơn</li>
    <li>Ảnh:<ol type="a"><li>Màu</li></ol></li></ol>
    <ol start="3"><li>Khác</li></ol><ul><li>Hết</li></ul>"""
    assert lines(page.encode(), "a.html") == [
        "Điều 1. Hồ sơ",
        "1. Đơn",
        "2. Ảnh:",
        "a) Màu",
        "3. Khác",
        "Hết",
    ]


def test_html_keeps_paragraphs_and_tables_and_drops_the_rest():
    page = """<html><head><title>x</title><style>p{}</style><script>var a = "<p>no</p>";</script></head>
    <body><p>Điều 1. Phạm&nbsp;vi<br>chung</p><!-- <p>no</p> -->
    <table><tr><td>1.</td><td>Xe &amp; máy</td></tr></table><div>2. Hai</div></body></html>"""
    source = read(page.encode(), "a.html")
    assert [line.text for line in source.lines] == ["Điều 1. Phạm vi", "chung", "1.", "Xe & máy", "2. Hai"]
    assert [line.kind for line in source.lines] == ["", "", "table", "table", ""]


@pytest.mark.parametrize("name", ["a.exe", "a.xlsx", "a.jpg"])
def test_other_kinds_are_refused(name):
    with pytest.raises(ReadError, match="Chưa đọc được"):
        read(b"x", name)


def test_a_scan_is_recognised(tmp_path):
    document = pdfium.PdfDocument.new()
    for _ in range(3):
        document.new_page(595, 842)
    path = tmp_path / "scan.pdf"
    document.save(path)
    document.close()
    with pytest.raises(ReadError, match="bản quét"):
        read(path.read_bytes(), path.name)


@pytest.mark.parametrize("data", [b"%PDF-1.4 broken", b"x" * 100])
def test_a_broken_pdf(data):
    with pytest.raises(ReadError, match="PDF bị hỏng"):
        read(data, "a.pdf")


def provisions(document):
    return [node.address for node in document.root.walk() if node.unit in ("article", "clause", "point")]


def test_a_wrapped_pdf_gives_the_very_structure_of_the_word_file():
    word = provisions(shared_document("docx/126_45-2013-qh13.docx"))
    assert len(word) == 1603
    assert provisions(shared_document("pdf/207_45-2013-qh13-congbao.pdf")) == word


def test_the_first_half_of_a_law_in_pdf():
    word = provisions(shared_document("docx/127_31-2024-qh15.docx"))
    half = provisions(shared_document("pdf/206_31-2024-qh15-congbao.pdf"))
    assert half == word[: len(half)]
    assert half[-1] == "dieu-90.khoan-8"


def test_heads_numbers_and_footnotes_of_pages_are_set_apart():
    path = shared("lawtext/pdf/194_50-vbhn-vpqh.pdf")
    source = read(path.read_bytes(), path.name)
    pages = [line.text for line in source.lines if line.kind == "page"]
    assert sum("CÔNG BÁO" in text for text in pages) > 40
    assert not any("CÔNG BÁO/S" in line.text for line in source.lines if not line.kind)
    assert sum(line.kind == "footnote" for line in source.lines) > 5
    assert [node.number for node in parse(source).articles()] == [str(n) for n in range(1, 77)]


def test_one_law_from_word_and_from_the_web():
    web = provisions(shared_document("txt/180_45-2013-qh13-tvpl.txt"))
    assert web == provisions(shared_document("docx/126_45-2013-qh13.docx"))


def test_without_libreoffice_an_old_file_is_refused_in_plain_words(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ReadError, match="LibreOffice"):
        read(b"x", "a.doc")


@pytest.mark.office
def test_an_old_word_file_through_libreoffice(tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    text = (
        "{\\rtf1\\ansi \\u272?i\\u7873?u 1. Ph\\u7841?m vi\\par Quy\\u7871?t \\u273?\\u7883?nh n\\'e0y.\\par}"
    )
    source = read(text.encode(), "a.rtf")
    assert [line.text for line in source.lines if line.text] == ["Điều 1. Phạm vi", "Quyết định này."]
