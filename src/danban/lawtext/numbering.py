"""The labels that Word draws itself: "Điều 5.", "a)". They stand in no run of text.

ECMA-376 part 1, 17.9: a paragraph names a list and a level, by itself or by its style; each level counts.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUM_PR, _NUM_ID, _LEVEL, _STYLE, _VAL = W + "numPr", W + "numId", W + "ilvl", W + "pStyle", W + "val"
_PLACE = re.compile(r"%(\d)")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"


class _Level(NamedTuple):
    start: int
    form: str
    text: str
    restarts: bool


class _Style(NamedTuple):
    number: str | None
    level: int | None
    parent: str | None


def _value(element: Any, tag: str) -> str | None:
    found = next(element.iterchildren(tag), None) if element is not None else None
    return found.get(_VAL) if found is not None else None


def _number(element: Any, tag: str) -> int | None:
    value = _value(element, tag)
    return int(value) if value and value.lstrip("-").isdigit() else None


def style_of(properties: Any) -> str:
    """The style that a paragraph's properties name, "" for the default one."""
    return _value(properties, _STYLE) or ""


def roman(number: int) -> str:
    """4 → "IV"; "" below 1."""
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made, number = made + letters, number - value
    return made


def drawn(number: int, form: str) -> str:
    """A number as Word draws it: in letters it repeats after z ("aa"), and knows no đ."""
    if form in ("lowerLetter", "upperLetter"):
        letters = _LATIN[(number - 1) % 26] * ((number - 1) // 26 + 1) if number > 0 else ""
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(number) if form == "upperRoman" else roman(number).lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


class Numbering:
    """Counts the lists of one document; ``label`` must be asked paragraph by paragraph in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._unread: dict[str, Any] = {}
        self._level_of_style: dict[tuple[str, str], int] = {}
        self._abstract_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, _Style] = {}
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_numbering(numbering)

    def _read_styles(self, root: Any) -> None:
        for style in root.iterfind(W + "style"):
            properties = style.find(f"{W}pPr/{_NUM_PR}")
            self._styles[style.get(W + "styleId") or ""] = _Style(
                _value(properties, _NUM_ID), _number(properties, _LEVEL), _value(style, W + "basedOn")
            )

    def _read_numbering(self, root: Any) -> None:
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId") or ""
            self._unread[name] = abstract
            if (link := _value(abstract, W + "numStyleLink")) is not None:
                links[name] = link
            if (style := _value(abstract, W + "styleLink")) is not None:
                named[style] = name
        for num in root.iterfind(W + "num"):
            self._read_list(num, links, named)

    def _levels_of(self, abstract: str) -> dict[int, _Level]:
        """The levels of a list's form, read when first asked for: a file defines many and uses few."""
        if abstract in self._unread:
            self._levels[abstract] = dict(self._read_levels(abstract, self._unread.pop(abstract)))
        return self._levels.get(abstract, {})

    def _read_levels(self, name: str, holder: Any) -> Any:
        for level in holder.iterfind(W + "lvl"):
            place = int(level.get(_LEVEL) or 0)
            if (style := _value(level, _STYLE)) is not None:
                self._level_of_style[name, style] = place
            start = _number(level, W + "start")
            form = _value(level, W + "numFmt") or "decimal"
            text = _value(level, W + "lvlText") or ""
            restarts = _value(level, W + "lvlRestart") != "0"
            yield place, _Level(1 if start is None else start, form, text, restarts)

    def _read_list(self, num: Any, links: dict[str, str], named: dict[str, str]) -> None:
        number = num.get(_NUM_ID) or ""
        abstract = _value(num, W + "abstractNumId") or ""
        abstract = named.get(links.get(abstract, ""), abstract)
        overrides = num.findall(W + "lvlOverride")
        if any(override.find(W + "lvl") is not None for override in overrides):
            own = f"{abstract}/{number}"
            self._levels[own] = dict(self._levels_of(abstract))
            for override in overrides:
                self._levels[own].update(self._read_levels(own, override))
            abstract = own
        self._abstract_of[number] = abstract
        for override in overrides:
            start = _number(override, W + "startOverride")
            if start is not None:
                self._starts[number, int(override.get(_LEVEL) or 0)] = start

    @property
    def has_styles(self) -> bool:
        """Whether any style numbers its paragraphs."""
        return any(style.number for style in self._styles.values())

    def label(self, properties: Any) -> str:
        """The label Word draws before a paragraph with these properties; "" for none and for bullets."""
        numbered = next(properties.iterchildren(_NUM_PR), None)
        style = style_of(properties)
        if numbered is None and not style:
            return ""
        number, level = self._place(numbered, style)
        return self._count(number, level) if number and number != "0" else ""

    def _place(self, numbered: Any, style: str) -> tuple[str | None, int]:
        number, level = _value(numbered, _NUM_ID), _number(numbered, _LEVEL)
        name, seen = style, 0
        while number is None and name in self._styles and seen < 12:
            number, inherited, parent = self._styles[name]
            if number is not None and level is None:
                abstract = self._abstract_of.get(number, "")
                self._levels_of(abstract)
                linked = self._level_of_style.get((abstract, name))
                level = linked if linked is not None else inherited
            name, seen = parent or "", seen + 1
        return number, level or 0

    def _count(self, number: str, level: int) -> str:
        abstract = self._abstract_of.get(number, "")
        levels = self._levels_of(abstract)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        here = levels[level]
        override = self._starts.pop((number, level), None)
        counts[level] = override if override is not None else counts.get(level, here.start - 1) + 1
        for deeper in [one for one in counts if one > level and levels[one].restarts]:
            del counts[deeper]
        if here.form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda match: self._drawn(levels, counts, int(match[1]) - 1), here.text).strip()

    @staticmethod
    def _drawn(levels: dict[int, _Level], counts: dict[int, int], which: int) -> str:
        if which not in levels:
            return ""
        return drawn(counts.get(which, levels[which].start), levels[which].form)
