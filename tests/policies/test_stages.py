"""The life of a dossier: which moves there are, what each needs, and that what was found is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.policies import actions, life, stage_queries
from danban.policies.models import Dossier, StageMove, StageRule
from danban.policies.requirements import FINDERS, Finding
from danban.policies.states import WAYS, DocumentType, DossierRole, Requirement, Stage
from tests.factories import DossierFactory, PolicyFactory, UserFactory
from tests.policies.test_views import queries_of

pytestmark = pytest.mark.django_db

TYPES = st.sampled_from(DocumentType.values)
ROLES = st.sampled_from(DossierRole.values)


@pytest.fixture
def found(monkeypatch):
    """``found(posting_days=False)`` says what the finders find; all is met otherwise."""

    def given_(**met):
        for one in Requirement:
            finding = Finding(met=met.get(one.value, True), words=f"Thấy {one.value}.", url="/o-day/")
            monkeypatch.setitem(FINDERS, one, lambda dossier, day, finding=finding: finding)

    given_()
    return given_


def move(dossier, to, by, **given_):
    values = {"on": clock.today(), "note": "", "document_number": "", "despite": ""} | given_
    return actions.move_stage(dossier=dossier, to=to, by=by, **values)


# Rules


@given(TYPES, ROLES)
def test_every_way_begins_in_drafting_and_can_be_walked_to_its_end(document_type, role):
    stage, walked = Stage.DRAFTING, [Stage.DRAFTING]
    while onward := [
        to for to in life.moves(document_type, role, stage) if life.goes_on(document_type, role, stage, to)
    ]:
        (stage,) = onward
        walked.append(stage)
    assert tuple(walked) == life.way(document_type, role)
    assert walked[-1] in (Stage.ISSUED, Stage.SENT_OPINION)


@given(TYPES, ROLES, st.sampled_from(Stage.values))
def test_what_is_not_onward_goes_back_or_stops(document_type, role, stage):
    way = life.way(document_type, role)
    for to in life.moves(document_type, role, stage):
        if life.goes_on(document_type, role, stage, to):
            assert way.index(to) == way.index(stage) + 1
        else:
            assert to == Stage.STOPPED or to in way
            with pytest.raises(life.MoveRefused):
                life.check_stage_move(
                    document_type=document_type, role=role, stage=stage, to=to, note="", document_number="1"
                )


def test_the_ways_differ_by_type():
    assert Stage.VERIFIED_BY_COUNCIL in WAYS[DocumentType.PROVINCIAL_RESOLUTION]
    assert Stage.VERIFIED_BY_COUNCIL not in WAYS[DocumentType.PROVINCIAL_DECISION]
    assert Stage.COMMITTEE_AGREED not in WAYS[DocumentType.CHAIR_DECISION]
    assert life.way(DocumentType.LAW, DossierRole.COORDINATES) == (Stage.DRAFTING, Stage.SENT_OPINION)
    assert life.moves(DocumentType.CHAIR_DECISION, DossierRole.DRAFTS, Stage.ISSUED) == ()


# Moves


def test_a_move_keeps_what_was_found(dossier, drafter, found):
    done = move(dossier, Stage.SENT_FOR_APPRAISAL, drafter, document_number=" 12/TTr  -SNNMT ")
    dossier.refresh_from_db()
    assert dossier.stage == Stage.SENT_FOR_APPRAISAL
    assert (done.document_number, done.despite) == ("12/TTr -SNNMT", "")
    kept = {one["requirement"]: (one["met"], one["verified"]) for one in done.findings}
    assert kept["consultees_asked"] == kept["posting_days"] == kept["synthesis_complete"] == (True, True)
    assert kept["screened"] == (True, False)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details["to_stage"]) == ("dossier.stage-moved", "sent_for_appraisal")


def test_what_is_kept_is_in_vietnamese_whatever_the_screen_speaks(dossier, drafter):
    StageRule.objects.exclude(requirement=Requirement.SCREENED).delete()
    with override("en"):
        done = move(dossier, Stage.SENT_FOR_APPRAISAL, drafter, despite="Họp tuần sau.")
    assert [one["words"] for one in done.findings] == ["Hồ sơ chưa ghi chính sách nào."]


def test_what_the_official_text_asks_cannot_be_passed_by(dossier, drafter, found):
    found(posting_days=False)
    with pytest.raises(life.MoveRefused, match="Thấy posting_days"):
        move(dossier, Stage.SENT_FOR_APPRAISAL, drafter, despite="Gấp lắm.")
    assert not StageMove.objects.exists()
    assert Dossier.objects.get().stage == Stage.DRAFTING


def test_what_nobody_read_asks_for_a_reason_which_is_kept(dossier, drafter, found):
    found(screened=False)
    with pytest.raises(life.MoveRefused, match="ghi lý do"):
        move(dossier, Stage.SENT_FOR_APPRAISAL, drafter)
    done = move(dossier, Stage.SENT_FOR_APPRAISAL, drafter, despite="Hội đồng họp tuần sau.")
    assert done.despite == "Hội đồng họp tuần sau."
    assert [one["requirement"] for one in done.findings if not one["met"]] == ["screened"]


def test_a_paper_is_given_back_and_sent_again(dossier, drafter, found):
    move(dossier, Stage.SENT_FOR_APPRAISAL, drafter)
    with pytest.raises(life.MoveRefused, match="lý do"):
        move(dossier, Stage.DRAFTING, drafter)
    found(synthesis_complete=False)
    back = move(dossier, Stage.DRAFTING, drafter, note="Thiếu bản tổng hợp.")
    assert back.findings == []
    found()
    move(dossier, Stage.SENT_FOR_APPRAISAL, drafter)
    stages = list(StageMove.objects.order_by("id").values_list("to_stage", flat=True))
    assert stages == ["sent_for_appraisal", "drafting", "sent_for_appraisal"]


def test_a_draft_is_stopped_and_taken_up_again(dossier, drafter, found):
    move(dossier, Stage.STOPPED, drafter, note="Chờ luật mới.")
    assert life.moves(dossier.document_type, dossier.role, dossier.stage) == (Stage.DRAFTING,)
    move(dossier, Stage.DRAFTING, drafter, note="Luật đã có.")


def test_no_stage_is_jumped_and_issuing_has_a_number(dossier, drafter, found):
    with pytest.raises(life.MoveRefused, match="không chuyển thẳng"):
        move(dossier, Stage.ISSUED, drafter)
    Dossier.objects.update(stage=Stage.SUBMITTED_TO_COMMITTEE)
    dossier.refresh_from_db()
    with pytest.raises(life.MoveRefused, match="số, ký hiệu"):
        move(dossier, Stage.ISSUED, drafter)
    move(dossier, Stage.ISSUED, drafter, document_number="15/2026/QĐ-CT")


def test_moves_follow_one_another_in_time(dossier, drafter, found):
    for on in (clock.today() + dt.timedelta(days=1), dossier.started_on - dt.timedelta(days=1)):
        with pytest.raises(life.MoveRefused):
            move(dossier, Stage.SENT_FOR_APPRAISAL, drafter, on=on)
    move(dossier, Stage.SENT_FOR_APPRAISAL, drafter)
    with pytest.raises(life.MoveRefused, match="bước trước"):
        move(dossier, Stage.APPRAISED, drafter, on=clock.today() - dt.timedelta(days=1))


def test_the_second_of_two_officers_is_refused(dossier, drafter, approver, found):
    seen_by_the_other = Dossier.objects.get(pk=dossier.pk)
    move(dossier, Stage.SENT_FOR_APPRAISAL, drafter)
    with pytest.raises(life.MoveRefused, match="Người khác vừa chuyển"):
        move(seen_by_the_other, Stage.SENT_FOR_APPRAISAL, approver)
    assert StageMove.objects.count() == 1


def test_rules_hold_from_their_day_to_their_day(dossier, found):
    StageRule.objects.all().delete()
    rule = StageRule.objects.create(
        document_type=dossier.document_type, stage=Stage.SENT_FOR_APPRAISAL,
        requirement=Requirement.SCREENED, valid_from=dt.date(2026, 2, 1), valid_to=dt.date(2026, 2, 28),
        legal_basis="Quy chế của tỉnh",
    )  # fmt: skip

    def asked(day):
        return [one.requirement for one in stage_queries.needs_of(dossier, Stage.SENT_FOR_APPRAISAL, day)]

    assert asked(rule.valid_from) == asked(rule.valid_to) == ["screened"]
    assert asked(dt.date(2026, 1, 31)) == asked(dt.date(2026, 3, 1)) == []


def test_only_what_was_read_in_the_official_text_is_marked_so():
    read = StageRule.objects.filter(verified=True)
    assert set(read.values_list("document_type", flat=True)) == {"chair_decision"}
    assert all("51a" in rule.legal_basis for rule in read)
    assert all("đối chiếu" in rule.note for rule in StageRule.objects.filter(verified=False))


def test_screening_is_found_out(dossier):
    finder = FINDERS[Requirement.SCREENED]
    assert not finder(dossier, clock.today()).met
    policy = PolicyFactory(dossier=dossier)
    assert "1 chính sách" in finder(dossier, clock.today()).words
    actions.record_decision(
        policy=policy, agency=dossier.agency, in_scope=False, reason="Hẹp.", list_number="1",
        decided_on=clock.today(), by=dossier.created_by,
    )  # fmt: skip
    assert finder(dossier, clock.today()).met


def test_every_requirement_has_its_finder():
    assert set(FINDERS) == set(Requirement)


def test_not_even_sql_changes_a_move(dossier, drafter, found):
    move(dossier, Stage.SENT_FOR_APPRAISAL, drafter)
    for statement in ("UPDATE policies_stagemove SET note = 'khác'", "DELETE FROM policies_stagemove"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# Screens


def test_the_dossier_shows_its_next_step(sign_in, drafter, dossier, found):
    found(posting_days=False)
    page = sign_in(drafter).get(reverse("policies:dossier", args=[dossier.pk])).content.decode()
    assert "Thấy posting_days." in page
    assert reverse("policies:move", args=[dossier.pk, "sent_for_appraisal"]) in page


def test_a_dossier_is_moved_in_the_browser(sign_in, drafter, dossier, found):
    found(screened=False)
    client = sign_in(drafter)
    address = reverse("policies:move", args=[dossier.pk, "sent_for_appraisal"])
    assert "Thấy screened." in client.get(address).content.decode()
    data = {"seen": "drafting", "on": f"{clock.today():%d/%m/%Y}", "document_number": "9/TTr"}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "9/TTr" in answer.content.decode()
    assert client.post(address, data | {"despite": "Họp tuần sau."}).status_code == 302
    again = client.post(address, data | {"despite": "Họp tuần sau."})
    assert "Người khác vừa chuyển" in again.content.decode()
    assert StageMove.objects.count() == 1


def test_nobody_moves_another_agency_s_dossier(sign_in, dossier):
    client = sign_in(UserFactory(role=Role.DRAFTER))
    assert client.get(reverse("policies:move", args=[dossier.pk, "stopped"])).status_code == 404
    watching = sign_in(UserFactory(role=Role.JUSTICE))
    assert watching.get(reverse("policies:move", args=[dossier.pk, "stopped"])).status_code == 403


def test_a_move_that_is_gone_leads_back(sign_in, drafter, dossier):
    client = sign_in(drafter)
    assert client.get(reverse("policies:move", args=[dossier.pk, "issued"])).status_code == 302
    assert client.get(reverse("policies:move", args=[dossier.pk, "nowhere"])).status_code == 404


def test_the_board_groups_by_stage_and_costs_the_same(sign_in, agency, drafter, dossier):
    client = sign_in(drafter)
    address = reverse("policies:board")
    one = queries_of(client, address)
    DossierFactory(agency=agency, stage=Stage.APPRAISED)
    DossierFactory(agency=agency, stage=Stage.APPRAISED)
    assert queries_of(client, address) == one
    page = client.get(address).content.decode()
    assert page.count("data-row") == 3
    assert "(2)" in page
    narrowed = client.get(address, {"buoc": "appraised"}).content.decode()
    assert narrowed.count("data-row") == 2


def test_the_board_shows_the_longest_waiting_of_each_stage(dossier):
    old = DossierFactory(started_on=dt.date(2025, 9, 1))
    rows = stage_queries.dossiers_living()
    shown = stage_queries.at_each_stage(rows, 1)
    assert [one.pk for one in shown["drafting"]] == [old.pk]
    assert shown["drafting"][0].since == dt.date(2025, 9, 1)
    assert stage_queries.stage_sizes(rows) == {"drafting": 2}
