"""The page of the table and its downloads: who may, what is recorded, what it costs."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.plan.states import PlanState
from danban.reports.states import Format
from tests.factories import AgencyFactory, PlanFactory, UserFactory, WindowFactory


@pytest.fixture
def desk(window, sign_in):
    return sign_in(UserFactory(role=Role.DRAFTER, agency=window.dossier.agency))


def page_url(window):
    return reverse("reports:synthesis", args=[window.pk])


def export_url(window, form):
    return reverse("reports:export", args=[window.pk, form])


def test_other_agencies_and_viewers_get_nothing(window, say, sign_in):
    say("Lời.")
    urls = [page_url(window), *(export_url(window, form) for form in Format.values)]
    stranger = sign_in(UserFactory(role=Role.DRAFTER, agency=AgencyFactory()))
    assert [stranger.get(url).status_code for url in urls] == [404] * 4
    viewer = sign_in(UserFactory(role=Role.VIEWER, agency=window.dossier.agency))
    assert [viewer.get(url).status_code for url in urls] == [403] * 4
    assert not AuditEntry.objects.filter(action="report.exported").exists()


def test_the_department_of_justice_sees_every_agency(window, say, sign_in):
    say("Lời.")
    justice = sign_in(UserFactory(role=Role.JUSTICE))
    assert justice.get(page_url(window)).context["totals"].opinions == 1
    assert window in justice.get(reverse("reports:home")).context["page"].object_list


def test_the_page_shows_the_figures(desk, window, say, answer):
    answer([say("Một."), say("Hai.")])
    say("Ba.", visibility="held")
    figures = dict(desk.get(page_url(window)).context["figures"])
    assert figures["Ý kiến nhận được"] == 3
    assert figures["Ý kiến: Tiếp thu"] == 2
    assert figures["Ý kiến: Chưa giải trình"] == 1


@pytest.mark.parametrize("form", Format.values)
def test_every_export_is_a_file_and_is_recorded(desk, window, say, form):
    say("Đề nghị lùi giờ.")
    response = desk.get(export_url(window, form))
    data = b"".join(response.streaming_content)
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Disposition"].rstrip('"').endswith(f".{form}")
    assert data.startswith({"csv": "\ufeff".encode()}.get(form, b"PK"))
    entry = AuditEntry.objects.get(action="report.exported")
    assert entry.rows == [["consultation.Window", window.pk]]
    assert entry.details == {"form": form, "opinions": 1}


def test_the_draft_column_on_request(desk, window, say):
    say("Lời.")
    response = desk.get(export_url(window, "docx") + "?cot=du-thao")
    table = Document(io.BytesIO(b"".join(response.streaming_content))).tables[1]
    assert len(table.columns) == 5


def test_an_unknown_form_is_not_found(desk, window):
    assert desk.get(export_url(window, "pdf")).status_code == 404
    assert desk.post(export_url(window, "csv")).status_code == 405
    assert not AuditEntry.objects.filter(action="report.exported").exists()


def counted(client, url):
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
        assert response.status_code == 200
        if response.streaming:
            assert list(response.streaming_content)
    return len(seen)


def test_pages_and_exports_cost_the_same_with_one_row_and_with_three(desk, window, place, say, answer):
    urls = [reverse("reports:home"), page_url(window), *(export_url(window, form) for form in Format.values)]
    answer([say("Một.", provision=place["dieu-1"])], provision=place["dieu-1"])
    desk.get(urls[0])
    before = [counted(desk, url) for url in urls]
    for text in ("Hai.", "Ba."):
        answer([say(text, provision=place["dieu-2"])], provision=place["dieu-2"])
        say(text)
        WindowFactory(version=window.version)
    assert [counted(desk, url) for url in urls] == before


@pytest.mark.django_db
def test_a_draft_of_a_plan_leaves_the_house_only_by_those_who_write_it(sign_in):
    draft, begun = PlanFactory(state=PlanState.DRAFT), PlanFactory(state=PlanState.IN_FORCE)
    officer, justice = UserFactory(role=Role.DRAFTER), UserFactory(role=Role.JUSTICE)
    for who, drafts in ((officer, 404), (justice, 200)):
        client = sign_in(who)
        listed = client.get(reverse("reports:home")).content.decode()
        assert reverse("reports:plan_paper", args=[begun.pk]) in listed
        assert (reverse("reports:plan_paper", args=[draft.pk]) in listed) == (drafts == 200)
        assert client.get(reverse("reports:plan_paper", args=[draft.pk])).status_code == drafts
        assert client.get(reverse("reports:plan_paper", args=[begun.pk])).status_code == 200
