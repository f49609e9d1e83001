"""The made-up province holds together: bodies, dates, successors, people."""

from __future__ import annotations

import datetime as dt

from danban.accounts.rules import exists_on, makes_a_circle
from danban.accounts.states import Level, Role
from danban.demo.dossiers import DOSSIERS
from danban.demo.province import AGENCIES, COMMUNES, PEOPLE, REFORM, SUCCESSIONS

BY_CODE = {agency.code: agency for agency in AGENCIES}


def test_codes_and_names_are_used_once():
    assert len(BY_CODE) == len(AGENCIES)
    assert len({agency.name for agency in AGENCIES}) == len(AGENCIES)


def test_parents_exist_and_live_as_long_as_their_children_begin():
    for agency in AGENCIES:
        if agency.parent:
            parent = BY_CODE[agency.parent]
            assert exists_on(parent.valid_from, parent.valid_to, agency.valid_from), agency.code


def test_two_provinces_and_two_districts_ended_with_the_reform():
    last_day = REFORM - dt.timedelta(days=1)
    ended = [agency for agency in AGENCIES if agency.valid_to == last_day]
    assert {a.code for a in ended if a.level == Level.DISTRICT} == {"ubnd-tp-ben-lua", "ubnd-huyen-suoi-ngan"}
    assert {"ubnd-tinh-song-lua", "ubnd-tinh-may-ngan"} <= {a.code for a in ended}
    assert all(a.valid_to for a in AGENCIES if a.level == Level.DISTRICT)
    assert len(COMMUNES) == 12


def test_every_body_that_ended_has_a_successor_the_next_day():
    followed = {s.predecessor for s in SUCCESSIONS}
    for agency in AGENCIES:
        assert (agency.valid_to is not None) == (agency.code in followed), agency.code
    for succession in SUCCESSIONS:
        before, after = BY_CODE[succession.predecessor], BY_CODE[succession.successor]
        assert before.valid_to is not None
        assert succession.on == before.valid_to + dt.timedelta(days=1)
        assert exists_on(after.valid_from, after.valid_to, succession.on)


def test_nobody_succeeds_itself_by_a_detour():
    number = {code: n for n, code in enumerate(BY_CODE)}
    pairs: list[tuple[int, int]] = []
    for succession in SUCCESSIONS:
        pair = number[succession.predecessor], number[succession.successor]
        assert not makes_a_circle(pairs, *pair)
        pairs.append(pair)


def test_people_have_addresses_that_cannot_be_real_and_roles_in_living_bodies():
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)
    for person in PEOPLE:
        assert person.email.endswith("@songmay.example")
        assert person.roles
        assert all(BY_CODE[code].valid_to is None for code, _ in person.roles)


def test_every_drafting_agency_has_a_drafter_and_someone_else_to_release():
    for dossier in DOSSIERS:
        holders = {
            role: {person.email for person in PEOPLE if (dossier.agency, role) in person.roles}
            for role in (Role.DRAFTER, Role.APPROVER)
        }
        assert holders[Role.DRAFTER], dossier.slug
        assert holders[Role.APPROVER] - holders[Role.DRAFTER], dossier.slug


def test_dossiers_name_living_bodies_and_fit_their_columns():
    assert len({dossier.slug for dossier in DOSSIERS}) == len(DOSSIERS)
    for dossier in DOSSIERS:
        assert BY_CODE[dossier.agency].valid_to is None
        assert BY_CODE[dossier.issuing_body].valid_to is None
        assert len(dossier.title) <= 400
        for line in (dossier.about, dossier.affected, dossier.changes, dossier.question):
            assert 20 < len(line) < 300, dossier.slug
