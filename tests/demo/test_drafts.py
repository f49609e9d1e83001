"""The demo's drafts have the true form: numbered without a gap, citing only what is there."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import docx
import pytest

from danban.demo.docx import build_docx
from danban.demo.dossiers import DOSSIERS, WASTE, draft_text
from tests.demo.reading import REGULATION, provisions

NAMES = [name for dossier in DOSSIERS for name in dossier.versions]
LETTERS = ["a", "b", "c", "d", "dd", "e", "g", "h", "i", "k"]
ARTICLES = {
    "quyet-dinh-v1.txt": (3, 47),
    "quyet-dinh-v2.txt": (3, 47),
    "bua-an-ban-tru.txt": (13, 0),
    "via-he.txt": (7, 0),
    "ho-tro-tien-rac.txt": (6, 0),
}


def numbers(addresses: list[str], unit: str) -> dict[str, list[str]]:
    """Parent address → the last numbers of its children of a unit, in order of the text."""
    found: dict[str, list[str]] = {}
    for address in addresses:
        parent, mark, number = address.rpartition(unit)
        if mark and re.fullmatch(r"\w+", number):
            found.setdefault(parent, []).append(number)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_articles_clauses_and_points_are_numbered_without_a_gap(name):
    addresses = list(provisions(draft_text(name)))
    own, attached = ARTICLES[name]
    articles = numbers(addresses, "dieu-")
    assert articles.pop("") == [str(n + 1) for n in range(own)]
    assert articles == ({REGULATION: [str(n + 1) for n in range(attached)]} if attached else {})
    for parent, clauses in numbers(addresses, ".khoan-").items():
        assert clauses == [str(n + 1) for n in range(len(clauses))], parent
        assert len(clauses) > 1, f"{parent} has a single clause"
    for parent, points in numbers(addresses, ".diem-").items():
        assert points == LETTERS[: len(points)], parent


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_composed_and_carries_the_marks_of_a_draft(name):
    text = draft_text(name)
    assert unicodedata.is_normalized("NFC", text)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "\nDỰ THẢO\n" in text
    assert "{" not in text
    assert not re.search(r"[ \t]\n|\S {2,3}\S", text.replace("\t\n", "\n"))


@pytest.mark.parametrize("name", NAMES)
def test_citations_within_the_draft_name_provisions_that_exist(name):
    text = draft_text(name)
    addresses = provisions(text)
    for number, whole in re.findall(r"Điều (\d+) (Quy định|Nghị quyết|Quyết định) này", text):
        prefix = REGULATION if whole == "Quy định" else ""
        assert f"{prefix}dieu-{number}" in addresses
    for address, words in addresses.items():
        article = address.split(".")[0]
        for clause in re.findall(r"khoản (\d+) Điều này", words):
            assert f"{article}.khoan-{clause}" in addresses, (address, clause)


def test_the_regulation_is_of_the_size_promised():
    text = draft_text("quyet-dinh-v1.txt")
    assert len(re.findall(r"^Chương [IVX]+$", text, re.MULTILINE)) == 6
    assert len(re.findall(r"^Mục \d$", text, re.MULTILINE)) == 4
    assert any(address.endswith(".diem-dd") for address in provisions(text))
    assert text.count("\nPHỤ LỤC\n") == 1


def test_the_second_version_splits_merges_adds_and_repeals():
    old, new = (provisions(draft_text(name)) for name in WASTE.versions)

    def headings(version):
        return {words for address, words in version.items() if "." not in address}

    gone, come = headings(old) - headings(new), headings(new) - headings(old)
    split = "Thời gian và tần suất thu gom"
    assert {split, "Điểm tập kết", "Trạm trung chuyển", "Công khai hộ gia đình vi phạm"} <= gone
    assert {"Thời gian thu gom", "Tần suất thu gom", "Điểm tập kết, trạm trung chuyển"} <= come
    same = headings(old) & headings(new)
    assert len(same) >= 40


def test_prices_in_the_appendix_are_those_of_the_articles():
    for name in WASTE.versions:
        text = draft_text(name)
        body, _, appendix = text.partition("\nPHỤ LỤC\n")
        prices = re.findall(r"\t([\d.]+)$", appendix, re.MULTILINE)
        assert len(prices) == 10
        for price in prices:
            assert f"{price} đồng" in body, (name, price)


@pytest.mark.parametrize("name", NAMES)
def test_the_word_file_holds_every_word_of_the_text(name):
    text = draft_text(name)
    data = build_docx(text)
    document = docx.Document(io.BytesIO(data))
    read = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        read += [paragraph.text for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    wanted = [piece for line in text.splitlines() for piece in line.split("\t")]
    assert sorted(filter(str.strip, read)) == sorted(filter(str.strip, wanted))
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_the_price_table_is_a_ruled_table_of_four_columns():
    document = docx.Document(io.BytesIO(build_docx(draft_text("quyet-dinh-v1.txt"))))
    ruled = [table for table in document.tables if table.style.name == "Table Grid"]
    assert [(len(table.rows), len(table.columns)) for table in ruled] == [(11, 4)]


def test_the_word_file_carries_no_macro_and_no_outside_link():
    with zipfile.ZipFile(io.BytesIO(build_docx(draft_text("via-he.txt")))) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower()]
        relations = package.read("word/_rels/document.xml.rels").decode()
    assert "TargetMode" not in relations
