"""What holds for windows and comments. Plain values in; a decision, or a refusal in words, out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from enum import StrEnum

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from danban.accounts.states import AgencyKind
from danban.common import codes
from danban.common.errors import Refused
from danban.common.text import fold
from danban.consultation.states import (
    COMMENT_MOVES,
    Channel,
    CommenterKind,
    CommentState,
    ProposalState,
    WithheldReason,
)
from danban.policies.states import WindowKind

WEB_TEXT_MAX = 5_000
OFFICE_TEXT_MAX = 30_000
NAME_MAX = 200
HOW_MAX = 300
REASON_MAX = 2_000
HOLDERS = frozenset({AgencyKind.FATHERLAND_FRONT, AgencyKind.SOCIO_POLITICAL})
STATE_BODIES = frozenset(
    {
        AgencyKind.PEOPLES_COMMITTEE,
        AgencyKind.PEOPLES_COUNCIL,
        AgencyKind.DEPARTMENT,
        AgencyKind.MINISTRY,
        AgencyKind.COORDINATION_COUNCIL,
    }
)
FARTHEST_OPENING = dt.timedelta(days=366)


class WindowRefused(Refused):
    """The days, the version or the moment do not allow this window."""


class WindowClosed(Refused):
    """The window takes no comments now."""


class KeyReused(Refused):
    """The form was sent before with other words; nothing was written."""


class CommentRefused(Refused):
    """The words or the facts about them cannot be kept as they are."""


class ProposalRefused(Refused):
    """What is asked of a second person cannot be asked, or not be decided by this one."""


class ImportRefused(Refused):
    """The file as a whole cannot be brought in."""


# Windows


class Moment(StrEnum):
    """Where a window stands on a day."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


def moment(opens_on: dt.date, closes_on: dt.date, today: dt.date, *, cancelled: bool = False) -> Moment:
    """Both end days belong to the window; they are calendar days in Viet Nam."""
    if cancelled:
        return Moment.CANCELLED
    if today < opens_on:
        return Moment.UPCOMING
    return Moment.OPEN if today <= closes_on else Moment.CLOSED


def is_open(opens_on: dt.date, closes_on: dt.date, today: dt.date, *, cancelled: bool = False) -> bool:
    return moment(opens_on, closes_on, today, cancelled=cancelled) is Moment.OPEN


def earliest_close(opens_on: dt.date, min_days: int) -> dt.date:
    """The first lawful last day: calendar days, the first one not counted (Civil Code 2015, Art. 147)."""
    return opens_on + dt.timedelta(days=min_days)


def check_days(
    *,
    opens_on: dt.date,
    closes_on: dt.date,
    today: dt.date,
    min_days: int | None,
    verified: bool,
    reason: str,
) -> None:
    """Refuse days that lie in the past, run backwards, or give less than the rule in force asks.

    A shorter posting is taken, with a recorded reason and basis, only where the number of days in our table
    was not read in the official text: there the officer may know better than the table.
    """
    if opens_on < today:
        raise WindowRefused(_("Ngày mở không thể ở quá khứ: người dân phải được đọc đủ số ngày."))
    if opens_on > today + FARTHEST_OPENING:
        raise WindowRefused(_("Ngày mở xa quá một năm. Hãy xem lại năm đã gõ."))
    if closes_on < opens_on:
        raise WindowRefused(_("Ngày hết hạn phải từ ngày mở trở đi."))
    if min_days is None or closes_on >= earliest_close(opens_on, min_days):
        return
    values = {"days": min_days, "date": f"{earliest_close(opens_on, min_days):%d/%m/%Y}"}
    if verified:
        raise WindowRefused(_("Chưa đủ %(days)d ngày đăng tải. Ngày hết hạn sớm nhất là %(date)s.") % values)
    if not reason:
        raise WindowRefused(
            _(
                "Ngắn hơn %(days)d ngày (số ngày này chưa đối chiếu văn bản gốc). Chọn từ %(date)s trở đi, "
                "hoặc ghi rõ lý do và căn cứ."
            )
            % values
        )


def check_cancelling(*, closes_on: dt.date, today: dt.date, cancelled: bool) -> None:
    if cancelled:
        raise WindowRefused(_("Đợt này đã hủy rồi."))
    if today > closes_on:
        raise WindowRefused(_("Đợt này đã hết hạn nên không hủy được nữa."))


