"""Letters go out through a real SMTP server, and hold nothing that they should not."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from danban.accounts.states import Role
from danban.answers import actions as answers
from danban.answers.states import Disposition
from danban.consultation import actions as consultation
from danban.consultation.contact import ContactData
from danban.operations.actions import claim
from danban.operations.queries import waiting_again
from danban.operations.worker import run_job
from tests.factories import UserFactory, WindowFactory

TEXT = "Xin cho xóm núi đổ rác hai lần một tuần."


def run_waiting() -> None:
    """Do what the worker would, until nothing is ready; what failed waits, wherever the present was moved."""
    while job := claim(worker_id="thử"):
        run_job(job)
        again = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.READY)
        again.update(run_after=timezone.now() + dt.timedelta(hours=1))


@pytest.fixture
def asked():
    """A comment whose author wants letters."""
    window = WindowFactory()
    return consultation.submit_comment(
        window=window,
        provision=None,
        text=TEXT,
        commenter_kind="person",
        public_name="",
        contact=ContactData(name="Bà Tư", email="tu@thu.example"),
        wants_email=True,
        idempotency_key=uuid.uuid4(),
    )


@pytest.mark.django_db(transaction=True)
def test_the_receipt_and_later_the_answer_arrive(postbox, asked):
    run_waiting()
    agency = asked.comment.window.dossier.agency
    writer = UserFactory(role=Role.DRAFTER, agency=agency)
    second = UserFactory(role=Role.APPROVER, agency=agency)
    point = answers.make_point(
        window=asked.comment.window,
        title="Số lần thu gom",
        provision=None,
        comments=[asked.comment],
        by=writer,
    )
    answer = answers.save_answer(
        point=point, disposition=Disposition.ACCEPTED, reason="Tiếp thu: hai lần một tuần.", by=writer
    )
    answers.release_answer(answer=answers.submit_answer(answer=answer, by=writer), by=second)
    run_waiting()
    assert [to for to, _ in postbox.letters] == [["tu@thu.example"]] * 2
    for _, letter in postbox.letters:
        body = letter.get_body().get_content()
        assert asked.code in body
        assert TEXT not in body
        assert "Bà Tư" not in body


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_down_costs_a_retry_and_no_letter(settings, asked):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    run_waiting()
    assert len(waiting_again()) == 1
