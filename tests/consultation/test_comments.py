from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from danban.audit.models import AuditEntry
from danban.common.jobs import HANDLERS
from danban.consultation import actions, queries, rules
from danban.consultation.contact import ContactData, ContactUnreadable, seal, unseal
from danban.consultation.models import Comment, Contact, OpinionRequest, Tally
from danban.consultation.states import Channel, CommenterKind, CommentState, Visibility, WithheldReason
from tests.factories import AgencyFactory, CommentFactory, VersionFactory, WindowFactory

CONTACT = ContactData(name="Trần Thị Bé", email="be@thu.example", phone="0912345678")


def enter(window, officer, **given):
    values = {
        "window": window,
        "provision": None,
        "text": "Đề nghị thu gom sau 18 giờ.",
        "commenter_kind": CommenterKind.PERSON,
        "public_name": "",
        "agency": None,
        "contact": None,
        "channel": Channel.MEETING,
        "collected_how": "Họp thôn 3 ngày 12/03",
        "received_on": timezone.localdate(),
        "by": officer,
    }
    return actions.enter_comment(**values | given)


def test_a_comment_is_kept_counted_and_recorded(window, submit, acts):
    place = window.version.provisions.get(address="dieu-1.khoan-2")
    receipt = submit(provision=place, text="Rác  chợ\r\nđể riêng.\u200b", public_name=" Bà Tư ")

    comment = Comment.objects.get()
    assert comment == receipt.comment
    assert comment.text == "Rác chợ\nđể riêng."
    assert comment.folded == "rac cho\nde rieng."
    assert (comment.provision, comment.version, comment.public_name) == (place, window.version, "Bà Tư")
    assert (comment.state, comment.visibility) == (CommentState.RECEIVED, Visibility.PENDING)
    assert comment.received_on == timezone.localdate()
    assert queries.by_code(receipt.code) == comment
    assert receipt.code not in str(comment.__dict__)
    assert list(Tally.objects.values_list("provision", "state", "channel", "n")) == [
        (place.pk, "received", "web", 1)
    ]
    assert acts() == [("comment.received", "citizen")]
    entry = AuditEntry.objects.get()
    assert entry.rows == [["consultation.Comment", comment.pk], ["consultation.Window", window.pk]]
    assert entry.details == {"fingerprint": comment.fingerprint}


def test_sent_again_it_is_one_comment_and_one_receipt(submit, acts):
    key = uuid.uuid4()
    first = submit(idempotency_key=key, contact=CONTACT)
    again = submit(idempotency_key=key, contact=CONTACT)
    assert again == first
    assert Comment.objects.count() == Tally.objects.count() == Contact.objects.count() == 1
    assert acts() == [("comment.received", "citizen")]


def test_sent_again_after_the_last_day_the_receipt_is_still_the_same(window, submit):
    key = uuid.uuid4()
    first = submit(idempotency_key=key)
    window.closes_on = timezone.localdate() - dt.timedelta(days=1)
    assert submit(idempotency_key=key) == first
    with pytest.raises(rules.WindowClosed, match="hết hạn"):
        submit()


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Lời khác hẳn."},
        {"public_name": "Ông Sáu"},
        {"contact": ContactData(email="khac@thu.example")},
    ],
)
def test_the_same_key_with_other_words_is_refused_and_nothing_is_written(submit, other):
    key = uuid.uuid4()
    submit(idempotency_key=key, contact=CONTACT)
    with pytest.raises(rules.KeyReused):
        submit(**{"idempotency_key": key, "contact": CONTACT} | other)
    assert Comment.objects.count() == Tally.objects.count() == 1


