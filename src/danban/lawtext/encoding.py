"""Text on its way in: Unicode forms, spaces that are none, and the encodings from before Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_UNPRINTABLE = re.compile(
    "[\u2000-\u200a\u202f\u205f\u3000\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_MARKS = (
    "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
    "\u0304\u0307\u0308\u030a\u030c\u0327\u0328\u0340\u0341\u2126\u212a\u212b"
)
"""Combining marks of Vietnamese and its neighbours: only text that has one can be out of NFC.

Looking for each is many times faster than asking Unicode of every letter.
"""
_UNCOMPOSED = re.compile("[\u0300-\u036f\u2126\u212a\u212b]")
SAMPLE = 20_000

# TCVN 5712:1993 (TCVN3, "ABC"): byte read as Latin-1 → letter. Capitals with tone have no codes.
_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
_TCVN3_SIGNS = "µ¸¶·¹¨»¾¼½Æ©®¬ª«¡§"

# VNI for Windows: a vowel and, behind it, a Latin-1 letter that stands for its marks.
_VNI_TONES = "øùûõï"
_VNI_MARKED = {
    "a": "àáảãạ",
    "e": "èéẻẽẹ",
    "o": "òóỏõọ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹ",
    "ô": "ờớởỡợ",
    "ö": "ừứửữự",
}
_VNI_HATS = {"a": ("âàáåãä", "âầấẩẫậ"), "e": ("âàáåãä", "êềếểễệ"), "o": ("âàáåãä", "ôồốổỗộ")}
_VNI_BREVES = ("êèéúüë", "ăằắẳẵặ")
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    pairs = {
        base + tone: letter
        for base, letters in _VNI_MARKED.items()
        for tone, letter in zip(_VNI_TONES, letters, strict=False)
    }
    for base, (signs, letters) in _VNI_HATS.items():
        pairs |= {base + sign: letter for sign, letter in zip(signs, letters, strict=True)}
    pairs |= {"a" + sign: letter for sign, letter in zip(*_VNI_BREVES, strict=True)}
    pairs |= {
        key[0].upper() + sign: value.upper()
        for key, value in pairs.items()
        for sign in {key[1], key[1].upper()}
    }
    return pairs


_VNI = _vni_pairs()
_VNI_PAIR = re.compile("|".join(map(re.escape, _VNI)))
_VNI_LETTER = re.compile("|".join([*map(re.escape, _VNI), *_VNI_ALONE, *map(str.upper, _VNI_ALONE)]))
_CP1258_TONE = re.compile("[aeiouyâãêôõýAEIOUYÂÃÊÔÕÝ][ÌÒÞìò]")
_VIETNAMESE = re.compile("[ăđơưạ-ỹĂĐƠƯẠ-Ỹ]")


def is_tcvn3(text: str) -> bool:
    """Whether letter statistics speak for TCVN3: many of its sign-like codes, no letters of Vietnamese.

    The name of the font says nothing: many files name .VnTime and hold Unicode.
    """
    sample = text[:SAMPLE]
    signs = sum(map(sample.count, _TCVN3_SIGNS))
    letters = sum(map(str.isalpha, sample))
    return letters > 40 and signs > letters * 0.06 and len(_VIETNAMESE.findall(sample)) < signs * 0.05


def from_tcvn3(text: str) -> str:
    """The text of a TCVN3 file that was read byte by byte."""
    return text.translate(_TCVN3)


def is_vni(text: str) -> bool:
    """Whether letter statistics speak for VNI: vowels with its signs behind, no Vietnamese letters."""
    sample = text[:SAMPLE]
    pairs = len(_VNI_PAIR.findall(sample))
    letters = sum(map(str.isalpha, sample))
    return letters > 40 and pairs > letters * 0.06 and len(_VIETNAMESE.findall(sample)) < pairs * 0.05


def from_vni(text: str) -> str:
    """The text of a VNI file that was read byte by byte."""

    def letter(match: re.Match[str]) -> str:
        found = match[0]
        if found in _VNI:
            return _VNI[found]
        low = _VNI_ALONE[found.lower()]
        return low if found.islower() else low.upper()

    return _VNI_LETTER.sub(letter, text)


def to_unicode(text: str) -> str:
    """The text itself, or converted from the encoding that its letters betray."""
    if text.isascii() or _VIETNAMESE.search(text[:2000]):
        return text
    if is_tcvn3(text):
        return from_tcvn3(text)
    if is_vni(text):
        return from_vni(text)
    return from_cp1258(text) if is_cp1258(text) else text


def is_cp1258(text: str) -> bool:
    """Whether tones stand behind vowels as the Vietnamese code page of Windows writes them."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    return letters > 40 and len(_CP1258_TONE.findall(sample)) > letters * 0.06


def from_cp1258(text: str) -> str:
    """The text of a file in code page 1258 that was read byte by byte."""
    read = [character.encode("latin-1", "replace").decode("cp1258", "replace") for character in set(text)]
    return unicodedata.normalize("NFC", text.translate(dict(zip(map(ord, set(text)), read, strict=True))))


def tidy_text(text: str) -> str:
    """NFC, plain spaces, đ for the ð that looks like it, nothing invisible; as many lines as before.

    Soft hyphens go last of all: TCVN3 writes ư with one, so its text must have been converted before.
    """
    text = text.replace("\u00a0", " ").replace("\t", " ").replace("Ð", "Đ").replace("ð", "đ")
    if not text.replace("\n", " ").isprintable():
        text = _UNPRINTABLE.sub(_plain_instead, text)
    if any(mark in text for mark in _MARKS):
        return "\n".join([_composed(line) for line in text.split("\n")])
    return text


def _plain_instead(found: re.Match[str]) -> str:
    """A plain space for a space or a control; nothing for what nobody sees."""
    return "" if unicodedata.category(found[0]) == "Cf" else " "


def _composed(line: str) -> str:
    """A line in NFC; most lines of most files are so already, and finding that out is the cheaper half."""
    return unicodedata.normalize("NFC", line) if _UNCOMPOSED.search(line) else line


def plain_lines(lines: Iterable[str]) -> list[str]:
    """Lines converted and tidied, as many as came in; the encoding is judged over all of them together."""
    texts = [line.replace("\n", " ") for line in lines]
    return tidy_text(to_unicode("\n".join(texts))).split("\n") if texts else []


def lines_of(text: str) -> list[str]:
    """The lines of a text, converted and tidied; one out for each line in."""
    return plain_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
