"""Two texts as a reader sees them beside each other: by article, a part of a long law at a time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from danban.common.numbers import whole
from danban.lawtext import Unit
from danban.lawtext.diff import Piece
from danban.policies.comparison import SAME_WORDS, Article, Part, changed_only, inside_words, marked
from danban.policies.states import Change

LABELS: dict[str, object] = {
    Unit.PART: "Phần",
    Unit.CHAPTER: "Chương",
    Unit.SECTION: "Mục",
    Unit.SUBSECTION: "Tiểu mục",
    Unit.ARTICLE: "Điều",
    Unit.APPENDIX: _("Phụ lục"),
}
LOOSE: dict[str, object] = {
    "preamble": _("Phần mở đầu"),
    "signature": _("Nơi nhận, chữ ký"),
    "appendix": _("Phụ lục"),
    "table": _("Bảng"),
    "text": _("Phần mở đầu"),
}
A_PAGE = 72_000
"""Letters of both sides on a page, about 30 KB on the wire; a longer text goes by chapter."""
LONGEST_SAME = 400
"""Where only changes are asked for, longer runs of words that stayed are shown by their two ends."""
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One provision as shown: its pieces inline, and each side of its own; ``note`` says what became of it.

    ``left_out`` counts provisions that are not shown because they stayed; then all else is empty.
    """

    unit: str
    note: str
    pieces: tuple[Piece, ...]
    is_same: bool
    has_old: bool
    has_new: bool
    left_out: str = ""

    @property
    def old(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece[0] != "insert"]

    @property
    def new(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece[0] != "delete"]


@dataclass(frozen=True, slots=True)
class Row:
    """One article as shown, with the pieces of its heading; ``kept`` when its words need not be shown."""

    changes: tuple[str, ...]
    label: str
    place: str
    heading: tuple[Piece, ...]
    lines: tuple[Line, ...]
    reason: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Articles that are read on one page; ``changed`` counts those that did not stay as they were."""

    number: int
    title: str
    changed: int
    articles: tuple[Article, ...]


def pages_of(articles: Sequence[Article], *, only_changed: bool) -> list[Page]:
    """All on one page, or by chapter; a chapter that is too long is cut between articles."""
    shown = [one for one in articles if not (only_changed and one.is_same)]
    if sum(map(_letters, shown)) <= A_PAGE:
        return [_page(1, "", shown)]
    cut: list[list[Article]] = []
    room, chapter = 0, ""
    for one in shown:
        size = _letters(one)
        same_page = cut and (one.chapter == chapter or size + A_PAGE - room < A_PAGE // 3)
        if same_page and size <= room:
            cut[-1].append(one)
        else:
            cut.append([one])
            room = A_PAGE
        room, chapter = room - size, one.chapter
    return [_page(number, _title(part), part) for number, part in enumerate(cut, start=1)]


def _letters(article: Article) -> int:
    return 120 + sum(len(part.old) + (0 if part.is_same else len(part.new)) for part in article.parts)


def _page(number: int, title: str, articles: Sequence[Article]) -> Page:
    return Page(number, title, sum(not one.is_same for one in articles), tuple(articles))


def _title(articles: Sequence[Article]) -> str:
    """ "Chương II. Điều 5 – Điều 9": what a part of a long text holds."""
    chapters = list(dict.fromkeys(inside_words(one.chapter) for one in articles if one.chapter))
    named = [label for one in articles if one.unit == "article" and (label := _label(one.new_heads))]
    parts = (_between(chapters), _between(named))
    return ". ".join(part for part in parts if part) or _label(articles[0].new_heads) or gettext("Phần khác")


def _between(names: Sequence[str]) -> str:
    return f"{names[0]} – {names[-1]}" if len(names) > 1 else "".join(names)


def rows_of(page: Page, *, only_changed: bool, reasons: Mapping[str, str] | None = None) -> list[Row]:
    """A page's articles with their words compared; what stayed left out or shortened when asked."""
    return [_row(article, only_changed, reasons or {}) for article in page.articles]


