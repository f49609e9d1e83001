"""What reading a file gives: its lines in reading order, and what the reader has to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class ReadError(ValueError):
    """The file cannot be read; the message says in Vietnamese what is wrong and what to do."""


class SourceLine(NamedTuple):
    """One line. ``kind`` is "", "table", "footnote", "page" or "toc": what the file itself says of it."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """``kind`` is the file's format; ``marginal`` holds the text of headers, footers and comments."""

    kind: str
    lines: tuple[SourceLine, ...]
    notes: tuple[str, ...] = ()
    marginal: tuple[str, ...] = ()