def check_extension(*, closes_on: dt.date, later: dt.date, today: dt.date, cancelled: bool) -> None:
    """A window is only ever made longer, and only while it has not ended."""
    if cancelled:
        raise WindowRefused(_("Đợt này đã hủy nên không gia hạn được."))
    if today > closes_on:
        raise WindowRefused(_("Đợt này đã hết hạn. Muốn lấy ý kiến tiếp, hãy mở đợt mới."))
    if later <= closes_on:
        raise WindowRefused(_("Ngày hết hạn mới phải sau ngày %(date)s.") % {"date": f"{closes_on:%d/%m/%Y}"})


def check_holder(*, kind: str, holder_kind: str) -> None:
    """A social critique belongs to the Front and its organisations, never to the drafter (NQLT 403/2017)."""
    critique = kind == WindowKind.SOCIAL_CRITIQUE
    if critique and holder_kind and holder_kind not in HOLDERS:
        raise WindowRefused(_("Phản biện xã hội do Mặt trận Tổ quốc, tổ chức chính trị - xã hội chủ trì."))
    if not critique and holder_kind:
        raise WindowRefused(_("Chỉ phản biện xã hội mới ghi tổ chức chủ trì."))


def check_result(*, kind: str, held_on: dt.date, opens_on: dt.date, today: dt.date) -> None:
    """Policy consultation and social critique end in a written result; asking for opinions does not."""
    if kind == WindowKind.OPINION:
        raise WindowRefused(_("Đợt lấy ý kiến kết thúc bằng bản tổng hợp, tiếp thu, giải trình."))
    if not opens_on <= held_on <= today:
        raise WindowRefused(_("Ngày hội nghị phải từ ngày mở đợt đến hôm nay."))


def why_closed(at: Moment) -> str:
    """The sentence for a comment outside its window."""
    if at is Moment.UPCOMING:
        return _("Đợt lấy ý kiến này chưa mở.")
    if at is Moment.CANCELLED:
        return _("Đợt lấy ý kiến này đã hủy.")
    return _("Đợt lấy ý kiến này đã hết hạn.")


# Comments


def kind_of_body(agency_kind: str) -> CommenterKind:
    """How an agency that was asked is counted among commenters."""
    return CommenterKind.AGENCY if agency_kind in STATE_BODIES else CommenterKind.ORGANISATION


def check_text(text: str, longest: int) -> None:
    if len(text) < 2:
        raise CommentRefused(_("Nội dung ý kiến còn trống."))
    if len(text) > longest:
        raise CommentRefused(_("Ý kiến dài quá %(n)d ký tự. Hãy chia thành nhiều ý kiến.") % {"n": longest})


def check_entry(
    *,
    channel: str,
    collected_how: str,
    received_on: dt.date,
    opens_on: dt.date,
    today: dt.date,
    cancelled: bool,
) -> None:
    """What an officer brings in says by which way it came and how it was collected.

    A comment that came by letter after the last day is kept with its true day.
    """
    if cancelled:
        raise CommentRefused(_("Đợt lấy ý kiến này đã hủy."))
    if channel not in Channel.values or channel == Channel.WEB:
        raise CommentRefused(_("Chọn kênh mà ý kiến đã đến: thư, hội nghị, bảng tổng hợp…"))
    if not collected_how:
        raise CommentRefused(_("Ghi cách thu: ai gửi, họp ở đâu, công văn số nào."))
    check_received(received_on, opens_on=opens_on, today=today)


def check_received(received_on: dt.date, *, opens_on: dt.date, today: dt.date) -> None:
    if not opens_on <= received_on <= today:
        raise CommentRefused(
            _("Ngày nhận phải từ ngày mở đợt %(date)s đến hôm nay.") % {"date": f"{opens_on:%d/%m/%Y}"}
        )


def check_move(now: str, to: CommentState) -> None:
    if to not in COMMENT_MOVES[CommentState(now)]:
        raise CommentRefused(
            _("Ý kiến đang ở bước “%(now)s” nên không chuyển sang “%(to)s” được.")
            % {"now": CommentState(now).label, "to": to.label}
        )


def check_withheld_reason(reason: str) -> None:
    if reason not in WithheldReason.values:
        raise CommentRefused(_("Chọn lý do không công khai."))


# What takes two persons


