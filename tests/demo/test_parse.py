"""The real reader finds in the demo's files exactly what we wrote, without a doubt."""

from __future__ import annotations

import pytest

from danban.demo.comments import comments
from danban.demo.docx import build_docx
from danban.demo.dossiers import DOSSIERS, HOUSE_NUMBERS, draft_text
from danban.lawtext import Document, Unit, apply, parse, read
from tests.demo.reading import provisions

NAMES = [name for dossier in DOSSIERS for name in dossier.versions]
KEPT = {Unit.ARTICLE, Unit.CLAUSE, Unit.POINT}


def parsed(name: str) -> Document:
    return parse(read(build_docx(draft_text(name)), name.replace(".txt", ".docx")))


@pytest.mark.parametrize("name", NAMES)
def test_every_provision_has_the_address_and_the_words_we_gave_it(name):
    found = {
        node.address: "\n".join(filter(None, (node.heading, node.text)))
        for node in parsed(name).root.walk()
        if node.unit in KEPT
    }
    assert found == provisions(draft_text(name))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_them_looks_wrong(name):
    assert parsed(name).doubts == ()


def test_the_amending_draft_is_applied_but_for_one_phrase_that_is_not_there():
    (draft, following), (base, _name) = HOUSE_NUMBERS.versions, HOUSE_NUMBERS.base
    assert [doubt.code for doubt in parsed(following).doubts] == ["repeat", "gap"]
    assert parsed(draft).doubts == parsed(base).doubts == ()
    made = apply(parsed(base), parsed(draft))
    assert [one.action for one in made.applied] == [
        "added", "replaced", "replaced", "replaced", "repealed", "words", "words",
    ]  # fmt: skip
    assert [one.at for one in made.unapplied] == ["dieu-2"]


def test_plain_text_reads_the_same_as_the_word_file():
    name = "quyet-dinh-v1.txt"
    from_text = parse(read(draft_text(name).encode(), name))
    assert [node.address for node in from_text.articles()] == [
        node.address for node in parsed(name).articles()
    ]


def test_chapters_and_sections_of_the_regulation():
    document = parsed("quyet-dinh-v1.txt")
    units = [node.unit for node in document.root.walk()]
    assert (units.count(Unit.CHAPTER), units.count(Unit.SECTION), units.count(Unit.ARTICLE)) == (6, 4, 50)
    assert units.count(Unit.REGULATION) == units.count(Unit.APPENDIX) == 1


def test_every_comment_finds_its_provision():
    document = parsed("quyet-dinh-v1.txt")
    known = {node.address for node in document.root.walk()}
    assert {comment.address for comment in comments()} - {""} <= known