def test_nothing_is_kept_outside_the_window(submit, window, acts):
    for days, words in ((-1, "chưa mở"), (40, "hết hạn")):
        window.opens_on = timezone.localdate() - dt.timedelta(days=days)
        window.closes_on = window.opens_on + dt.timedelta(days=20)
        with pytest.raises(rules.WindowClosed, match=words):
            submit()
    window.opens_on = timezone.localdate()
    window.closes_on = timezone.localdate()
    window.cancelled_at = timezone.now()
    with pytest.raises(rules.WindowClosed, match="hủy"):
        submit()
    assert Comment.objects.count() == Tally.objects.count() == 0
    assert acts() == []


def test_what_does_not_fit_is_refused(submit):
    other = VersionFactory()
    for wrong in (
        {"text": "  "},
        {"text": "a" * (rules.WEB_TEXT_MAX + 1)},
        {"commenter_kind": "robot"},
        {"provision": other.provisions.first()},
    ):
        with pytest.raises(rules.CommentRefused):
            submit(**wrong)
    assert Comment.objects.count() == 0


def test_another_broken_constraint_is_not_taken_for_a_repetition(submit, monkeypatch):
    receipt = submit()
    monkeypatch.setattr(rules, "hash_of_code", lambda code: receipt.comment.code_hash)
    with pytest.raises(IntegrityError):
        submit()


def test_contact_is_sealed_and_bound_to_its_comment(submit):
    comment = submit(contact=CONTACT, wants_email=True).comment
    sealed = bytes(Contact.objects.get().sealed)
    assert "Trần".encode() not in sealed
    assert b"thu.example" not in sealed
    assert unseal(sealed, comment.pk) == CONTACT
    assert seal(CONTACT, comment.pk) != sealed
    for wrong in (sealed[:-1], sealed[:5], sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:]):
        with pytest.raises(ContactUnreadable):
            unseal(wrong, comment.pk)
    with pytest.raises(ContactUnreadable):
        unseal(sealed, comment.pk + 1)


def test_a_receipt_is_posted_to_who_asked_and_to_nobody_else(submit):
    asked = submit(contact=CONTACT, wants_email=True)
    silent = submit(contact=CONTACT, wants_email=False)
    without = submit(contact=ContactData(name="An"), wants_email=True)
    for receipt in (asked, silent, without):
        HANDLERS["consultation.receipt"](comment_id=receipt.comment.pk)
    letter = mail.outbox.pop()
    assert not mail.outbox
    assert letter.to == [CONTACT.email]
    assert asked.code in letter.subject
    assert f"/bien-nhan/{asked.code}/" in letter.body
    assert CONTACT.name not in letter.body
    assert asked.comment.text not in letter.body


def test_an_officer_enters_what_came_on_paper(window, officer, acts):
    agency = AgencyFactory(name="Hội Nông dân tỉnh")
    asked = OpinionRequest.objects.create(
        window=window, agency=agency, asked_on=window.opens_on, due_on=window.closes_on
    )
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    receipt = enter(
        window,
        officer,
        agency=agency,
        commenter_kind=CommenterKind.AGENCY,
        received_on=yesterday,
        contact=CONTACT,
    )
    comment = Comment.objects.get()
    assert (comment.channel, comment.collected_how, comment.entered_by, comment.received_on) == (
        "meeting",
        "Họp thôn 3 ngày 12/03",
        officer,
        yesterday,
    )
    assert (comment.agency, comment.public_name) == (agency, "Hội Nông dân tỉnh")
    assert queries.by_code(receipt.code) == comment
    asked.refresh_from_db()
    assert asked.answered_on == yesterday
    assert acts() == [("comment.entered", f"user:{officer.pk}")]
    assert ["consultation.OpinionRequest", asked.pk] in AuditEntry.objects.get().rows


def test_an_entry_sent_twice_is_entered_once_and_one_after_the_last_day_keeps_its_day(window, officer):
    key = uuid.uuid4()
    assert enter(window, officer, idempotency_key=key) == enter(window, officer, idempotency_key=key)
    window.closes_on = timezone.localdate() - dt.timedelta(days=2)
    late = enter(window, officer, channel=Channel.LETTER)
    assert late.comment.received_on == timezone.localdate()
    assert Comment.objects.count() == 2


