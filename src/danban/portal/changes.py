"""Two released versions side by side: both never change, so the words are compared once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danban.lawtext.diff.wording import words
from danban.policies.models import Alignment, Provision, Version
from danban.policies.queries import alignments_of, provisions_of
from danban.portal.reading import label_of, runs

UNCHANGED = frozenset({"unchanged", "renumbered"})
LOOSE: dict[str, object] = {
    "preamble": _("Phần mở đầu"),
    "signature": _("Nơi nhận, chữ ký"),
    "appendix": _("Phụ lục"),
    "text": _("Phần mở đầu"),
}
BELOW_ARTICLE = frozenset({"clause", "point", "subpoint"})
LONGEST_SAME = 400
"""Where only changes are asked for, longer runs of words that stayed are shown by their two ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article on both sides, or several where articles were merged or split.

    ``words`` holds (operation, text) pieces: "equal", "delete", "insert".
    """

    change: str
    old_label: str
    new_label: str
    new_address: str
    heading: str
    words: tuple[tuple[str, str], ...]


def changes_between(old: Version, new: Version, *, only_changed: bool) -> list[Row]:
    """The rows in the order of the newer version; what stayed left out or shortened when asked."""
    rows = _all_rows(old.pk, new.pk, new.file_sha256, get_language() or "")
    if not only_changed:
        return list(rows)
    return [_shortened(row) for row in rows if row.change not in UNCHANGED]


def _shortened(row: Row) -> Row:
    return replace(row, words=tuple((op, _ends(text) if op == "equal" else text) for op, text in row.words))


def _ends(text: str) -> str:
    if len(text) <= LONGEST_SAME:
        return text
    half = LONGEST_SAME // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"


@lru_cache(maxsize=32)
def _all_rows(old_id: int, new_id: int, _file_sha256: str, _language: str) -> tuple[Row, ...]:
    """Kept by language too: the names of parts without a number are in it."""
    texts = {**_texts(old_id), **_texts(new_id)}
    heads = [pair for pair in alignments_of(old_id, new_id) if _is_head(pair)]
    return tuple(_row(group, texts) for group in _together(heads))


def _is_head(pair: Alignment) -> bool:
    side = pair.new or pair.old
    return side is not None and side.unit not in BELOW_ARTICLE


def _texts(version_id: int) -> dict[int, str]:
    """The words of each article with all below it, by the id of its head."""
    return {run[0].pk: "\n".join(_line(part) for part in run[1:] or run) for run in _with_own(version_id)}


def _with_own(version_id: int) -> Iterable[list[Provision]]:
    for run in runs(list(provisions_of(version_id))):
        head = run[0]
        yield [head, head, *run[1:]] if head.text and len(run) > 1 else run


def _line(part: Provision) -> str:
    mark = {"clause": f"{part.number}. ", "point": f"{part.number}) ", "subpoint": f"{part.number}) "}
    return mark.get(part.unit, "") + part.text


def _together(pairs: list[Alignment]) -> list[list[Alignment]]:
    """Pairs that share a side belong together: what was merged, what was split."""
    groups: list[list[Alignment]] = []
    home: dict[int, list[Alignment]] = {}
    for pair in pairs:
        sides = [side for side in (pair.old_id, pair.new_id) if side is not None]
        group = next((home[side] for side in sides if side in home), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(pair)
        for side in sides:
            home[side] = group
    return groups


def _row(group: list[Alignment], texts: dict[int, str]) -> Row:
    olds = list(dict.fromkeys(pair.old for pair in group if pair.old))
    news = list(dict.fromkeys(pair.new for pair in group if pair.new))
    shown = (news or olds)[0]
    headed = [one.heading for one in olds] != [one.heading for one in news]
    return Row(
        change=next((pair.change for pair in group if pair.change in ("merged", "split")), group[0].change),
        old_label=", ".join(_name(one) for one in olds),
        new_label=", ".join(_name(one) for one in news),
        new_address=news[0].address if news else "",
        heading=shown.heading,
        words=tuple(words(_whole(olds, texts, headed=headed), _whole(news, texts, headed=headed))),
    )


def _name(side: Provision) -> str:
    return label_of(side) or str(LOOSE.get(side.unit, ""))


def _whole(side: list[Provision], texts: dict[int, str], *, headed: bool) -> str:
    """All words of a side; headings only where they differ, since the row is named by them."""
    parts = (part for one in side for part in (one.heading if headed else "", texts.get(one.pk, "")))
    return "\n".join(part for part in parts if part)
