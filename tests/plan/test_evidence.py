"""A task is done exactly while evidence holds; a policy is covered exactly while a record shows it."""

from __future__ import annotations

import datetime as dt
import io

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from danban.accounts.states import AgencyKind, Role
from danban.answers import actions as answers
from danban.answers.states import Disposition
from danban.common import clock
from danban.common.errors import Refused
from danban.common.uploads import UploadRefused
from danban.consultation.models import OpinionRequest
from danban.plan import actions, rules
from danban.plan.evidence import KINDS
from danban.plan.models import Evidence, Task
from danban.plan.queries.evidence import holding, of_task, to_check
from danban.plan.states import Purpose, TaskState
from danban.policies.models import StageMove
from danban.policies.rules import SecretRefused
from danban.policies.states import Stage
from tests.factories import (
    AgencyFactory,
    CommentFactory,
    DossierFactory,
    PlanFactory,
    PolicyFactory,
    TaskFactory,
    UserFactory,
    VersionFactory,
    WindowFactory,
)
from tests.plan.naming import assert_named_as_found

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def word(text="Biên bản hội nghị."):
    made, data = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        made.add_paragraph(line)
    made.save(data)
    return data.getvalue()


def sheet(text):
    made, data = openpyxl.Workbook(), io.BytesIO()
    made.active["B2"] = text
    made.save(data)
    return data.getvalue()


def photograph(kind="JPEG"):
    data = io.BytesIO()
    picture = Image.new("RGB", (8, 8), "green")
    exif = picture.getexif()
    exif[0x010F] = "Máy ảnh của bà Tư"
    picture.save(data, kind, exif=exif)
    return data.getvalue()


def closed_window(**given):
    today = clock.today()
    return WindowFactory(opens_on=today - 30 * DAY, closes_on=today - DAY, **given)


def answer_all(window):
    """Each comment answered and released, as the workbench does it."""
    writer = UserFactory(role=Role.DRAFTER, agency=window.dossier.agency)
    second = UserFactory(role=Role.APPROVER, agency=window.dossier.agency)
    point = answers.make_point(
        window=window, title="Giờ thu gom", provision=None, comments=list(window.comments.all()), by=writer
    )
    answer = answers.save_answer(point=point, disposition=Disposition.ACCEPTED, reason="Tiếp thu.", by=writer)
    answers.release_answer(answer=answers.submit_answer(answer=answer, by=writer), by=second)


# Records


def test_a_posting_shows_a_task_done_at_once(task, officer, acts):
    version = VersionFactory()
    evidence = actions.add_record(task=task, kind="posting", record=version.pk, by=officer)
    today = clock.today()
    assert (evidence.shown_on, evidence.proved_at is not None) == (today, True)
    assert (fresh(task).state, fresh(task).done_on) == (TaskState.DONE, today)
    assert acts() == ["evidence.added", "task.done"]
    piece = of_task(task)[0]
    assert piece.holds
    assert version.dossier.title in piece.title
    assert piece.record.url.endswith(f"/du-thao/{version.dossier.slug}/")


def test_withdrawn_it_is_a_declaration_again_and_may_come_back(task, officer, acts):
    version = VersionFactory()
    evidence = actions.add_record(task=task, kind="posting", record=version.pk, by=officer)
    actions.withdraw_evidence(evidence=evidence, reason="Nhầm dự thảo.", by=officer)
    assert (fresh(task).state, fresh(task).done_on) == (TaskState.DECLARED, None)
    row = fresh(evidence)
    assert (row.ended_by, row.ended_reason) == (officer, "Nhầm dự thảo.")
    with pytest.raises(Refused, match="đã được rút"):
        actions.withdraw_evidence(evidence=evidence, reason="Lần nữa.", by=officer)
    actions.add_record(task=task, kind="posting", record=version.pk, by=officer)
    assert fresh(task).state == TaskState.DONE
    assert acts() == [
        "evidence.added", "task.done", "evidence.ended", "task.no-longer-done", "evidence.added", "task.done",
    ]  # fmt: skip


def test_what_holds_is_asked_as_of_a_moment(task, officer):
    before = clock.now()
    evidence = actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)
    during = clock.now()
    actions.withdraw_evidence(evidence=evidence, reason="Nhầm.", by=officer)
    assert [holding(at).count() for at in (before, during, clock.now())] == [0, 1, 0]


