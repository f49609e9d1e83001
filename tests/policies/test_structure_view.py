"""The tree beside the text, and pages of lines: plain values."""

from __future__ import annotations

from danban.policies.structure_view import A_PAGE, lines_shown, number_guess, page_of, tree


def line(n, unit, text, label="", quoted=False):
    return {"n": n, "unit": unit, "text": text, "label": label, "address": "", "quoted": quoted}


LINES = [
    line(1, "article", "Điều 1. Ban hành", "1"),
    line(2, "chapter", "Chương I", "I"),
    line(3, "heading", "QUY ĐỊNH CHUNG"),
    line(4, "article", "Điều 1. Phạm vi", "1"),
    line(5, "clause", "1. Rác", "1"),
    line(6, "article", "Điều 9. Của văn bản khác", "9", quoted=True),
    line(7, "article", "Điều 2. Đối tượng", "2"),
]


def test_articles_stand_under_their_division():
    branches = tree(LINES, [5])
    assert [branch.title for branch in branches] == ["Điều 1. Ban hành", "Chương I QUY ĐỊNH CHUNG"]
    assert [article.title for article in branches[1].articles] == ["Điều 1. Phạm vi", "Điều 2. Đối tượng"]


def test_a_doubt_marks_the_article_it_lies_in():
    chapter = tree(LINES, [5])[1]
    assert [article.doubtful for article in chapter.articles] == [True, False]
    assert not chapter.doubtful


def test_a_page_holds_its_lines():
    many = [line(n, "text", str(n)) for n in range(1, A_PAGE + 6)]
    shown = lines_shown(many, 2, [A_PAGE + 2])
    assert [one.n for one in shown] == list(range(A_PAGE + 1, A_PAGE + 6))
    assert [one.doubtful for one in shown] == [False, True, False, False, False]
    assert (page_of(A_PAGE), page_of(A_PAGE + 1)) == (1, 2)


def test_the_margin_names_units_of_this_document_only():
    labels = [one.label for one in lines_shown(LINES, 1, [])]
    assert [str(label) for label in labels] == ["Điều 1", "Chương I", "", "Điều 1", "Khoản 1", "", "Điều 2"]


def test_a_number_is_guessed_from_the_words():
    guesses = {
        text: number_guess(line(1, "text", text))
        for text in ("Điều 12a. X", "3. Y", "đ) Z", "Chương IV", "Nội dung")
    }
    assert guesses == {"Điều 12a. X": "12a", "3. Y": "3", "đ) Z": "đ", "Chương IV": "IV", "Nội dung": ""}
