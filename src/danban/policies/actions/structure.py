"""The officer's word on what a line is, and on what the reader doubts.

Each change of a line parses the whole anew, in the sandbox; only the articles it changed are written and
aligned again, so that a law of hundreds of articles answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import sandbox
from danban.common.errors import Refused
from danban.policies import intake, queries
from danban.policies.actions.alignment import corrections_of, put_back
from danban.policies.actions.bases import consolidate_again
from danban.policies.actions.keeping import keep_region, keep_structure
from danban.policies.models import Version, VersionText
from danban.policies.pairing import pairs_again, region
from danban.policies.rules import NothingLikeIt, WrongMove, may_change_structure
from danban.policies.states import Act

FEW = 400
"""Provisions that are aligned anew at once; more than these in the sandbox."""


def correct_line(*, version: Version, line: int, unit: str, number: str, by: User) -> None:
    """Say what a line is (``unit`` of lawtext, ``number`` as printed, "" for plain text)."""
    _set_line(version, line, [unit, number.strip()], by)


@transaction.atomic
def accept_suggestion(*, version: Version, line: int, by: User) -> None:
    """Take what the reader proposes for a doubtful line."""
    _kept, text = _in_work(version, line)
    proposals = [doubt["proposal"] for doubt in text.doubts if doubt["line"] == line and doubt["proposal"]]
    if not proposals:
        raise NothingLikeIt(_("Dòng này không còn gợi ý nào."))
    unit, number = proposals[0]
    correct_line(version=version, line=line, unit=unit, number=number, by=by)


@transaction.atomic
def dismiss_doubt(*, version: Version, line: int, by: User) -> None:
    """Say that a doubtful line is right as it stands. It is asked again only when it is read otherwise."""
    kept, text = _in_work(version, line)
    doubts = [doubt for doubt in text.doubts if doubt["line"] == line and not doubt.get("dismissed")]
    if not doubts:
        raise NothingLikeIt(_("Dòng này không còn chỗ ngờ nào."))
    read = text.lines[line - 1]
    read["right"] = [*read.get("right", ()), *(intake.said_of(doubt, read) for doubt in doubts)]
    for doubt in doubts:
        doubt["dismissed"] = True
    text.save(update_fields=["lines", "doubts"])
    codes = [doubt["code"] for doubt in doubts]
    record(Act.DOUBT_DISMISSED, actor=actor_name(by), rows=[kept], line=line, codes=codes)


def undo_line(*, version: Version, line: int, by: User) -> None:
    """Take an officer's word on a line back: what it is, or that it is right as it stands."""
    if not _reopened(version, line, by):
        _set_line(version, line, None, by)


@transaction.atomic
def _reopened(version: Version, line: int, by: User) -> bool:
    kept, text = _in_work(version, line)
    if not text.lines[line - 1].pop("right", None):
        return False
    for doubt in text.doubts:
        if doubt["line"] == line:
            doubt.pop("dismissed", None)
    text.save(update_fields=["lines", "doubts"])
    record(Act.DOUBT_REOPENED, actor=actor_name(by), rows=[kept], line=line)
    return True


def _in_work(version: Version, line: int) -> tuple[Version, VersionText]:
    """The version, locked, and its text; Refused when it is settled or has no such line."""
    kept = Version.objects.select_for_update().get(pk=version.pk)
    if not may_change_structure(kept.state):
        raise WrongMove(_("Chỉ sửa được cấu trúc khi bản dự thảo đang được rà soát."))
    text = VersionText.objects.get(version=kept)
    if not 1 <= line <= len(text.lines):
        raise NothingLikeIt(_("Không có dòng này."))
    return kept, text


@transaction.atomic
def _set_line(version: Version, line: int, chosen: list[str] | None, by: User) -> None:
    kept, text = _in_work(version, line)
    for word in ("set", "right"):
        text.lines[line - 1].pop(word, None)
    if chosen:
        text.lines[line - 1]["set"] = chosen
    corrected = corrections_of(kept)
    _keep_again(kept, {**_in_sandbox(intake.read_again, lines=text.lines), "notes": text.notes})
    put_back(kept, corrected)
    consolidate_again(kept)
    unit, number = chosen or ("", "")
    record(Act.LINE_CORRECTED, actor=actor_name(by), rows=[kept], line=line, unit=unit, number=number)


def _keep_again(version: Version, reading: dict[str, Any]) -> None:
    """Keep a new reading: only the articles it changed where that is enough, else the whole."""
    before = queries.released_before(version)
    rows, old = queries.rows_of(before) if before else ([], [])
    was, kept = queries.rows_of(version)
    changed = region(was, reading["rows"])
    pairs = None
    if changed and changed.new_last - changed.first <= FEW:
        pairs = pairs_again(rows, reading["rows"], queries.pairs_of(version, old, kept), changed)
    if changed and pairs is not None:
        keep_region(version, {**reading, "pairs": pairs}, changed, kept=kept, old=old)
        return
    pairs = _in_sandbox(intake.align_again, rows=reading["rows"], before=rows)
    keep_structure(version, {**reading, "pairs": pairs})


def _in_sandbox(function: Callable[..., Any], **values: Any) -> Any:
    try:
        return sandbox.run(function, b"", **values)
    except sandbox.SandboxFailed as error:
        raise Refused(_("Chưa đọc lại được cấu trúc với lựa chọn này. Hãy thử chọn loại khác.")) from error