def test_work_of_two_halves_needs_evidence_of_both(agency, officer, approver):
    today = clock.today()
    plan = PlanFactory(starts_on=today - 200 * DAY, ends_on=today + 30 * DAY)
    task = TaskFactory(plan=plan, leads=[agency], cadence="half_yearly", due_on=None)
    shown = []
    for ago in (190, 1):
        evidence = actions.add_file(
            task=task, data=word(), file_name="a.docx", shown_on=today - ago * DAY, by=officer
        )
        actions.check_file(evidence=evidence, by=approver)
        shown.append(fresh(task).done_on)
    assert shown == [None, today - DAY]
    actions.withdraw_evidence(evidence=evidence, reason="Sai.", by=officer)
    assert fresh(task).state == TaskState.DECLARED


def test_another_cadence_asks_for_other_evidence(task, officer, justice):
    actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)
    actions.edit_task(task=task, revision=1, values={"cadence": "monthly"}, by=justice)
    assert fresh(task).state == TaskState.DECLARED
    actions.edit_task(task=task, revision=2, values={"cadence": "once"}, by=justice)
    assert fresh(task).state == TaskState.DONE


def test_a_done_task_moves_only_by_its_evidence(task, officer):
    actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)
    with pytest.raises(rules.WrongMove, match="rút minh chứng"):
        actions.start_task(task=task, by=officer)
    assert fresh(task).state == TaskState.DONE


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 2)), max_size=8))
def test_done_is_always_what_the_evidence_says(agency, officer, steps):
    task = TaskFactory(leads=[agency])
    versions = [VersionFactory() for _ in range(3)]
    for adds, which in steps:
        live = Evidence.objects.filter(task=task, record=versions[which].pk, ended_at__isnull=True).first()
        if adds and not live:
            actions.add_record(task=task, kind="posting", record=versions[which].pk, by=officer)
        elif live and not adds:
            actions.withdraw_evidence(evidence=live, reason="Thôi.", by=officer)
        shown = holding(clock.now()).filter(task=task).exists()
        now = fresh(task)
        assert (now.state == TaskState.DONE) == shown == (now.done_on is not None)


@pytest.mark.parametrize("record", [0, 10**15])
def test_what_is_not_there_is_no_evidence(task, officer, record):
    for kind in ("posting", "window", "issued", "issued_plan", "vô-danh"):
        with pytest.raises(rules.NoSuchRecord):
            actions.add_record(task=task, kind=kind, record=record, by=officer)


def test_an_unreleased_version_is_no_posting(task, officer):
    with pytest.raises(rules.NoSuchRecord):
        actions.add_record(task=task, kind="posting", record=VersionFactory(released=False).pk, by=officer)


def test_a_record_is_evidence_of_a_thing_once(task, officer):
    version = VersionFactory()
    actions.add_record(task=task, kind="posting", record=version.pk, by=officer)
    with pytest.raises(Refused, match="rồi"):
        actions.add_record(task=task, kind="posting", record=version.pk, by=officer)


def test_what_is_older_than_the_plan_does_not_show_its_task(agency, officer):
    start = clock.today() + DAY
    task = TaskFactory(
        plan=PlanFactory(starts_on=start, ends_on=start + 300 * DAY), leads=[agency], due_on=None
    )
    with pytest.raises(rules.ShowsNothing, match="trước khi kế hoạch bắt đầu"):
        actions.add_record(task=task, kind="posting", record=VersionFactory().pk, by=officer)


def test_an_issued_document_and_an_issued_plan_are_records(task, agency, officer):
    dossier = DossierFactory(agency=agency)
    today = clock.today()
    move = StageMove.objects.create(
        dossier=dossier, from_stage=Stage.ADOPTED, to_stage=Stage.ISSUED, on=today,
        document_number="12/2026/QĐ-UBND", by=officer, at=clock.now(),
    )  # fmt: skip
    evidence = actions.add_record(task=task, kind="issued", record=move.pk, by=officer)
    assert evidence.shown_on == today
    plan, draft = PlanFactory(lead=agency), PlanFactory(lead=agency, state="draft")
    assert actions.add_record(task=task, kind="issued_plan", record=plan.pk, by=officer).proved_at
    assert not actions.add_record(task=task, kind="issued_plan", record=draft.pk, by=officer).proved_at
    assert [one.pk for one in KINDS["issued"].choices([agency.pk], "quyet dinh")] == [move.pk]
    assert {one.pk for one in KINDS["issued_plan"].choices([agency.pk], "KH-UBND")} == {plan.pk, draft.pk}
    assert draft.pk not in {one.pk for one in KINDS["issued_plan"].choices(None, "KH-UBND")}
    assert KINDS["issued"].choices([AgencyFactory().pk], "") == []
    assert_named_as_found("issued", move.pk)
    assert_named_as_found("issued_plan", plan.pk, draft.pk)
    assert_named_as_found("posting", VersionFactory().pk, VersionFactory().pk)
    assert_named_as_found("window", closed_window().pk)


