"""The reading against official markup: the floor the project promises (figures: ``make bench-lawtext``)."""

import csv

import pytest

from bench.lawtext import BARS, OVERRIDES, Score, corrected, found_in, markup_of, overrides
from danban.lawtext import parse, read
from tests.shared_data import shared


@pytest.fixture(scope="module")
def score():
    folder, made, corrections = shared("lawtext/gold"), Score(), overrides()
    for path in sorted(folder.glob("*.txt")):
        document = parse(read(path.read_bytes(), path.name))
        truth = corrected(markup_of(path.with_suffix(".tsv")), corrections.get(path.stem, {}))
        made.add(path.stem, truth, found_in(document), [line.text for line in document.lines])
    return made


@pytest.mark.parametrize("unit", BARS)
def test_units_against_official_markup(score, unit):
    assert score.of(unit)[2] >= BARS[unit]


def test_documents_right_on_every_line(score):
    assert score.right >= 0.97


def test_every_correction_of_the_markup_has_its_reason_and_changes_something():
    folder = shared("lawtext/gold")
    with OVERRIDES.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            assert len(row["reason"]) > 10
            truth = markup_of(folder / f"{row['document']}.tsv")
            assert truth.get(int(row["line"]), "-") != row["unit"]
