from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.consultation import actions, queries, rules
from danban.consultation.forms import version_label
from danban.consultation.models import OpinionRequest, Proposal, Window
from danban.policies.models import PostingRule, Version
from danban.policies.states import DocumentType, WindowKind
from tests.factories import AgencyFactory, UserFactory, VersionFactory, WindowFactory

ONE = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def version(db):
    return VersionFactory()


@pytest.fixture
def drafter(version):
    return UserFactory(role=Role.DRAFTER, agency=version.dossier.agency)


@pytest.fixture
def rule(db):
    """The only rule there is: ten days for decisions of the chair, read in the official text."""
    PostingRule.objects.all().delete()
    return PostingRule.objects.create(
        document_type=DocumentType.CHAIR_DECISION,
        window_kind=WindowKind.OPINION,
        min_days=10,
        valid_from=dt.date(2025, 7, 1),
        legal_basis="Nghị định thử nghiệm, Điều 51a",
        verified=True,
    )


def open_window(version, by, today, days=10, **given):
    values = {
        "version": version,
        "kind": WindowKind.OPINION,
        "opens_on": today,
        "closes_on": today + days * ONE,
        "by": by,
    }
    return actions.open_window(**values | given)


def test_a_window_opens_under_the_rule_in_force(version, drafter, rule, today, acts):
    window = open_window(version, drafter, today)
    assert (window.version, window.dossier, window.rule) == (version, version.dossier, rule)
    assert acts() == [("window.opened", f"user:{drafter.pk}")]
    assert AuditEntry.objects.get().details["closes_on"] == (today + 10 * ONE).isoformat()


def test_too_few_days_open_nothing(version, drafter, rule, today, acts):
    with pytest.raises(rules.WindowRefused, match="10 ngày"):
        open_window(version, drafter, today, days=9, short_reason="Gấp.")
    rule.verified = False
    rule.save()
    with pytest.raises(rules.WindowRefused, match="lý do"):
        open_window(version, drafter, today, days=9, short_reason="  ")
    assert not Window.objects.exists()
    assert acts() == []
    window = open_window(version, drafter, today, days=9, short_reason="Rút gọn theo văn bản số 5.")
    assert window.short_reason == "Rút gọn theo văn bản số 5."


def test_the_rule_is_that_of_the_opening_day(version, drafter, rule, today):
    rule.valid_to = today + 5 * ONE
    rule.save()
    longer = PostingRule.objects.create(
        document_type=rule.document_type,
        window_kind=rule.window_kind,
        min_days=30,
        valid_from=today + 6 * ONE,
        legal_basis="Nghị định mới",
        verified=True,
    )
    with pytest.raises(rules.WindowRefused, match="30 ngày"):
        open_window(version, drafter, today + 6 * ONE)
    assert open_window(version, drafter, today + 6 * ONE, days=30).rule == longer


def test_only_a_released_version_is_commented(drafter, version, today):
    with pytest.raises(rules.WindowRefused, match="công bố"):
        open_window(VersionFactory(released=False), drafter, today)


def test_windows_of_one_kind_do_not_overlap(version, drafter, rule, today):
    first = open_window(version, drafter, today)
    with pytest.raises(rules.WindowRefused, match="trùng ngày"):
        open_window(version, drafter, today + 10 * ONE)
    open_window(version, drafter, today, kind=WindowKind.SOCIAL_CRITIQUE)
    second = open_window(version, drafter, today + 11 * ONE)
    longer = {
        "window": first,
        "closes_on": today + 12 * ONE,
        "reason": "Bà con xin thêm ngày.",
        "by": drafter,
    }
    with pytest.raises(rules.WindowRefused, match="trùng ngày"):
        actions.propose_extension(**longer)
    second_person = UserFactory(role=Role.APPROVER, agency=version.dossier.agency)
    taken_back = actions.propose_cancelling(window=second, reason="Gộp vào đợt một.", by=drafter)
    actions.confirm_proposal(proposal=taken_back, by=second_person)
    actions.confirm_proposal(proposal=actions.propose_extension(**longer), by=second_person)
    first.refresh_from_db()
    assert first.closes_on == today + 12 * ONE


