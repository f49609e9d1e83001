"""Compare two versions of a legal document: articles, what stands inside them, words."""

from danban.lawtext.diff.alignment import Alignment, Change, Entry, Pair, align
from danban.lawtext.diff.texts import full_text
from danban.lawtext.diff.wording import Op, Piece, words

__all__ = ["Alignment", "Change", "Entry", "Op", "Pair", "Piece", "align", "full_text", "words"]
