"""Decisions on plain values."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.policies.rules import (
    Regime,
    WrongMove,
    check_move,
    clean_file_name,
    free_slug,
    may_release,
    missing_lines,
    regime,
    slug_base,
    stages,
)
from danban.policies.states import VERSION_MOVES, VersionState


def test_the_law_of_2025_holds_from_its_first_day():
    assert regime(dt.date(2025, 3, 31)) is Regime.LAW_80_2015
    assert regime(dt.date(2025, 4, 1)) is Regime.LAW_64_2025


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Quyết định quy định về việc thu gom rác", "thu-gom-rac"),
        ("Nghị quyết về đất đai ở Đà Lạt", "dat-dai-o-da-lat"),
        ("???", "ho-so"),
    ],
)
def test_slugs_are_short_and_ascii(title, slug):
    assert slug_base(title) == slug


@given(st.text(max_size=500), st.sets(st.text(max_size=10)))
def test_any_title_gets_a_free_address(title, taken):
    base = slug_base(title)
    slug = free_slug(base, taken | {base})
    assert base.isascii()
    assert 0 < len(base) <= 80
    assert slug not in taken
    assert slug.startswith(base)


def test_release_needs_a_second_person_and_a_declaration():
    assert may_release(releaser=3, uploader=1, secrecy_checker=2)
    assert not may_release(releaser=1, uploader=1, secrecy_checker=2)
    assert not may_release(releaser=2, uploader=1, secrecy_checker=2)
    assert not may_release(releaser=3, uploader=1, secrecy_checker=None)


@pytest.mark.parametrize("state", VersionState.values)
def test_only_the_moves_of_the_table(state):
    for to in VersionState:
        if to in VERSION_MOVES[state]:
            check_move(state, to)
        else:
            with pytest.raises(WrongMove, match="bước"):
                check_move(state, to)


def test_missing_lines_are_named():
    assert missing_lines({"about": "x", "affected": " ", "changes": "y"}) == ["affected", "question"]


def test_stages_follow_the_newest_version():
    assert [status for _step, status in stages("")] == ["now", "", "", ""]
    assert [status for _step, status in stages(VersionState.SUBMITTED)] == ["done", "done", "now", ""]


@given(st.text(max_size=400))
def test_file_names_hold_no_path_and_no_control(name):
    kept = clean_file_name(name)
    assert 0 < len(kept) <= 120
    assert not set(kept) & set('/\\"<>|:*?\r\n\x00')


def test_a_file_name_keeps_its_ending():
    assert clean_file_name("../../etc/" + "a" * 300 + ".docx").endswith("a.docx")
