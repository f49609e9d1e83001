"""A naive reading of our own drafts, whose form we know: the yardstick the real parser is held to."""

from __future__ import annotations

import re

REGULATION = "quy-dinh-1/"

ARTICLE = re.compile(r"Điều (\d+)\. (.+)")
CLAUSE = re.compile(r"(\d+)\. (.+)")
POINT = re.compile(r"([a-zđ])\) (.+)")


def provisions(text: str) -> dict[str, str]:
    """Address → the words of each article, clause and point, in order; an article's own words only."""
    found: dict[str, str] = {}
    prefix = article = clause = ""
    for line in text.splitlines():
        if line == "QUY ĐỊNH":
            prefix, article, clause = REGULATION, "", ""
        elif line.startswith(("PHỤ LỤC", "Nơi nhận:", "Nghị quyết này được Hội đồng nhân dân")):
            article = ""
        elif match := ARTICLE.fullmatch(line):
            article, clause = f"{prefix}dieu-{match[1]}", ""
            _put(found, article, match[2])
        elif article and (match := CLAUSE.fullmatch(line)):
            clause = f"{article}.khoan-{match[1]}"
            _put(found, clause, match[2])
        elif article and (match := POINT.fullmatch(line)):
            letter = "dd" if match[1] == "đ" else match[1]
            _put(found, f"{clause or article}.diem-{letter}", match[2])
        elif article and line.strip() and not line.startswith(("Chương ", "Mục ")) and not line.isupper():
            found[clause or article] += f"\n{line}"
    return found


def _put(found: dict[str, str], address: str, words: str) -> None:
    if address in found:
        raise ValueError(f"{address} appears twice")
    found[address] = words
