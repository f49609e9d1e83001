"""Which list a policy stands on, whatever stands beside it."""

import datetime as dt

import pytest
from django.utils import timezone

from danban.policies.models import Screening
from danban.policies.states import ScreeningStep
from danban.reports.kpi import Scope
from danban.reports.kpi_policies import count, decided_in_scope
from tests.factories import DossierFactory, PolicyFactory

pytestmark = pytest.mark.django_db


def decided(policy, day, number):
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    Screening.objects.create(
        policy=policy, step=ScreeningStep.DECISION, agency=policy.dossier.agency, in_scope=True,
        reason="Vì thế.", list_number=number, decided_on=day, at=at, by=policy.created_by,
    )  # fmt: skip


def test_each_policy_has_the_list_of_its_own_last_decision():
    first, second = PolicyFactory(dossier=DossierFactory()), PolicyFactory(dossier=DossierFactory())
    decided(first, dt.date(2025, 5, 6), "01/TB-HĐPH")
    decided(first, dt.date(2026, 2, 3), "04/TB-HĐPH")
    decided(second, dt.date(2026, 4, 5), "07/TB-HĐPH")
    at = timezone.make_aware(dt.datetime(2026, 12, 1))
    rows = decided_in_scope(Scope(dt.date(2026, 1, 1), dt.date(2026, 12, 31), at))
    assert {row.pk: (row.decided_on, row.list_number) for row in rows} == {
        first.pk: (dt.date(2026, 2, 3), "04/TB-HĐPH"),
        second.pk: (dt.date(2026, 4, 5), "07/TB-HĐPH"),
    }
    spring = Scope(dt.date(2026, 4, 1), dt.date(2026, 6, 30), at)
    assert {key: figure.whole for key, figure in count(spring).items()} == {
        second.dossier.agency_id: 1, None: 1,
    }  # fmt: skip
