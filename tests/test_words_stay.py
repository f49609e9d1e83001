"""Not even SQL changes, removes or replaces what was said, published or answered."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from danban.accounts.states import Role
from danban.answers import actions as answers
from danban.answers.states import Disposition
from danban.audit.actions import SYSTEM, close_chain, record
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.consultation.models import Comment
from danban.consultation.states import Act, Visibility
from danban.policies.models import Screening, ScreeningAnswer, StageMove
from tests.factories import CommentFactory, PolicyFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return True


def sweep(table, key="id"):
    """The statement that gets past a trigger on each row, in the words of the database at hand."""
    if connection.vendor == "sqlite":
        return f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} ORDER BY {key} LIMIT 1"
    return f"TRUNCATE {table} CASCADE"


@pytest.mark.parametrize(
    "column",
    ["text = 'khác'", "folded = 'khac'", "provision_id = NULL, version_id = 0", "public_name = 'khác'"],
)
def test_a_comment_stays_as_it_was_said(column):
    comment = CommentFactory(provision=None)
    assert refused(f"UPDATE consultation_comment SET {column} WHERE id = {comment.pk}")
    assert refused(f"DELETE FROM consultation_comment WHERE id = {comment.pk}")
    assert Comment.objects.get().text == comment.text


def test_where_a_comment_stands_may_move():
    comment = CommentFactory()
    Comment.objects.filter(pk=comment.pk).update(visibility=Visibility.SHOWN)
    assert Comment.objects.get().visibility == Visibility.SHOWN


def test_nothing_kept_is_written_over():
    comment = CommentFactory()
    VersionFactory()
    with transaction.atomic():
        record(Act.COMMENT_RECEIVED, actor=SYSTEM, rows=[comment])
    close_chain()
    for table, key in (
        ("consultation_comment", "id"),
        ("policies_version", "id"),
        ("policies_provision", "id"),
        ("audit_auditentry", "id"),
        ("audit_chainlink", "seq"),
    ):
        assert refused(sweep(table, key)), table
    assert AuditEntry.objects.count() == 1


def test_what_was_said_of_a_policy_is_not_written_over():
    policy = PolicyFactory()
    entry = Screening.objects.create(
        policy=policy, step="proposal", agency=policy.dossier.agency, in_scope=True, reason="Có.",
        decided_on=dt.date(2026, 1, 5), at=clock.now(), by=policy.created_by,
    )  # fmt: skip
    ScreeningAnswer.objects.create(screening=entry, question="difficult", reply="yes")
    StageMove.objects.create(
        dossier=policy.dossier, from_stage="drafting", to_stage="stopped", on=dt.date(2026, 1, 6),
        at=clock.now(), by=policy.created_by,
    )  # fmt: skip
    for table in ("policies_screening", "policies_screeninganswer", "policies_stagemove"):
        assert refused(sweep(table)), table
        assert refused(f"DELETE FROM {table}"), table


def test_a_released_answer_is_not_written_over():
    comment = CommentFactory()
    agency = comment.window.dossier.agency
    writer = UserFactory(role=Role.DRAFTER, agency=agency)
    point = answers.make_point(
        window=comment.window, title="Giờ", provision=None, comments=[comment], by=writer
    )
    answer = answers.save_answer(point=point, disposition=Disposition.NOTED, reason="Ghi nhận.", by=writer)
    second = UserFactory(role=Role.APPROVER, agency=agency)
    answers.release_answer(answer=answers.submit_answer(answer=answer, by=writer), by=second)
    assert refused(sweep("answers_answer"))
