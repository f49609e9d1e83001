"""The counts are exact at every moment, whatever was done, and folding changes none of them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danban.consultation import actions, queries, rules
from danban.consultation.actions.progress import KEY_FIELDS
from danban.consultation.models import Comment, Tally
from danban.consultation.states import Channel, CommenterKind, CommentState
from tests.factories import CommentFactory, UserFactory, WindowFactory

MOVES = {
    CommentState.RECEIVED: actions.mark_received,
    CommentState.GROUPED: actions.mark_grouped,
    CommentState.ANSWERED: actions.mark_answered,
}


def counted() -> dict[tuple, int]:
    """What the slow count says."""
    return dict(Counter(Comment.objects.values_list(*KEY_FIELDS)))


def told() -> dict[tuple, int]:
    """What the tallies say."""
    sums = Tally.objects.order_by().values_list(*KEY_FIELDS).annotate(total=Sum("n"))
    return {tuple(key): total for *key, total in sums if total}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.sampled_from(CommenterKind.values), st.sampled_from(Channel.values)),
        st.tuples(st.just("move"), st.sets(st.integers(0, 7), min_size=1), st.sampled_from(list(MOVES))),
        st.tuples(st.just("fold")),
    ),
    max_size=14,
)


class SumsAreExact(TestCase):
    @given(steps=STEPS)
    @settings(max_examples=25)
    def test_after_every_step(self, steps):
        window, officer = WindowFactory(), UserFactory()
        places = [None, *window.version.provisions.all()[:2]]
        for name, *given_ in steps:
            if name == "come":
                kind, channel = given_
                place = places[Comment.objects.count() % 3]
                CommentFactory(window=window, provision=place, commenter_kind=kind, channel=channel)
            elif name == "move":
                everyone = list(Comment.objects.order_by("pk"))
                chosen = [comment for n, comment in enumerate(everyone) if n in given_[0]]
                with suppress(rules.CommentRefused):
                    MOVES[given_[1]](comments=chosen, by=officer)
            else:
                actions.fold_tallies()
            assert told() == counted()
            total = Comment.objects.count()
            assert queries.totals_of([window.pk]) == ({window.pk: total} if Tally.objects.exists() else {})


def test_folding_leaves_one_row_a_kind_and_the_same_sums(window):
    place = window.version.provisions.first()
    CommentFactory.create_batch(3, window=window, provision=place)
    CommentFactory.create_batch(2, window=window)
    before = told()
    assert actions.fold_tallies() == 5
    assert Tally.objects.count() == 2
    CommentFactory(window=window)
    assert actions.fold_tallies() == 1
    assert Tally.objects.count() == 2
    assert actions.fold_tallies() == 0
    assert told() == {key: n + (key[1] is None) for key, n in before.items()}


def test_a_refused_move_moves_nothing(window, officer):
    grouped = CommentFactory(window=window)
    actions.mark_grouped(comments=[grouped], by=officer)
    waiting = CommentFactory(window=window)
    with pytest.raises(rules.CommentRefused):
        actions.mark_answered(comments=[grouped, waiting], by=officer)
    assert set(Comment.objects.values_list("pk", "state")) == {
        (grouped.pk, "grouped"),
        (waiting.pk, "received"),
    }
    assert told() == counted()


def test_a_move_goes_by_what_the_rows_are_and_not_by_what_a_page_remembered(window, officer):
    stale = CommentFactory(window=window)
    assert actions.mark_grouped(comments=[stale], by=officer) == 1
    assert stale.state == CommentState.RECEIVED
    assert actions.mark_grouped(comments=[stale], by=officer) == 0
    assert actions.mark_answered(comments=[stale], by=officer) == 1
    assert told() == counted()


def test_many_move_in_few_queries(window, officer, django_assert_max_num_queries):
    comments = CommentFactory.create_batch(30, window=window)
    with django_assert_max_num_queries(6):
        assert actions.mark_grouped(comments=comments, by=officer) == 30


def test_counts_add_up_along_every_side(window):
    place = window.version.provisions.first()
    CommentFactory(window=window, provision=place, channel=Channel.LETTER)
    CommentFactory.create_batch(2, window=window, commenter_kind=CommenterKind.BUSINESS)
    counts = queries.counts_by(window)
    assert counts.total == 3
    assert counts.by("channel") == {"letter": 1, "web": 2}
    assert counts.by("commenter_kind") == {"person": 1, "business": 2}
    assert counts.by("provision") == {place.pk: 1, None: 2}
    assert counts.matching(commenter_kind=["business"], channel=["web"]) == 2
    assert counts.matching(provision=[place.pk], channel=["web"]) == 0
    assert queries.counts_by_provision(window) == {place.pk: 1, None: 2}
