import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from danban.accounts.rules import ROLE_PERMISSIONS, exists_on, makes_a_circle, may
from danban.accounts.states import Permission, Role


def test_every_role_is_in_the_table_and_every_permission_is_given_by_a_role():
    assert set(ROLE_PERMISSIONS) == set(Role.values)
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_a_role_counts_only_in_its_own_agency():
    held = [(Role.DRAFTER, 1)]
    assert may(held, Permission.ANSWER_WRITE, 1)
    assert not may(held, Permission.ANSWER_WRITE, 2)


def test_the_department_of_justice_sees_every_agency_but_answers_for_none():
    held = [(Role.JUSTICE, 1)]
    assert may(held, Permission.COMMENT_VIEW, 2)
    assert not may(held, Permission.ANSWER_WRITE, 1)


def test_nobody_who_writes_may_release_by_the_same_role():
    assert Permission.VERSION_RELEASE not in ROLE_PERMISSIONS[Role.DRAFTER]
    assert Permission.VERSION_UPLOAD not in ROLE_PERMISSIONS[Role.APPROVER]


def test_both_ends_of_a_period_belong_to_it():
    first, last = dt.date(2025, 1, 1), dt.date(2025, 6, 30)
    assert exists_on(first, last, first)
    assert exists_on(first, last, last)
    assert not exists_on(first, last, dt.date(2025, 7, 1))


@given(st.lists(st.integers(0, 8), min_size=2, max_size=9, unique=True))
def test_a_chain_closed_on_itself_is_a_circle(chain):
    pairs = list(itertools.pairwise(chain))
    assert makes_a_circle(pairs, chain[-1], chain[0])
    assert not makes_a_circle(pairs, chain[0], chain[-1])
