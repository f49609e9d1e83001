"""Citations as the law writes them and as people write them; other documents are never this draft."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.lawtext import parse
from danban.lawtext.cite import Citer, cite
from tests.shared_data import shared_document


def addresses(short: str) -> list[str]:
    """ "5.2.a 6" → dieu-5.khoan-2.diem-a, dieu-6."""
    made = []
    for each in short.split():
        article, *rest = each.split(".")
        steps = [f"khoan-{step}" if step[0].isdigit() else f"diem-{step}" for step in rest]
        made.append(".".join([f"dieu-{article}", *steps]))
    return made


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("điểm a, b khoản 4 và khoản 5 Điều 26", "26.4.a 26.4.b 26.5"),
        ("các điểm a, b, c và d khoản 2 Điều 5", "5.2.a 5.2.b 5.2.c 5.2.d"),
        ("điểm a khoản 1 và điểm b khoản 2 Điều 5", "5.1.a 5.2.b"),
        ("điểm a và điểm b khoản 2 Điều 5", "5.2.a 5.2.b"),
        ("khoản 1, khoản 2 và điểm a khoản 3 Điều 8", "8.1 8.2 8.3.a"),
        ("các khoản 1, 2, 3, 4 và điểm a khoản 5 Điều 9", "9.1 9.2 9.3 9.4 9.5.a"),
        ("khoản 2 Điều 5 và khoản 3 Điều 6", "5.2 6.3"),
        ("khoản 2 và khoản 4 Điều 10, Điều 12", "10.2 10.4 12"),
        ("các điều 12, 13 và 14", "12 13 14"),
        ("Điều 5 đến Điều 8", "5 6 7 8"),
        ("khoản 1 đến khoản 3 Điều 5", "5.1 5.2 5.3"),
        ("điểm a đến điểm đ khoản 1 Điều 9", "9.1.a 9.1.b 9.1.c 9.1.d 9.1.dd"),
        ("điểm đ khoản 2 Điều 18", "18.2.dd"),
        ("điểm d khoản 2 Điều 18", "18.2.d"),
        ("điểm b1 khoản 2a Điều 5a", "5a.2a.b1"),
        ("KHOẢN 3 ĐIỀU 36", "36.3"),
        ("điểm a khoản 2 của Điều 5", "5.2.a"),
        ("Điều 4 và khoản 5 Điều 6", "4 6.5"),
        ("điểm a Điều 5", "5.a"),
        ("các điều từ 5 đến 8", "5 6 7 8"),
        ("các điều 5, 6, từ 8 đến 10", "5 6 8 9 10"),
        ("Điều thứ 5", "5"),
        ("Điều 5: khoản 1, 2; Điều 6: khoản 3", "5.1 5.2 6.3"),
    ],
)
def test_as_the_law_writes(text, meant):
    assert sorted(r.address for r in cite(text).refs) == sorted(addresses(meant))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("K2 Đ5", "5.2"),
        ("đ5k2", "5.2"),
        ("Đ.5.2", "5.2"),
        ("Điều 5 K.2 đ.a", "5.2.a"),
        ("khoản 2(a) Điều 5", "5.2.a"),
        ("điều 5 (2)(a)", "5.2.a"),
        ("Điều 5 (2 hộ dân)", "5"),
        ("điểm 2 điều 5", "5.2"),
        ("khoản 2 đìêu 5", "5.2"),
        ("Điều 5 - khoản 2", "5.2"),
        ("k.2 Đ.34 chưa rõ", "34.2"),
        ("đ.a K1 Đ48", "48.1.a"),
        ("k2 d5", "5.2"),
        ("Đ5 K2", "5.2"),
        ("bỏ Đ.38 đi", "38"),
        ("dieu 27 khoan 3", "27.3"),
        ("diem a khoan 2 dieu 7", "7.2.a"),
        ("Điều 5/2", "5.2"),
        ("Điều 7.2.a", "7.2.a"),
        ("điều 9.5.", "9.5"),
        ("sửa 2.a Điều 7 đi", "7.2.a"),
        ("Điều 4, khoản 5", "4.5"),
        ("Điều 17 khoản 5 điểm a", "17.5.a"),
        ("Điều 7, điểm b khoản 1", "7.1.b"),
        ("Điều 5 khoản 1 điểm a, b và khoản 3", "5.1.a 5.1.b 5.3"),
        ("Điều 4 khoản 5, Điều 6 khoản 2", "4.5 6.2"),
        ("khoản 5Dieu 10", "10.5"),
        ("điểm c) khoản 3 Điều 22", "22.3.c"),
        ("Điều số 16", "16"),
        ("Điều 05 khoản 02", "5.2"),
        ("Điềuu 5 khỏan 2", "5.2"),
        ("khoản 2 (Điều 5)", "5.2"),
        ("Điều 12 dự thảo Luật Đất đai", "12"),
    ],
)
def test_as_people_write(text, meant):
    cited = cite(text)
    assert sorted(r.address for r in cited.refs) == sorted(addresses(meant))
    assert not cited.external


@pytest.mark.parametrize(
    "text",
    [
        "Thuế là 50.000đ. 5 hộ không nộp",
        "Điều này làm khổ dân",
        "quan điểm a dua",
        "thời điểm 5 giờ",
        "tầng d5",
        "điều kiện 3 năm",
        "kiều 5 triệu",
        "",
        "Điều 2013",
    ],
)
def test_what_is_no_citation(text):
    assert cite(text).refs == ()


def test_a_list_ends_where_the_numbers_count_something_else():
    assert [r.address for r in cite("Điều 5, 30 ngày là quá ngắn").refs] == ["dieu-5"]
    assert [r.address for r in cite("Điều 5 và 3 hộ dân").refs] == ["dieu-5"]


@pytest.mark.parametrize(
    ("text", "document", "inside"),
    [
        ("Điều 5 Luật Đất đai", "Luật Đất đai", ("dieu-5",)),
        ("khoản 2 Điều 3 Nghị định số 43/2014/NĐ-CP", "Nghị định số 43/2014/NĐ-CP", ("dieu-3.khoan-2",)),
        ("Điều 5, Điều 6 của Luật Đất đai năm 2013", "Luật Đất đai năm 2013", ("dieu-5", "dieu-6")),
        ("Luật Đất đai 2013, Điều 5", "Luật Đất đai 2013", ("dieu-5",)),
        ("Nghị định 43/2014/NĐ-CP đã nói rõ tại Điều 127", "Nghị định 43/2014/NĐ-CP", ("dieu-127",)),
        ("NGHỊ ĐỊNH 43/2014/NĐ-CP ĐÃ NÓI RÕ TẠI ĐIỀU 9", "NGHỊ ĐỊNH 43/2014/NĐ-CP", ("dieu-9",)),
        ("Điều 10 Hiến pháp", "Hiến pháp", ("dieu-10",)),
        ("Điều 4 Bộ luật Dân sự", "Bộ luật Dân sự", ("dieu-4",)),
        ("từ Điều 5 đến Điều 7 Bộ luật Lao động", "Bộ luật Lao động", ("dieu-5", "dieu-6", "dieu-7")),
        ("theo 12/2021/TT-BTP", "12/2021/TT-BTP", ()),
    ],
)
def test_other_documents_are_told_apart(text, document, inside):
    cited = cite(text)
    assert cited.refs == ()
    assert [(o.document, o.addresses) for o in cited.external] == [(document, inside)]
    assert cited.as_json()["external"] == [text.removeprefix("từ ").removeprefix("theo ")]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Điều 5 Luật Đất đai, tôi thấy chưa ổn", "Luật Đất đai"),
        ("Điều 5 Luật Đất đai hiện hành còn thiếu", "Luật Đất đai"),
        ("Điều 5 Luật Phòng, chống tham nhũng, khoản này", "Luật Phòng, chống tham nhũng"),
        ("Điều 5 Luật Thi đua, khen thưởng thì sao", "Luật Thi đua, khen thưởng"),
        ("Điều 5 Luật Tổ chức chính quyền địa phương quy định", "Luật Tổ chức chính quyền địa phương"),
        ("Điều 5 Luật Hôn nhân và gia đình", "Luật Hôn nhân và gia đình"),
    ],
)
def test_a_laws_name_ends_where_the_sentence_goes_on(text, document):
    assert cite(text).external[0].document == document


@pytest.mark.parametrize(
    "text", ["Điều 5 Luật này", "Điều 5 quy định", "điều 5 luật nên sửa", "Điều 5 Quyết định này"]
)
def test_words_that_only_look_like_another_document(text):
    cited = cite(text)
    assert [r.address for r in cited.refs] == ["dieu-5"]
    assert cited.external == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("khoản này", "5.2"),
        ("điểm này", "5.2.a"),
        ("khoản 4 Điều này", "5.4"),
        ("các điểm a và b khoản này", "5.2.a 5.2.b"),
        ("quy định tại Điều này", "5"),
        ("Điều này sai", ""),
        ("khoản 4", "5.4"),
        ("điểm c", "5.2.c"),
    ],
)
def test_from_the_place_the_text_stands_in(text, meant):
    assert [r.address for r in cite(text, at="dieu-5.khoan-2.diem-a").refs] == addresses(meant)
    assert cite(text).refs == ()


DECISION = """QUYẾT ĐỊNH
Điều 1. Ban hành
Ban hành kèm theo Quyết định này Quy định về rác.
Điều 2. Hiệu lực
Từ ngày 01 tháng 7.
TM. ỦY BAN NHÂN DÂN
QUY ĐỊNH
Về thu gom rác
(Ban hành kèm theo Quyết định số 5/2026/QĐ-UBND)
Chương I
CHUNG
Điều 1. Phạm vi
1. Rác sinh hoạt.
Điều 2. Giá
1. Hộ nghèo:
a) được miễn;
b) được giảm.
2. Hộ khác trả 30.000 đồng.
Điều 3. Thu gom
Hằng ngày.
Điều 4. Xử phạt
1. Nhắc nhở.
2. Phạt tiền."""


def test_against_a_draft_people_mean_the_attached_regulation():
    draft = parse(DECISION)
    front = next(n.address for n in draft.articles() if n.number == "4").removesuffix("dieu-4")
    assert [r.address for r in cite("điểm a khoản 1 Điều 2", draft=draft).refs] == [
        f"{front}dieu-2.khoan-1.diem-a"
    ]
    assert [r.address for r in cite("Điều 2", draft=draft, at="dieu-1").refs] == ["dieu-2"]
    assert [r.address for r in cite("Điều 2", draft=draft, at=f"{front}dieu-3").refs] == [f"{front}dieu-2"]


def test_against_a_draft_only_what_is_there_counts():
    citer = Citer(parse(DECISION))
    assert [r.address.rpartition("/")[2] for r in citer.cite("khoản 9 Điều 4").refs] == ["dieu-4"]
    assert citer.cite("Điều 77").refs == ()
    assert [r.address.rpartition("/")[2] for r in citer.cite("Điều 2 đến Điều 4").refs] == [
        "dieu-2",
        "dieu-3",
        "dieu-4",
    ]


def test_chapters_and_sections_by_any_figures():
    draft = parse("Chương I\nCHUNG\nĐiều 1. Phạm vi\nChương II\nRIÊNG\nMục 1\nGIÁ\nĐiều 2. Giá\n1. Thấp.")
    text = "Chương 1, mục 1 Chương II và Chương IX"
    assert [r.address for r in cite(text, draft=draft).refs] == ["chuong-i", "chuong-ii.muc-1"]
    assert cite("Chương II Luật Đất đai").refs == ()


def test_spans_say_where():
    text = "Tôi thấy điểm a khoản 2 Điều 5 chưa rõ"
    (ref,) = cite(text).refs
    assert text[ref.start : ref.end] == "điểm a khoản 2 Điều 5"


def test_decomposed_letters_are_read():
    import unicodedata

    assert [r.address for r in cite(unicodedata.normalize("NFD", "điểm đ khoản 2 Điều 5")).refs] == addresses(
        "5.2.dd"
    )


WORDS = st.sampled_from(
    ["Điều", "điều", "khoản", "điểm", "K", "Đ", "Đ.", "5", "2a", "a", "đ", "và", ",", "đến", "này", "của",
     "Luật", "Đất đai", "2013", "43/2014/NĐ-CP", "/", ".", "(", ")", "Chương", "II", "Phụ lục", "\n"]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=30).map(" ".join)),
    st.sampled_from(["", "dieu-4.khoan-1"]),
)
def test_any_text_can_be_read(text, at):
    draft = parse(DECISION)
    known = {node.address for node in draft.root.walk()}
    assert {r.address for r in cite(text, draft=draft, at=at).refs} <= known
    for ref in cite(text, at=at).refs:
        assert 0 <= ref.start <= ref.end
        assert ref.address.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "điều" + " " * 20_000,
        "Mục 1" + " " * 20_000,
        "điều 1" + ", 1" * 20_000,
        "điểm a" + ", a" * 20_000,
        "Điều 1 Luật " + "a " * 20_000,
        "1/2014/A" + "-A" * 20_000,
        "Điều 1 khoản 1" + " và khoản 2" * 2_000,
        ("Điều 1" + " " * 100) * 200,
    ],
)
def test_no_text_makes_it_slow(text):
    start = time.process_time()
    cite(text)
    assert time.process_time() - start < 2


def test_citations_inside_a_law_point_into_it():
    law = shared_document("docx/127_31-2024-qh15.docx")
    citer = Citer(law)
    known = {node.address for node in law.root.walk()}
    refs = [
        ref.address
        for line in law.lines
        if line.address and not line.quoted
        for ref in citer.cite(line.text, at=line.address).refs
    ]
    assert len(refs) > 900
    assert set(refs) <= known


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5 Thông tư 02",
        "điều 5 nghị định số 12",
        "Điều 6 NĐ 100/2019",
        "Điều 6 TT 02/2020/TT-BTC",
        "Điều 6 BLDS 2015",
        "khoản 2 Điều 6 BLHS",
        "Điều 5 luật hiện hành",
        "Điều 5 luật cũ",
    ],
)
def test_documents_as_people_shorten_them(text):
    cited = cite(f"So với {text} thì Điều 9 dự thảo tốt hơn")
    assert [ref.address for ref in cited.refs] == ["dieu-9"]
    assert [other.text for other in cited.external] == [text]


@pytest.mark.parametrize(
    "text", ["Điều 5 nghị định quy định rõ", "Điều 5 thông tư này", "Điều 5 luật quy định"]
)
def test_a_kind_of_document_without_number_is_the_draft(text):
    cited = cite(text)
    assert ([ref.address for ref in cited.refs], cited.external) == (["dieu-5"], ())


def test_a_section_of_a_paper_without_articles():
    draft = parse("KẾ HOẠCH\nI. MỤC ĐÍCH\n1. Một.\nII. NỘI DUNG\n1. Hai.")
    assert [ref.address for ref in cite("Mục II nên rõ hơn, mục V không có", draft=draft).refs] == ["muc-ii"]
