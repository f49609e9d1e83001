"""Whether every opinion of the windows that closed has its answer."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.answers.requirements import synthesis_complete
from danban.common import clock
from danban.consultation.actions.progress import mark_answered, mark_grouped
from danban.consultation.models import Comment, Window
from tests.factories import CommentFactory, WindowFactory

pytestmark = pytest.mark.django_db


def test_every_opinion_of_closed_windows_is_answered():
    window = WindowFactory()
    dossier = window.dossier
    comments = [CommentFactory(window=window) for _ in range(2)]
    assert "Chưa có đợt nào kết thúc" in synthesis_complete(dossier, clock.today()).words
    today = clock.today()
    Window.objects.update(opens_on=today - dt.timedelta(days=30), closes_on=today - dt.timedelta(days=1))
    finding = synthesis_complete(dossier, clock.today())
    assert (finding.met, finding.words) == (False, "Còn 2 ý kiến chưa có trả lời.")
    assert finding.url == f"/can-bo/tra-loi/{window.pk}/"
    by = window.opened_by
    mark_grouped(comments=comments, by=by)
    mark_answered(comments=Comment.objects.all(), by=by)
    assert synthesis_complete(dossier, clock.today()).met
