"""Every line of papers of many kinds, from a decree of 1946 to a plan without articles."""

from pathlib import Path

import pytest

from danban.lawtext import Line, Unit, parse, render_text

_LETTERS = {
    Unit.PART: "P",
    Unit.CHAPTER: "C",
    Unit.SECTION: "M",
    Unit.SUBSECTION: "m",
    Unit.ARTICLE: "A",
    Unit.CLAUSE: "K",
    Unit.POINT: "D",
    Unit.SUBPOINT: "S",
}
_WORDS = {
    Unit.TEXT: "t",
    Unit.HEADING: "h",
    Unit.PREAMBLE: "p",
    Unit.QUOTE: "q",
    Unit.APPENDIX: "ax",
    Unit.REGULATION: "rg",
    Unit.SIGNATURE: "sg",
    Unit.FOOTNOTE: "fn",
    Unit.TOC: "toc",
}


def papers() -> dict[str, list[tuple[str, str]]]:
    """Name → (what the line is, its text)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in Path(__file__).with_name("forms.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            rows = found.setdefault(line[4:], [])
        elif "|" in line and not line.startswith("#"):
            code, _, text = line.partition("|")
            rows.append((code, text))
    return found


def code_of(line: Line) -> str:
    """ "A5a", "qK1", "sg": a line as ``forms.txt`` writes it."""
    if line.unit in _LETTERS:
        return f"{'q' if line.quoted else ''}{_LETTERS[line.unit]}{line.label}"
    return _WORDS.get(line.unit, line.unit.value)


def is_meant(code: str, found: str) -> bool:
    """Whether the reading is one of those that ``code`` allows; a unit's letter alone allows any number."""
    for one in code.split("/"):
        unit = one.removeprefix("q") in _LETTERS.values()
        if one in ("*", found) or (unit and found.startswith(one)):
            return True
    return False


@pytest.mark.parametrize("name", papers())
def test_every_line_of_a_paper(name):
    rows = papers()[name]
    text = "\n".join(text for _, text in rows)
    document = parse(text)
    assert render_text(document) == text
    wrong = [
        (line.number, code, code_of(line), text)
        for (code, text), line in zip(rows, document.lines, strict=True)
        if not is_meant(code, code_of(line))
    ]
    assert wrong == []
