import pytest

from danban.portal import reading
from tests.factories import VersionFactory

CHAPTERS = [
    ("preamble", "", "", "", "Căn cứ Luật Bảo vệ môi trường;"),
    ("chapter", "I", "chuong-i", "QUY ĐỊNH CHUNG", ""),
    ("article", "1", "dieu-1", "Phạm vi", ""),
    ("clause", "1", "dieu-1.khoan-1", "", "Khoản <b>một</b>."),
    ("point", "đ", "dieu-1.khoan-1.diem-dd", "", "Điểm đ;"),
    ("chapter", "II", "chuong-ii", "TỔ CHỨC THỰC HIỆN", ""),
    ("article", "2", "dieu-2", "", "Quyết định này có hiệu lực."),
]


@pytest.fixture
def blocks(db):
    return reading.blocks_of(VersionFactory(provisions=CHAPTERS))


def test_an_article_keeps_all_that_lies_below_it(blocks):
    assert [(block.unit, len(block.members)) for block in blocks] == [
        ("preamble", 1),
        ("chapter", 1),
        ("article", 3),
        ("chapter", 1),
        ("article", 1),
    ]


def test_the_words_of_a_draft_are_text_and_never_markup(blocks):
    assert "Khoản &lt;b&gt;một&lt;/b&gt;." in blocks[2].html


def test_chapters_gather_their_articles_and_the_opening_stands_first(blocks):
    chapters = reading.chapters_of(blocks)
    assert [(one.label, [block.address for block in one.blocks if block.is_article]) for one in chapters] == [
        ("Phần mở đầu", []),
        ("Chương I", ["dieu-1"]),
        ("Chương II", ["dieu-2"]),
    ]


def test_every_provision_is_in_exactly_one_block(db):
    version = VersionFactory()
    VersionFactory(released=False, dossier=version.dossier, number=99, provisions=CHAPTERS)
    members = [member for block in reading.blocks_of(version) for member in block.members]
    assert sorted(members) == sorted(version.provisions.values_list("pk", flat=True))
