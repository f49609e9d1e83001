import pytest
from django.utils.translation import override

from danban.policies import beside
from danban.policies.models import Alignment
from danban.portal import changes, reading
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


def test_parts_without_a_number_are_named_in_the_language_of_the_page(db):
    version = VersionFactory(provisions=[*CHAPTERS, ("appendix", "I", "phu-luc-1", "Mẫu đơn", "")])
    labels = {}
    for language in ("vi", "en", "vi"):
        with override(language):
            blocks = reading.blocks_of(version)
            labels[language] = (reading.chapters_of(blocks)[0].label, blocks[-1].label)
            assert blocks[-1].label in blocks[-1].html
    assert labels == {"vi": ("Phần mở đầu", "Phụ lục I"), "en": ("Opening", "Annex I")}


def rows_between(old, new, *, only_changed):
    (page,) = beside.pages_of(changes.articles_between(old, new), only_changed=only_changed)
    return beside.rows_of(page, only_changed=only_changed)


def test_changes_name_loose_parts_in_the_language_of_the_page(db):
    loose = [("preamble", "", "", "", "Căn cứ Luật;"), ("signature", "", "", "", "Nơi nhận:")]
    old = VersionFactory(number=1, provisions=loose)
    new = VersionFactory(dossier=old.dossier, number=2, released=False, provisions=loose)
    Alignment.objects.bulk_create(
        Alignment(version=new, old=one, new=other, change="unchanged")
        for one, other in zip(
            old.provisions.order_by("position"), new.provisions.order_by("position"), strict=True
        )
    )
    named = {}
    for language in ("vi", "en", "vi"):
        with override(language):
            named[language] = [row.label for row in rows_between(old, new, only_changed=False)]
    assert named == {"vi": ["Phần mở đầu", "Nơi nhận, chữ ký"], "en": ["Opening", "Recipients, signature"]}


def test_a_long_run_that_stayed_is_shown_by_its_ends(db):
    same = "Đơn vị thu gom giữ đúng giờ. " * 40
    old = VersionFactory(number=1, provisions=[("article", "1", "dieu-1", "Giờ", f"{same}Từ 17 giờ.")])
    new = VersionFactory(
        dossier=old.dossier,
        number=2,
        released=False,
        provisions=[("article", "1", "dieu-1", "Giờ", f"{same}Từ 18 giờ.")],
    )
    Alignment.objects.create(version=new, old=old.provisions.get(), new=new.provisions.get(), change="edited")
    ((short,), (whole,)) = (rows_between(old, new, only_changed=only) for only in (True, False))
    pieces = short.lines[0].pieces
    assert ("insert", "18 ") in pieces
    assert " … " in pieces[0][1]
    assert "Giờ" not in pieces[0][1]
    assert max(len(text) for _, text in pieces) < 420
    assert same.strip() in "".join(text for _op, text in whole.lines[0].new)


def test_a_new_chapter_is_marked_and_a_renumbered_article_takes_one_line(db):
    old = VersionFactory(number=1, provisions=[("article", "1", "dieu-1", "Giờ", "Từ 17 giờ.")])
    new = VersionFactory(
        dossier=old.dossier,
        number=2,
        released=False,
        provisions=[
            ("chapter", "I", "chuong-i", "QUY ĐỊNH CHUNG", ""),
            ("article", "2", "dieu-2", "Giờ", "Từ 17 giờ."),
        ],
    )
    chapter, article = new.provisions.order_by("position")
    Alignment.objects.create(version=new, old=None, new=chapter, change="new")
    Alignment.objects.create(version=new, old=old.provisions.get(), new=article, change="renumbered")
    first, second = rows_between(old, new, only_changed=True)
    assert (first.heading, first.kept) == ((("insert", "QUY ĐỊNH CHUNG"),), False)
    assert (second.label, second.kept, second.lines) == ("Điều 1 → Điều 2", True, ())
