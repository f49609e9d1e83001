"""Where a provision stands in its document: ``dieu-5.khoan-2.diem-dd``.

An address is the path of numbers in *one* version; the identity that survives a
renumbering (lineage) is kept elsewhere. The written form is ASCII and safe in a URL:

* steps are joined by dots, from the widest to the narrowest: ``phan``, ``chuong``, ``muc``,
  ``tieu-muc``, ``dieu``, ``khoan``, ``diem``, ``tiet``;
* articles run through the whole document, so an article's address never names its chapter:
  ``dieu-12.khoan-1``, but ``chuong-ii.muc-1`` for the section itself;
* đ is written ``dd``, an inserted number as printed: ``dieu-5a``, ``diem-a1``;
* what is attached has a prefix of its own: ``quy-dinh-1/dieu-3`` (first attached regulation),
  ``phu-luc-ii/khoan-1`` (Phụ lục II); the prefix alone is the attachment itself;
* a number the drafters used twice gets ``_2``, ``_3`` … in reading order: ``dieu-4.khoan-1.diem-d_2``.

>>> place = Address.parse("dieu-5.khoan-2.diem-dd")
>>> place.in_words()
'điểm đ khoản 2 Điều 5'
>>> str(place.parent)
'dieu-5.khoan-2'
>>> Address.parse("dieu-5").contains(place)
True
>>> [str(a) for a in sorted(map(Address.parse, ["dieu-6", "dieu-5a", "dieu-5"]))]
['dieu-5', 'dieu-5a', 'dieu-6']
>>> Address.parse("dieu-5.diem-d") < Address.parse("dieu-5.diem-dd") < Address.parse("dieu-5.diem-e")
True
>>> Address.parse("dieu-năm")
Traceback (most recent call last):
    ...
ValueError: không phải địa chỉ trong văn bản: 'dieu-năm'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache, total_ordering
from itertools import pairwise

LEVELS = ("phan", "chuong", "muc", "tieu-muc", "dieu", "khoan", "diem", "tiet")
ATTACHMENTS = ("quy-dinh", "phu-luc")
MAX_LENGTH = 200

_LEVEL = {kind: level for level, kind in enumerate(LEVELS)}
_WORDS = {
    "phan": "Phần",
    "chuong": "Chương",
    "muc": "Mục",
    "tieu-muc": "Tiểu mục",
    "dieu": "Điều",
    "khoan": "khoản",
    "diem": "điểm",
    "tiet": "tiết",
    "phu-luc": "Phụ lục",
    "quy-dinh": "Quy định kèm theo",
}
_STEP = re.compile(
    r"(phan|chuong|muc|tieu-muc|dieu|khoan|diem|tiet|quy-dinh|phu-luc)"
    r"-(thu-[a-z]{2,5}|[a-z0-9]{1,9}(?:-[a-z0-9]{1,4}){0,4})(?:_([2-9]|[1-9][0-9]{1,3}))?"
)
_ARABIC = re.compile(r"\d{1,4}[a-z]{0,3}\d{0,2}")
_ROMAN = re.compile(r"((?:xl|l?x{0,3})(?:ix|iv|v?i{0,3}))([a-z]{0,2})")
_ORDINALS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ORDINAL_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_PIECE = re.compile(r"\d+|dd|[a-z]")


def _roman_value(digits: str) -> int:
    total = 0
    for here, after in zip(digits, [*digits[1:], "i"], strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if value < _ROMAN_VALUES[after] else value
    return total


def _letter_key(piece: str) -> int:
    """Place of a letter in legal order: a b c d đ e …; numbers sort before letters."""
    if piece.isdigit():
        return int(piece)
    return 10_000 + (ord("d") * 2 + 1 if len(piece) == 2 else ord(piece) * 2)


def _number_key(kind: str, number: str) -> tuple[int, ...]:
    """Legal order of a number: 5 < 5a < 5b < 6, II < IIa < III, c < d < đ < e, a < a1 < b."""
    if number.startswith("thu-"):
        return (_ORDINALS.index(number[4:]) + 1,)
    roman = None if kind in ("dieu", "khoan", "diem") else _ROMAN.fullmatch(number)
    if roman and roman[1]:
        return (_roman_value(roman[1]), *map(_letter_key, _PIECE.findall(roman[2])))
    return tuple(map(_letter_key, _PIECE.findall(number)))


@total_ordering
@dataclass(frozen=True)
class Step:
    """One step of an address. ``number`` is in ASCII; ``repeat`` counts uses of one number."""

    kind: str
    number: str
    repeat: int = 1

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}" + (f"_{self.repeat}" if self.repeat > 1 else "")

    @cached_property
    def key(self) -> tuple[int, tuple[int, ...], int]:
        level = _LEVEL.get(self.kind, -1 if self.kind == "quy-dinh" else 99)
        return (level, _number_key(self.kind, self.number), self.repeat)

    def __lt__(self, other: Step) -> bool:
        return self.key < other.key

    def in_words(self) -> str:
        """ "điểm đ", "Chương IIa", "Phần thứ nhất", "Quy định kèm theo"."""
        words = f"{_WORDS[self.kind]} {self._printed()}".rstrip()
        return words + (f" (lần {self.repeat})" if self.repeat > 1 else "")

    def _printed(self) -> str:
        if self.kind == "quy-dinh":
            return "" if self.number == "1" else f"thứ {self.number}"
        if self.number.startswith("thu-"):
            return "thứ " + _ORDINAL_WORDS[_ORDINALS.index(self.number[4:])]
        number = self.number.replace("-", ".")
        if self.kind in ("dieu", "khoan", "diem", "tiet"):
            return number.replace("dd", "đ")
        roman = _ROMAN.fullmatch(number)
        if roman and roman[1]:
            return roman[1].upper() + roman[2].replace("dd", "đ")
        return number.replace("dd", "đ").upper() if number.isalpha() else number


@total_ordering
@dataclass(frozen=True)
class Address:
    """A place in a document: an attachment (or None for the main text) and the steps inside it."""

    steps: tuple[Step, ...]
    attachment: Step | None = None

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address written in ``text``; ValueError when it is not one."""
        return _parse(text)

    def __str__(self) -> str:
        inside = ".".join(map(str, self.steps))
        if self.attachment is None:
            return inside
        return f"{self.attachment}/{inside}" if inside else str(self.attachment)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What addresses sort by: the main text, attached regulations, appendices; then legal order."""
        front = ((1, *self.attachment.key),) if self.attachment else ((0,),)
        return (front, tuple(step.key for step in self.steps))

    def __lt__(self, other: Address) -> bool:
        return self.key < other.key

    @property
    def parent(self) -> Address | None:
        """One step up; None above the outermost step."""
        if not self.steps:
            return None
        if len(self.steps) == 1 and self.attachment is None:
            return None
        return Address(self.steps[:-1], self.attachment)

    @property
    def article(self) -> Address | None:
        """The article it stands in (itself for an article), or None outside articles."""
        if self.steps and self.steps[0].kind == "dieu":
            return Address(self.steps[:1], self.attachment)
        return None

    def contains(self, other: Address) -> bool:
        """Whether ``other`` is this place or lies inside it, as far as addresses can tell.

        An article's address does not name its chapter, so a chapter contains its sections
        here, never its articles: for those ask the tree.
        """
        return self.attachment == other.attachment and other.steps[: len(self.steps)] == self.steps

    def child(self, kind: str, number: str, repeat: int = 1) -> Address:
        """The place one step below; an article starts afresh from the attachment."""
        steps = () if kind == "dieu" else self.steps
        return Address((*steps, Step(kind, number, repeat)), self.attachment)

    def in_words(self) -> str:
        """ "điểm đ khoản 2 Điều 5", "Mục 1 Chương II", "khoản 1 Điều 3 Quy định kèm theo"."""
        steps = [step.in_words() for step in reversed(self.steps)]
        if self.attachment is not None:
            steps.append(self.attachment.in_words())
        return " ".join(steps)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Address:
    nonsense = ValueError(f"không phải địa chỉ trong văn bản: {text[:80]!r}")
    if not text or len(text) > MAX_LENGTH:
        raise nonsense
    front, slash, inside = text.rpartition("/")
    if not slash and text.startswith(ATTACHMENTS):
        front, inside = text, ""
    attachment = _step(front) if front else None
    steps = tuple(_step(part) for part in inside.split(".")) if inside else ()
    if (slash and not (front and inside)) or (None in steps) or (front and attachment is None):
        raise nonsense
    found = [step for step in steps if step is not None]
    levels = [_LEVEL.get(step.kind, -1) for step in found]
    deeper = all(one < two for one, two in pairwise(levels))
    article_first = all(step.kind != "dieu" for step in found[1:])
    attached = attachment is None or attachment.kind in ATTACHMENTS
    if -1 in levels or not (deeper and article_first and attached):
        raise nonsense
    return Address(tuple(found), attachment)


def _step(text: str) -> Step | None:
    match = _STEP.fullmatch(text)
    if not match:
        return None
    kind, number = match[1], match[2]
    if number.startswith("thu-") and (kind not in LEVELS[:4] or number[4:] not in _ORDINALS):
        return None
    if kind in ("dieu", "khoan", "quy-dinh") and not _ARABIC.fullmatch(number):
        return None
    if kind == "diem" and not number[0].isalpha():
        return None
    return Step(kind, number, int(match[3] or 1))


_ASCII = str.maketrans({"đ": "dd", "Đ": "dd", ".": "-"})


@lru_cache(maxsize=2048)
def slug_of_number(number: str) -> str:
    """A printed number as an address writes it: "5a" → "5a", "đ" → "dd", "II" → "ii".

    "thứ nhất" → "thu-nhat". What has no ASCII form gives "".

    >>> slug_of_number("đ1"), slug_of_number("IIa"), slug_of_number("Thứ hai")
    ('dd1', 'iia', 'thu-hai')
    """
    low = number.lower()
    if low.startswith("thứ "):
        word = low[4:].strip()
        return f"thu-{_ORDINALS[_ORDINAL_WORDS.index(word)]}" if word in _ORDINAL_WORDS else ""
    slug = low.translate(_ASCII).strip("-")
    return slug if slug.isascii() and slug.replace("-", "").isalnum() else ""
