"""Addresses: what is written is read back, legal order holds, nonsense is refused."""

import contextlib
import doctest
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.lawtext import address as module
from danban.lawtext.address import Address, slug_of_number

LETTERS = ["a", "b", "c", "d", "dd", "e", "g", "h", "i", "k", "l", "y"]


def suffix():
    return st.sampled_from(["", *LETTERS])


def numbers():
    return st.builds(lambda n, s: f"{n}{s}", st.integers(1, 999), suffix())


def points():
    return st.builds(lambda a, n: f"{a}{n or ''}", st.sampled_from(LETTERS), st.integers(0, 9))


@st.composite
def written(draw):
    steps = [f"dieu-{draw(numbers())}"]
    if draw(st.booleans()):
        steps.append(f"khoan-{draw(numbers())}")
    if draw(st.booleans()):
        steps.append(f"diem-{draw(points())}")
    if draw(st.integers(0, 4)) == 0:
        steps[-1] += "_2"
    prefix = draw(st.sampled_from(["", "", "quy-dinh-1/", "phu-luc-ii/", "phu-luc-1/"]))
    return prefix + ".".join(steps)


def test_doctests():
    assert doctest.testmod(module).failed == 0


@given(written())
def test_written_addresses_come_back(text):
    assert str(Address.parse(text)) == text
    assert Address.parse(text).in_words()


@given(written(), written())
def test_order_is_total_and_agrees_with_equality(one, two):
    a, b = Address.parse(one), Address.parse(two)
    assert (a < b) + (b < a) + (a == b) == 1
    assert a == b or hash(a) != hash(b) or str(a) != str(b)


@given(written())
def test_a_place_lies_in_its_parents_and_after_them(text):
    place = Address.parse(text)
    parent = place.parent
    while parent is not None:
        assert parent.contains(place)
        assert not place.contains(parent)
        assert parent < place
        parent = parent.parent


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        assert str(Address.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "dieu",
        "dieu-",
        "dieu-5.",
        "dieu-5..khoan-1",
        "khoan-1.dieu-5",
        "chuong-i.dieu-5",
        "dieu-5.dieu-6",
        "dieu-5 ",
        "Dieu-5",
        "điều-5",
        "dieu-5_1",
        "dieu-iv",
        "diem-5",
        "/dieu-5",
        "dieu-5/khoan-1",
        "quy-dinh-1/",
        "phan-thu-xyz",
        "../etc/passwd",
        "dieu-" + "1" * 300,
    ],
)
def test_nonsense_is_refused(text):
    with pytest.raises(ValueError, match="không phải địa chỉ"):
        Address.parse(text)


def test_legal_order():
    ordered = [
        "dieu-5",
        "dieu-5.khoan-1",
        "dieu-5.khoan-2",
        "dieu-5.khoan-2.diem-a",
        "dieu-5.khoan-2.diem-a1",
        "dieu-5.khoan-2.diem-b",
        "dieu-5.khoan-2.diem-c",
        "dieu-5.khoan-2.diem-d",
        "dieu-5.khoan-2.diem-d_2",
        "dieu-5.khoan-2.diem-dd",
        "dieu-5.khoan-2.diem-e",
        "dieu-5.khoan-2a",
        "dieu-5.khoan-10",
        "dieu-5a",
        "dieu-5dd",
        "dieu-6",
        "dieu-51",
        "quy-dinh-1",
        "quy-dinh-1/dieu-1",
        "quy-dinh-2/dieu-1",
        "phu-luc-i",
        "phu-luc-ii/khoan-1",
        "phu-luc-iv",
    ]
    places = [Address.parse(text) for text in ordered]
    assert [str(place) for place in sorted(random.sample(places, len(places)))] == ordered


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dieu-5.khoan-2.diem-dd", "điểm đ khoản 2 Điều 5"),
        ("dieu-51dd", "Điều 51đ"),
        ("dieu-5.khoan-2.diem-dd1", "điểm đ1 khoản 2 Điều 5"),
        ("chuong-ii.muc-1", "Mục 1 Chương II"),
        ("chuong-iva", "Chương IVa"),
        ("phan-thu-nhat.chuong-x", "Chương X Phần thứ nhất"),
        ("quy-dinh-1/dieu-3.khoan-1", "khoản 1 Điều 3 Quy định kèm theo"),
        ("phu-luc-ii", "Phụ lục II"),
        ("dieu-1.khoan-1.diem-d_2", "điểm d (lần 2) khoản 1 Điều 1"),
        ("dieu-5.khoan-2.diem-b.tiet-b-1", "tiết b.1 điểm b khoản 2 Điều 5"),
        ("dieu-5.khoan-2.diem-b.tiet-ii", "tiết ii điểm b khoản 2 Điều 5"),
    ],
)
def test_in_words(text, words):
    assert Address.parse(text).in_words() == words


@pytest.mark.parametrize(
    ("printed", "slug"),
    [
        ("5a", "5a"),
        ("đ", "dd"),
        ("Đ", "dd"),
        ("II", "ii"),
        ("thứ nhất", "thu-nhat"),
        ("b.1", "b-1"),
        ("?", ""),
        ("", ""),
    ],
)
def test_slugs(printed, slug):
    assert slug_of_number(printed) == slug


def test_a_chapter_says_nothing_of_articles():
    chapter = Address.parse("chuong-ii")
    assert chapter.contains(Address.parse("chuong-ii.muc-1"))
    assert not chapter.contains(Address.parse("dieu-5"))
    assert Address.parse("quy-dinh-1").contains(Address.parse("quy-dinh-1/dieu-5.khoan-1"))
    assert Address.parse("dieu-5.khoan-1").article == Address.parse("dieu-5")
    assert chapter.article is None
