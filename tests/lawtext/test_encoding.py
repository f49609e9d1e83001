"""Old encodings are seen by their letters, converted letter by letter, and nothing else is touched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danban.lawtext import parse, read
from danban.lawtext.encoding import from_tcvn3, from_vni, is_tcvn3, is_vni, lines_of, tidy_text, to_unicode

UNICODE = """Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về quản lý, sử dụng đất nông nghiệp, đất ở; trình tự, thủ tục hành chính.
1. Ủy ban nhân dân cấp xã có trách nhiệm tổ chức thực hiện, kiểm tra việc bồi thường khi thu hồi đất."""

TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĐ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ§",
        strict=True,
    )
)
VNI_BASES = {"â": "aâ", "ă": "aê", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö"}
VNI_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_HATTED = {"\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVED = {"\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_I = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def in_tcvn3(text):
    low = "".join(letter if letter in "ĐđÂ" else letter.lower() for letter in text)
    return "".join(TCVN3.get(letter, letter) for letter in low), low


def in_vni_lower(letter):
    if letter in VNI_I:
        return VNI_I[letter]
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in VNI_TONES), "")
    base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark != tone))
    if not tone:
        return VNI_BASES.get(base, base)
    if base in "âêô":
        return VNI_BASES[base][0] + VNI_HATTED[tone]
    if base == "ă":
        return "a" + VNI_BREVED[tone]
    return VNI_BASES.get(base, base) + VNI_TONES[tone]


def in_vni(text):
    return "".join(
        in_vni_lower(one) if one == one.lower() else in_vni_lower(one.lower()).upper() for one in text
    )


def test_tcvn3_is_seen_and_converted():
    old, plain = in_tcvn3(UNICODE)
    assert is_tcvn3(old)
    assert not is_vni(old)
    assert from_tcvn3(old) == plain
    assert "\n".join(lines_of(old)) == plain


def test_vni_is_seen_and_converted():
    old = in_vni(UNICODE)
    assert old.startswith("Ñieàu 1. Phaïm vi ñieàu chænh")
    assert is_vni(old)
    assert not is_tcvn3(old)
    assert from_vni(old) == UNICODE


@pytest.mark.parametrize(
    "text", [UNICODE, UNICODE.upper(), unicodedata.normalize("NFD", UNICODE), "plain words " * 20]
)
def test_unicode_is_left_alone(text):
    assert to_unicode(text) == text


def test_french_and_german_words_are_left_alone():
    text = (
        "L'été où le garçon naïf mangea des crêpes à la crème; die Straße über den Fluß führt nach Köln. " * 5
    )
    assert to_unicode(text) == text


def test_a_file_in_tcvn3_is_parsed():
    old, _ = in_tcvn3(UNICODE)
    document = parse(read(old.replace("®iÒu", "§iÒu").encode("latin-1"), "cu.txt"))
    assert [node.number for node in document.articles()] == ["1"]


def test_a_file_in_the_code_page_of_windows_is_parsed():
    tones = "\u0300\u0301\u0303\u0309\u0323"
    text = "Điều 1. Phạm vi điều chỉnh\n1. Quyết định này quy định về hoạt động của chợ đêm ở phường.\n"
    parted = "".join(
        unicodedata.normalize("NFC", whole[0] + "".join(c for c in whole[1:] if c not in tones))
        + "".join(c for c in whole[1:] if c in tones)
        for whole in (unicodedata.normalize("NFD", letter) for letter in text)
    )
    document = parse(read(parted.encode("cp1258"), "cu.txt"))
    assert [line.text for line in document.lines] == text.strip().split("\n")
    assert [node.number for node in document.articles()] == ["1"]


def test_an_icelandic_letter_that_looks_like_đ():
    assert tidy_text("Ðiều 1, điểm ð") == "Điều 1, điểm đ"


def test_spaces_and_invisible_marks():
    assert tidy_text("a\u00a0b\u200bc\u00add\te\x00f\u2009g") == "a bcd e f g"
    assert tidy_text(unicodedata.normalize("NFD", "Điều hoà")) == "Điều hoà"


@given(st.text())
def test_tidying_keeps_the_lines_and_ends_in_nfc(text):
    lines = lines_of(text)
    assert len(lines) == text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert tidy_text("\n".join(lines)) == "\n".join(lines)


@given(st.text(alphabet="aăâeêioôơuưyđ\u0300\u0301\u0309\u0303\u0323\u0302\u0306\u031b \n"))
def test_vietnamese_is_always_nfc(text):
    assert unicodedata.is_normalized("NFC", tidy_text(text))
