"""Word by word: nothing of either text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from danban.answers.differences import Run, alike, word_differences

WORDS = st.lists(st.sampled_from(["rác", "giờ", "sáng", "5", ",", " ", "\n", "Đề nghị"]), max_size=30).map(
    " ".join
)


@given(WORDS, WORDS)
def test_both_texts_come_back(old, new):
    runs = word_differences(old, new)
    assert "".join(run.text for run in runs if run.kind != "removed") == new
    assert "".join(run.text for run in runs if run.kind != "added") == old


def test_marks_what_is_a_comments_own():
    runs = word_differences("Đề nghị lùi giờ thu gom rác.", "Đề nghị lùi giờ thu gom rác ở chợ.")
    assert [run for run in runs if run.kind == "added"] == [Run("added", " ở chợ")]
    assert not [run for run in runs if run.kind == "removed"]


def test_unlike_texts_are_not_compared():
    assert alike("De nghi lui gio thu gom rac", "Đề nghị lùi giờ thu gom rác ở chợ")
    assert not alike("Đề nghị lùi giờ thu gom rác", "Mức phí này quá cao với hộ nghèo")
