"""The officer's word on what a line is. Each change parses the whole anew, in the sandbox."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import sandbox
from danban.common.errors import Refused
from danban.policies import intake, queries
from danban.policies.actions.alignment import corrections_of, put_back
from danban.policies.actions.keeping import keep_structure
from danban.policies.models import Version, VersionText
from danban.policies.rules import NothingLikeIt, WrongMove, may_change_structure
from danban.policies.states import Act


def correct_line(*, version: Version, line: int, unit: str, number: str, by: User) -> None:
    """Say what a line is (``unit`` of lawtext, ``number`` as printed, "" for plain text)."""
    _set_line(version, line, [unit, number.strip()], by)


def undo_line(*, version: Version, line: int, by: User) -> None:
    """Take an officer's word on a line back."""
    _set_line(version, line, None, by)


def accept_suggestion(*, version: Version, line: int, by: User) -> None:
    """Take what the reader proposes for a doubtful line."""
    text = VersionText.objects.get(version=version)
    proposals = [doubt["proposal"] for doubt in text.doubts if doubt["line"] == line and doubt["proposal"]]
    if not proposals:
        raise NothingLikeIt(_("Dòng này không còn gợi ý nào."))
    unit, number = proposals[0]
    correct_line(version=version, line=line, unit=unit, number=number, by=by)


@transaction.atomic
def _set_line(version: Version, line: int, chosen: list[str] | None, by: User) -> None:
    kept = Version.objects.select_for_update().get(pk=version.pk)
    if not may_change_structure(kept.state):
        raise WrongMove(_("Chỉ sửa được cấu trúc khi bản dự thảo đang được rà soát."))
    text = VersionText.objects.get(version=kept)
    lines = text.lines
    if not 1 <= line <= len(lines):
        raise NothingLikeIt(_("Không có dòng này."))
    lines[line - 1].pop("set", None)
    if chosen:
        lines[line - 1]["set"] = chosen
    corrected = corrections_of(kept)
    keep_structure(kept, {**_read_again(kept, lines), "notes": text.notes})
    put_back(kept, corrected)
    unit, number = chosen or ("", "")
    record(Act.LINE_CORRECTED, actor=actor_name(by), rows=[kept], line=line, unit=unit, number=number)


def _read_again(version: Version, lines: list[dict[str, Any]]) -> dict[str, Any]:
    before = queries.released_before(version)
    rows = queries.rows_of(before)[0] if before else []
    try:
        answer: dict[str, Any] = sandbox.run(intake.read_again, b"", lines=lines, before=rows)
    except sandbox.SandboxFailed as error:
        raise Refused(_("Chưa đọc lại được cấu trúc với lựa chọn này. Hãy thử chọn loại khác.")) from error
    return answer
