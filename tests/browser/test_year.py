"""One year of the programme, from the plan to the yearly report: coverage is computed from evidence."""

from __future__ import annotations

import io

import docx
import pytest
from django.utils import timezone

from danban.accounts.models import User
from danban.demo.load import PASSWORD, load
from danban.plan.models import Evidence
from danban.plan.states import Purpose
from danban.policies.screening_queries import covered_at
from danban.reports.actions import keep_present
from tests.browser.office import look, press, visit

pytestmark = pytest.mark.django_db(transaction=True)
DASHBOARD = "/can-bo/tong-quan/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = settings.MEDIA_ROOT = tmp_path


def report_words(screen) -> str:
    """The words of the province's yearly report as it downloads."""
    page = screen.page
    year = timezone.localdate().year
    answer = page.request.get(f"/can-bo/bao-cao/bao-cao.docx?ky=yearly&nam={year}")
    assert answer.ok
    paper = docx.Document(io.BytesIO(answer.body()))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def coverage(screen) -> str:
    keep_present()
    page = visit(screen, DASHBOARD)
    return page.locator(".figures > li").first.inner_text()


def test_a_year_ends_with_coverage_shown_by_evidence_and_falls_without_it(screen):
    load("answered")
    in_scope = list(covered_at(timezone.now()))
    assert len(in_scope) >= 2
    desk = screen()
    page = desk.go("/can-bo/")
    officer = User.objects.get(email="nguyen.lth@songmay.example")
    leader = User.objects.get(email="thu.vth@songmay.example")
    page.fill("[name=login]", leader.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(wait_until="networkidle"):
        page.click("main form button[type=submit]")

    assert "100 %" in coverage(desk)
    press(desk, "100 %", "link")
    look(desk)
    assert "100 %" in report_words(desk)

    hers = screen()
    page = hers.go("/can-bo/")
    page.fill("[name=login]", officer.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(wait_until="networkidle"):
        page.click("main form button[type=submit]")
    policy = next(one for one in in_scope if one.dossier.agency.code == "so-nnmt")
    page = visit(hers, f"/can-bo/ke-hoach/chinh-sach/{policy.pk}/minh-chung/")
    kept = Evidence.objects.get(policy=policy, purpose=Purpose.COORDINATION, ended_at__isnull=True)
    with page.expect_navigation(wait_until="networkidle"):
        page.locator(f"a[href$='/{kept.pk}/rut/']").click()
    look(hers)
    page.get_by_label("Lý do rút").fill("Biên bản ghi nhầm tên tổ chức tham dự.")
    press(hers, "Rút minh chứng")
    look(hers)
    kept.refresh_from_db()
    assert (kept.ended_by, kept.ended_reason) == (officer, "Biên bản ghi nhầm tên tổ chức tham dự.")

    part = len(in_scope) - 1
    fallen = f"{100 * part / len(in_scope):.1f}".rstrip("0").rstrip(".").replace(".", ",")
    assert f"{fallen} %" in coverage(desk)
    assert f"{fallen} %" in report_words(desk)
