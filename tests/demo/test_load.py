"""The demo is made by the actions people use, and what it leaves is whole."""

import pytest
from django.db.models import F

from danban.answers.models import Answer
from danban.answers.states import AnswerState
from danban.audit.queries import verify
from danban.consultation.models import Comment, Tally, Window
from danban.demo.load import STAGES, load
from danban.policies.models import Alignment, Consolidation, Version
from danban.policies.states import VersionState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def test_every_moment_of_the_drafts_life_can_be_made():
    with pytest.raises(ValueError, match="giai đoạn"):
        load("ngày-mai")


def test_the_answered_stage_holds_a_whole_life():
    load("answered")
    waste = Window.objects.get(dossier__title__contains="chất thải rắn sinh hoạt và giá")
    assert Comment.objects.filter(window=waste).count() == 300
    assert sum(Tally.objects.filter(window=waste).values_list("n", flat=True)) == 300
    released = Answer.objects.filter(state=AnswerState.RELEASED)
    assert released.count() >= 25
    assert not released.filter(released_by=F("written_by")).exists()
    second = Version.objects.get(dossier=waste.dossier, number=2)
    assert second.state == VersionState.RELEASED
    changes = set(Alignment.objects.filter(version=second).values_list("change", flat=True))
    assert {"edited", "split", "merged", "new", "repealed", "renumbered"} <= changes
    assert Comment.objects.filter(window=waste).exclude(version__number=1).count() == 0
    amended = Consolidation.objects.get(version__state=VersionState.RELEASED)
    assert (len(amended.done), len(amended.left)) == (7, 1)
    assert list(verify()) == []


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "answered"])
def test_earlier_stages_have_no_answers_yet(stage):
    load(stage)
    assert not Answer.objects.filter(state=AnswerState.RELEASED).exists()
