"""The word comparison gives both texts back to the letter and reads well."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from danban.lawtext import words
from danban.lawtext.diff import wording

SYLLABLES = st.sampled_from(
    ["đất", "Đất", "của", "người", "dân", "10", "ngày", ",", ".", "“", "hòa", "hoà", "\n", "  "]
)
TEXTS = st.one_of(st.lists(SYLLABLES, max_size=40).map(" ".join), st.text(max_size=80))


def sides(pieces):
    old = "".join(text for op, text in pieces if op != "insert")
    new = "".join(text for op, text in pieces if op != "delete")
    return old, new


@example("\x00", "\n")
@given(TEXTS, TEXTS)
def test_pieces_give_both_texts_back(old, new):
    pieces = words(old, new)
    assert sides(pieces) == (old, new)
    assert all(text for _, text in pieces)


@given(TEXTS, TEXTS)
def test_neighbours_differ_and_deleted_words_come_first(old, new):
    ops = [op for op, _ in words(old, new)]
    assert all(one != other for one, other in pairwise(ops))
    assert ("insert", "delete") not in set(pairwise(ops))


@given(TEXTS)
def test_a_text_beside_itself_has_no_change(text):
    assert words(text, text) == ([("equal", text)] if text else [])


def test_one_syllable_is_one_change():
    assert words("nộp trong 10 ngày.", "nộp trong 15 ngày.") == [
        ("equal", "nộp trong "),
        ("delete", "10 "),
        ("insert", "15 "),
        ("equal", "ngày."),
    ]


def test_a_lone_word_between_long_changes_is_not_kept_as_equal():
    old = "do Ủy ban nhân dân cấp huyện nơi có đất quyết định của mình theo trình tự rút gọn"
    new = "sau khi lấy xong ý kiến mọi hộ gia đình của địa phương bằng phiếu kín đã đóng dấu"
    assert [op for op, _ in words(old, new)] == ["delete", "insert"]


def test_only_spacing_differs():
    pieces = words("đất  ở\ntại xã", "đất ở tại xã")
    assert sides(pieces) == ("đất  ở\ntại xã", "đất ở tại xã")
    assert all(not text.strip() for op, text in pieces if op != "equal")


def test_texts_of_hundreds_of_pages_are_compared_by_lines_first(monkeypatch):
    monkeypatch.setattr(wording, "_MOST_PAIRS", 400)
    lines = [f"Khoản {n} về việc thứ {n}.\n" for n in range(19)]
    changed = [*lines[:7], "Khoản 7 về việc khác.\n", *lines[8:]]
    pieces = words("".join(lines), "".join(changed))
    assert sides(pieces) == ("".join(lines), "".join(changed))
    assert [text for op, text in pieces if op == "insert"] == ["khác"]


def test_texts_without_lines_past_the_limit_are_replaced_whole(monkeypatch):
    monkeypatch.setattr(wording, "_MOST_PAIRS", 3)
    assert words("a b c", "a b d") == [("delete", "a b c"), ("insert", "a b d")]
