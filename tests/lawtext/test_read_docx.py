"""Word files: labels that stand in no text, changes, notes, boxes, tables, and files that mean harm."""

import io
import zipfile

import pytest

from danban.lawtext import ReadError, parse, read, read_docx
from tests.lawtext.docx_files import docx, level, numbered, p, part, r, table
from tests.shared_data import shared

ARTICLES = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "Điều %1.")
    + level(1, "%2.")
    + level(2, "%3)", "lowerLetter")
    + level(3, "%1.%2", "decimal")
    + level(4, "", "bullet")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def lines(data):
    return [line.text for line in read(data, "x.docx").lines]


def kinds(data):
    return [line.kind for line in read(data, "x.docx").lines]


def test_list_labels_become_text():
    data = docx(
        p("Phạm vi", properties=numbered(1)),
        p("Khoản", properties=numbered(1, 1)),
        p("Điểm", properties=numbered(1, 2)),
        p("Điểm", properties=numbered(1, 2)),
        p("Đối tượng", properties=numbered(1)),
        p("Khoản", properties=numbered(1, 1)),
        p("Chấm", properties=numbered(1, 4)),
        p("Không", properties=numbered(0)),
        p("", properties=numbered(1)),
        p("Trách nhiệm", properties=numbered(1)),
        numbering=ARTICLES,
    )
    assert lines(data) == [
        "Điều 1. Phạm vi",
        "1. Khoản",
        "a) Điểm",
        "b) Điểm",
        "Điều 2. Đối tượng",
        "1. Khoản",
        "Chấm",
        "Không",
        "",
        "Điều 4. Trách nhiệm",
    ]
    assert [node.number for node in parse(read(data, "x.docx")).articles()] == ["1", "2", "4"]


def test_a_list_may_start_anew_and_name_the_levels_above():
    data = docx(
        p("Một", properties=numbered(1)),
        p("Khoản", properties=numbered(2, 1)),
        p("Khoản", properties=numbered(2, 1)),
        p("Số kép", properties=numbered(1, 3)),
        numbering=ARTICLES,
    )
    assert lines(data) == ["Điều 1. Một", "5. Khoản", "6. Khoản", "1.6 Số kép"]


def test_a_list_comes_with_a_style_too():
    styles = (
        f'<w:style w:styleId="DieuLuat"><w:pPr>{numbered(1)}</w:pPr></w:style>'
        '<w:style w:styleId="Con"><w:basedOn w:val="DieuLuat"/></w:style>'
    )
    data = docx(
        p("Một", properties='<w:pStyle w:val="DieuLuat"/>'),
        p("Hai", properties='<w:pStyle w:val="Con"/>'),
        p("Ba", properties='<w:pStyle w:val="Khac"/>'),
        numbering=ARTICLES,
        styles=styles,
    )
    assert lines(data) == ["Điều 1. Một", "Điều 2. Hai", "Ba"]


def test_a_level_of_its_own_in_the_list():
    numbering = ARTICLES + (
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        f'<w:lvlOverride w:ilvl="0">{level(0, "Chương %1", "upperRoman")}</w:lvlOverride></w:num>'
    )
    data = docx(*[p(f"Tên {n}", properties=numbered(3)) for n in range(4)], numbering=numbering)
    assert lines(data) == ["Chương I Tên 0", "Chương II Tên 1", "Chương III Tên 2", "Chương IV Tên 3"]


def test_tracked_changes_are_accepted_and_told():
    data = docx(
        p(
            "Điều 1. ",
            f"<w:ins>{r('Phạm vi mới')}</w:ins>",
            "<w:del><w:r><w:delText>Phạm vi cũ</w:delText></w:r></w:del>",
        ),
        p("Đoạn chuyển đi", properties="")
        .replace("<w:r>", "<w:moveFrom><w:r>")
        .replace("</w:r>", "</w:r></w:moveFrom>"),
        p("Hai đoạn", properties="<w:rPr><w:del/></w:rPr>"),
        p(" thành một."),
    )
    source = read(data, "x.docx")
    assert [line.text for line in source.lines] == ["Điều 1. Phạm vi mới", "", "Hai đoạn thành một."]
    assert "1 chỗ thêm, 1 chỗ bỏ" in source.notes[0]
    assert "Đã bỏ: “Phạm vi cũ”" in source.notes
    assert "Đã thêm: “Phạm vi mới”" in source.notes


def test_breaks_inside_a_paragraph():
    data = docx(
        p("CỘNG HÒA", "<w:r><w:br/></w:r>", "Độc lập"),
        p("1. Một", "<w:r><w:br/></w:r>", "2. Hai", "<w:r><w:cr/></w:r>", "tiếp"),
        p(
            "a",
            "<w:r><w:tab/></w:r>",
            "b",
            "<w:r><w:noBreakHyphen/></w:r>",
            "c",
            '<w:r><w:br w:type="page"/></w:r>',
            "d",
        ),
    )
    assert lines(data) == ["CỘNG HÒA Độc lập", "1. Một", "2. Hai tiếp", "a b-c d"]


