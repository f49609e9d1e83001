"""The screens of asking for, writing, sending and merging reports."""

from __future__ import annotations

import io

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from danban.accounts.states import AgencyKind, Level, Role
from danban.audit.models import AuditEntry
from danban.plan.states import PlanState
from danban.reports.models import ReportRequest, ReportText
from danban.reports.states import ReportState
from tests.factories import AgencyFactory, PlanFactory, UserFactory


def post(client, name, pk, **data):
    return client.post(reverse(name, args=[pk]), data, follow=True)


def form_of(sides, **changes):
    return {
        "kind": "yearly", "title": "Báo cáo năm 2026", "starts_on": "01/01/2026", "ends_on": "31/12/2026",
        "due_on": "31/12/2099", "note": "", "asking": sides.asking.pk, "agencies": [sides.agency.pk],
    } | changes  # fmt: skip


def test_asking_through_the_page(sides, sign_in):
    client = sign_in(sides.justice)
    url = reverse("reports:new_request")
    assert client.get(url).status_code == 200
    response = client.post(url, form_of(sides, due_on="01/01/2020"))
    assert response.status_code == 422
    assert b"B\xc3\xa1o c\xc3\xa1o n\xc4\x83m 2026" in response.content
    assert client.post(url, form_of(sides, asking=sides.agency.pk)).status_code == 422
    assert not ReportRequest.objects.exists()
    assert client.post(url, form_of(sides)).status_code == 302
    assert ReportRequest.objects.get().reports.get().agency == sides.agency


def test_writing_handing_in_and_sending(sides, sign_in):
    report = sides.ask().reports.get()
    writer = sign_in(sides.writer)
    page = writer.get(reverse("reports:report", args=[report.pk]))
    assert len(page.context["lines"]) == 7
    post(writer, "reports:write", report.pk, section="results", text="Đã họp dân.", seen=0)
    assert ReportText.objects.get().text == "Đã họp dân."
    post(writer, "reports:submit_report", report.pk)
    assert writer.post(reverse("reports:send_report", args=[report.pk])).status_code == 403
    second = sign_in(sides.second)
    post(second, "reports:send_report", report.pk)
    report.refresh_from_db()
    assert (report.state, report.sent_by) == (ReportState.SENT, sides.second)


