"""What takes two persons: to hide a comment, to erase a contact, to move or take back a deadline.

One asks, another carries it out or sends it back. Until then nothing changes for the public.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean
from danban.consultation import rules
from danban.consultation.actions import moderation, windows
from danban.consultation.models import Comment, Contact, Proposal, Window
from danban.consultation.states import Act, ProposalKind, ProposalState, Visibility, WithheldReason

_CARRIED_OUT_BY = {
    ProposalKind.WITHHOLD: moderation.withhold,
    ProposalKind.ERASE_CONTACT: moderation.erase_contact,
    ProposalKind.EXTEND: windows.extend,
    ProposalKind.CANCEL: windows.cancel,
}


@transaction.atomic
def propose_withholding(*, comment: Comment, withheld_reason: str, reason: str, by: User) -> Proposal:
    """Ask that a comment be kept from the public pages, for one of four reasons. It is still answered."""
    rules.check_withheld_reason(withheld_reason)
    held = moderation.locked(comment)
    if (held.visibility, held.withheld_reason) == (Visibility.WITHHELD, withheld_reason):
        raise rules.ProposalRefused(_("Ý kiến này đã không hiện công khai vì lý do đó."))
    return _propose(
        ProposalKind.WITHHOLD, comment, reason, by, withheld_reason=WithheldReason(withheld_reason)
    )


@transaction.atomic
def propose_erasure(*, comment: Comment, reason: str, by: User) -> Proposal:
    """Ask that the contact data of a comment be removed for good."""
    moderation.locked(comment)
    if not Contact.objects.filter(comment=comment).exists():
        raise rules.ProposalRefused(moderation.no_contact())
    return _propose(ProposalKind.ERASE_CONTACT, comment, reason, by)


@transaction.atomic
def propose_extension(*, window: Window, closes_on: dt.date, reason: str, by: User) -> Proposal:
    """Ask that people be given more days."""
    windows.check_extension(windows.locked(window), closes_on)
    return _propose(ProposalKind.EXTEND, window, reason, by, closes_on=closes_on)


@transaction.atomic
def propose_cancelling(*, window: Window, reason: str, by: User) -> Proposal:
    """Ask that a window be taken back."""
    windows.check_cancelling(windows.locked(window))
    return _propose(ProposalKind.CANCEL, window, reason, by)


@transaction.atomic
def confirm_proposal(*, proposal: Proposal, by: User) -> Proposal:
    """A second person agrees: what was asked is done now, if it may still be done."""
    held = _decided(proposal, ProposalState.CONFIRMED, by)
    _CARRIED_OUT_BY[ProposalKind(held.kind)](held, by)
    held.save(update_fields=["state", "decided_by", "decided_at"])
    return held


@transaction.atomic
def return_proposal(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Send it back, saying why; nothing of what was asked is done."""
    held = _decided(proposal, ProposalState.RETURNED, by)
    held.returned_reason = clean(reason)
    rules.check_return_reason(held.returned_reason)
    held.save(update_fields=["state", "decided_by", "decided_at", "returned_reason"])
    record(Act.PROPOSAL_RETURNED, actor=actor_name(by), rows=_rows(held), kind=held.kind)
    return held


def _propose(kind: ProposalKind, about: Comment | Window, reason: str, by: User, **asked: Any) -> Proposal:
    """The subject is held by the caller, so of two who ask at once the second is told."""
    reason = clean(reason)
    rules.check_proposal_reason(reason)
    subject: dict[str, Any] = (
        {"window": about} if isinstance(about, Window) else {"window_id": about.window_id, "comment": about}
    )
    rules.check_none_waits(
        waits=Proposal.objects.filter(**subject, kind=kind, state=ProposalState.WAITING).exists()
    )
    proposal = Proposal.objects.create(
        **subject, **asked, kind=kind, reason=reason, proposed_by=by, proposed_at=clock.now()
    )
    record(Act.PROPOSAL_MADE, actor=actor_name(by), rows=_rows(proposal), kind=kind.value, **asked)
    return proposal


def _decided(proposal: Proposal, to: ProposalState, by: User) -> Proposal:
    """The proposal as it is now, what it is about held, moved (not yet saved)."""
    if proposal.comment is None:
        windows.locked(proposal.window)
    else:
        moderation.locked(proposal.comment)
    held = Proposal.objects.select_related("window__dossier", "comment").get(pk=proposal.pk)
    rules.check_waiting(held.state)
    rules.check_second_person(proposed_by=held.proposed_by_id, by=by.pk)
    held.state, held.decided_by, held.decided_at = to, by, clock.now()
    return held


def _rows(proposal: Proposal) -> list[Proposal | Comment | Window]:
    return [proposal, proposal.comment or proposal.window]
