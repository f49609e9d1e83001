"""Codes that people copy from paper or a screen: Crockford's base 32, in groups, forgiving when typed."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def printed(digest: bytes, *, letters: int, group: int) -> str:
    """The first ``letters`` times 5 bits of a digest as "7KQM-2F0D-…"."""
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - letters * 5)
    return _grouped(
        "".join(ALPHABET[number >> shift & 31] for shift in range(letters * 5 - 5, -1, -5)), group
    )


def parsed(typed: str, *, letters: int, group: int) -> str | None:
    """A code as printed from whatever was typed (case, spaces, O for 0, I or L for 1); None if it is none."""
    bare = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    code = re.sub(r"[\s\-\u2010-\u2015._]", "", bare)
    return _grouped(code, group) if re.fullmatch(f"[{ALPHABET}]{{{letters}}}", code) else None


def _grouped(code: str, group: int) -> str:
    return "-".join(code[start : start + group] for start in range(0, len(code), group))
