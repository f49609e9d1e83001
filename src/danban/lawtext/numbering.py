"""The labels that Word draws itself: "Điều 5.", "a)". They stand in no run of text.

ECMA-376 part 1, 17.9: a paragraph names a list and a level, by itself or by its style; each level counts.
"""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")


def _value(element: Any, path: str) -> str | None:
    found = element.find(path) if element is not None else None
    return found.get(W + "val") if found is not None else None


def roman(number: int) -> str:
    """4 → "IV"."""
    pairs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    made = ""
    for value, letters in pairs:
        while number >= value:
            made, number = made + letters, number - value
    return made


def _letter(number: int, alphabet: str) -> str:
    return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def _drawn(number: int, form: str | None) -> str:
    if form == "lowerLetter":
        return _letter(number, "abcdefghijklmnopqrstuvwxyz")
    if form == "upperLetter":
        return _letter(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if form in ("lowerRoman", "upperRoman"):
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


class Numbering:
    """Counts the lists of one document; ``label`` must be asked paragraph by paragraph in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, tuple[int, str | None, str, str]]] = {}
        self._abstract_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str | None, int, str | None]] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_numbering(self, root: Any) -> None:
        for abstract in root.findall(W + "abstractNum"):
            levels = {}
            for level in abstract.findall(W + "lvl"):
                start = int(_value(level, W + "start") or 1)
                text = _value(level, W + "lvlText") or ""
                levels[int(level.get(W + "ilvl"))] = (
                    start,
                    _value(level, W + "numFmt"),
                    text,
                    _value(level, W + "suff") or "tab",
                )
            self._levels[abstract.get(W + "abstractNumId")] = levels
        for num in root.findall(W + "num"):
            number = num.get(W + "numId")
            self._abstract_of[number] = _value(num, W + "abstractNumId") or ""
            for override in num.findall(W + "lvlOverride"):
                start = _value(override, W + "startOverride")
                if start is not None:
                    self._starts[number, int(override.get(W + "ilvl"))] = int(start)

    def _read_styles(self, root: Any) -> None:
        for style in root.findall(W + "style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            number = _value(properties, W + "numId")
            level = int(_value(properties, W + "ilvl") or 0)
            self._styles[style.get(W + "styleId")] = (number, level, _value(style, W + "basedOn"))

    def _of(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        style = _value(paragraph, f"{W}pPr/{W}pStyle")
        number, level = _value(properties, W + "numId"), _value(properties, W + "ilvl")
        seen = 0
        inherited_level = 0
        while number is None and style in self._styles and seen < 10:
            number, inherited_level, style = self._styles[style]
            seen += 1
        return number, int(level) if level is not None else inherited_level

    def label(self, paragraph: Any) -> str:
        """The label Word draws before this paragraph; "" for none and for bullets."""
        number, level = self._of(paragraph)
        if not number or number == "0":
            return ""
        abstract = self._abstract_of.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        override = self._starts.pop((number, level), None)
        start, form, text, _ = levels[level]
        counts[level] = override if override is not None else counts.get(level, start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if form in ("bullet", "none", None) and form is not None:
            return ""

        def drawn(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            begin, shape, _, _ = levels.get(which, (1, "decimal", "", ""))
            return _drawn(counts.get(which, begin), shape)

        return _PLACE.sub(drawn, text).strip()

