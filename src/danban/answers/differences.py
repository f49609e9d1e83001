"""Which words of one text another does not have. Pure; made for showing, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from danban.common.text import fold

Kind = Literal["same", "added", "removed"]

# Below this share of common words two texts are two texts, and marks would only confuse.
ALIKE = 0.5

_PIECES = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words with one fate."""

    kind: Kind
    text: str


def word_differences(old: str, new: str) -> list[Run]:
    """``new`` beside ``old``: the runs "same" and "added" give ``new`` back, "same" and "removed" ``old``."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    runs: list[Run] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            _push(runs, "same", after[step.dest_start : step.dest_end])
        if step.tag in {"delete", "replace"}:
            _push(runs, "removed", before[step.src_start : step.src_end])
        if step.tag in {"insert", "replace"}:
            _push(runs, "added", after[step.dest_start : step.dest_end])
    return runs


def _push(runs: list[Run], kind: Kind, pieces: list[str]) -> None:
    if runs and runs[-1].kind == kind:
        runs[-1] = Run(kind, runs[-1].text + "".join(pieces))
    else:
        runs.append(Run(kind, "".join(pieces)))


def alike(one: str, other: str) -> bool:
    """Whether two texts share enough words, marks and capitals apart, to be shown as one with changes."""
    return Indel.normalized_similarity(fold(one).split(), fold(other).split()) >= ALIKE
