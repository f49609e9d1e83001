"""Reads of the workbench and of the public pages."""

from __future__ import annotations

import pytest

from danban.answers import actions, queries
from danban.consultation.models import Comment
from tests.factories import WindowFactory


def test_points_stand_in_the_order_of_the_draft_with_their_stage(office):
    first = office.window.version.provisions.get(address="dieu-1")
    last = office.window.version.provisions.get(address="dieu-2")
    released = office.point(1, "c", last)
    office.released(released)
    waiting = office.point(2, "b", first)
    office.submitted(waiting)
    opened = office.point(3, "a")
    rows = [(row.title, row.stage, row.members_count) for row in queries.points(office.window)]
    assert rows == [("a", "open", 3), ("b", "submitted", 2), ("c", "released", 1)]
    assert list(queries.points(office.window, "open")) == [opened]
    office.saved(released, reason="Lời mới.")
    counts = queries.stage_counts(office.window)
    assert counts == {"open": 1, "draft": 1, "returned": 0, "submitted": 1, "released": 0}


def test_progress_counts_comments(office):
    office.comments(4)
    office.point(2)
    office.released(office.point(3))
    progress = queries.progress(office.window)
    assert (progress.received, progress.grouped, progress.answered, progress.today) == (4, 2, 3, 1)
    assert progress.total == 9


def test_variants_put_copies_together_and_light_what_is_own(office):
    point = office.point(3, text="Đề nghị lùi giờ thu gom rác buổi sáng.")
    near = office.comments(1, text="Đề nghị lùi giờ thu gom rác buổi sáng ở chợ.")
    far = office.comments(1, text="Phí quá cao.")
    actions.add_comments(point=point, comments=near + far, by=office.drafter)
    shown, more = queries.variants(point)
    assert not more
    assert [variant.copies for variant in shown] == [3, 1, 1]
    assert shown[0].runs == ()
    assert [run.text for run in shown[1].runs if run.kind == "added"] == [" ở chợ"]
    assert shown[2].runs == ()
    assert set(queries.copies_in(point, shown[0].comment)) == set(
        Comment.objects.filter(text="Đề nghị lùi giờ thu gom rác buổi sáng.")
    )


def test_variants_are_paged(office, django_assert_num_queries):
    point = office.point(queries.VARIANTS_A_PAGE + 2)
    with django_assert_num_queries(2):
        first, more = queries.variants(point)
    assert (len(first), more) == (queries.VARIANTS_A_PAGE, True)
    second, more = queries.variants(point, 2)
    assert (len(second), more) == (2, False)
    assert second[0].runs


def test_public_answers(office, django_assert_num_queries):
    place = office.window.version.provisions.get(address="dieu-1.khoan-2")
    answer = office.released(office.point(2, provision=place))
    general = office.released(office.point(1, title="Chung"))
    office.submitted(office.point(1, title="Chưa"))
    office.released(WindowOffice(office).point())
    with django_assert_num_queries(1):
        shown = queries.released_answers(office.window)
        assert [(one.title, one.members_count, one.provision_label) for one in shown] == [
            ("Chung", 1, "Toàn bộ dự thảo"),
            ("Giờ thu gom rác", 2, "khoản 2 Điều 1"),
        ]
    assert [one.answer for one in queries.released_answers_on([place.pk], office.window.version)] == [answer]
    assert queries.answered_totals([office.window.pk]) == {office.window.pk: 3}
    comments = Comment.objects.filter(window=office.window).order_by("pk")
    assert [queries.answer_to(one) for one in comments] == [answer, answer, general, None]


class WindowOffice:
    """The same people at another window, whose answers must not leak in."""

    def __init__(self, office):
        self.office = office

    def point(self):
        from dataclasses import replace

        return replace(self.office, window=WindowFactory()).point(title="Nơi khác")


@pytest.mark.django_db
def test_words_of_a_provision_hold_all_below_it(office):
    article = office.window.version.provisions.get(address="dieu-1")
    assert [part.address for part in queries.words_of(article)] == [
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-2",
    ]
    assert queries.words_of(None) == []