def check_proposal_reason(reason: str) -> None:
    """The second person judges by the words of the first."""
    if not reason:
        raise ProposalRefused(_("Viết lý do để người thứ hai xem xét."))
    if len(reason) > REASON_MAX:
        raise ProposalRefused(_("Lý do dài quá %(n)d ký tự. Hãy viết gọn hơn.") % {"n": REASON_MAX})


def check_none_waits(*, waits: bool) -> None:
    if waits:
        raise ProposalRefused(_("Việc này đã có người đề nghị, đang chờ người thứ hai."))


def check_waiting(state: str) -> None:
    if state != ProposalState.WAITING:
        raise ProposalRefused(_("Đề nghị này không còn chờ: đã có người xác nhận hoặc trả lại."))


def check_second_person(*, proposed_by: int, by: int) -> None:
    """Nobody hides, erases or moves a deadline alone."""
    if proposed_by == by:
        raise ProposalRefused(
            _("Người đề nghị không tự quyết định. Cần một người duyệt khác của cơ quan, hoặc Sở Tư pháp.")
        )


def check_return_reason(reason: str) -> None:
    if not reason:
        raise ProposalRefused(_("Viết lý do trả lại để người đề nghị biết vì sao."))
    if len(reason) > REASON_MAX:
        raise ProposalRefused(_("Lý do trả lại dài quá %(n)d ký tự.") % {"n": REASON_MAX})


# Personal data in what people write


class PersonalData(StrEnum):
    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    EMAIL = "email"


_DETECTORS = {
    # CCCD: twelve digits, the first three a province's code, which begins with 0.
    PersonalData.CITIZEN_ID: re.compile(r"(?<![\d.,])0\d{2}(?:[ .-]?\d{3}){3}(?![\d.,]\d|\d)"),
    # Mobile: ten digits from 03, 05, 07, 08 or 09; fixed lines: eleven from 02; both also with +84.
    PersonalData.PHONE: re.compile(
        r"(?<![\d.,/])(?:\+84|84|0)[ .-]?(?:[35789](?:[ .-]?\d){8}|2(?:[ .-]?\d){9})(?![\d/]|[.,]\d)"
    ),
    PersonalData.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}


def personal_data_in(text: str) -> frozenset[PersonalData]:
    """Kinds of personal data that seem to stand in a text. A net, not a judge: an officer decides."""
    return frozenset(kind for kind, pattern in _DETECTORS.items() if pattern.search(text))


# Keys, fingerprints and codes


def fingerprint(**content: object) -> str:
    """The same for the same comment sent again, another for any other; keyed, for it covers contact data."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return salted_hmac("danban.comment.fingerprint", canonical, algorithm="sha256").hexdigest()


def receipt_code(idempotency_key: uuid.UUID) -> str:
    """ "7KQM-2F0D-…": 80 bits in Crockford's base 32, the same again for the same form."""
    mac = salted_hmac("danban.comment.receipt", idempotency_key.bytes, algorithm="sha256").digest()
    return codes.printed(mac, letters=16, group=4)


def parse_code(typed: str) -> str | None:
    """A code as printed from whatever was typed (case, spaces, O for 0, I or L for 1); None if it is none."""
    return codes.parsed(typed, letters=16, group=4)


def hash_of_code(code: str) -> str:
    """What is kept of a code. It has 80 random bits: a plain hash cannot be tried through."""
    return hashlib.sha256(code.encode()).hexdigest()


def commenter_key(
    *,
    kind: str,
    name: str,
    contact: Mapping[str, str],
    agency_id: int | None,
    collected_how: str,
    alone: object,
) -> str:
    """The same for comments of one author, as far as what they gave tells; else of this comment alone.

    An agency is itself; a person is their address or phone; an organisation is its name. A person with a
    name only is one among those of the same meeting or letter: many people share a name.
    """
    phone = re.sub(r"^84", "0", re.sub(r"\D", "", contact.get("phone", "")))
    if agency_id is not None:
        author = f"agency:{agency_id}"
    elif contact.get("email"):
        author = f"email:{contact['email'].strip().lower()}"
    elif phone:
        author = f"phone:{phone}"
    elif name and kind != CommenterKind.PERSON:
        author = f"name:{kind}:{fold(name)}"
    elif name and collected_how:
        author = f"person:{fold(name)}:{fold(collected_how)}"
    else:
        author = f"alone:{alone}"
    return salted_hmac("danban.commenter", author, algorithm="sha256").hexdigest()
