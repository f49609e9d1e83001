"""Named bodies are asked in writing, and what they answered: where they stand, their words, their paper."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock, uploads
from danban.common.text import clean
from danban.consultation import rules
from danban.consultation.actions.comments import enter_comment
from danban.consultation.models import Comment, OpinionRequest, Window
from danban.consultation.states import SPEAKS, Act, Channel, Position
from danban.policies import intake
from danban.policies.actions.reading import read_and_pass
from danban.policies.rules import clean_file_name


@dataclass(frozen=True, slots=True)
class Paper:
    """The file of a reply, passed by the gate: its bytes, kind, name, and the words read from it."""

    data: bytes
    kind: uploads.Kind
    name: str
    words: str


@transaction.atomic
def request_opinions(
    *,
    window: Window,
    agencies: Collection[Agency],
    letter_number: str,
    asked_on: dt.date,
    due_on: dt.date,
    by: User,
) -> list[OpinionRequest]:
    """Record that agencies were asked in writing; those asked before are left as they are."""
    if due_on < asked_on or asked_on > clock.today():
        raise rules.WindowRefused(
            _("Ngày gửi không thể ở tương lai, và hạn trả lời phải từ ngày gửi trở đi.")
        )
    window = Window.objects.select_for_update().get(pk=window.pk)
    if window.cancelled_at is not None:
        raise rules.WindowRefused(_("Đợt này đã hủy rồi."))
    known = set(window.requests.values_list("agency_id", flat=True))
    made = OpinionRequest.objects.bulk_create(
        OpinionRequest(
            window=window,
            agency=agency,
            letter_number=clean(letter_number),
            asked_on=asked_on,
            due_on=due_on,
        )
        for agency in agencies
        if agency.pk not in known
    )
    if made:
        record(Act.OPINION_REQUESTED, actor=actor_name(by), rows=[window, *made], due_on=due_on)
    return made


def note_reply(
    *,
    request: OpinionRequest,
    answered_on: dt.date,
    by: User,
    position: str = "",
    text: str = "",
    file: tuple[bytes, str] | None = None,
    key: uuid.UUID | None = None,
) -> Comment | None:
    """An agency replied: where it stands, and its words as a comment of its own (the comment, or None).

    ``file`` is (bytes, name) of the paper. Where nobody typed its words and it has remarks, they are entered
    from the paper, unless they are too long for one comment: then its opinions are entered one by one.
    Raises WindowRefused, CommentRefused, UploadRefused, or SecretRefused: nothing of a marked file is kept.
    """
    if not request.asked_on <= answered_on <= clock.today():
        raise rules.WindowRefused(_("Ngày trả lời phải từ ngày gửi đến hôm nay."))
    if position and position not in Position.values:
        raise rules.WindowRefused(_("Chọn ý kiến chung của cơ quan."))
    paper = _read(file, by) if file else None
    text = clean(text)
    if not text and paper and position in SPEAKS and 2 <= len(paper.words) <= rules.OFFICE_TEXT_MAX:
        text = paper.words
    if position in SPEAKS and not text and not paper and not _spoke(request):
        raise rules.WindowRefused(
            _("Cơ quan có góp ý hoặc không thống nhất: ghi nội dung, hoặc gửi tệp văn bản.")
        )
    kept = ""
    try:
        with transaction.atomic():
            now = OpinionRequest.objects.select_for_update(of=("self",)).select_related("window", "agency")
            request = now.get(pk=request.pk)
            comment = _enter(request, text, answered_on, key, by) if text else None
            request.answered_on, request.position = answered_on, position
            if paper:
                request.reply_file = ContentFile(paper.data, name=f"{uuid.uuid4().hex}.{paper.kind}")
                request.reply_file_name = clean_file_name(paper.name)
                request.reply_file_sha256 = hashlib.sha256(paper.data).hexdigest()
            request.save(
                update_fields=[
                    "answered_on", "position", "reply_file", "reply_file_name", "reply_file_sha256",
                ]
            )  # fmt: skip
            kept = str(request.reply_file.name) if paper else ""
            record(
                Act.OPINION_ANSWERED,
                actor=actor_name(by),
                rows=[request, *([comment] if comment else [])],
                answered_on=answered_on,
                position=position,
                file_sha256=request.reply_file_sha256,
            )
    except BaseException:
        if kept:
            request.reply_file.storage.delete(kept)
        raise
    return comment


def _enter(
    request: OpinionRequest, text: str, answered_on: dt.date, key: uuid.UUID | None, by: User
) -> Comment:
    """``collected_how`` is kept with the comment and read by citizens: in Vietnamese whoever types."""
    return enter_comment(
        window=request.window,
        provision=None,
        text=text,
        commenter_kind=rules.kind_of_body(request.agency.kind),
        public_name="",
        agency=request.agency,
        contact=None,
        channel=Channel.LETTER,
        collected_how=f"Văn bản trả lời công văn {request.letter_number}".strip(),
        received_on=answered_on,
        by=by,
        idempotency_key=key,
    ).comment


def _spoke(request: OpinionRequest) -> bool:
    return Comment.objects.filter(window=request.window_id, agency=request.agency_id).exists()


def _read(file: tuple[bytes, str], by: User) -> Paper:
    """The paper through the gate: its kind, then in the sandbox its words and marks of secrecy."""
    data, name = file
    kind = uploads.check(data, name)
    reading = read_and_pass(intake.read_draft, data, by=by, kind=kind)
    return Paper(data, kind, name, clean("\n".join(line["text"] for line in reading["lines"])))