def test_tables_in_order_a_line_a_paragraph_of_a_cell():
    grid = table((p("STT"), p("Tên"), p("Giá")), (p("1."), p("Xe") + p("máy"), p("5")))
    frame = table((p("UBND TỈNH"), p("CỘNG HÒA")))
    data = docx(frame, p("Điều 1. Giá"), grid, p("Hết."))
    assert lines(data) == [
        "UBND TỈNH",
        "CỘNG HÒA",
        "Điều 1. Giá",
        "STT",
        "Tên",
        "Giá",
        "1.",
        "Xe",
        "máy",
        "5",
        "Hết.",
    ]
    assert kinds(data) == ["", "", "", *["table"] * 7, ""]


def test_a_table_in_a_table_is_read_once():
    inner = table((p("trong"), p("nữa"), p("ba")))
    data = docx(table((p("ngoài") + inner, p("hai"), p("cuối"))))
    assert lines(data) == ["ngoài", "trong", "nữa", "ba", "hai", "cuối"]


def test_text_boxes_follow_their_paragraph_once():
    inside = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    both = f"<mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>"
    box = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    assert lines(docx(p("Ngoài", box, " khung"), p("Sau"))) == ["Ngoài khung", "Trong khung", "Sau"]


def test_fields_links_and_controls():
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    field += (
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("Điều 5")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    data = docx(
        p("theo ", field, " Luật"),
        p(f"<w:hyperlink>{r('Phụ lục')}</w:hyperlink>"),
        f"<w:sdt><w:sdtContent>{p('Trong ô')}</w:sdtContent></w:sdt>",
        f"<w:ins>{p('Đoạn thêm')}</w:ins>",
    )
    assert lines(data) == ["theo Điều 5 Luật", "Phụ lục", "Trong ô", "Đoạn thêm"]


def test_contents_and_footnotes_are_set_apart():
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Điều 1. Phạm vi 3')}</w:sdtContent></w:sdt>"
    )
    notes = (
        '<w:footnote w:type="separator"><w:p/></w:footnote>'
        f"<w:footnote>{p('Điều 1. được sửa đổi theo Luật số 1')}</w:footnote>"
    )
    data = docx(
        contents,
        p("Điều 2. Đối tượng 4", properties='<w:pStyle w:val="TOC1"/>'),
        p("Điều 1. Phạm vi"),
        footnotes=notes,
    )
    assert kinds(data) == ["toc", "toc", "", "footnote"]
    document = parse(read(data, "x.docx"))
    assert [node.number for node in document.articles()] == ["1"]


def test_margins_and_comments_are_told_but_are_no_lines():
    data = docx(
        p("Điều 1.", '<w:r><w:commentReference w:id="1"/></w:r>'), header1=p("MẬT"), comments=p("Sửa lại")
    )
    source = read(data, "x.docx")
    assert [line.text for line in source.lines] == ["Điều 1."]
    assert source.marginal == ("Sửa lại", "MẬT")
    assert any("1 ghi chú" in note for note in source.notes)


def zipped(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"no zip",
        b"PK\x03\x04 broken",
        zipped(styles="<a/>"),
        zipped(document="<w:document"),
        zipped(document=""),
    ],
    ids=["text", "cut", "no body", "broken XML", "empty XML"],
)
def test_broken_files_are_refused_in_plain_words(data):
    with pytest.raises(ReadError, match="bị hỏng"):
        read(data, "x.docx")


def test_a_locked_file_is_refused_in_plain_words():
    with pytest.raises(ReadError, match="mật khẩu"):
        read(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "x.docx")


def test_entities_are_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("BÍ MẬT")
    body = part("document", f"<w:body>{p('Điều 1. &x;')}</w:body>")
    attack = body.replace("?>", f'?><!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>', 1)
    try:
        text = " ".join(line.text for line in read(zipped(document=attack), "x.docx").lines)
    except ReadError:
        text = ""
    assert "BÍ MẬT" not in text


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(read_docx, "LARGEST", 1000)
    with pytest.raises(ReadError, match="quá lớn"):
        read(docx(p("a" * 2000)), "x.docx")


def test_the_strict_dialect_and_other_prefixes():
    strict = part("document", f"<w:body>{p('Điều 1. Phạm vi')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert lines(zipped(document=strict)) == ["Điều 1. Phạm vi"]
    body = f"<w:body>{p('Điều 1.', f'<w:ins>{r(chr(32) + chr(65))}</w:ins>')}</w:body>"
    other = part("document", body).replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=")
    source = read(zipped(document=other), "x.docx")
    assert [line.text for line in source.lines] == ["Điều 1. A"]
    assert "1 chỗ thêm" in source.notes[0]


def test_a_law_whose_every_number_is_words_own():
    path = shared("lawtext/docx/240_luat-69-2014-qh13.docx")
    document = parse(read(path.read_bytes(), path.name))
    assert [node.number for node in document.articles()] == [str(n) for n in range(1, 67)]
    assert document.doubts == ()


def test_one_line_a_paragraph():
    path = shared("lawtext/docx/226_draft-nd-qlcl-2026.docx")
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml")
    assert len(read(path.read_bytes(), path.name).lines) == xml.count(b"<w:p ") + xml.count(b"<w:p>")
