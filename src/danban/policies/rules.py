"""What may be done to a dossier and its versions. Plain values in, a decision out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from danban.common.errors import Refused
from danban.common.text import fold
from danban.policies.states import VERSION_MOVES, VersionState

LONGEST_SLUG = 80
MOST_CHARACTERS = 5_000_000
LAW_OF_2025 = dt.date(2025, 4, 1)
PLAIN_LINES = ("about", "affected", "changes", "question")
# Rules, figures and powers hang on these: after the first release only Sở Tư pháp changes them.
FIXED_ONCE_RELEASED = ("document_type", "role", "issuing_body", "agency")
_TYPE_WORDS = re.compile(
    r"^(quyet dinh|nghi quyet|nghi dinh|thong tu)( ban hanh quy dinh)?( quy dinh)?( ve)?( viec)? "
)


class SecretRefused(Refused):
    """The file bears a mark of a state secret; nothing of it was kept."""

    def __init__(self, message: str, reasons: Iterable[str]) -> None:
        super().__init__(message)
        self.reasons = tuple(reasons)


class StillInWork(Refused):
    """A dossier has one version in work at a time."""


class WrongMove(Refused):
    """The version is not in a state in which this can be done."""


class FixedOnceReleased(Refused):
    """A released draft stays of its type, its role and its bodies, unless Sở Tư pháp says otherwise."""


class SamePerson(Refused):
    """Releasing needs a second person (rule of the house; Decision 407 asks for clear assignment)."""


class PlainLinesMissing(Refused):
    """A draft is published with its plain lines: what, who, what changes, what is asked."""


class OlderThanReleased(Refused):
    """Numbers go up: nothing is released behind a released version."""


class NothingLikeIt(Refused):
    """The line, pair or rule asked for does not exist in this version."""


class Regime(StrEnum):
    LAW_80_2015 = "2015"
    LAW_64_2025 = "2025"


def check_title(title: str) -> None:
    """Raises Refused for a title without a word: it would be a link nobody can see or press."""
    if not any(character.isalpha() for character in title):
        raise Refused(_("Tên dự thảo còn trống. Hãy ghi đúng như trên văn bản."))


def check_words(characters: int) -> None:
    """Raises Refused for a draft without any text, or with more than a page can ever show."""
    if not characters:
        raise Refused(_("Tệp không có chữ nào. Nếu là bản chụp, hãy tải tệp Word của dự thảo."))
    if characters > MOST_CHARACTERS:
        raise Refused(
            _("Dự thảo dài quá %(n)d triệu chữ cái. Hãy tách phụ lục thành hồ sơ riêng.")
            % {"n": MOST_CHARACTERS // 1_000_000}
        )


def regime(started_on: dt.date) -> Regime:
    """Under which law a dossier began: Law 64/2025/QH15 is in force from 01/04/2025 (its Article 71)."""
    return Regime.LAW_64_2025 if started_on >= LAW_OF_2025 else Regime.LAW_80_2015


def check_move(state: str, to: VersionState) -> None:
    """Raises WrongMove unless a version in ``state`` may go to ``to``."""
    if to not in VERSION_MOVES[VersionState(state)]:
        raise WrongMove(
            _(
                "Bản dự thảo đang ở bước “%(state)s” nên không làm việc này được. "
                "Hãy tải lại trang để xem bước hiện tại."
            )
            % {"state": VersionState(state).label}
        )


def may_change_structure(state: str) -> bool:
    """Structure and lineage are corrected while the version is with its drafter."""
    return state in (VersionState.UPLOADED, VersionState.RETURNED)


def open_doubts(doubts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Doubts about which nobody has said yet that the line is right as it stands."""
    return [doubt for doubt in doubts if not doubt.get("dismissed")]


def may_release(*, releaser: int, uploader: int, secrecy_checker: int | None) -> bool:
    """Two persons: neither who uploaded nor who declared it free of secrets may release."""
    return secrecy_checker is not None and releaser not in (uploader, secrecy_checker)


def missing_lines(values: Mapping[str, str]) -> list[str]:
    """Which of the four plain lines are empty."""
    return [name for name in PLAIN_LINES if not values.get(name, "").strip()]


def stages(newest_state: str) -> list[tuple[str, str]]:
    """The way of a draft as (step, "done" | "now" | ""), by the state of its newest version ("" for none)."""
    steps = [_("Tải dự thảo lên"), _("Rà soát cấu trúc"), _("Người thứ hai duyệt"), _("Lấy ý kiến")]
    now = {
        "": 0,
        VersionState.UPLOADED: 1,
        VersionState.RETURNED: 1,
        VersionState.SUBMITTED: 2,
        VersionState.RELEASED: 3,
    }[newest_state]
    return [
        (step, "done" if place < now else "now" if place == now else "") for place, step in enumerate(steps)
    ]


def slug_base(title: str) -> str:
    """An ASCII address from a title, without the words every title begins with."""
    folded = fold(title)
    short = slugify(_TYPE_WORDS.sub("", folded)) or slugify(folded) or "ho-so"
    if len(short) <= LONGEST_SLUG:
        return short
    return short[: LONGEST_SLUG + 1].rpartition("-")[0] or short[:LONGEST_SLUG]


def free_slug(base: str, taken: Iterable[str]) -> str:
    """The base, or the base with the first number that is free."""
    used = set(taken)
    number, slug = 1, base
    while slug in used:
        number += 1
        slug = f"{base}-{number}"
    return slug


def clean_file_name(name: str) -> str:
    """The last part of a name, without what a file system or a header could trip over; at most 120."""
    base = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[\x00-\x1f\x7f\"<>|:*?]", "", base).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[-100:]}{dot}{ending[:10]}" if dot else kept[:120] or "du-thao"
