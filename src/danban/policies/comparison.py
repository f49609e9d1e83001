"""Two texts article beside article, and inside each what stands beside what. Pure.

Texts are lists of rows as ``intake`` makes them; pairs are ``[old place or -1, new place or -1, change]``.
Words are compared only when asked for: a law has thousands of provisions, a page shows some.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from danban.lawtext import Address, Unit
from danban.lawtext.diff import Piece, words
from danban.policies.pairing import INSIDE, Pair, Row, homes_of
from danban.policies.states import Change

CHAPTERS = frozenset({Unit.PART, Unit.CHAPTER, Unit.REGULATION, Unit.APPENDIX})
SAME_WORDS = frozenset({Change.UNCHANGED, Change.RENUMBERED, Change.MOVED})
MARKS = {Unit.CLAUSE: "{}.", Unit.POINT: "{})", Unit.SUBPOINT: "{})"}


@dataclass(frozen=True, slots=True)
class Part:
    """One provision of an article on both sides, or several where they were merged or split.

    ``old`` and ``new`` are its words with the number as printed, "" where it does not stand;
    ``old_places`` and ``new_places`` are addresses; ``depth`` 0 is the article's own opening.
    """

    unit: str
    change: str
    old: str
    new: str
    old_places: tuple[str, ...]
    new_places: tuple[str, ...]
    depth: int

    @property
    def is_same(self) -> bool:
        """Every word stayed where it stood, under the same number."""
        return self.old == self.new and self.change not in (Change.MOVED, Change.MERGED, Change.SPLIT)

    def pieces(self) -> list[Piece]:
        """The words in pieces of ("equal" | "delete" | "insert", text)."""
        return marked(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Article:
    """An article with what lies in it, or what stands outside articles; several where merged or split.

    ``old_heads`` and ``new_heads`` are (unit, number) pairs; ``chapter`` is the address of the division
    of the newer text in which it is read; ``place`` its address there, "" for what is gone or has none.
    """

    unit: str
    change: str
    old_heads: tuple[tuple[str, str], ...]
    new_heads: tuple[tuple[str, str], ...]
    old_heading: str
    new_heading: str
    place: str
    chapter: str
    parts: tuple[Part, ...]

    @property
    def is_same(self) -> bool:
        """Nothing to show where only changes are asked for: same words, same number, same place."""
        return (
            self.old_heads == self.new_heads
            and self.old_heading == self.new_heading
            and self.change not in (Change.MOVED, Change.MERGED, Change.SPLIT)
            and all(part.is_same for part in self.parts)
        )

    @property
    def keeps_words(self) -> bool:
        """Only its number or its place changed."""
        return (
            self.change in SAME_WORDS
            and self.old_heading == self.new_heading
            and all(part.is_same for part in self.parts)
        )


def marked(old: str, new: str) -> list[Piece]:
    """The words in pieces; a change of spaces alone is none to a reader."""
    return [piece for piece in map(_with_quiet_spaces, words(old, new)) if piece[1]]


def _with_quiet_spaces(piece: Piece) -> Piece:
    op, text = piece
    if op == "equal" or not text.isspace():
        return piece
    return ("equal", text if op == "insert" else "")


def compare(before: Sequence[Row], after: Sequence[Row], pairs: Iterable[Pair]) -> list[Article]:
    """Both texts in the order of the newer; what is gone stands where it stood."""
    ordered = _in_reading_order(pairs)
    old_homes, new_homes = homes_of(before), homes_of(after)
    groups = _together([pair for pair in ordered if _is_head(pair, old_homes, new_homes)])
    of_old = {pair[0]: place for place, group in enumerate(groups) for pair in group if pair[0] >= 0}
    of_new = {pair[1]: place for place, group in enumerate(groups) for pair in group if pair[1] >= 0}
    inside: list[list[Pair]] = [[] for _ in groups]
    for pair in ordered:
        home = of_new[new_homes[pair[1]]] if pair[1] >= 0 else of_old[old_homes[pair[0]]]
        inside[home].append(pair)
    chapters = _chapters(after)
    articles, chapter = [], ""
    for group, members in zip(groups, inside, strict=True):
        news = _unique(pair[1] for pair in group)
        chapter = chapters[news[0]] if news else chapter
        articles.append(_article(group, members, before, after, chapter))
    return articles


def _is_head(pair: Pair, old_homes: Sequence[int], new_homes: Sequence[int]) -> bool:
    old, new, _change = pair
    return new_homes[new] == new if new >= 0 else old_homes[old] == old


def _chapters(rows: Sequence[Row]) -> list[str]:
    found, chapter = [], ""
    for row in rows:
        if row["unit"] in CHAPTERS:
            chapter = row["address"]
        found.append(chapter)
    return found


def _in_reading_order(pairs: Iterable[Pair]) -> list[Pair]:
    """A repealed provision reads after what its predecessor became."""
    known = list(pairs)
    after = {old: new for old, new, _change in known if old >= 0 and new >= 0}
    last, before = -1, []
    for place in range(max((old for old, _new, _change in known), default=-1) + 1):
        last = after.get(place, last)
        before.append(last)

    def place_of(pair: Pair) -> tuple[int, int, int]:
        old, new, _change = pair
        return (new, 0, old) if new >= 0 else (before[old], 1, old)

    return sorted(known, key=place_of)


def _together(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs that share a side belong together: what was merged, what was split."""
    groups: list[list[Pair]] = []
    home: dict[tuple[str, int], list[Pair]] = {}
    for pair in pairs:
        sides = [(side, place) for side, place in zip(("old", "new"), pair[:2], strict=True) if place >= 0]
        group = next((home[side] for side in sides if side in home), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(pair)
        for side in sides:
            home[side] = group
    return groups


def _unique(places: Iterable[int]) -> list[int]:
    return [place for place in dict.fromkeys(places) if place >= 0]


def _change(group: Sequence[Pair]) -> str:
    return str(next((p[2] for p in group if p[2] in (Change.MERGED, Change.SPLIT)), group[0][2]))


def _article(
    group: Sequence[Pair], members: Sequence[Pair], before: Sequence[Row], after: Sequence[Row], chapter: str
) -> Article:
    olds = [before[place] for place in _unique(pair[0] for pair in group)]
    news = [after[place] for place in _unique(pair[1] for pair in group)]
    heads = {id(row) for row in (*olds, *news)}
    parts = [_part(together, before, after, heads) for together in _together(members)]
    return Article(
        unit=(news or olds)[0]["unit"],
        change=_change(group),
        old_heads=tuple((row["unit"], row["number"]) for row in olds),
        new_heads=tuple((row["unit"], row["number"]) for row in news),
        old_heading="; ".join(row["heading"] for row in olds if row["heading"]),
        new_heading="; ".join(row["heading"] for row in news if row["heading"]),
        place=news[0]["address"] if news else "",
        chapter=chapter,
        parts=tuple(part for part in parts if part.old or part.new),
    )


def _part(group: Sequence[Pair], before: Sequence[Row], after: Sequence[Row], heads: set[int]) -> Part:
    olds = [before[place] for place in _unique(pair[0] for pair in group)]
    news = [after[place] for place in _unique(pair[1] for pair in group)]
    shown = (news or olds)[0]
    return Part(
        unit=shown["unit"],
        change=_change(group),
        old="\n".join(filter(None, (_words_of(row, heads) for row in olds))),
        new="\n".join(filter(None, (_words_of(row, heads) for row in news))),
        old_places=tuple(row["address"] for row in olds),
        new_places=tuple(row["address"] for row in news),
        depth=0 if id(shown) in heads else {Unit.CLAUSE: 1, Unit.POINT: 2}.get(shown["unit"], 3),
    )


def _words_of(row: Row, heads: set[int]) -> str:
    """A provision's own words with its number; of a head without its heading, which names the article."""
    mark = MARKS[row["unit"]].format(row["number"]) if row["unit"] in MARKS and row["number"] else ""
    heading = "" if id(row) in heads and row["unit"] not in INSIDE else row["heading"]
    return " ".join(part for part in (mark, heading, row["text"]) if part)


def changed_only(article: Article) -> list[Part | int]:
    """The parts that changed with what they hang on; runs of the rest as the number left out."""
    shown: list[Part | int] = []
    wanted = _with_openings(article.parts)
    for place, part in enumerate(article.parts):
        if place in wanted:
            shown.append(part)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += 1
        else:
            shown.append(1)
    return shown


def _with_openings(parts: Sequence[Part]) -> set[int]:
    """Places of what changed, and of the openings above them: "2. Giờ thu gom:" for its point a."""
    wanted: set[int] = set()
    above: dict[int, int] = {}
    for place, part in enumerate(parts):
        above = {depth: at for depth, at in above.items() if depth < part.depth} | {part.depth: place}
        if not part.is_same:
            wanted |= set(above.values())
    return wanted


def inside_words(address: str, *, article: bool = False) -> str:
    """ "điểm a khoản 2", with " Điều 5" when asked; "" for what has no address."""
    try:
        known = Address.parse(address)
    except ValueError:
        return ""
    inner = Address(known.steps[1:]) if known.article and len(known.steps) > 1 and not article else known
    return inner.in_words()
