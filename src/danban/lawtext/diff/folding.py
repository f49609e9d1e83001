"""What two texts must share to count as the same: spacing, spelling habit, case.

Three grades, each coarser than the one before: ``squeeze`` (spacing), ``plain_spelling`` (also where
the tone mark stands, kinds of dash, quotation mark and letter i/y of old print), ``str.casefold``.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

_NUCLEI = {"oa": "òa óa ỏa õa ọa", "oe": "òe óe ỏe õe ọe", "uy": "ùy úy ủy ũy ụy"}
_TONES = ("\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}",
          "\N{COMBINING TILDE}", "\N{COMBINING DOT BELOW}")  # fmt: skip
_LOOKALIKES = str.maketrans({
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'",
    "\N{NO-BREAK SPACE}": " ", "\N{SOFT HYPHEN}": None, "\N{ZERO WIDTH SPACE}": None,
    "Ð": "Đ", "…": "...",
})  # fmt: skip
_AROUND_MARKS = re.compile(r"\s*([-/.,;:()\"'])\s*")
_WORD = re.compile(r"\w+")
_LATE_TONE = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")


def _tone_pairs() -> list[tuple[str, str]]:
    """("oà", "òa") and so on, in small letters, capitals and with a leading capital."""
    pairs = []
    for (nucleus, forms), (place, tone) in product(_NUCLEI.items(), enumerate(_TONES)):
        early = forms.split()[place]
        late = unicodedata.normalize("NFC", nucleus + tone)
        pairs += [(style(late), style(early)) for style in (str.lower, str.upper, str.capitalize)]
    return pairs


_TONE_PAIRS = _tone_pairs()
_EARLY = dict(_TONE_PAIRS)


def squeeze(text: str) -> str:
    """One space between words, none at the ends."""
    return " ".join(text.split())


def plain_spelling(text: str) -> str:
    """The text with spelling habits undone: hoà = hòa, – = -, “ = ", no spaces beside marks."""
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    for late, early in _TONE_PAIRS:
        text = text.replace(late, early)
    return _AROUND_MARKS.sub(r"\1", squeeze(text))


def tokens(text: str) -> list[str]:
    """Syllables and numbers in small letters with one spelling: what likeness is counted on."""
    return _WORD.findall(_LATE_TONE.sub(_early, text.lower()))


def _early(match: re.Match[str]) -> str:
    return _EARLY[match[0]]
