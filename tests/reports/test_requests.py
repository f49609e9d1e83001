"""A report asked for, written, handed to a second person, sent, given back, merged: rows, audit, letters."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.models import Membership
from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.common.errors import Refused
from danban.reports import actions, making, queries_reports
from danban.reports.actions.writing import TextChanged
from danban.reports.models import AgencyReport, ReportRequest, ReportText, Snapshot
from danban.reports.states import ReportKind, ReportState, Section
from tests.factories import AgencyFactory, UserFactory
from tests.operations.test_jobs import due_again
from tests.test_mail import run_waiting


def last_entry():
    return AuditEntry.objects.order_by("-pk").first()


def test_asking_makes_a_report_for_each_agency_and_is_recorded(sides):
    other = AgencyFactory()
    request = sides.ask(other)
    assert {one.agency for one in request.reports.all()} == {sides.agency, other}
    assert set(request.reports.values_list("state", flat=True)) == {ReportState.ASKED}
    entry = last_entry()
    assert (entry.action, entry.rows) == ("report.requested", [["reports.ReportRequest", request.pk]])
    assert entry.details["agencies"] == sorted([sides.agency.pk, other.pk])


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": dt.date(2025, 12, 31)},
        {"due_on": dt.date(2020, 1, 1)},
        {"agencies": []},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(sides, wrong):
    with pytest.raises(Refused):
        sides.ask(**wrong)
    assert not ReportRequest.objects.exists()


def test_the_letter_goes_to_those_who_may_write_once(sides, postbox):
    UserFactory(role=Role.VIEWER, agency=sides.agency)
    request = sides.ask(note="Nêu cách làm hay.")
    assert postbox.letters == []
    run_waiting()
    run_waiting()
    got = postbox.emptied()
    assert set(got) == {sides.writer.email, sides.second.email}
    letter = got[sides.writer.email]
    assert letter.subject == f"Đề nghị gửi báo cáo, hạn {request.due_on:%d/%m/%Y}: Báo cáo kết quả năm 2026"
    assert "Nêu cách làm hay." in letter.body
    assert f"/phai-gui/{request.reports.get().pk}/" in letter.body


def test_a_retry_writes_only_to_who_got_nothing(sides, postbox):
    postbox.full = {sides.second.email}
    sides.ask()
    run_waiting()
    assert list(postbox.emptied()) == [sides.writer.email]
    postbox.full = set()
    due_again()
    run_waiting()
    assert list(postbox.emptied()) == [sides.second.email]


def test_no_letter_after_the_report_was_sent(sides, postbox):
    request = sides.ask()
    sides.sent(request)
    run_waiting()
    assert postbox.letters == []


def test_what_is_to_be_mended_is_told_to_the_writers_once(sides, postbox):
    request = sides.ask()
    report = sides.sent(request)
    run_waiting()
    postbox.emptied()
    former = UserFactory(role=Role.OFFICER, agency=sides.agency)
    Membership.objects.filter(user=former).update(valid_to=clock.today() - dt.timedelta(days=1))
    actions.return_report(report=report, reason="Thiếu số liệu quý IV.", by=sides.justice)
    assert last_entry().action == "report.returned"
    run_waiting()
    got = postbox.emptied()
    assert set(got) == {sides.writer.email, sides.second.email}
    letter = got[sides.writer.email]
    assert letter.subject.startswith(f"Báo cáo được trả lại để sửa, hạn {request.due_on:%d/%m/%Y}: ")
    assert "Thiếu số liệu quý IV." in letter.body
    assert f"/phai-gui/{report.pk}/" in letter.body
    assert sides.justice.full_name not in letter.body


def test_what_was_mended_or_closed_meanwhile_is_not_told(sides, postbox):
    mended, closed = sides.ask(), sides.ask()
    run_waiting()
    postbox.letters = []
    for request in (mended, closed):
        actions.return_report(report=sides.sent(request), reason="Thiếu số liệu.", by=sides.justice)
    actions.submit_report(report=mended.reports.get(), by=sides.writer)
    actions.close_request(request=closed, by=sides.justice)
    run_waiting()
    assert postbox.letters == []


def test_reminding_reaches_only_those_who_owe_and_once_a_day(sides):
    other = AgencyFactory()
    request = sides.ask(other)
    sides.sent(request)
    assert actions.remind(request=request, by=sides.justice) == 1
    assert last_entry().details == {"agencies": [other.pk]}
    assert actions.remind(request=request, by=sides.justice) == 0
    with clock.at(clock.now() + dt.timedelta(days=1)):
        assert actions.remind(request=request, by=sides.justice) == 1


def test_words_are_kept_with_their_revision(sides):
    request = sides.ask()
    first = sides.write(request)
    assert (first.revision, first.text) == (1, "Đã họp dân ở năm thôn.")
    second = sides.write(request, "Sáu thôn.", seen=1)
    assert (second.pk, second.revision) == (first.pk, 2)
    assert last_entry().details == {"section": "results", "revision": 2, "agency": sides.agency.pk}


def test_two_officers_in_one_section_lose_nothing(sides):
    request = sides.ask()
    sides.write(request)
    with pytest.raises(TextChanged):
        sides.write(request, "Lời của người thứ hai.", seen=0, by=sides.second)
    assert ReportText.objects.get().text == "Đã họp dân ở năm thôn."


def test_the_second_person_sends_and_the_figures_stay(sides):
    request = sides.ask()
    report = request.reports.get()
    submitted = actions.submit_report(report=report, by=sides.writer)
    with pytest.raises(Refused, match="người thứ hai"):
        actions.send_report(report=submitted, by=sides.writer)
    with clock.at(clock.now() + dt.timedelta(hours=3)):
        sent = actions.send_report(report=submitted, by=sides.second)
    assert (sent.state, sent.sent_by, sent.figures_at) == (
        ReportState.SENT, sides.second, submitted.figures_at
    )  # fmt: skip
    assert last_entry().action == "report.sent"


def test_handing_in_fixes_the_figures_the_page_shows(sides):
    """Those kept last today; they stay kept while newer ones take the place of others."""
    request = sides.ask()
    shown = actions.keep_present()
    with clock.at(clock.now() + dt.timedelta(minutes=3)):
        report = actions.submit_report(report=request.reports.get(), by=sides.writer)
    assert report.figures_at == shown.at
    with clock.at(clock.now() + dt.timedelta(minutes=9)):
        actions.keep_present()
    assert Snapshot.objects.filter(pk=shown.pk).exists()


def test_figures_of_every_collected_period_and_handed_in_moment_are_kept(sides):
    half = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 6, 30)}
    request = sides.ask(kind=ReportKind.HALF, **half)
    report = actions.submit_report(report=request.reports.get(), by=sides.writer)
    for _ in range(14):
        actions.keep_present()
    assert Snapshot.objects.filter(**half, at=report.figures_at).exists()
    assert Snapshot.objects.filter(**half).count() == 2


def test_the_page_of_a_report_reads_kept_figures(sides, sign_in, django_assert_max_num_queries):
    request = sides.ask()
    actions.keep_present()
    client = sign_in(sides.writer)
    address = reverse("reports:report", args=[request.reports.get().pk])
    client.get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200


def test_pages_of_reports_cost_the_same_with_one_and_with_three(sides, sign_in):
    request = sides.ask()
    here = {sides.justice: ["requests", "request"], sides.writer: ["owed"]}

    def costs():
        found = []
        for user, names in here.items():
            client = sign_in(user)
            for name in names:
                address = reverse(f"reports:{name}", args=[request.pk] if name == "request" else [])
                client.get(address)
                with CaptureQueriesContext(connection) as seen:
                    assert client.get(address).status_code == 200
                found.append(len(seen))
        return found

    one = costs()
    for _ in range(2):
        other = AgencyFactory()
        sides.ask(other)
        AgencyReport.objects.create(request=request, agency=other)
    assert costs() == one
    assert max(one) <= 10


def test_the_table_too_refuses_that_one_person_sends(sides):
    report = sides.ask().reports.get()
    values = {"state": "sent", "submitted_by": sides.writer, "sent_by": sides.writer}
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyReport.objects.filter(pk=report.pk).update(
            **values, sent_at=clock.now(), figures_at=clock.now()
        )


def test_nothing_is_written_while_it_waits_and_again_when_given_back(sides):
    request = sides.ask()
    sides.sent(request)
    with pytest.raises(Refused):
        sides.write(request)
    report = request.reports.get()
    with pytest.raises(Refused):
        actions.return_report(report=report, reason="  ", by=sides.justice)
    back = actions.return_report(report=report, reason="Thiếu số liệu tập huấn.", by=sides.justice)
    assert (back.state, back.sent_by, back.returned_reason) == (
        ReportState.RETURNED, None, "Thiếu số liệu tập huấn."
    )  # fmt: skip
    assert sides.write(request).revision == 1


def test_steps_out_of_order_are_refused(sides):
    report = sides.ask().reports.get()
    with pytest.raises(Refused, match="Chưa gửi"):
        actions.send_report(report=report, by=sides.second)


def test_a_closed_collection_changes_no_more(sides):
    request = sides.ask()
    actions.close_request(request=request, by=sides.justice)
    assert last_entry().action == "report.closed"
    request.refresh_from_db()
    for step in (
        lambda: sides.write(request),
        lambda: actions.submit_report(report=request.reports.get(), by=sides.writer),
        lambda: actions.remind(request=request, by=sides.justice),
        lambda: actions.close_request(request=request, by=sides.justice),
    ):
        with pytest.raises(Refused, match="đã kết thúc"):
            step()


def test_the_province_has_its_words_and_those_of_who_sent(sides):
    other = AgencyFactory()
    request = sides.ask(other)
    sides.write(request)
    actions.save_text(
        request=request, agency=other, section=Section.RESULTS, text="Chưa gửi.", seen=0, by=sides.writer
    )
    actions.save_text(
        request=request, agency=None, section=Section.RESULTS, text="Lời của tỉnh.", seen=0, by=sides.justice
    )
    sides.sent(request)
    assert queries_reports.words_sent(request)[Section.RESULTS] == [
        (sides.agency.name, "Đã họp dân ở năm thôn.")
    ]
    assert making.report_of_province(request).words[Section.RESULTS] == [
        ("", "Lời của tỉnh."),
        (sides.agency.name, "Đã họp dân ở năm thôn."),
    ]
