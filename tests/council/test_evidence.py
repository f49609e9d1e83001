"""What of the Council's work shows that something was done, and what is missing while it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.accounts.models import Agency
from danban.council import actions
from danban.council.evidence import DIRECTIVE, EVENT
from danban.plan.evidence import KINDS
from tests.plan.naming import assert_named_as_found
from tests.policies.files import docx


def test_both_kinds_are_known_to_the_plan():
    assert KINDS["event"] is EVENT
    assert KINDS["directive"] is DIRECTIVE


def test_a_meeting_shows_itself_from_the_day_it_was_held_once_its_minutes_are_approved(
    plan_meeting, held, officer, second
):
    record = EVENT.find([held.pk])[held.pk]
    assert (record.shown_on, record.missing) == (None, "Chưa có biên bản.")
    minutes = actions.write_minutes(meeting=held, number="1", course="Họp.", revision=0, by=officer)
    assert EVENT.find([held.pk])[held.pk].missing == "Biên bản chưa được duyệt."
    actions.approve_minutes(minutes=minutes, revision=1, by=second)
    record = EVENT.find([held.pk])[held.pk]
    assert (record.shown_on, record.missing) == (dt.date(2026, 3, 10), "")
    assert record.agencies == {Agency.objects.get(name="Hội Nông dân tỉnh").pk}
    assert record.url.endswith(f"/hoi-dong/hop/{held.pk}/")
    assert_named_as_found("event", held.pk)


def test_what_did_not_take_place_shows_nothing(plan_meeting, officer):
    meeting = plan_meeting()
    assert EVENT.find([meeting.pk])[meeting.pk].missing == "Chưa họp."
    actions.cancel_meeting(meeting=meeting, reason="Trùng lịch.", by=officer)
    assert EVENT.find([meeting.pk])[meeting.pk].missing == "Cuộc họp đã hủy."
    assert EVENT.choices(None, "") == []


def test_a_form_sent_round_is_no_event(plan_meeting):
    meeting = plan_meeting(kind="circulation", ends_at=dt.datetime(2026, 3, 20))
    assert EVENT.find([meeting.pk]) == {}


def test_choices_are_of_agencies_and_words(held):
    farmers = Agency.objects.get(name="Hội Nông dân tỉnh")
    assert [one.pk for one in EVENT.choices({farmers.pk}, "quý I")] == [held.pk]
    assert EVENT.choices({farmers.pk}, "quý IV") == []
    assert EVENT.choices({held.created_by.memberships.get().agency_id}, "") == []


@pytest.mark.parametrize("n", [1, 3])
def test_finding_costs_the_same_for_one_and_three(n, plan_meeting, django_assert_num_queries):
    pks = [plan_meeting().pk for _ in range(n)]
    with django_assert_num_queries(3):
        assert len(EVENT.find(pks)) == n


def test_a_directive_shows_itself_from_its_day(council, justice, officer, agency):
    made = actions.issue_directive(
        council=council, number="15/HĐPH", issued_on=dt.date(2026, 3, 11), subject="Tăng cường truyền thông",
        addressees=[justice], data=docx("Công văn"), file_name="cv.docx", by=officer,
    )  # fmt: skip
    record = DIRECTIVE.find([made.pk])[made.pk]
    assert (record.title, record.shown_on) == ("15/HĐPH: Tăng cường truyền thông", dt.date(2026, 3, 11))
    assert record.agencies == {agency.pk}
    assert_named_as_found("directive", made.pk)
    for agencies in (None, {justice.pk}, {agency.pk}):
        assert [one.pk for one in DIRECTIVE.choices(agencies, "tăng cường")] == [made.pk]
    assert DIRECTIVE.choices({officer.pk + 1_000}, "") == []