def test_a_window_is_never_made_shorter(window, officer, acts):
    with pytest.raises(rules.WindowRefused):
        actions.propose_extension(window=window, closes_on=window.closes_on, reason="Gấp.", by=officer)
    assert not Proposal.objects.exists()
    assert acts() == []


def test_a_window_is_cancelled_once_with_a_reason(window, officer, approver, acts, today):
    with pytest.raises(rules.ProposalRefused, match="lý do"):
        actions.propose_cancelling(window=window, reason=" ", by=officer)
    asked = actions.propose_cancelling(window=window, reason="Dự thảo rút lại.", by=officer)
    actions.confirm_proposal(proposal=asked, by=approver)
    window.refresh_from_db()
    assert queries.window_state(window, today) is rules.Moment.CANCELLED
    assert window.cancelled_reason == "Dự thảo rút lại."
    assert queries.latest_window(window.dossier) is None
    for again in (
        lambda: actions.propose_cancelling(window=window, reason="Nữa.", by=officer),
        lambda: actions.propose_extension(
            window=window, closes_on=today + 90 * ONE, reason="Nữa.", by=officer
        ),
    ):
        with pytest.raises(rules.WindowRefused, match="đã hủy"):
            again()
    assert acts() == [("proposal.made", f"user:{officer.pk}"), ("window.cancelled", f"user:{approver.pk}")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Window.objects.filter(pk=window.pk).update(cancelled_reason="")


def test_agencies_are_asked_once_and_reply(window, officer, acts, today):
    agencies = AgencyFactory.create_batch(2)
    letter = {"letter_number": "215/SNNMT", "asked_on": today, "due_on": today + 15 * ONE, "by": officer}
    assert len(actions.request_opinions(window=window, agencies=agencies[:1], **letter)) == 1
    assert len(actions.request_opinions(window=window, agencies=agencies, **letter)) == 1
    assert actions.request_opinions(window=window, agencies=agencies, **letter) == []
    assert queries.agencies_consulted_count(window) == 2
    asked = OpinionRequest.objects.get(agency=agencies[0])
    with pytest.raises(rules.WindowRefused):
        actions.note_reply(request=asked, answered_on=today - ONE, by=officer)
    actions.note_reply(request=asked, answered_on=today, by=officer)
    asked.refresh_from_db()
    assert asked.answered_on == today
    assert [action for action, _ in acts()] == ["opinion.requested", "opinion.requested", "opinion.answered"]
    with pytest.raises(rules.WindowRefused):
        actions.request_opinions(window=window, agencies=agencies, **letter | {"due_on": today - ONE})


# Screens


def test_an_officer_opens_a_window_in_the_browser(sign_in, version, drafter, rule, today):
    client = sign_in(drafter)
    address = reverse("consultation:open_window", args=[version.dossier_id])
    page = client.get(address).content.decode()
    assert "ít nhất 10 ngày" in page
    assert f"{today + 10 * ONE:%d/%m/%Y}" in page
    typed = {
        "kind": "opinion",
        "version": version.pk,
        "opens_on": today.isoformat(),
        "short_reason": "Lý do.",
    }
    refused = client.post(address, typed | {"closes_on": (today + 3 * ONE).isoformat()})
    assert refused.status_code == 422
    assert "Lý do." in refused.content.decode()
    assert not Window.objects.exists()
    client.post(address, typed | {"closes_on": f"{today + 10 * ONE:%d/%m/%Y}"})
    assert Window.objects.get().closes_on == today + 10 * ONE


def test_the_screens_of_a_window_do_what_they_say(sign_in, window, officer, approver, today):
    client = sign_in(officer)
    agency = AgencyFactory()

    def post(name, *more, **data):
        return client.post(reverse(f"consultation:{name}", args=[window.pk, *more]), data)

    def confirm():
        waiting = Proposal.objects.get(state="waiting")
        sign_in(approver).post(reverse("consultation:proposal", args=[waiting.pk]), {"viec": "xac-nhan"})
        sign_in(officer)

    wordless = post("extend", closes_on=f"{window.closes_on + ONE:%d/%m/%Y}", reason="")
    assert wordless.status_code == 422
    assert f'value="{window.closes_on + ONE:%d/%m/%Y}"' in wordless.content.decode()
    post("extend", closes_on=(window.closes_on + ONE).isoformat(), reason="Bà con xin thêm ngày.")
    assert Window.objects.get(pk=window.pk).closes_on == window.closes_on
    confirm()
    asked_on = today.isoformat()
    far = post("ask", agencies=[10**20], asked_on=asked_on, due_on=asked_on)
    assert far.status_code == 422
    assert not OpinionRequest.objects.filter(window=window).exists()
    post("ask", agencies=[agency.pk], asked_on=asked_on, due_on=asked_on, letter_number="1/CV")
    asked = OpinionRequest.objects.get(window=window, agency=agency)
    post("reply", asked.pk, answered_on=asked_on)
    asked.refresh_from_db()
    assert asked.answered_on == today
    assert post("extend", closes_on=asked_on, reason="Vì thế.").status_code == 422
    assert post("cancel", reason="").status_code == 422
    post("cancel", reason="Dự thảo rút lại.")
    assert Window.objects.get(pk=window.pk).cancelled_at is None
    confirm()
    closed = Window.objects.get(pk=window.pk)
    assert closed.closes_on == window.closes_on + ONE
    assert closed.cancelled_reason == "Dự thảo rút lại."
    page = client.get(reverse("consultation:window", args=[window.pk])).content.decode()
    assert "Dự thảo rút lại." in page
    assert reverse("consultation:extend", args=[window.pk]) not in page


def test_the_list_of_windows_costs_the_same_for_one_and_three(
    sign_in, window, officer, django_assert_num_queries, today
):
    client = sign_in(officer)
    address = reverse("consultation:windows", args=[window.dossier_id])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    for n in (2, 3):
        WindowFactory(
            version=VersionFactory(dossier=window.dossier, number=100 + n),
            kind=WindowKind.SOCIAL_CRITIQUE,
            opens_on=today + 60 * n * ONE,
            closes_on=today + (60 * n + 20) * ONE,
        )
    with django_assert_num_queries(7):
        assert client.get(address).content.decode().count("<tr>") == 1 + 3


POSTS = ("extend", "cancel", "ask")


def test_another_agency_finds_no_window(sign_in, window):
    client = sign_in(UserFactory(role=Role.DRAFTER))
    for name in ("windows", "open_window"):
        assert client.get(reverse(f"consultation:{name}", args=[window.dossier_id])).status_code == 404
    assert client.get(reverse("consultation:window", args=[window.pk])).status_code == 404
    for name in POSTS:
        assert (
            client.post(reverse(f"consultation:{name}", args=[window.pk]), {"reason": "x"}).status_code == 404
        )
    window.refresh_from_db()
    assert window.cancelled_at is None


def test_who_may_only_look_cannot_move_a_window(sign_in, window):
    client = sign_in(UserFactory(role=Role.VIEWER, agency=window.dossier.agency))
    page = client.get(reverse("consultation:window", args=[window.pk]))
    assert page.status_code == 200
    assert (
        b'<form method="post" action="' + reverse("consultation:cancel", args=[window.pk]).encode()
        not in page.content
    )
    for name in POSTS:
        assert (
            client.post(reverse(f"consultation:{name}", args=[window.pk]), {"reason": "x"}).status_code == 403
        )
    assert client.get(reverse("consultation:open_window", args=[window.dossier_id])).status_code == 403
    window.refresh_from_db()
    assert window.cancelled_at is None


def test_the_department_that_monitors_sees_every_agencys_windows(sign_in, window):
    client = sign_in(UserFactory(role=Role.JUSTICE))
    assert client.get(reverse("consultation:window", args=[window.pk])).status_code == 200


def test_the_day_a_version_was_published_is_that_of_viet_nam():
    at = dt.datetime(2026, 3, 31, 17, 30, tzinfo=dt.UTC)
    version = Version(number=2, released_at=at)
    assert version_label(version) == "Lần 2, công bố 01/04/2026"
