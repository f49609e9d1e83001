"""The second person's page: what another asks to be hidden, erased or moved; to confirm or to send back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danban.accounts.guards import fetch, me, requires
from danban.accounts.states import Permission
from danban.common.errors import Refused
from danban.consultation import actions
from danban.consultation.forms import ReturnForm
from danban.consultation.models import Proposal
from danban.consultation.places import place_in_words
from danban.consultation.states import ProposalState


@requires(Permission.PROPOSAL_DECIDE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal to confirm (``viec=xac-nhan``) or to send back (``viec=tra-lai`` with a reason)."""
    proposal = _proposal_of(request, pk)
    if request.method != "POST":
        return _page(request, proposal, ReturnForm())
    form = ReturnForm(request.POST)
    try:
        if request.POST.get("viec") == "xac-nhan":
            form = ReturnForm()
            actions.confirm_proposal(proposal=proposal, by=me(request))
            messages.success(request, _("Đã xác nhận: %(what)s.") % {"what": proposal.get_kind_display()})
            return _back(proposal)
        if form.is_valid():
            actions.return_proposal(proposal=proposal, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã trả lại người đề nghị."))
            return _back(proposal)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _page(request, _proposal_of(request, pk), form, status=409)
    return _page(request, proposal, form, status=422)


def asked_of_second() -> str:
    return _("Đã gửi đề nghị. Chưa có gì thay đổi cho đến khi người thứ hai xác nhận.")


def waiting_kinds(proposals: Iterable[Proposal]) -> set[str]:
    """What cannot be asked again now."""
    return {one.kind for one in proposals if one.state == ProposalState.WAITING}


def _proposal_of(request: HttpRequest, pk: int) -> Proposal:
    rows = Proposal.objects.select_related(
        "window__dossier", "window__version", "comment__provision", "proposed_by", "decided_by"
    )
    found = fetch(request, rows, Permission.PROPOSAL_DECIDE, agency="window__dossier__agency", pk=pk)
    return cast(Proposal, found)


def _page(request: HttpRequest, proposal: Proposal, form: ReturnForm, status: int = 200) -> HttpResponse:
    comment = proposal.comment
    context = {
        "proposal": proposal,
        "window": proposal.window,
        "dossier": proposal.window.dossier,
        "comment": comment,
        "place": place_in_words(comment.provision) if comment else "",
        "own": proposal.proposed_by_id == me(request).pk,
        "waiting": proposal.state == ProposalState.WAITING,
        "form": form,
    }
    return render(request, "consultation/proposal.html", context, status=status)


def _back(proposal: Proposal) -> HttpResponse:
    if proposal.comment_id is None:
        return redirect("consultation:window", proposal.window_id)
    return redirect("consultation:comment", proposal.window_id, proposal.comment_id)
