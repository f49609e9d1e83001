"""Legal basis by date, names of commenters."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.consultation.states import CommenterKind, Visibility
from danban.reports import rules


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (dt.date(2026, 1, 5), "64/2025/QH15"),
        (dt.date(2025, 4, 1), "64/2025/QH15"),
        (dt.date(2025, 3, 31), "80/2015/QH13"),
    ],
)
def test_a_dossier_keeps_the_law_it_was_begun_under(day, named):
    assert named in rules.legal_basis(day)[0]


def test_no_law_is_made_up_for_older_dossiers():
    assert rules.legal_basis(dt.date(2010, 1, 1)) == ()


def test_nameless_ones_are_called_by_kind_and_number():
    names = [rules.commenter_name(kind=kind, name="", number=12) for kind in CommenterKind.values]
    assert names == [
        "Công dân (mã 12)",
        "Tổ chức (mã 12)",
        "Doanh nghiệp (mã 12)",
        "Cơ quan nhà nước (mã 12)",
    ]
    assert rules.commenter_name(kind="person", name="Bà Lan", number=12) == "Bà Lan"


@pytest.mark.parametrize("visibility", [v for v in Visibility.values if v != Visibility.SHOWN])
def test_only_shown_words_leave_the_house(visibility):
    text = rules.shown_text(text="số 079…", visibility=visibility, withheld_because="Có thông tin cá nhân")
    assert "079" not in text


def test_figures_are_written_as_in_viet_nam():
    assert rules.figure(1234567) == "1.234.567"
