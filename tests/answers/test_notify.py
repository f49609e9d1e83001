"""Letters after a release: who gets one, what stands in it, what never does."""

from __future__ import annotations

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from danban.answers import actions
from danban.common.jobs import HANDLERS
from danban.consultation.contact import ContactData, seal
from danban.consultation.models import Comment, Contact
from danban.consultation.rules import receipt_code


def asked(comment, email="lan@a.example", *, wants=True):
    data = ContactData(name="Nguyễn Thị Lan", email=email, phone="0912345678")
    return Contact.objects.create(comment=comment, sealed=seal(data, comment.pk), wants_email=wants)


def jobs(name):
    found = [row.args_kwargs["args"] for row in DBTaskResult.objects.order_by("enqueued_at")]
    return [kwargs for job, kwargs in found if job == name]


def members(point):
    return list(Comment.objects.filter(membership__point=point).order_by("pk"))


def test_a_release_asks_for_one_letter_to_each_who_wants_it(office):
    point = office.point(3)
    yes, no, _none = members(point)
    asked(yes)
    asked(no, wants=False)
    answer = office.released(point)
    assert jobs("answers.notify") == [{"answer_id": answer.pk}]
    HANDLERS["answers.notify"](answer_id=answer.pk)
    assert jobs("answers.notify.one") == [{"answer_id": answer.pk, "reader": yes.pk}]


def test_the_letter_has_the_answer_and_the_way_to_the_receipt(office):
    point = office.point(1, text="Lời riêng của tôi.")
    comment = members(point)[0]
    asked(comment)
    answer = office.released(point, reason="**Bổ sung** khung giờ & chợ.")
    HANDLERS["answers.notify.one"](answer_id=answer.pk, reader=comment.pk)
    letter = mail.outbox[0]
    assert letter.to == ["lan@a.example"]
    assert "\n" not in letter.subject
    assert f"/bien-nhan/{receipt_code(comment.idempotency_key)}/" in letter.body
    assert "Tiếp thu" in letter.body
    assert "Bổ sung khung giờ & chợ." in letter.body
    for private in ("Lan", "0912345678", "lan@a.example", "Lời riêng của tôi"):
        assert private not in letter.body + letter.subject


@pytest.mark.parametrize("gone", ["erased", "no address", "superseded", "changed their mind"])
def test_no_letter_when_it_would_be_wrong(office, gone):
    point = office.point(1)
    comment = members(point)[0]
    contact = asked(comment, "" if gone == "no address" else "lan@a.example")
    answer = office.released(point)
    if gone == "erased":
        contact.delete()
    elif gone == "superseded":
        office.released(point, reason="Lời mới.")
    elif gone == "changed their mind":
        Contact.objects.update(wants_email=False)
    HANDLERS["answers.notify.one"](answer_id=answer.pk, reader=comment.pk)
    assert mail.outbox == []


def test_a_failed_release_asks_for_nothing(office):
    answer = office.submitted(office.point(), by=office.approver)
    with pytest.raises(Exception, match="người khác"):
        actions.release_answer(answer=answer, by=office.approver)
    assert jobs("answers.notify") == []
