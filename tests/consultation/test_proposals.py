"""To hide a comment, to erase a contact, to move a deadline: one asks, a second one does it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.errors import Refused
from danban.consultation import actions, queries, rules
from danban.consultation.contact import ContactData
from danban.consultation.models import Comment, Contact, Proposal, Window
from danban.consultation.states import Visibility, WithheldReason
from tests.factories import CommentFactory, UserFactory, WindowFactory
from tests.together import together

ONE = dt.timedelta(days=1)


@pytest.fixture
def comment(window):
    return CommentFactory(window=window, visibility=Visibility.SHOWN, text="Mức phạt này vô lý.")


@pytest.fixture
def ask(window, officer):
    """``ask("withhold")`` proposes that kind of thing and gives back the proposal."""

    def asked(kind, by=officer, about=None):
        said = {"reason": "Vì thế này.", "by": by}
        if kind == "withhold":
            return actions.propose_withholding(comment=about, withheld_reason=WithheldReason.INSULT, **said)
        if kind == "erase_contact":
            return actions.propose_erasure(comment=about, **said)
        if kind == "extend":
            return actions.propose_extension(window=window, closes_on=window.closes_on + ONE, **said)
        return actions.propose_cancelling(window=window, **said)

    return asked


@pytest.fixture
def world(window, submit):
    """What the four kinds of proposals touch, as it is now."""
    subject = submit(text="Mức phạt này vô lý.", contact=ContactData(name="Bé", phone="0912345678")).comment
    Comment.objects.filter(pk=subject.pk).update(visibility=Visibility.SHOWN)

    def now():
        kept = Window.objects.get(pk=window.pk)
        row = Comment.objects.get(pk=subject.pk)
        return {
            "withhold": (row.visibility, row.withheld_reason),
            "erase_contact": Contact.objects.filter(comment=subject).exists(),
            "extend": kept.closes_on,
            "cancel": (kept.cancelled_at is not None, kept.cancelled_reason),
        }

    now.comment = subject
    return now


@pytest.fixture
def done_when(window):
    return {
        "withhold": ("withheld", "insult"),
        "erase_contact": False,
        "extend": window.closes_on + ONE,
        "cancel": (True, "Vì thế này."),
    }


DONE = {
    "withhold": "comment.withheld",
    "erase_contact": "contact.erased",
    "extend": "window.extended",
    "cancel": "window.cancelled",
}


@pytest.mark.parametrize("kind", DONE)
@pytest.mark.parametrize("second", [Role.APPROVER, Role.JUSTICE])
def test_nothing_changes_until_a_second_person_confirms(
    kind, second, window, officer, world, ask, acts, done_when
):
    before = world()
    asked = ask(kind, about=world.comment)
    assert world() == before
    by = UserFactory(role=second, agency=window.dossier.agency if second == Role.APPROVER else None)
    actions.confirm_proposal(proposal=asked, by=by)
    assert world() == before | {kind: done_when[kind]}
    asked.refresh_from_db()
    assert (asked.state, asked.proposed_by, asked.decided_by) == ("confirmed", officer, by)
    assert acts()[1:] == [("proposal.made", f"user:{officer.pk}"), (DONE[kind], f"user:{by.pk}")]
    assert [asked._meta.label, asked.pk] in AuditEntry.objects.latest("pk").rows


@pytest.mark.parametrize("kind", DONE)
def test_nobody_decides_what_they_asked(kind, window, approver, world, ask, acts):
    before, asked = world(), ask(kind, by=approver, about=world.comment)
    with pytest.raises(rules.ProposalRefused, match="không tự quyết định"):
        actions.confirm_proposal(proposal=asked, by=approver)
    with pytest.raises(rules.ProposalRefused, match="không tự quyết định"):
        actions.return_proposal(proposal=asked, reason="Thôi.", by=approver)
    assert world() == before
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("waiting", None)
    assert acts()[1:] == [("proposal.made", f"user:{approver.pk}")]
    with pytest.raises(IntegrityError, match="a_second_person_confirms"), transaction.atomic():
        Proposal.objects.filter(pk=asked.pk).update(state="confirmed", decided_by=approver)


@pytest.mark.parametrize("kind", DONE)
def test_it_is_sent_back_with_a_reason_and_may_be_asked_anew(kind, officer, approver, world, ask, acts):
    before, asked = world(), ask(kind, about=world.comment)
    with pytest.raises(rules.ProposalRefused, match="lý do"):
        actions.return_proposal(proposal=asked, reason="  ", by=approver)
    actions.return_proposal(proposal=asked, reason="Lời chê không phải lời xúc phạm.", by=approver)
    assert world() == before
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.returned_reason) == (
        "returned", approver, "Lời chê không phải lời xúc phạm.",
    )  # fmt: skip
    with pytest.raises(rules.ProposalRefused, match="không còn chờ"):
        actions.confirm_proposal(proposal=asked, by=UserFactory(role=Role.JUSTICE))
    assert world() == before
    assert ask(kind, about=world.comment).pk != asked.pk
    me = f"user:{officer.pk}"
    assert acts()[1:] == [
        ("proposal.made", me), ("proposal.returned", f"user:{approver.pk}"), ("proposal.made", me),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", DONE)
def test_one_thing_is_asked_once(kind, world, ask):
    ask(kind, about=world.comment)
    with pytest.raises(rules.ProposalRefused, match="đã có người đề nghị"):
        ask(kind, about=world.comment)
    assert Proposal.objects.count() == 1


def test_different_things_wait_side_by_side(window, world, ask):
    for kind in DONE:
        ask(kind, about=world.comment)
    other = CommentFactory(window=window, visibility=Visibility.SHOWN)
    ask("withhold", about=other)
    assert Proposal.objects.filter(state="waiting").count() == 5
    assert {one.kind for one in queries.proposals_about(window)} == {"extend", "cancel"}
    assert [one.comment_id for one in queries.proposals_about(window, other)] == [other.pk]


def test_what_is_no_longer_possible_is_refused_and_waits_on(window, officer, approver, ask):
    asked = ask("extend")
    after = clock.now() + (window.closes_on - clock.today() + ONE)
    with clock.at(after), pytest.raises(rules.WindowRefused, match="hết hạn"):
        actions.confirm_proposal(proposal=asked, by=approver)
    kept = window.closes_on
    window.refresh_from_db()
    asked.refresh_from_db()
    assert (window.closes_on, asked.state) == (kept, "waiting")


def test_the_same_reason_again_and_a_missing_contact_are_not_asked(window, officer, approver, comment, ask):
    with pytest.raises(rules.ProposalRefused, match="không để lại liên hệ"):
        ask("erase_contact", about=comment)
    actions.confirm_proposal(proposal=ask("withhold", about=comment), by=approver)
    with pytest.raises(rules.ProposalRefused, match="vì lý do đó"):
        ask("withhold", about=comment)
    assert Proposal.objects.count() == 1


def test_two_at_once_ask_once_and_confirm_once(on_disk):
    window = WindowFactory()
    comment = CommentFactory(window=window, visibility=Visibility.SHOWN)
    officers = [UserFactory(role=Role.DRAFTER, agency=window.dossier.agency) for _ in range(4)]
    seconds = [UserFactory(role=Role.APPROVER, agency=window.dossier.agency) for _ in range(4)]

    def refused(do):
        try:
            return do() and False
        except Refused:
            return True

    told = together(
        4,
        lambda number: refused(
            lambda: actions.propose_withholding(
                comment=comment, withheld_reason="spam", reason="Rao hàng.", by=officers[number]
            )
        ),
    )
    assert sorted(told) == [False, True, True, True]
    asked = Proposal.objects.get()
    told = together(
        4, lambda number: refused(lambda: actions.confirm_proposal(proposal=asked, by=seconds[number]))
    )
    assert sorted(told) == [False, True, True, True]
    assert AuditEntry.objects.filter(action="comment.withheld").count() == 1


# Screens


def address(asked):
    return reverse("consultation:proposal", args=[asked.pk])


def test_the_second_person_finds_it_on_the_desk_and_confirms(sign_in, officer, approver, comment, ask):
    asked = ask("withhold", about=comment)
    desk = reverse("operations:desk")
    assert address(asked) not in sign_in(officer).get(desk).content.decode()
    assert address(asked) in sign_in(UserFactory(role=Role.JUSTICE)).get(desk).content.decode()
    client = sign_in(approver)
    assert address(asked) in client.get(desk).content.decode()
    page = client.get(address(asked)).content.decode()
    for words in (comment.text, "Vì thế này.", officer.full_name, "Xúc phạm người khác"):
        assert words in page
    answer = client.post(address(asked), {"viec": "xac-nhan"})
    assert answer["Location"] == reverse("consultation:comment", args=[comment.window_id, comment.pk])
    comment.refresh_from_db()
    assert (comment.visibility, comment.withheld_reason) == ("withheld", "insult")
    assert address(asked) not in client.get(desk).content.decode()
    late = client.post(address(asked), {"viec": "tra-lai", "reason": "Khoan đã."})
    assert late.status_code == 409
    assert "Khoan đã." not in Proposal.objects.get().returned_reason


def test_ones_own_proposal_does_not_wait_for_oneself(sign_in, approver, comment, ask):
    asked = ask("withhold", by=approver, about=comment)
    client = sign_in(approver)
    assert address(asked) not in client.get(reverse("operations:desk")).content.decode()
    page = client.get(address(asked)).content.decode()
    assert 'name="viec"' not in page
    assert "cần một người duyệt khác" in page
    assert client.post(address(asked), {"viec": "xac-nhan"}).status_code == 409
    comment.refresh_from_db()
    assert comment.visibility == Visibility.SHOWN


def test_what_was_sent_back_is_read_where_it_was_asked(sign_in, window, officer, approver, ask):
    asked = ask("extend")
    page = reverse("consultation:window", args=[window.pk])
    body = sign_in(officer).get(page).content.decode()
    assert "chờ người thứ hai" in body
    assert address(asked) not in body
    client = sign_in(approver)
    assert address(asked) in client.get(page).content.decode()
    assert client.post(address(asked), {"viec": "tra-lai", "reason": ""}).status_code == 422
    assert client.post(address(asked), {"viec": "tra-lai", "reason": "Đủ ngày rồi."})["Location"] == page
    body = sign_in(officer).get(page).content.decode()
    assert "Đủ ngày rồi." in body
    assert reverse("consultation:extend", args=[window.pk]) in body


def test_contact_is_erased_by_two(sign_in, window, approver, submit):
    comment = submit(contact=ContactData(name="Bé", phone="0912345678")).comment
    where = [window.pk, comment.pk]
    client = sign_in(approver)
    assert client.post(reverse("consultation:erase_contact", args=where), {"reason": ""}).status_code == 422
    client.post(reverse("consultation:erase_contact", args=where), {"reason": "Người góp ý yêu cầu."})
    assert Contact.objects.exists()
    client = sign_in(UserFactory(role=Role.APPROVER, agency=window.dossier.agency))
    page = client.get(address(Proposal.objects.get())).content.decode()
    assert "0912345678" not in page
    client.post(address(Proposal.objects.get()), {"viec": "xac-nhan"})
    assert not Contact.objects.exists()
    assert client.post(reverse("consultation:contact", args=where)).status_code == 302


def test_only_a_second_person_of_the_agency_decides(sign_in, window, comment, ask):
    asked = ask("withhold", about=comment)
    client = sign_in(UserFactory(role=Role.DRAFTER, agency=window.dossier.agency))
    assert client.post(address(asked), {"viec": "xac-nhan"}).status_code == 403
    client = sign_in(UserFactory(role=Role.APPROVER))
    assert client.post(address(asked), {"viec": "xac-nhan"}).status_code == 404
    assert address(asked) not in client.get(reverse("operations:desk")).content.decode()
    comment.refresh_from_db()
    assert comment.visibility == Visibility.SHOWN


def test_pages_cost_the_same_with_one_and_with_three(sign_in, window, comment, approver, ask):
    client = sign_in(approver)
    pages = (
        reverse("operations:desk"),
        reverse("consultation:window", args=[window.pk]),
        reverse("consultation:comment", args=[window.pk, comment.pk]),
    )

    def costs():
        told = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            told.append(len(captured))
        return told

    def ask_twice_of_each():
        for kind in ("extend", "withhold"):
            actions.return_proposal(proposal=ask(kind, about=comment), reason="Chưa rõ.", by=approver)
            yield ask(kind, about=comment)

    waiting = list(ask_twice_of_each())
    costs()
    one = costs()
    for asked in waiting:
        actions.return_proposal(proposal=asked, reason="Vẫn chưa rõ.", by=approver)
    list(ask_twice_of_each())
    ask("cancel")
    assert costs() == one
