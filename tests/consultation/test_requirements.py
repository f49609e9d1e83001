"""What consultation finds out before a dossier moves on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danban.accounts.models import Agency
from danban.accounts.states import AgencyKind
from danban.common import clock
from danban.consultation import requirements
from danban.consultation.models import OpinionRequest, Window
from danban.policies.models import ConsulteeRule, PostingRule
from danban.policies.stage_queries import needs_of
from danban.policies.states import Stage, WindowKind
from tests.factories import AgencyFactory, CommentFactory, PolicyFactory, WindowFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def opened(window, *, ago, days):
    opens_on = clock.today() - ago * DAY
    Window.objects.filter(pk=window.pk).update(opens_on=opens_on, closes_on=opens_on + days * DAY)
    return window.dossier


@pytest.mark.parametrize(
    ("ago", "days", "met", "words"),
    [
        (11, 10, True, "đã đủ 10 ngày"),
        (10, 10, False, "chưa đủ 10 ngày"),
        (40, 9, False, "ngắn hơn 10 ngày"),
        (11, 60, True, "đã đủ 10 ngày"),
    ],
)
def test_posting_days_are_over(window, ago, days, met, words):
    finding = requirements.posting_days(opened(window, ago=ago, days=days), clock.today())
    assert (finding.met, words in finding.words) == (met, True), finding.words


def test_one_long_window_is_enough_and_a_cancelled_one_does_not_count(window):
    dossier = opened(window, ago=40, days=20)
    WindowFactory(version=window.version)
    assert requirements.posting_days(dossier, clock.today()).met
    Window.objects.filter(pk=window.pk).update(cancelled_at=clock.now(), cancelled_reason="Rút lại.")
    assert not requirements.posting_days(dossier, clock.today()).met


def test_a_next_step_costs_the_same_with_one_window_and_with_three(window, django_assert_num_queries):
    dossier = window.dossier
    PolicyFactory(dossier=dossier)
    with CaptureQueriesContext(connection) as seen:
        needs_of(dossier, Stage.SENT_FOR_APPRAISAL, clock.today())
    for kind in (WindowKind.OPINION, WindowKind.SOCIAL_CRITIQUE):
        WindowFactory(version=window.version, kind=kind)
        PolicyFactory(dossier=dossier)
    with django_assert_num_queries(len(seen)):
        assert len(needs_of(dossier, Stage.SENT_FOR_APPRAISAL, clock.today())) > 2


def test_without_a_rule_the_window_must_have_ended(window):
    PostingRule.objects.all().delete()
    assert not requirements.posting_days(opened(window, ago=3, days=5), clock.today()).met
    assert requirements.posting_days(opened(window, ago=9, days=5), clock.today()).met
    assert "Chưa có quy định" in requirements.posting_days(window.dossier, clock.today()).words


def test_bodies_are_asked_by_the_dated_rules(window):
    dossier = window.dossier
    rules = ConsulteeRule.objects.filter(document_type=dossier.document_type)
    assert "chưa chọn cơ quan" in requirements.consultees_asked(dossier, clock.today()).words
    bodies = AgencyFactory.create_batch(rules.count())
    for rule, body in zip(rules, bodies, strict=True):
        rule.agencies.set([body])
    last = rules.last()
    last.agencies.add(dossier.agency)
    finding = requirements.consultees_asked(dossier, clock.today())
    assert not finding.met
    assert all(body.name in finding.words for body in bodies)
    assert dossier.agency.name not in finding.words
    for body in bodies:
        OpinionRequest.objects.create(
            window=window, agency=body, asked_on=clock.today(), due_on=clock.today()
        )
    assert requirements.consultees_asked(dossier, clock.today()).met
    Agency.objects.filter(pk=bodies[0].pk).update(valid_to=clock.today() - DAY)
    assert "chưa chọn cơ quan" in requirements.consultees_asked(dossier, clock.today()).words
    rules.delete()
    assert requirements.consultees_asked(dossier, clock.today()).met


def test_a_critique_counts_only_where_the_front_chose_one(window):
    dossier = window.dossier
    assert requirements.social_critique(dossier, clock.today()).met
    front = AgencyFactory(kind=AgencyKind.FATHERLAND_FRONT)
    critique = WindowFactory(version=window.version, kind=WindowKind.SOCIAL_CRITIQUE, holder=front)
    CommentFactory(window=critique)
    finding = requirements.social_critique(dossier, clock.today())
    assert (finding.met, finding.url) == (False, f"/can-bo/dot-lay-y-kien/{critique.pk}/")
    CommentFactory(window=critique, agency=front)
    assert requirements.social_critique(dossier, clock.today()).met


def test_bodies_and_posting_are_judged_on_the_day_of_the_move(window):
    today, dossier = clock.today(), opened(window, ago=11, days=10)
    assert requirements.posting_days(dossier, today).met
    assert not requirements.posting_days(dossier, today - DAY).met
    ConsulteeRule.objects.all().delete()
    rules = [
        ConsulteeRule.objects.create(
            document_type=dossier.document_type, name=name, legal_basis="Nghị định", verified=True, **days
        )
        for name, days in {
            "Cơ quan theo luật cũ": {"valid_from": today - 90 * DAY, "valid_to": today - 5 * DAY},
            "Cơ quan theo luật mới": {"valid_from": today - 4 * DAY},
        }.items()
    ]
    old, new = (AgencyFactory(valid_from=today - 99 * DAY) for _ in rules)
    for rule, body in zip(rules, (old, new), strict=True):
        rule.agencies.set([body])
    assert old.name in requirements.consultees_asked(dossier, today - 5 * DAY).words
    assert new.name in requirements.consultees_asked(dossier, today).words
    OpinionRequest.objects.create(window=window, agency=new, asked_on=today - 2 * DAY, due_on=today)
    assert requirements.consultees_asked(dossier, today).met
    assert not requirements.consultees_asked(dossier, today - 3 * DAY).met
