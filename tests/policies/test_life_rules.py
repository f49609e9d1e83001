"""The dated tables behind a dossier's life, and the screen where they are kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.policies import actions, stage_queries
from danban.policies.models import ConsulteeRule, ReplyTerm, StageRule
from tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 1, 1)


@pytest.fixture
def justice():
    return UserFactory(role=Role.JUSTICE)


def rule(justice, **changed):
    values = {
        "document_type": "provincial_decision", "stage": "appraised", "requirement": "screened",
        "valid_from": DAY, "legal_basis": "Quy chế", "verified": False, "note": "", "by": justice,
    }  # fmt: skip
    return actions.set_stage_rule(**values | changed)


def test_a_rule_is_set_confirmed_and_ended(justice):
    made = rule(justice)
    with pytest.raises(Refused, match="đã có"):
        rule(justice, valid_from=dt.date(2026, 3, 1))
    actions.confirm_life_rule(rule=made, legal_basis="Điều 3 Quy chế", by=justice)
    with pytest.raises(Refused, match="bắt đầu"):
        actions.end_life_rule(rule=made, last_day=DAY - dt.timedelta(days=1), by=justice)
    actions.end_life_rule(rule=made, last_day=dt.date(2026, 2, 28), by=justice)
    rule(justice, valid_from=dt.date(2026, 3, 1))
    made.refresh_from_db()
    assert (made.verified, made.legal_basis, made.valid_to) == (True, "Điều 3 Quy chế", dt.date(2026, 2, 28))
    assert [entry.action for entry in AuditEntry.objects.order_by("id")] == [
        "life-rule.set", "life-rule.confirmed", "life-rule.ended", "life-rule.set",
    ]  # fmt: skip


def test_a_new_term_ends_the_one_before(justice):
    actions.set_reply_term(days=10, valid_from=DAY, legal_basis="Quy chế", verified=True, note="", by=justice)
    assert stage_queries.reply_term_on(DAY - dt.timedelta(days=1)).days == 15
    assert stage_queries.reply_term_on(DAY).days == 10
    assert stage_queries.reply_term_on(dt.date(2020, 1, 1)) is None
    with pytest.raises(Refused, match="sau nữa"):
        actions.set_reply_term(
            days=9, valid_from=DAY, legal_basis="Quy chế", verified=True, note="", by=justice
        )


def test_the_chair_s_decision_names_four_departments_and_the_province_chooses_which(justice):
    held = list(stage_queries.consultee_rules_on("chair_decision", DAY))
    assert [one.name for one in held] == [
        "Sở Khoa học và Công nghệ", "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp",
    ]  # fmt: skip
    assert all(one.verified and not one.agencies.exists() for one in held)
    body = AgencyFactory()
    actions.choose_consultees(rule=held[0], agencies=[body], by=justice)
    actions.choose_consultees(rule=held[1], agencies=[body], by=justice)
    assert list(held[0].agencies.all()) == [body]
    assert stage_queries.agencies_to_ask("chair_decision", DAY) == [body.pk]
    assert [entry.details for entry in AuditEntry.objects.order_by("id")] == [{"agencies": [body.pk]}] * 2


def test_the_screen_adds_confirms_ends_and_chooses(sign_in, justice):
    client = sign_in(justice)
    address = reverse("policies:life_rules")
    body = AgencyFactory(name="Sở Y tế")
    common = {"valid_from": "01/01/2026", "legal_basis": "Quy chế của tỉnh", "note": ""}

    def add(table, **own):
        data = {f"{table}-{name}": value for name, value in (common | own).items()}
        return client.post(address, {"bang": table} | data)

    stage = {"document_type": "commune_decision", "stage": "adopted", "requirement": "screened"}
    assert add("buoc", **stage).status_code == 302
    assert "đã có trong bảng" in add("buoc", **stage).content.decode()
    named = {"document_type": "commune_decision", "name": "Sở Y tế", "agencies": [body.pk]}
    assert add("co-quan", **named).status_code == 302
    assert add("thoi-han", days="0").status_code == 422
    assert add("thoi-han", days="12").status_code == 302
    made = StageRule.objects.get(stage="adopted")
    change = reverse("policies:change_life_rule", args=["buoc", made.pk])
    client.post(change, {"legal_basis": "Điều 5"})
    client.post(change, {"last_day": "31/12/2026"})
    client.post(change, {"last_day": "hôm nào"})
    made.refresh_from_db()
    assert (made.verified, made.valid_to) == (True, dt.date(2026, 12, 31))
    chosen = ConsulteeRule.objects.get(name="Sở Y tế")
    assert list(chosen.agencies.all()) == [body]
    client.post(reverse("policies:consultees", args=[chosen.pk]), {})
    assert not chosen.agencies.exists()
    page = client.get(address).content.decode()
    assert "Quy chế của tỉnh" in page
    assert ReplyTerm.objects.filter(days=12).exists()


def test_only_who_keeps_rules_sees_them(sign_in):
    client = sign_in(UserFactory(role=Role.DRAFTER))
    assert client.get(reverse("policies:life_rules")).status_code == 403
    made = StageRule.objects.first()
    assert client.post(reverse("policies:change_life_rule", args=["buoc", made.pk])).status_code == 403
    assert sign_in(UserFactory(role=Role.JUSTICE)).post("/can-bo/quy-dinh-theo-buoc/la/1/").status_code == 404


def test_a_rule_that_has_its_last_day_does_not_come_back(justice):
    made = rule(justice)
    actions.end_life_rule(rule=made, last_day=dt.date(2026, 2, 28), by=justice)
    rule(justice, valid_from=dt.date(2026, 3, 1))
    with pytest.raises(Refused, match="hãy thêm dòng mới"):
        actions.end_life_rule(rule=made, last_day=dt.date(2026, 12, 31), by=justice)
    actions.end_life_rule(rule=made, last_day=dt.date(2026, 1, 31), by=justice)
    made.refresh_from_db()
    assert made.valid_to == dt.date(2026, 1, 31)


def test_a_new_term_also_cuts_one_whose_end_was_set_beforehand(justice):
    before = ReplyTerm.objects.get(valid_to=None)
    actions.end_life_rule(rule=before, last_day=dt.date(2030, 12, 31), by=justice)
    actions.set_reply_term(days=10, valid_from=DAY, legal_basis="Quy chế", verified=True, note="", by=justice)
    before.refresh_from_db()
    assert before.valid_to == DAY - dt.timedelta(days=1)
