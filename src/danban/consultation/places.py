"""Where provisions stand, in words; and which provision a person means who writes "khoản 2 Điều 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from danban.common.text import fold
from danban.lawtext.address import Address, slug_of_number
from danban.policies.models import Provision, Version

_HEADED = frozenset({"part", "chapter", "article", "appendix", "regulation"})


def place_in_words(provision: Provision | None) -> str:
    """ "điểm đ khoản 2 Điều 5"; None is the whole draft; what has no address is named by its heading."""
    if provision is None:
        return _("Toàn bộ dự thảo")
    return _words(provision.address) or provision.heading or provision.number or _("Phần không đánh số")


def _words(address: str) -> str:
    try:
        return Address.parse(address).in_words()
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Place:
    """An article (or what stands outside articles) with the ids of all that lies in it."""

    pk: int
    label: str
    heading: str
    members: tuple[int, ...]


@dataclass(frozen=True)
class Outline:
    """A released version's places in reading order, and its addresses. It never changes, so it is kept."""

    places: tuple[Place, ...]
    ids: dict[str, int] = field(repr=False)
    labels: dict[int, str] = field(repr=False)

    def place(self, pk: int) -> Place | None:
        return next((place for place in self.places if place.pk == pk), None)

    def label(self, provision: int | None) -> str:
        """A provision in words; None is the whole draft."""
        return place_in_words(None) if provision is None else self.labels[provision]

    def find(self, said: str) -> int | None:
        """The id of the provision a person names; None for the whole draft; PlaceUnclear otherwise."""
        return _find(self.ids, said)


class PlaceUnclear(ValueError):  # noqa: N818 - named for what is wrong
    """The words name no provision of this draft, or more than one. The message says which."""


def outline_of(version: Version) -> Outline:
    """Read once in the life of a process: the text of a released version is fixed."""
    return _outline(version.pk, version.file_sha256)


@lru_cache(maxsize=32)
def _outline(version_id: int, _of_file: str) -> Outline:
    fields = ("pk", "unit", "number", "address", "heading")
    rows = list(Provision.objects.filter(version=version_id).order_by("position").only(*fields))
    labels = {row.pk: place_in_words(row) for row in rows}
    runs: list[list[Provision]] = []
    for row in rows:
        below = runs and row.unit in {"clause", "point", "subpoint"} and runs[-1][0].unit == "article"
        if below:
            runs[-1].append(row)
        else:
            runs.append([row])
    places = tuple(
        Place(
            pk=run[0].pk,
            label=labels[run[0].pk],
            heading=run[0].heading if run[0].unit in _HEADED else "",
            members=tuple(row.pk for row in run),
        )
        for run in runs
    )
    return Outline(places, {row.address: row.pk for row in rows if row.address}, labels)


_WHOLE = frozenset({"", "toan bo", "toan bo du thao", "ca du thao", "toan van", "chung", "y kien chung"})
_NAMED = (
    ("phu-luc", re.compile(r"(?:phụ lục|phu luc)\s+(?:số\s+)?([\divxl]+[a-zđ]?)\b", re.IGNORECASE)),
    ("chuong", re.compile(r"(?:chương|chuong)\s+([\divxl]+[a-zđ]?)\b", re.IGNORECASE)),
    ("dieu", re.compile(r"(?:điều|dieu)\s+(\d+[a-zđ]?\d?)(?!\w)", re.IGNORECASE)),
    ("khoan", re.compile(r"(?:khoản|khoan)\s+(\d+[a-zđ]?\d?)(?!\w)", re.IGNORECASE)),
    ("diem", re.compile(r"(?:điểm|diem)\s+([a-zđ]\d?)(?!\w)", re.IGNORECASE)),
)


def _find(ids: dict[str, int], said: str) -> int | None:
    folded = fold(said).strip(" .;,")
    if folded in _WHOLE:
        return None
    if said.strip() in ids:
        return ids[said.strip()]
    path = _path(said)
    if not path:
        raise PlaceUnclear(_("không hiểu “%(said)s”; viết như: khoản 2 Điều 5") % {"said": said[:60]})
    fits = [address for address in ids if address == path or address.endswith(f"/{path}")]
    if "quyet dinh" in folded or "nghi quyet" in folded:
        fits = [address for address in fits if "/" not in address]
    elif "quy dinh" in folded or "quy che" in folded or "kem theo" in folded:
        fits = [address for address in fits if "/" in address]
    if not fits:
        raise PlaceUnclear(_("dự thảo không có “%(said)s”") % {"said": said[:60]})
    if len(fits) > 1:
        names = "; ".join(_words(address) for address in sorted(fits))
        raise PlaceUnclear(
            _("“%(said)s” có ở nhiều nơi (%(names)s); thêm chữ “Quyết định” hoặc “Quy định kèm theo”")
            % {"said": said[:60], "names": names}
        )
    return ids[fits[0]]


def _path(said: str) -> str:
    """ "điểm đ khoản 2 Điều 5" or "Điều 5 khoản 2" → "dieu-5.khoan-2.diem-dd"; "" when nothing is named."""
    steps = {kind: slug_of_number(found[1]) for kind, pattern in _NAMED if (found := pattern.search(said))}
    if "dieu" in steps:
        steps = {kind: steps[kind] for kind in ("dieu", "khoan", "diem") if kind in steps}
    elif len(steps) > 1:
        return ""
    return ".".join(f"{kind}-{number}" for kind, number in steps.items())
