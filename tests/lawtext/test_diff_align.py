"""Versions are aligned as a reader would: by what the provisions say, not by their numbers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danban.lawtext import Change, Source, SourceLine, align, parse, words
from danban.lawtext.diff import full_text
from tests.shared_data import shared_document

RULES = {
    "gom": "Thu gom\n1. Người dân để rác trước nhà từ 17 giờ đến 19 giờ.\n2. Không để rác xuống kênh.",
    "gia": "Giá dịch vụ\n1. Hộ gia đình trả 30.000 đồng một tháng.\n2. Hộ nghèo được miễn:\n"
    "a) Hộ nghèo;\nb) Hộ cận nghèo.",
    "cho": "Rác tại chợ\nBan quản lý chợ bố trí thùng chứa và thuê đơn vị vận chuyển hai lần mỗi ngày.",
    "xa": "Trách nhiệm của xã\nỦy ban nhân dân cấp xã kiểm tra, xử phạt và công khai kết quả ở nhà văn hóa.",
    "pho": "Phối hợp\nCông an, Đoàn thanh niên và Hội phụ nữ vận động nhân dân phân loại rác tại nguồn.",
}


def document(*texts: str, start: int = 1):
    return parse("\n".join(f"Điều {n}. {text}" for n, text in enumerate(texts, start)))


def changes(alignment):
    return [(e.old, e.new, e.change, e.flags) for e in alignment.articles]


def test_a_document_beside_itself_has_only_unchanged():
    draft = document(*RULES.values())
    found = align(draft, draft)
    assert {e.change for e in found.articles} == {Change.UNCHANGED}
    assert all(p.old == p.new and p.change is Change.UNCHANGED and p.carries for p in found.provisions)
    assert "dieu-2.khoan-2.diem-b" in found.carried()


def test_an_article_inserted_renumbers_the_rest():
    found = align(document(RULES["gom"], RULES["gia"]), document(RULES["gom"], RULES["pho"], RULES["gia"]))
    assert changes(found) == [
        (("dieu-1",), ("dieu-1",), Change.UNCHANGED, ()),
        ((), ("dieu-2",), Change.NEW, ()),
        (("dieu-2",), ("dieu-3",), Change.RENUMBERED, ()),
    ]
    assert found.carried()["dieu-3.khoan-2.diem-a"] == "dieu-2.khoan-2.diem-a"


def test_a_repealed_article_stands_where_it_stood():
    found = align(document(RULES["gom"], RULES["pho"], RULES["gia"]), document(RULES["gom"], RULES["gia"]))
    assert [(e.change, e.old) for e in found.articles] == [
        (Change.UNCHANGED, ("dieu-1",)),
        (Change.REPEALED, ("dieu-2",)),
        (Change.RENUMBERED, ("dieu-3",)),
    ]


def test_edited_words_and_a_new_number_at_once():
    edited = RULES["gia"].replace("30.000", "25.000")
    found = align(document(RULES["gia"]), document(RULES["pho"], edited))
    assert (("dieu-1",), ("dieu-2",), Change.EDITED, (Change.RENUMBERED,)) in changes(found)
    pairs = {(p.old, p.new): p.change for p in found.provisions}
    assert pairs["dieu-1.khoan-1", "dieu-2.khoan-1"] is Change.EDITED
    assert pairs["dieu-1.khoan-2", "dieu-2.khoan-2"] is Change.UNCHANGED


def test_two_articles_become_one():
    joined = "Trách nhiệm\n" + "\n".join(
        f"{n}. {RULES[key].split(chr(10))[1]}" for n, key in enumerate(("xa", "pho"), 1)
    )
    found = align(document(RULES["gia"], RULES["xa"], RULES["pho"]), document(RULES["gia"], joined))
    assert (("dieu-2", "dieu-3"), ("dieu-2",), Change.MERGED, ()) in changes(found)
    carrying = [p for p in found.provisions if p.new == "dieu-2"]
    assert len(carrying) == 2
    assert sum(p.carries for p in carrying) == 1


def test_one_article_becomes_two():
    joined = "Trách nhiệm\n" + "\n".join(
        f"{n}. {RULES[key].split(chr(10))[1]}" for n, key in enumerate(("xa", "pho"), 1)
    )
    found = align(document(RULES["gia"], joined), document(RULES["gia"], RULES["xa"], RULES["pho"]))
    assert (("dieu-2",), ("dieu-2", "dieu-3"), Change.SPLIT, ()) in changes(found)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("Hoà giải ở cơ sở – tại xã.", "Hòa giải ở cơ sở - tại xã.", Change.ORTHOGRAPHY),
        ("Cơ quan “trung ương” quyết định.", 'Cơ quan "trung ương" quyết định.', Change.ORTHOGRAPHY),
        ("Cơ quan trung ương quyết định.", "Cơ quan Trung ương quyết định.", Change.CASE),
        ("Uỷ ban ở trung ương.", "Ủy ban ở Trung ương.", Change.CASE),
        ("Cơ quan  trung ương\nquyết định.", "Cơ quan trung ương quyết định.", Change.UNCHANGED),
        ("Điểm d được bỏ.", "Điểm đ được bỏ.", Change.EDITED),
    ],
)
def test_what_is_no_real_change_is_told_apart(before, after, change):
    found = align(document(f"Tên\n{before}", RULES["gia"]), document(f"Tên\n{after}", RULES["gia"]))
    assert found.articles[0].change is change


def test_an_article_in_another_chapter_has_moved():
    text = "Chương I\nCHUNG\nĐiều 1. {}\nĐiều 2. {}\n{}Chương II\nRIÊNG\n{}Điều 4. {}\nĐiều 5. {}"
    here, there = f"Điều 3. {RULES['cho']}\n", ""
    fixed = (RULES["gom"], RULES["gia"])
    old = parse(text.format(*fixed, here, there, RULES["xa"], RULES["pho"]))
    new = parse(text.format(*fixed, there, here, RULES["xa"], RULES["pho"]))
    assert changes(align(old, new))[2] == (("dieu-3",), ("dieu-3",), Change.MOVED, ())
    divisions = [p for p in align(old, new).provisions if p.unit == "chapter"]
    assert [(p.old, p.new, p.change) for p in divisions] == [
        ("chuong-i", "chuong-i", Change.UNCHANGED),
        ("chuong-ii", "chuong-ii", Change.UNCHANGED),
    ]


def test_chapters_renumbered_move_nothing():
    body = "CHUNG\nĐiều {}. {}\nĐiều {}. {}"
    old = parse("Chương I\n" + body.format(1, RULES["gom"], 2, RULES["gia"]))
    front = f"Chương I\nMỞ ĐẦU\nĐiều 1. {RULES['pho']}\nChương II\n"
    found = align(old, parse(front + body.format(2, RULES["gom"], 3, RULES["gia"])))
    assert [e.change for e in found.articles] == [Change.NEW, Change.RENUMBERED, Change.RENUMBERED]


def test_a_clause_moved_to_another_article_keeps_its_lineage():
    clause = "Ban quản lý chợ bố trí thùng chứa và thuê đơn vị vận chuyển hai lần mỗi ngày."
    old = document(RULES["gom"] + f"\n3. {clause}", RULES["gia"])
    new = document(RULES["gom"], RULES["gia"] + f"\n3. {clause}")
    found = align(old, new)
    assert found.carried()["dieu-2.khoan-3"] == "dieu-1.khoan-3"
    assert [p.change for p in found.provisions if p.new == "dieu-2.khoan-3"] == [Change.MOVED]


def test_an_officer_overrides_articles_and_clauses():
    old, new = document(RULES["gom"], RULES["gia"]), document(RULES["gom"], RULES["gia"])
    found = align(old, new, overrides=[("dieu-1", ""), ("", "dieu-1")])
    assert {(e.old, e.new): e.change for e in found.articles} == {
        (("dieu-1",), ()): Change.REPEALED,
        ((), ("dieu-1",)): Change.NEW,
        (("dieu-2",), ("dieu-2",)): Change.UNCHANGED,
    }
    assert not {"dieu-1", "dieu-1.khoan-1"} & set(found.carried())
    found = align(
        old, new, overrides=[("dieu-2.khoan-1", "dieu-2.khoan-2"), ("dieu-2.khoan-2", "dieu-2.khoan-1")]
    )
    assert found.carried()["dieu-2.khoan-1"] == "dieu-2.khoan-2"


def test_an_officer_may_say_two_articles_were_joined():
    old, new = document(RULES["gom"], RULES["cho"], RULES["gia"]), document(RULES["gom"], RULES["gia"])
    found = align(old, new, overrides=[("dieu-1", "dieu-1"), ("dieu-2", "dieu-1")])
    assert found.articles[0].old == ("dieu-1", "dieu-2")
    assert found.articles[0].change is Change.MERGED
    assert found.as_json()["articles"][0] == {
        "old": ["dieu-1", "dieu-2"], "new": ["dieu-1"], "change": "merged", "flags": []
    }  # fmt: skip


def test_unknown_addresses_in_overrides_are_left_alone():
    draft = document(RULES["gom"])
    assert (
        align(draft, draft, overrides=[("dieu-9", "dieu-1"), ("", "")]).articles
        == align(draft, draft).articles
    )


LINES = st.sampled_from(
    ["Chương I", "CHUNG", "Điều 1. Phạm vi", "Điều 2. Đối tượng", "Điều 3. Giá", "1. Hộ nghèo được miễn.",
     "2. Người dân nộp hồ sơ.", "a) hộ nghèo;", "b) hộ cận nghèo.", "Phụ lục I", "Quy định chung.", ""]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(LINES, max_size=25), st.lists(LINES, max_size=25))
def test_every_provision_stands_in_the_alignment_and_lineage_goes_one_to_one(before, after):
    old, new = parse("\n".join(before)), parse("\n".join(after))
    found = align(old, new)
    carried = found.carried()
    assert len(set(carried.values())) == len(carried)
    entries_old = [address for e in found.articles for address in e.old]
    entries_new = [address for e in found.articles for address in e.new]
    if old.articles():
        assert sorted(entries_old) == sorted(a.address for a in old.articles())
    if new.articles():
        assert sorted(entries_new) == sorted(a.address for a in new.articles())


def test_shuffled_articles_all_find_themselves():
    texts = [
        f"Việc thứ {n}\nCơ quan số {n * n} làm việc {n} trong {n + 3} ngày ở phường {n}." for n in range(30)
    ]
    shuffled = texts[:]
    random.Random(7).shuffle(shuffled)
    for entry in align(document(*texts), document(*shuffled)).articles:
        assert entry.change in (Change.UNCHANGED, Change.RENUMBERED)


def test_land_law_2013_to_2024():
    found = align(
        shared_document("docx/126_45-2013-qh13.docx"), shared_document("docx/127_31-2024-qh15.docx")
    )
    became = {old: entry for entry in found.articles for old in entry.old}
    for old, new in {
        "dieu-5": "dieu-4",
        "dieu-12": "dieu-11",
        "dieu-166": "dieu-26",
        "dieu-202": "dieu-235",
    }.items():
        assert became[old].new == (new,)
    assert became["dieu-25"].new == became["dieu-24"].new == ("dieu-22",)
    assert became["dieu-113"].change is Change.REPEALED
    assert sum(e.change is Change.NEW for e in found.articles) in range(60, 85)


@pytest.mark.parametrize(
    ("docx", "web"),
    [
        ("docx/126_45-2013-qh13.docx", "txt/180_45-2013-qh13-tvpl.txt"),
        ("docx/128_53-2014-qh13.docx", "txt/182_53-2014-qh13-tvpl.txt"),
        ("docx/129_01-2016-qh14.docx", "txt/181_01-2016-qh14-tvpl.txt"),
        ("docx/126_45-2013-qh13.docx", "pdf/207_45-2013-qh13-congbao.pdf"),
    ],
)
def test_the_same_law_from_two_sources_keeps_every_article(docx, web):
    one, other = shared_document(docx), shared_document(web)
    found = align(one, other)
    kept = {Change.UNCHANGED, Change.EDITED, Change.ORTHOGRAPHY, Change.CASE}
    assert {e.change for e in found.articles} <= kept
    assert all(e.old == e.new for e in found.articles)
    edited = [e for e in found.articles if e.change is Change.EDITED]
    pieces = [
        p
        for e in edited
        for p in words(*(full_text(d.find(e.new[0])) for d in (one, other)))
        if p[0] != "equal"
    ]
    # What is left are the sources' own differences: ";" for ".", a word left out. No line of a page's head.
    assert max((len(text.split()) for _, text in pieces), default=0) <= 14
    assert len(found.articles) - len(edited) > len(edited) * 2


def test_running_heads_are_no_part_of_a_rule():
    lines = (SourceLine("Điều 1. Giá"), SourceLine("Hộ nghèo được miễn."))
    page = SourceLine("CÔNG BÁO/Số 1011/Ngày 31-12-2013", "page")
    plain, printed = (parse(Source("pdf", part)) for part in (lines, (*lines[:1], page, *lines[1:])))
    assert [e.change for e in align(plain, printed).articles] == [Change.UNCHANGED]
