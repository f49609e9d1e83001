"""The demo's comments stand on words that exist, and its answers tell the truth about version 2."""

from __future__ import annotations

import re
from collections import Counter

from danban.accounts.states import AgencyKind
from danban.answers.states import Disposition
from danban.common.text import fold
from danban.consultation.states import Channel, CommenterKind
from danban.demo.answers import points
from danban.demo.comments import comments
from danban.demo.dossiers import WASTE, draft_text
from danban.demo.province import AGENCIES
from tests.demo.reading import REGULATION, provisions

COMMENTS = comments()
POINTS = points()
OLD, NEW = (provisions(draft_text(name)) for name in WASTE.versions)

STATE_BODIES = {AgencyKind.PEOPLES_COMMITTEE, AgencyKind.PEOPLES_COUNCIL, AgencyKind.DEPARTMENT}


def test_there_are_three_hundred_through_every_usual_channel():
    assert len(COMMENTS) == 300
    assert {c.channel for c in COMMENTS} == set(Channel) - {Channel.SCAN}
    assert {c.kind for c in COMMENTS} == set(CommenterKind)


def test_every_comment_stands_on_a_provision_of_the_first_version():
    assert [c.address for c in COMMENTS if c.address and c.address not in OLD] == []
    assert len({c.address for c in COMMENTS}) > 60


def test_they_come_in_order_within_a_window_of_thirty_days():
    days = [c.day for c in COMMENTS]
    assert days == sorted(days)
    assert days[0] == 0
    assert days[-1] == 29


def test_what_did_not_come_by_the_web_says_how_it_was_collected():
    for comment in COMMENTS:
        assert (comment.channel == Channel.WEB) == (not comment.collected_how), comment.text
        assert len(comment.collected_how) <= 300


def test_agencies_that_wrote_are_bodies_of_the_province():
    names = {agency.name for agency in AGENCIES if agency.kind in STATE_BODIES and agency.valid_to is None}
    wrote = [comment for comment in COMMENTS if comment.kind == CommenterKind.AGENCY]
    assert {comment.name for comment in wrote} <= names
    assert all(comment.channel == Channel.LETTER for comment in wrote)


def test_the_variety_a_real_window_has():
    texts = [c.text for c in COMMENTS]
    exact = Counter(texts).most_common(2)
    assert exact[0][1] == exact[1][1] == 7
    bare = [t for t in texts if t == fold(t) and len(t) > 15]
    assert len(bare) >= 15, "comments without diacritics"
    assert sum(len(t) < 40 for t in texts) >= 12
    assert any(len(t) > 1000 for t in texts)
    assert sum("?" in t for t in texts) >= 30


def test_no_number_that_could_be_a_real_telephone():
    for comment in COMMENTS:
        for number in re.findall(r"\b0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}\b", comment.text):
            assert number.startswith("0900 000 "), number


def test_each_group_is_answered_once_and_most_comments_have_one():
    groups = Counter(c.group for c in COMMENTS)
    assert {p.group for p in POINTS} == set(groups) - {""}
    assert len(POINTS) == len({p.group for p in POINTS})
    assert 5 <= groups[""] <= 20
    assert {p.disposition for p in POINTS} == set(Disposition)


def test_points_stand_on_the_first_version_and_have_a_reason():
    for point in POINTS:
        assert not point.address or point.address in OLD, point.group
        assert len(point.reason) > 100
        assert len(point.title) <= 300


def test_words_said_to_have_changed_are_not_in_the_first_version():
    """Of an article named whole, at least one provision in it must be new."""
    before = set(OLD.values())
    for point in POINTS:
        for address in point.changed:
            words = [text for place, text in NEW.items() if f"{place}.".startswith(f"{address}.")]
            assert words, (point.group, address)
            assert any(text not in before for text in words), (point.group, address)


def test_only_what_moved_words_counts_as_accepted():
    for point in POINTS:
        moved = point.disposition in {Disposition.ACCEPTED, Disposition.PARTLY}
        assert moved == bool(point.changed), point.group


def test_articles_named_in_an_answer_exist():
    for point in POINTS:
        for number in re.findall(r"Điều (\d+)\b(?! Luật)", point.reason):
            known = f"{REGULATION}dieu-{number}"
            assert known in NEW or known in OLD, (point.group, number)
