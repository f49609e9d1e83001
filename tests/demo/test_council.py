"""The demo's Council: its members, what it held, what it decided, what comes next."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.common import clock
from danban.council import queries
from danban.council.evidence import DIRECTIVE, EVENT
from danban.council.models import Meeting, PolicyList
from danban.demo.council import MEMBERS, load_council
from danban.demo.load import _agencies, _days_ago, _people
from danban.policies.models import Policy
from tests.factories import DossierFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    with _days_ago(400):
        bodies = _agencies()
        people = _people(bodies)
    dossier = DossierFactory(agency=bodies["so-nnmt"])
    old, new = (
        Policy.objects.create(
            dossier=dossier,
            number=n,
            title=f"Chính sách {n}",
            created_by=dossier.created_by,
            created_at=clock.now() - dt.timedelta(days=days),
        )
        for n, days in ((1, 90), (2, 5))
    )
    return load_council(bodies, people, [old, new])


def test_it_has_members_meetings_evidence_and_a_list(council):
    members = queries.members_on(council, clock.today())
    assert [len(members), members[0].seat] == [len(MEMBERS), "chair"]
    ahead, *held = Meeting.objects.order_by("-starts_at")
    assert [(one.kind, one.state) for one in held] == [("meeting", "met"), ("workshop", "met")]
    assert (ahead.state, queries.coming(planned=False)) == ("invited", [ahead])
    shown = EVENT.find([one.pk for one in held])
    assert all(record.shown_on and len(record.agencies) > 8 for record in shown.values())
    assert len(DIRECTIVE.choices(None, "")) == 1


def test_its_list_holds_what_was_there_in_time_and_the_next_meeting_the_rest(council):
    decided = PolicyList.objects.get()
    assert decided.state == "decided"
    assert [item.policy.title for item in decided.items.all()] == ["Chính sách 1"]
    assert decided.items.get().policy.screenings.get().list_number == decided.number
    ahead = Meeting.objects.latest("starts_at")
    assert ahead.agenda.get(policy__isnull=False).policy.title == "Chính sách 2"