# Windows


def test_a_window_shows_once_closed_and_answered(task, officer, acts):
    window = closed_window()
    CommentFactory(window=window)
    CommentFactory(window=window)
    evidence = actions.add_record(task=task, kind="window", record=window.pk, by=officer)
    assert (evidence.proved_at, fresh(task).state) == (None, TaskState.PLANNED)
    assert KINDS["window"].find([window.pk])[window.pk].missing == "còn 2 góp ý chưa trả lời"
    assert actions.recheck() == 0
    answer_all(window)
    assert actions.recheck() == 1
    assert fresh(evidence).shown_on == clock.today()
    assert (fresh(task).state, fresh(task).done_on) == (TaskState.DONE, clock.today())
    assert acts()[-2:] == ["evidence.proved", "task.done"]
    assert actions.recheck() == 0


def test_a_running_window_says_what_is_missing():
    window = WindowFactory()
    CommentFactory(window=window)
    record = KINDS["window"].find([window.pk])[window.pk]
    assert record.shown_on is None
    assert record.missing.startswith("chưa hết hạn")
    assert record.missing.endswith("còn 1 góp ý chưa trả lời")


def test_evidence_ends_when_its_record_no_longer_shows_it(task, officer, acts):
    window = closed_window()
    evidence = actions.add_record(task=task, kind="window", record=window.pk, by=officer)
    assert fresh(task).state == TaskState.DONE
    type(window).objects.filter(pk=window.pk).update(
        cancelled_at=clock.now(), cancelled_reason="Dự thảo dừng lại."
    )
    assert actions.recheck() == 1
    row = fresh(evidence)
    assert (row.ended_reason, row.ended_by) == ("Đợt này đã hủy.", None)
    assert fresh(task).state == TaskState.DECLARED
    assert acts()[-2:] == ["evidence.ended", "task.no-longer-done"]


def test_a_window_names_who_replied_and_who_spoke(front):
    window = closed_window()
    silent, spoke = AgencyFactory(), AgencyFactory(kind=AgencyKind.SOCIO_POLITICAL)
    for body, day in ((front, clock.today()), (silent, None)):
        OpinionRequest.objects.create(
            window=window, agency=body, asked_on=window.opens_on, due_on=window.closes_on, answered_on=day
        )
    CommentFactory(window=window, commenter_kind="agency", agency=spoke)
    assert KINDS["window"].find([window.pk])[window.pk].agencies == {front.pk, spoke.pk}


def test_windows_are_found_with_the_same_queries_however_many(django_assert_num_queries):
    windows = [closed_window() for _ in range(3)]
    for count in (1, 3):
        with django_assert_num_queries(4):
            KINDS["window"].find([window.pk for window in windows[:count]])


def test_rechecking_costs_the_same_however_much_holds(officer, agency, django_assert_num_queries):
    def add():
        for kind, record in (("posting", VersionFactory()), ("window", closed_window())):
            actions.add_record(task=TaskFactory(leads=[agency]), kind=kind, record=record.pk, by=officer)

    for _ in range(2):
        add()
        with django_assert_num_queries(7):
            actions.recheck()


# Policies


def test_a_policy_is_coordinated_only_with_the_front(officer, front):
    policy = PolicyFactory()
    window = closed_window(version=VersionFactory(dossier=policy.dossier))
    given = {"policy": policy, "kind": "window", "record": window.pk, "by": officer}
    assert actions.add_record(purpose=Purpose.COMMUNICATION, **given).proved_at
    with pytest.raises(rules.ShowsNothing, match="Mặt trận Tổ quốc"):
        actions.add_record(purpose=Purpose.COORDINATION, **given)
    reply = OpinionRequest.objects.create(
        window=window, agency=front, asked_on=window.opens_on, due_on=window.closes_on,
        answered_on=clock.today(),
    )  # fmt: skip
    evidence = actions.add_record(purpose=Purpose.COORDINATION, **given)
    assert evidence.proved_at
    OpinionRequest.objects.filter(pk=reply.pk).update(answered_on=None)
    assert actions.recheck() == 1
    assert "tổ chức chính trị - xã hội" in fresh(evidence).ended_reason


