"""How a comment is born: sent by its author, or entered by an officer from paper or a meeting."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import CITIZEN, actor_name, record
from danban.common import clock
from danban.common.jobs import later
from danban.common.text import clean, fold
from danban.consultation import rules
from danban.consultation.contact import ContactData, seal
from danban.consultation.models import Comment, Contact, OpinionRequest, Tally, Window
from danban.consultation.states import Act, Channel, CommenterKind
from danban.policies.models import Provision


@dataclass(frozen=True)
class Receipt:
    """What its sender gets back: the comment and the code that finds it again."""

    comment: Comment
    code: str


def submit_comment(
    *,
    window: Window,
    provision: Provision | None,
    text: str,
    commenter_kind: str,
    public_name: str,
    contact: ContactData | None,
    wants_email: bool,
    idempotency_key: uuid.UUID,
) -> Receipt:
    """Keep what a citizen sent; when this returns, it is committed.

    The same form sent again gives the same receipt, also after the window closed. Raises WindowClosed,
    KeyReused (the key was used with other words) or CommentRefused; then nothing was written.
    """
    text = clean(text)
    rules.check_text(text, rules.WEB_TEXT_MAX)
    comment = unsaved_comment(
        window=window,
        provision=provision,
        text=text,
        commenter_kind=commenter_kind,
        public_name=public_name,
        contact=contact,
        channel=Channel.WEB,
        received_on=clock.today(),
        idempotency_key=idempotency_key,
    )
    at = rules.moment(
        window.opens_on, window.closes_on, clock.today(), cancelled=window.cancelled_at is not None
    )
    if at is not rules.Moment.OPEN:
        earlier = _sent_before(comment)
        if earlier is None:
            raise rules.WindowClosed(rules.why_closed(at))
        return Receipt(earlier, rules.receipt_code(idempotency_key))
    try:
        with transaction.atomic():
            _keep(comment, contact, wants_email=wants_email)
            record(
                Act.COMMENT_RECEIVED,
                actor=CITIZEN,
                rows=[comment, window],
                fingerprint=comment.fingerprint,
            )
    except IntegrityError:
        # No look beforehand: the unique key decides between two that arrive at once.
        earlier = _sent_before(comment)
        if earlier is None:
            raise
        return Receipt(earlier, rules.receipt_code(idempotency_key))
    return Receipt(comment, rules.receipt_code(idempotency_key))


def enter_comment(
    *,
    window: Window,
    provision: Provision | None,
    text: str,
    commenter_kind: str,
    public_name: str,
    agency: Agency | None,
    contact: ContactData | None,
    channel: str,
    collected_how: str,
    received_on: dt.date,
    by: User,
    idempotency_key: uuid.UUID | None = None,
) -> Receipt:
    """Keep what came in by letter, e-mail or at a meeting; ``by`` typed it in.

    ``idempotency_key`` is the form's: sent twice it is entered once.
    """
    text, collected_how = clean(text), clean(collected_how)
    rules.check_text(text, rules.OFFICE_TEXT_MAX)
    rules.check_entry(
        channel=channel,
        collected_how=collected_how,
        received_on=received_on,
        opens_on=window.opens_on,
        today=clock.today(),
        cancelled=window.cancelled_at is not None,
    )
    comment = unsaved_comment(
        window=window,
        provision=provision,
        text=text,
        commenter_kind=commenter_kind,
        public_name=public_name,
        contact=contact,
        channel=Channel(channel),
        received_on=received_on,
        idempotency_key=idempotency_key or uuid.uuid4(),
        agency=agency,
        collected_how=collected_how,
        entered_by=by,
    )
    code = rules.receipt_code(comment.idempotency_key)
    try:
        with transaction.atomic():
            _keep(comment, contact, wants_email=False)
            replies = note_agencies_spoke(window, {agency.pk: received_on} if agency else {})
            record(
                Act.COMMENT_ENTERED,
                actor=actor_name(by),
                rows=[comment, window, *replies],
                fingerprint=comment.fingerprint,
            )
    except IntegrityError:
        earlier = _sent_before(comment)
        if earlier is None:
            raise
        return Receipt(earlier, code)
    return Receipt(comment, code)


def unsaved_comment(
    *,
    window: Window,
    provision: Provision | None,
    text: str,
    commenter_kind: str,
    public_name: str,
    contact: ContactData | None,
    channel: Channel,
    received_on: dt.date,
    idempotency_key: uuid.UUID,
    agency: Agency | None = None,
    collected_how: str = "",
    entered_by: User | None = None,
) -> Comment:
    """A comment with all that follows from what was given; CommentRefused where the parts do not fit."""
    if commenter_kind not in CommenterKind.values:
        raise rules.CommentRefused(_("Chọn người góp ý là cá nhân, tổ chức, doanh nghiệp hay cơ quan."))
    if provision and provision.version_id != window.version_id:
        raise rules.CommentRefused(_("Điều khoản này không thuộc dự thảo của đợt lấy ý kiến."))
    public_name = clean(public_name or (agency.name if agency else ""))[: rules.NAME_MAX]
    reach = {name: clean(value) for name, value in asdict(contact or ContactData()).items()}
    return Comment(
        window=window,
        version_id=window.version_id,
        provision=provision,
        text=text,
        folded=fold(text),
        commenter_kind=CommenterKind(commenter_kind),
        commenter_key=rules.commenter_key(
            kind=commenter_kind,
            name=public_name or reach["name"],
            contact=reach,
            agency_id=agency.pk if agency else None,
            collected_how=collected_how,
            alone=idempotency_key,
        ),
        public_name=public_name,
        agency=agency,
        channel=channel,
        collected_how=collected_how[: rules.HOW_MAX],
        entered_by=entered_by,
        received_on=received_on,
        created_at=clock.now(),
        code_hash=rules.hash_of_code(rules.receipt_code(idempotency_key)),
        idempotency_key=idempotency_key,
        fingerprint=rules.fingerprint(
            window=window.pk,
            provision=provision.pk if provision else None,
            text=text,
            kind=commenter_kind,
            name=public_name,
            agency=agency.pk if agency else None,
            contact=reach,
            channel=channel,
            collected_how=collected_how,
        ),
    )


def note_agencies_spoke(window: Window, days: dict[int, dt.date]) -> list[OpinionRequest]:
    """A comment of an agency that was asked in writing is its reply. ``days`` by agency id.

    Returns the requests answered by it, for the audit entry of the caller.
    """
    waiting = list(window.requests.filter(agency__in=days, answered_on__isnull=True)) if days else []
    for request in waiting:
        OpinionRequest.objects.filter(pk=request.pk).update(answered_on=days[request.agency_id])
    return waiting


def _keep(comment: Comment, contact: ContactData | None, *, wants_email: bool) -> None:
    """The rows of one comment: itself, its count, its sealed contact, the mail it asked for."""
    comment.save(force_insert=True)
    Tally.objects.create(
        window_id=comment.window_id,
        provision_id=comment.provision_id,
        state=comment.state,
        commenter_kind=comment.commenter_kind,
        channel=comment.channel,
        n=1,
    )
    if contact:
        wants_email = wants_email and bool(contact.email)
        Contact.objects.create(comment=comment, sealed=seal(contact, comment.pk), wants_email=wants_email)
        if wants_email:
            later("consultation.receipt", comment_id=comment.pk)


def _sent_before(comment: Comment) -> Comment | None:
    """What was kept earlier under the same key; KeyReused when it says something else."""
    earlier = Comment.objects.filter(idempotency_key=comment.idempotency_key).first()
    if earlier is not None and earlier.fingerprint != comment.fingerprint:
        raise rules.KeyReused(
            _(
                "Góp ý này đã được nhận trước đó với nội dung khác. Nội dung vừa viết vẫn còn đây: "
                "bấm Gửi lần nữa thì thành một góp ý mới."
            )
        )
    return earlier
