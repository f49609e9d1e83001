"""What may be done to points and answers. Plain values in; a refusal in words, or nothing, out.

Basis of "answer everyone, with a reason": comments on a draft are to be received and explained
(tiếp thu, giải trình) before its dossier is complete: Decree 78/2025/NĐ-CP, amended by 187/2025/NĐ-CP.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection

from django.utils.translation import gettext as _

from danban.answers.states import ANSWER_MOVES, AnswerState, Disposition
from danban.common.errors import Refused

REASON_MAX = 10_000
RETURN_REASON_MAX = 2_000
TITLE_MAX = 300


class AnswerRefused(Refused):
    """The move, the person or the words are not allowed."""


class PointRefused(Refused):
    """The comments cannot make, join or leave this point."""


class AnswerChanged(Refused):
    """Someone else changed the answer since the person read it; nothing was written."""


def check_move(state: str, to: AnswerState) -> None:
    """Refuse a move that the table of moves does not hold."""
    if to not in ANSWER_MOVES[AnswerState(state)]:
        raise AnswerRefused(
            _("Trả lời đang ở bước “%(now)s” nên chưa thể chuyển sang “%(to)s”.")
            % {"now": AnswerState(state).label, "to": to.label}
        )


def check_second_person(*, written_by: int, by: int) -> None:
    """Who wrote the words does not release them."""
    if written_by == by:
        raise AnswerRefused(_("Người soạn không tự duyệt. Cần một người khác của cơ quan duyệt trả lời này."))


def check_words(*, disposition: str, reason: str) -> None:
    """Every answer carries one of the five dispositions, and a reason in words."""
    if disposition not in Disposition.values:
        raise AnswerRefused(_("Chọn một kết quả."))
    if not reason:
        raise AnswerRefused(_("Viết lý do: người góp ý cần biết vì sao."))
    if len(reason) > REASON_MAX:
        raise AnswerRefused(_("Lý do dài quá %(n)d ký tự. Hãy viết gọn hơn.") % {"n": REASON_MAX})


def check_return_reason(reason: str) -> None:
    """An answer goes back only with words that say what to mend."""
    if not reason:
        raise AnswerRefused(_("Viết lý do trả lại để người soạn biết cần sửa gì."))
    if len(reason) > RETURN_REASON_MAX:
        raise AnswerRefused(_("Lý do trả lại dài quá %(n)d ký tự.") % {"n": RETURN_REASON_MAX})


def check_title(title: str) -> None:
    if not title:
        raise PointRefused(_("Đặt tên cho vấn đề, ví dụ: “Giờ thu gom rác ở chợ”."))
    if len(title) > TITLE_MAX:
        raise PointRefused(_("Tên vấn đề dài quá %(n)d ký tự.") % {"n": TITLE_MAX})


def check_members(*, asked: int, here: int, taken: int) -> None:
    """Comments can join a point when all are of its window and none belongs to a point already."""
    if not asked:
        raise PointRefused(_("Chưa chọn ý kiến nào."))
    if here < asked:
        raise PointRefused(_("Có ý kiến không thuộc đợt lấy ý kiến này. Hãy mở lại hộp thư và chọn lại."))
    if taken:
        raise PointRefused(
            _("Số ý kiến đã nằm trong một vấn đề: %(n)d. Bỏ khỏi vấn đề cũ trước rồi gom lại.") % {"n": taken}
        )


def check_not_waiting(states: Collection[str]) -> None:
    """While a second person reads an answer, neither it nor who it answers changes under their eyes."""
    if AnswerState.SUBMITTED in states:
        raise PointRefused(_("Trả lời đang chờ duyệt. Duyệt xong hoặc được trả lại rồi hãy sửa."))


def token(*, answer: int | None, disposition: str, reason: str, written_at: dt.datetime | None) -> str:
    """A short name of the words a person saw; other words have another name. "" when there were none."""
    if answer is None or written_at is None:
        return ""
    seen = "\x1f".join((str(answer), disposition, reason, written_at.isoformat()))
    return hashlib.sha256(seen.encode()).hexdigest()[:16]