def _row(article: Article, only_changed: bool, reasons: Mapping[str, str]) -> Row:
    old, new = _label(article.old_heads), _label(article.new_heads)
    kept = only_changed and article.keeps_words
    lines: Iterable[Part | int] = changed_only(article) if only_changed else article.parts
    return Row(
        changes=_changes(article),
        label=f"{old} → {new}" if old and new and old != new else new or old,
        place=article.place,
        heading=tuple(marked(article.old_heading, article.new_heading)),
        lines=tuple(_line(one, article, only_changed, reasons) for one in (() if kept else lines)),
        kept=kept,
        reason=reasons.get(article.place, "") if article.place else "",
    )


def _changes(article: Article) -> tuple[str, ...]:
    """What became of an article, in the words of Change: an article may be both renumbered and edited."""
    if article.change not in SAME_WORDS or article.keeps_words:
        return (article.change,)
    return (Change.EDITED,) if article.change == Change.UNCHANGED else (article.change, Change.EDITED)


def label_of_unit(unit: str, number: str) -> str:
    """ "Điều 5", "Chương II"; "" for what has no number of its own."""
    word = LABELS.get(unit, "")
    return f"{word} {number}".strip() if word else ""


def _label(heads: Iterable[tuple[str, str]]) -> str:
    names = (label_of_unit(unit, number) or str(LOOSE.get(unit, "")) for unit, number in heads)
    return ", ".join(dict.fromkeys(name for name in names if name))


def _line(part: Part | int, article: Article, only_changed: bool, reasons: Mapping[str, str]) -> Line:
    if isinstance(part, int):
        said = ngettext("%(n)d khoản, điểm giữ nguyên", "%(n)d khoản, điểm giữ nguyên", part) % {"n": part}
        return Line("", "", (), is_same=True, has_old=True, has_new=True, left_out=said)
    pieces = tuple(
        (op, _ends(text) if only_changed and op == "equal" else text) for op, text in part.pieces()
    )
    unit = part.unit if part.depth else "text"
    same = part.old == part.new
    because = [reasons[place] for place in part.new_places if part.depth and place in reasons]
    note = _note(part, article) or "".join(because[:1])
    return Line(unit, note, pieces, same, has_old=bool(part.old), has_new=bool(part.new))


def _note(part: Part, article: Article) -> str:
    """Where a provision came from: the words alone do not show it."""
    if not part.depth:
        return ""
    one_article = len(article.old_heads) == 1
    old = [inside_words(place, article=not one_article) for place in part.old_places]
    new = [inside_words(place) for place in part.new_places]
    said = {
        Change.MERGED: gettext("Gộp từ %(old)s"),
        Change.SPLIT: gettext("Tách từ %(old)s"),
        Change.MOVED: gettext("Chuyển từ %(old)s"),
    }.get(Change(part.change), "" if old == new else gettext("Trước là %(old)s"))
    return said % {"old": _listed(old)} if _listed(old) and new else ""


def _listed(names: Sequence[str]) -> str:
    named = [name for name in names if name]
    if len(named) > MOST_NAMED:
        return ", ".join(named[:MOST_NAMED]) + "…"
    return gettext(" và ").join(named)


def _ends(text: str) -> str:
    if len(text) <= LONGEST_SAME:
        return text
    half = LONGEST_SAME // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"


def part_shown(
    articles: Sequence[Article], asked: Mapping[str, str], reasons: Mapping[str, str] | None = None
) -> dict[str, object]:
    """One part of the whole for the screen, as asked in an address.

    ``xem=tat-ca`` everything, ``cach=lien`` in one column, ``phan=2`` or ``dieu=dieu-5`` which part.
    ``reasons`` by address in the newer text are said beside what changed there.
    """
    only_changed = asked.get("xem") != "tat-ca"
    pages = pages_of(articles, only_changed=only_changed)
    place = _place(asked, pages)
    return {
        "only_changed": only_changed,
        "layout": "lien" if asked.get("cach") == "lien" else "",
        "pages": pages,
        "page": pages[place],
        "previous": pages[place - 1] if place else None,
        "following": pages[place + 1] if place + 1 < len(pages) else None,
        "rows": rows_of(pages[place], only_changed=only_changed, reasons=reasons or {}),
    }


def _place(asked: Mapping[str, str], pages: Sequence[Page]) -> int:
    article, number = asked.get("dieu", ""), asked.get("phan", "")
    found = (at for at, page in enumerate(pages) for one in page.articles if article and one.place == article)
    known = (whole(number, 5) or 1) - 1
    return min(max(next(found, known), 0), len(pages) - 1)
