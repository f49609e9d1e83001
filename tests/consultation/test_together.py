"""Many at once, on real connections: one comment a key, counts that lose nothing, one file once."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.consultation import actions, queries
from danban.consultation.contact import ContactData
from danban.consultation.models import Comment, Contact, ImportBatch, Tally
from danban.consultation.states import Channel, CommenterKind
from danban.policies.states import WindowKind
from tests.factories import CommentFactory, UserFactory, VersionFactory, WindowFactory
from tests.together import together


def send(window, key, text="Tôi đề nghị ghi rõ giờ."):
    return actions.submit_comment(
        window=window,
        provision=None,
        text=text,
        commenter_kind=CommenterKind.PERSON,
        public_name="",
        contact=ContactData(email="be@thu.example"),
        wants_email=True,
        idempotency_key=key,
    )


def test_fifty_parallel_posts_of_one_form_are_one_comment_with_one_receipt(on_disk):
    window, key = WindowFactory(), uuid.uuid4()
    receipts = together(50, lambda _number: send(window, key))
    assert len({(receipt.code, receipt.comment.pk) for receipt in receipts}) == 1
    assert Comment.objects.count() == Contact.objects.count() == 1
    assert Tally.objects.aggregate(n=Sum("n"))["n"] == 1
    assert AuditEntry.objects.filter(action="comment.received").count() == 1


def test_one_key_with_many_texts_keeps_one_and_refuses_the_others(on_disk):
    window, key = WindowFactory(), uuid.uuid4()

    def one(number):
        try:
            return send(window, key, f"Lời thứ {number}.").comment.text
        except Refused:
            return None

    kept = [text for text in together(10, one) if text]
    assert kept == [Comment.objects.get().text]


def test_different_people_at_once_all_get_in(on_disk):
    window = WindowFactory()
    receipts = together(20, lambda number: send(window, uuid.uuid4(), f"Lời thứ {number}."))
    assert len({receipt.code for receipt in receipts}) == 20
    assert queries.totals_of([window.pk]) == {window.pk: 20}


def test_folding_while_others_write_loses_nothing(on_disk):
    window = WindowFactory()
    officer = UserFactory(role=Role.DRAFTER, agency=window.dossier.agency)
    old = CommentFactory.create_batch(24, window=window)
    stop, wrong = threading.Event(), []

    def one(number):
        if number < 4:
            for n in range(6):
                send(window, uuid.uuid4(), f"Lời {number}.{n}")
                actions.mark_grouped(comments=[old[number * 6 + n]], by=officer)
            return
        while not stop.is_set():
            actions.fold_tallies()
            told = sum(Tally.objects.filter(window=window).values_list("n", flat=True))
            if not 24 <= told <= 48:
                wrong.append(told)

    gate = threading.Thread(target=lambda: together(4, one))
    folders = [threading.Thread(target=lambda: (one(9), connection.close())) for _ in range(2)]
    for thread in [gate, *folders]:
        thread.start()
    gate.join()
    stop.set()
    for thread in folders:
        thread.join()
    actions.fold_tallies()
    assert wrong == []
    assert queries.counts_by(window).by("state") == {"received": 24, "grouped": 24}
    assert not Tally.objects.filter(fresh=True).exists()


def test_two_screeners_share_the_work(on_disk):
    window = WindowFactory()
    CommentFactory.create_batch(12, window=window)
    together(3, lambda _number: actions.screen_comments())
    actions.screen_comments()
    assert set(Comment.objects.values_list("visibility", flat=True)) == {"shown"}
    told = [pk for entry in AuditEntry.objects.all() for pk in entry.details["shown"]]
    assert sorted(told) == sorted(Comment.objects.values_list("pk", flat=True))


def test_one_file_by_two_officers_at_once_is_brought_in_once(on_disk):
    window = WindowFactory()
    officers = [UserFactory(role=Role.DRAFTER, agency=window.dossier.agency) for _ in range(2)]
    data = "nội dung\nMột ý.\nHai ý.\n".encode()

    def one(number):
        try:
            return actions.import_comments(
                window=window,
                data=data,
                file_name="y-kien.csv",
                channel=Channel.SPREADSHEET,
                collected_how="Xã gửi",
                by=officers[number],
            ).imported
        except Refused as refusal:
            return refusal.message

    told = together(2, one)
    assert 2 in told
    assert any("đã được nhập ngày" in str(word) for word in told)
    assert (Comment.objects.count(), ImportBatch.objects.count()) == (2, 1)
    assert queries.totals_of([window.pk]) == {window.pk: 2}


def test_two_officers_open_one_window(on_disk):
    version = VersionFactory()
    officer = UserFactory(role=Role.DRAFTER, agency=version.dossier.agency)
    today = timezone.localdate()

    def one(_number):
        try:
            return actions.open_window(
                version=version,
                kind=WindowKind.OPINION,
                opens_on=today,
                closes_on=today + dt.timedelta(days=90),
                by=officer,
            )
        except Refused:
            return None

    assert len([window for window in together(3, one) if window]) == 1
    assert version.windows.count() == 1
