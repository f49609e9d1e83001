"""Each agency hears of a task when it should, once; Sở Tư pháp hears of what stands still."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.accounts.states import Role
from danban.common import clock
from danban.operations.queries import waiting_again
from danban.plan import actions
from danban.plan.models import Note, Reminder
from danban.plan.states import NoteKind, ReminderKind, TaskState
from tests.factories import AgencyFactory, PlanFactory, TaskFactory, UserFactory, VersionFactory
from tests.test_mail import run_waiting

DAY = dt.timedelta(days=1)


def said(task=None):
    rows = Reminder.objects.filter(task=task).order_by("pk")
    return [(row.kind, row.agency_id) for row in rows]


@pytest.mark.django_db
def test_a_task_is_spoken_of_before_its_day_after_it_and_to_those_who_watch(agency, acts):
    task = TaskFactory(leads=[agency], due_on=clock.today() + 20 * DAY)
    seen = []
    for later in range(40):
        with clock.at(clock.now() + later * DAY):
            actions.remind()
            actions.remind()
            seen += [later] if Reminder.objects.filter(task=task).count() > len(seen) else []
    assert seen == [6, 17, 21, 28]
    kinds = [ReminderKind.BEFORE, ReminderKind.BEFORE, ReminderKind.LATE, ReminderKind.ESCALATED]
    assert said(task) == [(kind, agency.pk) for kind in kinds]
    assert Note.objects.get().text == "Quá hạn 8 ngày."
    assert acts().count("task.escalated") == 1
    weeks = Reminder.objects.filter(task=None)
    assert {row.day.weekday() for row in weeks} == {0}
    assert weeks.count() == len(set(weeks.values_list("day")))


@pytest.mark.django_db
def test_after_a_standstill_only_the_nearest_is_said(agency):
    task = TaskFactory(leads=[agency], due_on=clock.today() + 2 * DAY)
    actions.remind()
    assert said(task) == [(ReminderKind.BEFORE, agency.pk)]


@pytest.mark.django_db
def test_a_moved_day_is_spoken_of_anew(agency, justice):
    task = TaskFactory(leads=[agency], due_on=clock.today() + 10 * DAY)
    actions.remind()
    actions.edit_task(task=task, revision=1, values={"due_on": clock.today() + 3 * DAY}, by=justice)
    actions.remind()
    assert said(task) == [(ReminderKind.BEFORE, agency.pk)] * 2


@pytest.mark.django_db
def test_what_is_long_blocked_is_told_to_those_who_watch(agency, officer):
    task = TaskFactory(leads=[agency], due_on=None)
    actions.block_task(task=task, reason="Thiếu kinh phí.", by=officer)
    for later, told in ((14, False), (15, True), (30, True)):
        with clock.at(clock.now() + later * DAY):
            actions.remind()
        assert bool(said(task)) is told
    assert said(task) == [(ReminderKind.ESCALATED, agency.pk)]
    assert Note.objects.filter(kind=NoteKind.ESCALATED).count() == 1


@pytest.mark.django_db
def test_what_nobody_owes_is_not_spoken_of(agency):
    late = {"leads": [agency], "due_on": clock.today() - 20 * DAY}
    for state in (TaskState.CANCELLED, TaskState.PROPOSED):
        TaskFactory(state=state, **late)
    TaskFactory(state=TaskState.DONE, done_on=clock.today(), **late)
    TaskFactory(plan=PlanFactory(state="closed"), **late)
    assert actions.remind() == 0
    assert not Reminder.objects.exists()


@pytest.mark.django_db
def test_a_task_nobody_was_matched_to_is_told_to_the_plans_lead():
    task = TaskFactory(due_on=clock.today() + DAY)
    actions.remind()
    assert said(task) == [(ReminderKind.BEFORE, task.plan.lead_id)]


@pytest.mark.django_db
def test_reminding_costs_the_same_with_one_task_and_with_twenty(agency, django_assert_max_num_queries):
    for count in (1, 19):
        for _ in range(count):
            TaskFactory(leads=[agency], due_on=clock.today() + DAY)
        with django_assert_max_num_queries(14):
            assert actions.remind() >= count


@pytest.mark.django_db(transaction=True)
def test_letters_arrive_once_at_those_who_work_there(postbox, agency, justice):
    officer = UserFactory(role=Role.OFFICER, agency=agency)
    gone = UserFactory(role=Role.OFFICER, agency=agency, is_active=False)
    UserFactory(role=Role.VIEWER, agency=agency)
    UserFactory(role=Role.OFFICER, agency=AgencyFactory())
    soon = TaskFactory(leads=[agency], due_on=clock.today() + 3 * DAY, content="Đăng dự thảo")
    late = TaskFactory(leads=[agency], due_on=clock.today() - 9 * DAY, content="Nộp báo cáo")
    for _ in range(2):
        actions.remind()
        run_waiting()
    letters = {to[0]: letter for to, letter in postbox.letters}
    assert len(postbox.letters) == 2
    assert set(letters) == {officer.email, justice.email}
    assert gone.email not in letters
    own = letters[officer.email].get_body().get_content()
    for words in ("Đăng dự thảo", "Nộp báo cáo", f"/can-bo/ke-hoach/nhiem-vu/{soon.pk}/", "SẮP ĐẾN HẠN"):
        assert words in own, words
    assert officer.full_name not in own
    told = letters[justice.email].get_body().get_content()
    assert f"/nhiem-vu/{late.pk}/" in told
    assert "Đăng dự thảo" not in told
    assert letters[justice.email]["Subject"] == "Báo Sở Tư pháp: 1 nhiệm vụ"


@pytest.mark.django_db(transaction=True)
def test_a_task_done_meanwhile_is_not_written_of(postbox, agency, officer):
    task = TaskFactory(leads=[agency], due_on=clock.today() + 3 * DAY)
    actions.remind()
    actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)
    run_waiting()
    assert postbox.letters == []


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_costs_a_retry_and_no_letter(settings, agency, officer):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    TaskFactory(leads=[agency], due_on=clock.today() + 3 * DAY)
    actions.remind()
    run_waiting()
    assert len(waiting_again()) == 1


@pytest.mark.django_db
def test_a_notice_stands_on_the_agencys_page_and_on_the_desk(sign_in, agency, officer):
    task = TaskFactory(leads=[agency], due_on=clock.today() + 3 * DAY, content="Đăng dự thảo")
    actions.remind()
    client = sign_in(officer)
    home = client.get("/can-bo/ke-hoach/").content.decode()
    assert "1 lời nhắc mới" in home
    desk = client.get("/can-bo/").content.decode()
    assert f"/can-bo/ke-hoach/nhiem-vu/{task.pk}/" in desk
    assert "còn 3 ngày" in desk