def test_coordination_waits_for_the_front_too(officer):
    policy = PolicyFactory()
    window = WindowFactory(version__dossier=policy.dossier)
    evidence = actions.add_record(
        policy=policy, purpose=Purpose.COORDINATION, kind="window", record=window.pk, by=officer
    )
    type(window).objects.update(opens_on=clock.today() - 20 * DAY, closes_on=clock.today() - DAY)
    assert actions.recheck() == 0
    assert fresh(evidence).proved_at is None


@pytest.mark.parametrize("given", [{}, {"policy": True, "purpose": Purpose.PRODUCT}])
def test_evidence_is_for_something(officer, given):
    policy = PolicyFactory() if given.get("policy") else None
    with pytest.raises(Refused, match="cho việc gì"):
        actions.add_record(
            policy=policy, purpose=given.get("purpose", Purpose.COMMUNICATION), kind="posting",
            record=VersionFactory().pk, by=officer,
        )  # fmt: skip


# Files


def send(task, by, data=None, name="bien-ban.docx", **given):
    return actions.add_file(
        task=task, data=data or word(), file_name=name, shown_on=clock.today(), by=by, **given
    )


def test_a_file_proves_after_a_second_person(task, officer, approver, agency, acts):
    evidence = send(task, officer, note="Hội nghị ngày 3.")
    assert (evidence.proved_at, fresh(task).state) == (None, TaskState.PLANNED)
    assert list(to_check([agency.pk])) == [evidence]
    assert list(to_check([AgencyFactory().pk])) == []
    with pytest.raises(rules.SamePerson):
        actions.check_file(evidence=evidence, by=officer)
    actions.check_file(evidence=evidence, by=approver)
    row = fresh(evidence)
    assert (row.checked_by, row.proved_at is not None, row.file.name.endswith(".docx")) == (
        approver,
        True,
        True,
    )
    assert fresh(task).state == TaskState.DONE
    assert acts() == ["evidence.added", "evidence.proved", "task.done"]
    with pytest.raises(Refused, match="không chờ"):
        actions.check_file(evidence=evidence, by=approver)


@pytest.mark.parametrize(
    ("data", "name"),
    [(lambda: word("TUYỆT MẬT"), "a.docx"), (lambda: sheet("TỐI MẬT"), "a.xlsx")],
)
def test_a_secret_file_leaves_nothing(task, officer, acts, settings, data, name):
    with pytest.raises(SecretRefused):
        send(task, officer, data(), name)
    assert not Evidence.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert acts() == ["upload.refused-secret"]


def test_a_doubtful_word_goes_with_the_file_to_the_second_person(task, officer):
    assert "bí mật nhà nước" in send(task, officer, word("Mật\nTối mật")).note
    assert send(task, officer, sheet("Danh sách dự họp"), "ds.xlsx").note == ""


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_is_drawn_anew_without_its_device(task, officer, kind):
    evidence = send(task, officer, photograph(kind), "anh.jpg")
    data = evidence.file.open("rb").read()
    assert b"ba T" not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size, len(picture.getexif())) == (kind, (8, 8), 0)


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"\xff\xd8\xff hong", "a.jpg"), (b"GIF89a", "a.gif"), (b"chi la chu", "a.txt"), (b"", "a.pdf")],
)
def test_other_files_are_refused_with_words(task, officer, data, name, settings):
    with pytest.raises(UploadRefused):
        actions.add_file(task=task, data=data, file_name=name, shown_on=clock.today(), by=officer)
    assert not Evidence.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_file_of_the_future_or_for_a_cancelled_task_is_not_kept(task, officer, justice, settings):
    with pytest.raises(rules.ShowsNothing):
        actions.add_file(task=task, data=word(), file_name="a.docx", shown_on=clock.today() + DAY, by=officer)
    actions.cancel_task(task=task, reason="Điều chỉnh.", by=justice)
    with pytest.raises(rules.WrongMove):
        send(Task.objects.get(pk=task.pk), officer)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
