"""Vietnamese text on its way in, and its folded form for search."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\n{3,}")


def clean(raw: str) -> str:
    """Text as stored: NFC, no invisible or control characters, single spaces, at most one empty line."""
    text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Lower case without marks and with đ as d: "Đất đai" and "dat dai" fold alike."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return _SPACES.sub(" ", bare.replace("đ", "d")).strip()
