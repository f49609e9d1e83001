"""An officer's desk shows what waits for them, and costs the same however much waits."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from danban.accounts.states import Role
from danban.consultation.states import CommentState, Visibility
from danban.operations.waiting import periods_at_work
from danban.policies.states import VersionState
from tests.factories import CommentFactory, UserFactory, VersionFactory, WindowFactory

pytestmark = pytest.mark.django_db


def test_a_period_counts_what_is_left_in_it():
    window = WindowFactory()
    CommentFactory(window=window, state=CommentState.ANSWERED)
    CommentFactory(window=window, visibility=Visibility.HELD)
    WindowFactory()
    work = next(work for work in periods_at_work(None, timezone.localdate()) if work.window == window)
    assert (work.total, work.answered, work.unanswered, work.held, work.days_left) == (2, 1, 1, 1, 21)


def test_a_closed_period_stays_until_everything_is_answered():
    today = timezone.localdate()
    days = {"opens_on": today - dt.timedelta(days=40), "closes_on": today - dt.timedelta(days=9)}
    open_work, done = WindowFactory(**days), WindowFactory(**days)
    CommentFactory(window=open_work)
    CommentFactory(window=done, state=CommentState.ANSWERED)
    assert [work.window for work in periods_at_work(None, today)] == [open_work]


def test_only_ones_own_agency_waits(sign_in):
    version = VersionFactory(released=False)
    version.state = VersionState.SUBMITTED
    version.save()
    mine = UserFactory(role=Role.APPROVER, agency=version.dossier.agency)
    assert version.dossier.title in sign_in(mine).get(reverse("operations:desk")).content.decode()
    stranger = UserFactory(role=Role.APPROVER)
    assert version.dossier.title not in sign_in(stranger).get(reverse("operations:desk")).content.decode()


def test_the_desk_costs_the_same_with_one_and_with_three(sign_in):
    agency = WindowFactory().dossier.agency
    client = sign_in(UserFactory(role=Role.APPROVER, agency=agency))
    client.get(reverse("operations:desk"))

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("operations:desk"))
        return len(captured)

    one = cost()
    for _ in range(2):
        CommentFactory(window=WindowFactory(version__dossier__agency=agency))
    assert cost() == one


@pytest.mark.parametrize(
    ("role", "offered", "kept_back"),
    [
        (Role.ADMIN, {"operations:log", "policies:dossiers"}, {"consultation:inbox", "answers:windows"}),
        (Role.DRAFTER, {"consultation:inbox", "answers:windows", "reports:home"}, {"operations:log"}),
        (Role.JUSTICE, {"consultation:inbox", "operations:log", "reports:home"}, {"answers:windows"}),
    ],
)
def test_the_menu_offers_only_what_opens(sign_in, role, offered, kept_back):
    client = sign_in(UserFactory(role=role))
    body = client.get(reverse("operations:desk")).content.decode()
    for name in offered:
        assert f'href="{reverse(name)}"' in body, name
        assert client.get(reverse(name)).status_code == 200, name
    for name in kept_back:
        assert f'href="{reverse(name)}"' not in body, name
