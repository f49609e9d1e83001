"""The pages of the running: who may see them, what they show, how many queries they cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from danban.accounts.states import Act, Role
from danban.audit.actions import actor_name, close_chain, record
from danban.audit.models import AuditEntry
from danban.common.jobs import later
from danban.operations import actions, queries
from danban.operations.models import WorkerBeat
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return UserFactory(role=Role.ADMIN)


def write(count, by, action=Act.USER_ADDED):
    with transaction.atomic():
        return [record(action, actor=actor_name(by), rows=[by], number=n) for n in range(count)]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def failed_job(name="mail"):
    later(name)
    job = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=TaskResultStatus.FAILED,
        exception_class_path="smtplib.SMTPException",
        finished_at=timezone.now(),
    )
    return job


@pytest.mark.parametrize("address", ["/can-bo/nhat-ky/", "/can-bo/cong-viec/"])
def test_only_those_who_may_see_the_pages(client, sign_in, address):
    assert client.get(address).status_code == 302
    sign_in(UserFactory(role=Role.DRAFTER))
    assert client.get(address).status_code == 403


def test_the_desk_offers_what_the_role_may_open(sign_in, admin):
    page = sign_in(admin).get("/can-bo/").content.decode()
    assert "/can-bo/nhat-ky/" in page
    assert "/can-bo/cong-viec/" in page
    drafter = UserFactory(role=Role.DRAFTER)
    main = sign_in(drafter).get("/can-bo/").content.decode().partition("<main")[2]
    assert "/can-bo/cong-viec/" not in main


def test_the_log_shows_who_did_what_and_its_place_in_the_chain(sign_in, admin):
    write(1, admin)
    close_chain()
    write(1, admin, Act.SIGNED_IN)
    page = sign_in(admin).get("/can-bo/nhat-ky/").content.decode()
    assert admin.full_name in page
    assert "user.added" in page
    assert "Chờ nối" in page


def test_the_log_is_filtered_and_paged_by_id(sign_in, admin):
    write(60, admin)
    (other,) = write(1, admin, Act.AGENCY_ADDED)
    first = sign_in(admin).get("/can-bo/nhat-ky/?hanh-dong=user.added")
    assert len(first.context["entries"]) == 50
    assert other.pk not in {entry.pk for entry, _name in first.context["entries"]}
    rest = sign_in(admin).get(f"/can-bo/nhat-ky/?hanh-dong=user.added&truoc={first.context['next_before']}")
    assert len(rest.context["entries"]) == 10
    assert rest.context["next_before"] is None
    assert sign_in(admin).get("/can-bo/nhat-ky/?truoc=" + "9" * 400).status_code == 200


def test_the_pages_cost_the_same_for_one_and_for_three_rows(sign_in, admin):
    client = sign_in(admin)
    write(1, admin)
    failed_job()
    one = [queries_of(client, address) for address in ("/can-bo/nhat-ky/", "/can-bo/cong-viec/")]
    write(2, UserFactory())
    failed_job()
    failed_job()
    three = [queries_of(client, address) for address in ("/can-bo/nhat-ky/", "/can-bo/cong-viec/")]
    assert one == three
    assert max(three) <= 11


def test_a_failed_job_is_shown_and_sent_round_again(sign_in, admin):
    job = failed_job()
    client = sign_in(admin)
    assert "smtplib.SMTPException" in client.get("/can-bo/cong-viec/").content.decode()
    client.post(f"/can-bo/cong-viec/{job.pk}/chay-lai/")
    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY
    assert AuditEntry.objects.filter(action="job.retried", actor=f"user:{admin.pk}").count() == 1
    client.post(f"/can-bo/cong-viec/{job.pk}/chay-lai/")
    assert AuditEntry.objects.filter(action="job.retried").count() == 1


def test_a_person_who_may_not_see_jobs_cannot_send_one_round(client, sign_in):
    job = failed_job()
    sign_in(UserFactory(role=Role.APPROVER)).post(f"/can-bo/cong-viec/{job.pk}/chay-lai/")
    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED


def test_health_needs_a_living_worker_and_a_chain_that_keeps_up(client, admin):
    assert client.get("/suc-khoe").json()["worker"] is False
    actions.beat(worker_id="w")
    answer = client.get("/suc-khoe")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    assert "no-store" in answer.headers["Cache-Control"]
    WorkerBeat.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=2))
    answer = client.get("/suc-khoe")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)


def test_health_tells_of_a_chain_left_behind(client, admin, monkeypatch):
    actions.beat(worker_id="w")
    monkeypatch.setattr("danban.common.clock.now", lambda: timezone.now() - dt.timedelta(minutes=6))
    write(1, admin)
    monkeypatch.undo()
    answer = client.get("/suc-khoe")
    assert (answer.status_code, answer.json()["chain"]) == (503, False)
    close_chain()
    assert client.get("/suc-khoe").status_code == 200


def test_health_without_a_database_is_a_plain_503(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(queries, "health", broken)
    answer = client.get("/suc-khoe")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "database": False})