def test_what_was_typed_comes_back_when_someone_else_wrote(sides, sign_in):
    request = sides.ask()
    sides.write(request, "Lời thứ nhất.")
    report = request.reports.get()
    response = post(
        sign_in(sides.writer), "reports:write", report.pk, section="results", text="Lời thứ hai.", seen=0
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "Lời thứ nhất." in page
    assert "Lời thứ hai.</textarea>" in page
    too_long = post(
        sign_in(sides.writer), "reports:write", report.pk, section="results", text="a" * 20_001, seen=1
    )
    assert too_long.status_code == 409
    assert "a" * 20_001 in too_long.content.decode()
    assert ReportText.objects.get().text == "Lời thứ nhất."


def test_strangers_find_nothing(sides, sign_in):
    report = sides.ask().reports.get()
    stranger = sign_in(UserFactory(role=Role.APPROVER, agency=AgencyFactory()))
    for name in ("reports:report", "reports:agency_paper"):
        assert stranger.get(reverse(name, args=[report.pk])).status_code == 404
    for name in ("reports:write", "reports:submit_report", "reports:send_report", "reports:return_report"):
        assert stranger.post(reverse(name, args=[report.pk]), {"reason": "x"}).status_code == 404
    assert stranger.get(reverse("reports:request", args=[report.request_id])).status_code == 403
    assert stranger.get(reverse("reports:owed")).context["page"].object_list.count() == 0


def test_giving_back_needs_a_reason_and_the_right_person(sides, sign_in):
    request = sides.ask()
    report = sides.sent(request)
    writer = sign_in(sides.writer)
    assert writer.post(reverse("reports:return_report", args=[report.pk]), {"reason": "x"}).status_code == 404
    justice = sign_in(sides.justice)
    assert post(justice, "reports:return_report", report.pk, reason="").status_code == 422
    too_long = post(justice, "reports:return_report", report.pk, reason="a" * 2_001)
    assert too_long.status_code == 422
    assert "a" * 2_001 in too_long.content.decode()
    report.refresh_from_db()
    assert report.state == ReportState.SENT
    post(justice, "reports:return_report", report.pk, reason="Thiếu số liệu.")
    report.refresh_from_db()
    assert (report.state, report.returned_reason) == (ReportState.RETURNED, "Thiếu số liệu.")


def test_justice_sees_who_owes_reminds_and_closes(sides, sign_in):
    request = sides.ask(AgencyFactory(name="A chưa gửi"))
    sides.sent(request)
    client = sign_in(sides.justice)
    page = client.get(reverse("reports:request", args=[request.pk]))
    assert [one.agency.name for one in page.context["reports"]] == ["A chưa gửi", sides.agency.name]
    post(client, "reports:write_province", request.pk, section="next", text="Làm tiếp.", seen=0)
    assert ReportText.objects.get(agency=None).text == "Làm tiếp."
    post(client, "reports:remind", request.pk)
    assert AuditEntry.objects.filter(action="report.reminded").count() == 1
    post(client, "reports:close_request", request.pk)
    request.refresh_from_db()
    assert request.closed_at is not None
    response = post(client, "reports:write_province", request.pk, section="next", text="Nữa.", seen=1)
    assert (response.status_code, "Nữa." in response.content.decode()) == (409, True)


def test_papers_are_files_and_are_recorded(sides, sign_in):
    AgencyFactory(kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.PROVINCE, name="Ủy ban nhân dân tỉnh")
    request = sides.ask()
    sides.write(request)
    report = sides.sent(request)
    client = sign_in(sides.justice)
    urls = [
        reverse("reports:province_paper", args=[request.pk]),
        reverse("reports:agency_paper", args=[report.pk]),
        reverse("reports:report_paper") + "?kind=half&ky=half",
        reverse("reports:policies_paper"),
    ]
    for url in urls:
        response = client.get(url)
        text = "\n".join(one.text for one in Document(io.BytesIO(response.content)).paragraphs)
        assert "Số liệu trong báo cáo lấy từ hồ sơ" in text, url
    assert AuditEntry.objects.filter(action="report.paper-exported").count() == len(urls)
    assert client.get(reverse("reports:report_paper") + "?kind=weekly").status_code == 404


def test_without_a_province_there_is_no_paper_of_it(sides, sign_in):
    assert sign_in(sides.justice).get(reverse("reports:policies_paper")).status_code == 404


def counted(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_lists_cost_the_same_with_one_row_and_with_three(sides, sign_in):
    request = sides.ask()
    client = sign_in(sides.justice)
    urls = [
        reverse("reports:requests"),
        reverse("reports:owed"),
        reverse("reports:request", args=[request.pk]),
    ]
    client.get(urls[0])
    before = [counted(client, url) for url in urls]
    for _ in range(2):
        sides.ask(AgencyFactory())
        request.reports.create(agency=AgencyFactory())
    assert [counted(client, url) for url in urls] == before


def test_a_plan_still_being_written_is_no_paper_for_others(sides, sign_in):
    draft, issued = PlanFactory(state=PlanState.DRAFT), PlanFactory()
    drafter = sign_in(UserFactory(role=Role.DRAFTER, agency=sides.agency))
    assert [plan.pk for plan in drafter.get(reverse("reports:home")).context["plans"]] == [issued.pk]
    assert drafter.get(reverse("reports:plan_paper", args=[draft.pk])).status_code == 404
    assert drafter.get(reverse("reports:plan_paper", args=[issued.pk])).status_code == 200
    assert sign_in(sides.justice).get(reverse("reports:plan_paper", args=[draft.pk])).status_code == 200
    papers = AuditEntry.objects.filter(action="report.paper-exported").values_list(
        "details__paper", flat=True
    )
    assert list(papers) == [f"ke-hoach-{issued.pk}", f"ke-hoach-{draft.pk}"]
