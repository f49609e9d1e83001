"""Names of elements and ids: units ↔ elements, addresses ↔ eIds, printed numbers ↔ numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from danban.lawtext.tree import Unit

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

ELEMENTS = {
    Unit.PART: "part",
    Unit.CHAPTER: "chapter",
    Unit.SECTION: "section",
    Unit.SUBSECTION: "subsection",
    Unit.ARTICLE: "article",
    Unit.CLAUSE: "paragraph",
    Unit.POINT: "point",
    Unit.SUBPOINT: "subparagraph",
}
UNITS = {element: unit for unit, element in ELEMENTS.items()} | {
    "clause": Unit.CLAUSE,
    "indent": Unit.SUBPOINT,
}

_STEPS = {
    "phan": "part",
    "chuong": "chp",
    "muc": "sec",
    "tieu-muc": "subsec",
    "dieu": "art",
    "khoan": "para",
    "diem": "point",
    "tiet": "subpara",
    "quy-dinh": "regl",
    "phu-luc": "annex",
}
_KINDS = {step: kind for kind, step in _STEPS.items()}
_STEP = re.compile(r"(phan|chuong|muc|tieu-muc|dieu|khoan|diem|tiet|quy-dinh|phu-luc)-(.+)")
_PRINTED = {
    Unit.PART: ("Phần ", ""),
    Unit.CHAPTER: ("Chương ", ""),
    Unit.SECTION: ("Mục ", ""),
    Unit.SUBSECTION: ("Tiểu mục ", ""),
    Unit.ARTICLE: ("Điều ", "."),
    Unit.CLAUSE: ("", "."),
    Unit.POINT: ("", ")"),
    Unit.SUBPOINT: ("", ")"),
}
QUOTED, REPEAT = "__qstr_", "~"


def eid_of(address: str) -> str:
    """``dieu-5.khoan-2.diem-dd`` → ``art_5__para_2__point_dd``; attachments come first: ``regl_1__art_3``."""
    return "__".join(map(_eid_step, address.replace("/", ".").split(".")))


@lru_cache(maxsize=4096)
def _eid_step(step: str) -> str:
    match = _STEP.fullmatch(step)
    return f"{_STEPS[match[1]]}_{match[2]}" if match else step


def address_of(eid: str) -> str:
    """The address in an eId that ``eid_of`` made; "" for an eId of another convention."""
    inside = eid.partition(REPEAT)[0]
    if QUOTED in inside:
        inside = inside.rpartition(QUOTED)[2].partition("__")[2]
    address = ""
    for step in inside.split("__"):
        name, _, number = step.partition("_")
        if name not in _KINDS or not number:
            return ""
        joint = "/" if address.startswith(("quy-dinh", "phu-luc")) and "/" not in address else "."
        address += f"{joint if address else ''}{_KINDS[name]}-{number}"
    return address


def printed(unit: Unit, number: str) -> str:
    """A number as the page shows it: "Điều 5.", "2.", "đ)", "Chương II"."""
    before, after = _PRINTED.get(unit, ("", ""))
    return f"{before}{number}{after}"


def number_in(unit: Unit, shown: str) -> str:
    """The number in what the page shows."""
    before, after = _PRINTED.get(unit, ("", ""))
    return shown.strip().removeprefix(before).removesuffix(after).strip()