def test_screening_shows_what_is_clean_and_holds_the_rest(window, acts):
    clean = CommentFactory(window=window)
    named = CommentFactory(window=window, text="Gọi tôi 0912345678.")
    decided = CommentFactory(
        window=window,
        text="Gọi 0912345678",
        visibility=Visibility.WITHHELD,
        withheld_reason=WithheldReason.PERSONAL_DATA,
    )
    assert actions.screen_comments() == 2
    seen = dict(Comment.objects.values_list("pk", "visibility"))
    assert seen == {clean.pk: "shown", named.pk: "held", decided.pk: "withheld"}
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("comment.screened", "system")
    assert entry.details == {"shown": [clean.pk], "held": [named.pk]}
    assert actions.screen_comments() == 0
    assert AuditEntry.objects.count() == 1


def test_screening_takes_more_than_one_batch(window, monkeypatch):
    monkeypatch.setattr("danban.consultation.actions.moderation.BATCH", 2)
    CommentFactory.create_batch(5, window=window)
    assert actions.screen_comments() == 5
    assert set(Comment.objects.values_list("visibility", flat=True)) == {"shown"}


def test_one_officer_is_enough_to_show(window, officer, acts):
    held = CommentFactory(window=window, visibility=Visibility.HELD)
    withheld = CommentFactory(
        window=window, visibility=Visibility.WITHHELD, withheld_reason=WithheldReason.INSULT
    )
    for comment in (held, withheld):
        actions.show_comment(comment=comment, by=officer)
        actions.show_comment(comment=comment, by=officer)
        comment.refresh_from_db()
        assert (comment.visibility, comment.withheld_reason) == ("shown", "")
    assert acts() == [("comment.shown", f"user:{officer.pk}")] * 2
    assert [entry.details for entry in AuditEntry.objects.order_by("pk")] == [
        {"before": "held"},
        {"before": "withheld"},
    ]


def test_reading_contact_is_recorded(submit, approver, acts):
    comment = submit(contact=CONTACT).comment
    assert actions.read_contact(comment=comment, by=approver) == CONTACT
    Contact.objects.all().delete()
    with pytest.raises(rules.CommentRefused):
        actions.read_contact(comment=comment, by=approver)
    assert acts()[1:] == [("contact.viewed", f"user:{approver.pk}")]


def test_public_comments_follow_their_provision_into_the_next_version(window):
    old = window.version.provisions.get(address="dieu-1.khoan-1")
    newer = VersionFactory(dossier=window.dossier, number=window.version.number + 1, released=False)
    new = newer.provisions.get(address="dieu-2")
    new.lineage = old.lineage
    new.save()
    shown = CommentFactory(window=window, provision=old, visibility=Visibility.SHOWN)
    CommentFactory(window=window, provision=old, visibility=Visibility.HELD)
    CommentFactory(window=window, visibility=Visibility.SHOWN)
    assert list(queries.comments_on([old.pk], window.version)) == [shown]
    assert list(queries.comments_on([new.pk], newer)) == [shown]
    gone = newer.provisions.get(address="dieu-1.khoan-1")
    assert list(queries.comments_on([gone.pk], newer)) == []


def test_a_code_nobody_has_finds_nothing(window):
    assert queries.by_code(rules.receipt_code(uuid.uuid4())) is None


def test_three_counts_are_never_one_another(window, submit):
    other = WindowFactory()
    for _ in range(2):
        submit(contact=CONTACT)
    submit()
    CommentFactory(window=other)
    OpinionRequest.objects.create(
        window=window, agency=AgencyFactory(), asked_on=window.opens_on, due_on=window.closes_on
    )
    assert queries.opinions_count(window) == 3
    assert Comment.objects.filter(window=window).values("commenter_key").distinct().count() == 2
    assert queries.agencies_consulted_count(window) == 1
    assert queries.totals_of([window.pk, other.pk]) == {window.pk: 3, other.pk: 1}
