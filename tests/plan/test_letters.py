"""A coordination request is told to the agency that is asked, its answer to who asked."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.accounts.models import Membership, User
from danban.accounts.states import Role
from danban.common import clock
from danban.plan import actions
from danban.plan.models import CoordinationRequest
from tests.factories import UserFactory
from tests.test_mail import run_waiting

WHAT = "Đề nghị Mặt trận cử người dự hội nghị."


@pytest.fixture
def theirs(front):
    return UserFactory(role=Role.OFFICER, agency=front)


@pytest.fixture
def ask(task, agency, front, officer):
    def one(**given):
        values = {"asking": agency, "asked": front, "what": WHAT, "by": officer}
        return actions.ask_coordination(
            task=task, due_on=clock.today() + dt.timedelta(days=7), **values | given
        )

    return one


def answer(request, by, words="Cử hai người dự."):
    return actions.answer_coordination(request=request, answer=words, answered_on=clock.today(), by=by)


def test_officers_of_the_agency_that_is_asked_hear_of_it_once(postbox, ask, acts, front, officer, theirs):
    second = UserFactory(role=Role.APPROVER, agency=front)
    UserFactory(role=Role.VIEWER, agency=front)
    UserFactory(role=Role.OFFICER, agency=front, is_active=False)
    former = UserFactory(role=Role.OFFICER, agency=front)
    Membership.objects.filter(user=former).update(valid_to=clock.today() - dt.timedelta(days=1))
    request = ask()
    assert postbox.letters == []
    run_waiting()
    run_waiting()
    got = postbox.emptied()
    assert set(got) == {theirs.email, second.email}
    letter = got[theirs.email]
    assert letter.subject.startswith(f"Đề nghị phối hợp, trả lời đến hết {request.due_on:%d/%m/%Y}: ")
    for words in (
        "Sở Xây dựng đề nghị Mặt trận Tổ quốc tỉnh",
        WHAT,
        f"/can-bo/ke-hoach/phoi-hop/{request.pk}/",
    ):
        assert words in letter.body
    for person in (officer, theirs):
        assert person.full_name not in letter.body
    assert acts()[-1:] == ["coordination.asked"]


def test_who_asked_hears_of_the_answer_once(postbox, ask, acts, agency, officer, theirs):
    colleague = UserFactory(role=Role.OFFICER, agency=agency)
    request = ask()
    run_waiting()
    postbox.emptied()
    answer(request, theirs)
    run_waiting()
    got = postbox.emptied()
    assert list(got) == [officer.email]
    assert colleague.email not in got
    assert got[officer.email].subject.startswith("Đã trả lời đề nghị phối hợp: ")
    for words in ("Cử hai người dự.", WHAT, f"/can-bo/ke-hoach/phoi-hop/{request.pk}/"):
        assert words in got[officer.email].body
    assert acts()[-2:] == ["coordination.asked", "coordination.answered"]


@pytest.mark.parametrize("how", ["deactivated", "moved away"])
def test_when_who_asked_has_left_their_agency_hears_of_the_answer(postbox, ask, agency, officer, theirs, how):
    colleague = UserFactory(role=Role.OFFICER, agency=agency)
    request = ask()
    if how == "deactivated":
        User.objects.filter(pk=officer.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=officer).update(valid_to=clock.today() - dt.timedelta(days=1))
    run_waiting()
    postbox.emptied()
    answer(request, theirs)
    run_waiting()
    assert list(postbox.emptied()) == [colleague.email]


def test_what_was_answered_meanwhile_is_not_asked_any_more(postbox, ask, officer, theirs):
    answer(ask(), theirs)
    run_waiting()
    assert list(postbox.emptied()) == [officer.email]


def test_a_refused_request_is_told_to_nobody(postbox, ask, theirs):
    with pytest.raises(Exception, match="Hãy ghi rõ"):
        ask(what=" ")
    run_waiting()
    assert postbox.letters == []
    assert not CoordinationRequest.objects.exists()
