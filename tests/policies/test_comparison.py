"""Two texts beside each other, as plain values: nothing lost, nothing shown twice."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from danban import lawtext
from danban.policies.comparison import changed_only, compare, inside_words, marked
from danban.policies.intake import rows_of
from danban.policies.pairing import pairs
from tests.policies.files import FIRST, SECOND


def compared(old: str, new: str):
    before, after = rows_of(lawtext.parse(old)), rows_of(lawtext.parse(new))
    return compare(before, after, pairs(before, after))


def heads(articles):
    return [(one.old_heads, one.new_heads) for one in articles if one.unit == "article"]


def test_articles_read_in_the_order_of_the_newer():
    new = [new for _old, new in heads(compared(FIRST, SECOND)) if new]
    assert new == [(("article", str(number)),) for number in range(1, 6)]


def test_a_renumbered_article_keeps_its_words():
    article = next(one for one in compared(FIRST, SECOND) if one.new_heads == (("article", "3"),))
    assert article.old_heads == (("article", "2"),)
    assert (article.keeps_words, article.is_same) == (True, False)


def test_only_what_changed_is_shown_with_what_it_hangs_on():
    new = FIRST.replace("b) Ngõ nhỏ thu gom sau.", "b) Ngõ nhỏ thu gom trước.")
    article = next(one for one in compared(FIRST, new) if not one.is_same)
    opening, left_out, point = changed_only(article)[-3:]
    assert opening.old.startswith("2. Giờ thu gom")
    assert left_out == 1
    assert [op for op, _text in point.pieces()] == ["equal", "delete", "insert", "equal"]


def test_what_is_gone_stands_where_it_stood():
    new = FIRST.replace("1. Xe thu gom đi qua mỗi đường ít nhất một lần trong ngày.\n", "")
    article = next(one for one in compared(FIRST, new) if one.place == "dieu-3")
    assert [bool(part.new) for part in article.parts].index(False) < len(article.parts) - 1
    gone = next(part for part in article.parts if not part.new)
    assert gone.old.startswith("1. Xe thu gom")


def test_the_same_text_changes_nothing():
    assert all(article.is_same for article in compared(FIRST, FIRST))


def test_a_clause_that_stands_in_no_article_is_shown_too():
    text = f"{FIRST}\nPHỤ LỤC I\nBIỂU GIÁ\n1. Túi nhỏ 2.000 đồng.\n2. Túi lớn 4.000 đồng."
    shown = [part.new for article in compared(text, text) for part in article.parts]
    assert any("Túi lớn" in words for words in shown)


def test_places_in_words():
    assert inside_words("dieu-5.khoan-2.diem-dd") == "điểm đ khoản 2"
    assert inside_words("dieu-5.khoan-2", article=True) == "khoản 2 Điều 5"
    assert (inside_words("dieu-5"), inside_words("")) == ("Điều 5", "")


LINES = st.lists(
    st.sampled_from(
        [
            "Chương I",
            "Điều 1. Một",
            "Điều 2. Hai",
            "Điều 3. Ba",
            "1. Rác.",
            "2. Giờ.",
            "a) Túi;",
            "b) Xe.",
            "Lời.",
        ]
    ),
    max_size=14,
).map("\n".join)


@given(old=LINES, new=LINES)
def test_every_word_of_both_texts_is_shown_once(old, new):
    before, after = rows_of(lawtext.parse(old)), rows_of(lawtext.parse(new))
    articles = compare(before, after, pairs(before, after))
    for side, rows in (("old", before), ("new", after)):
        shown = "\n".join(getattr(part, side) for one in articles for part in one.parts)
        for row in rows:
            text = row["text"]
            assert sum(text == other["text"] for other in rows) <= shown.count(text) if text else True
        assert sum(len(getattr(one, f"{side}_heads")) for one in articles) == len(
            [row for row in rows if not _inside(row, rows)]
        )


def _inside(row, rows) -> bool:
    inner = ("clause", "point", "subpoint")
    if row["unit"] not in inner or row["parent"] < 0:
        return False
    return rows[row["parent"]]["unit"] in (*inner, "article")


def test_a_change_of_spaces_alone_is_not_marked():
    assert marked("tặng cho, thế chấp quyền", "tặng cho quyền") == [
        ("equal", "tặng cho"), ("delete", ", thế chấp "), ("equal", " "), ("equal", "quyền"),
    ]  # fmt: skip
    assert [op for op, _text in marked("một  hai", "một hai")] == ["equal", "equal", "equal"]
