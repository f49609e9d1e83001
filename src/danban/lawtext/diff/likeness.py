"""How alike the provisions of two versions are: TF-IDF over pairs of neighbouring syllables.

Own sparse code: an inverted index in plain dictionaries. Pairs found nearly everywhere ("quy định",
"theo quy") say nothing and are left out, which also keeps the cost near the number of rare pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log, sqrt

Vector = dict[int, float]

_COMMON = 60
_COMMON_SHARE = 0.5


class Likeness:
    """Cosine between any old and any new text, each given as its pairs of syllables.

    Rows are indices into ``old``, columns into ``new``.
    """

    def __init__(self, old: Sequence[Sequence[int]], new: Sequence[Sequence[int]]) -> None:
        counts_old, counts_new = [Counter(pairs) for pairs in old], [Counter(pairs) for pairs in new]
        found_in: Counter[int] = Counter()
        for counts in (*counts_old, *counts_new):
            found_in.update(counts.keys())
        total = len(counts_old) + len(counts_new)
        most = max(_COMMON, 2) if total > 2 * _COMMON else max(2, int(total * _COMMON_SHARE) + 1)
        self._worth = {
            feature: log(1 + total / times) for feature, times in found_in.items() if times <= most
        }
        self.old = [self._vector(counts) for counts in counts_old]
        self.new = [self._vector(counts) for counts in counts_new]
        self._index: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for column, vector in enumerate(self.new):
            for feature, weight in vector.items():
                self._index[feature].append((column, weight))
        self._cosines: dict[int, dict[int, float]] = {}

    def _vector(self, counts: Counter[int]) -> Vector:
        """Weights of length 1; the tail of very common pairs only where nothing else is left."""
        worth = self._worth
        weights = {f: sqrt(n) * worth[f] for f, n in counts.items() if f in worth}
        if not weights:
            weights = dict.fromkeys(counts, 0.1)
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {feature: weight / length for feature, weight in weights.items()}

    def cosines(self, row: int) -> dict[int, float]:
        """Column → cosine, for every new text that shares something with this old one."""
        known = self._cosines.get(row)
        if known is not None:
            return known
        scores: dict[int, float] = defaultdict(float)
        index = self._index
        for feature, weight in self.old[row].items():
            for column, other in index.get(feature, ()):
                scores[column] += weight * other
        self._cosines[row] = scores
        return scores


def share(part: Vector, whole: Vector) -> float:
    """How much of ``part``, by weight, is found in ``whole``: 0 to 1."""
    total = sum(part.values())
    return sum(part[feature] for feature in part.keys() & whole.keys()) / total if total else 0.0


def without(part: Vector, others: Sequence[Vector]) -> Vector:
    """What of ``part`` none of ``others`` has."""
    kept = set(part)
    for other in others:
        kept -= other.keys()
    return {feature: part[feature] for feature in kept}


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Likeness of two sets of words, 0 to 1; 0 when either is empty."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))
