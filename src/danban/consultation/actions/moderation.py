"""What is shown and what is not: the screening for personal data, and the officers who decide."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import SYSTEM, actor_name, record
from danban.consultation import rules
from danban.consultation.contact import ContactData, unseal
from danban.consultation.models import Comment, Contact, Proposal
from danban.consultation.states import Act, Visibility

BATCH = 500


def screen_comments() -> int:
    """Show what holds no personal data, hold the rest for an officer; how many were looked at."""
    looked_at = 0
    while Comment.objects.filter(visibility=Visibility.PENDING).exists():
        screened = _screen_batch()
        looked_at += screened
        if screened < BATCH:
            break
    return looked_at


@transaction.atomic
def _screen_batch() -> int:
    pending = Comment.objects.filter(visibility=Visibility.PENDING).order_by("pk")
    # A second worker takes other rows; SQLite has one writer at a time anyway.
    rows = list(pending.select_for_update(skip_locked=True).only("pk", "text")[:BATCH])
    held = [row.pk for row in rows if rules.personal_data_in(row.text)]
    shown = sorted({row.pk for row in rows} - set(held))
    Comment.objects.filter(pk__in=held).update(visibility=Visibility.HELD)
    Comment.objects.filter(pk__in=shown).update(visibility=Visibility.SHOWN)
    if rows:
        record(Act.COMMENT_SCREENED, actor=SYSTEM, shown=shown, held=held)
    return len(rows)


@transaction.atomic
def show_comment(*, comment: Comment, by: User) -> None:
    """An officer lets everyone read a comment, held or withheld: to publish, one is enough."""
    before = locked(comment).visibility
    if before == Visibility.SHOWN:
        return
    Comment.objects.filter(pk=comment.pk).update(visibility=Visibility.SHOWN, withheld_reason="")
    record(Act.COMMENT_SHOWN, actor=actor_name(by), rows=[comment], before=before)


def withhold(proposal: Proposal, by: User) -> None:
    """What a second person confirmed: the comment leaves the public pages. It is still answered."""
    assert proposal.comment is not None
    reason, before = proposal.withheld_reason, proposal.comment.visibility
    Comment.objects.filter(pk=proposal.comment.pk).update(
        visibility=Visibility.WITHHELD, withheld_reason=reason
    )
    record(
        Act.COMMENT_WITHHELD, actor=actor_name(by), rows=[proposal.comment, proposal],
        before=before, reason=reason,
    )  # fmt: skip


@transaction.atomic
def read_contact(*, comment: Comment, by: User) -> ContactData:
    """An officer reads how to reach an author; that they did is recorded first."""
    contact = Contact.objects.filter(comment=comment).first()
    if contact is None:
        raise rules.CommentRefused(no_contact())
    record(Act.CONTACT_VIEWED, actor=actor_name(by), rows=[comment])
    return unseal(contact.sealed, comment.pk)


def erase_contact(proposal: Proposal, by: User) -> None:
    """What a second person confirmed: the contact data go for good; the comment and its log stay valid."""
    assert proposal.comment is not None
    deleted, _rows = Contact.objects.filter(comment=proposal.comment).delete()
    if not deleted:
        raise rules.ProposalRefused(no_contact())
    record(Act.CONTACT_ERASED, actor=actor_name(by), rows=[proposal.comment, proposal])


def no_contact() -> str:
    return _("Người góp ý không để lại liên hệ, hoặc liên hệ đã được xóa.")


def locked(comment: Comment) -> Comment:
    """The comment as it is now, held until the transaction ends."""
    return Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
