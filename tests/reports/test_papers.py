"""Reports, lists, plans on paper: the numbers of the page, officers' words, pages LibreOffice keeps."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import time

import pytest
from docx import Document
from PIL import Image

from danban.accounts.states import AgencyKind, Level
from danban.common.errors import Refused
from danban.plan.models import Assignment, Plan, Section, Task
from danban.plan.states import Part, PlanKind, PlanState
from danban.policies.models import Policy, Screening
from danban.policies.states import DossierRole, ScreeningStep
from danban.reports import board, command, counting, making, papers, targets
from danban.reports.kpi import Counted, Figure, Scope, end_of, midnight
from danban.reports.states import ReportKind
from tests.factories import AgencyFactory, DossierFactory, UserFactory
from tests.reports.test_docx import converted


def text_of(data):
    document = Document(io.BytesIO(data))
    lines = [one.text for one in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(lines)


@pytest.fixture
def province(db):
    return AgencyFactory(
        kind=AgencyKind.PEOPLES_COMMITTEE,
        level=Level.PROVINCE,
        code="ubnd",
        name="Ủy ban nhân dân tỉnh Sông Mây",
    )


@pytest.fixture
def year():
    return Scope(dt.date(2026, 1, 1), dt.date(2026, 12, 31), end_of(dt.date(2026, 11, 20)))


@pytest.fixture
def listed(province, year):
    """Two policies on the Council's list: one the province drafts, one of a central bill."""
    by = UserFactory()
    for role, title in (
        (DossierRole.DRAFTS, "Thu phí theo khối lượng"),
        (DossierRole.COORDINATES, "Đấu giá tài sản"),
    ):
        dossier = DossierFactory(role=role, created_by=by)
        policy = Policy.objects.create(
            dossier=dossier, number=1, title=title, created_by=by, created_at=midnight(year.starts_on)
        )
        Screening.objects.create(
            policy=policy, step=ScreeningStep.DECISION, agency=province, in_scope=True, reason="Đủ tiêu chí.",
            list_number="03/DM", decided_on=dt.date(2026, 3, 2), by=by, at=midnight(dt.date(2026, 3, 2)),
        )  # fmt: skip


@pytest.fixture
def plan(province):
    first = dt.date(2026, 1, 1)
    made = Plan.objects.create(
        kind=PlanKind.YEARLY, number="1070/KH-UBND", title="truyền thông dự thảo chính sách năm 2026",
        issued_on=dt.date(2026, 3, 2), issuer=province, lead=province, starts_on=first,
        ends_on=dt.date(2026, 12, 31), state=PlanState.IN_FORCE, created_by=UserFactory(),
        created_at=midnight(first), legal_bases=["Căn cứ Quyết định số 407/QĐ-TTg;"],
        text="I. MỤC ĐÍCH\nĐể dân bàn.",
    )  # fmt: skip
    section = Section.objects.create(plan=made, position=1, number="I", title="Truyền thông")
    for n in range(40):
        task = Task.objects.create(
            plan=made, section=section, position=n,
            content=f"Đăng tóm tắt dự thảo số {n} trên trang của Hội đồng",
            due_on=dt.date(2026, 2, 1) + dt.timedelta(days=n), product="Bài đăng",
        )  # fmt: skip
        Assignment.objects.create(task=task, part=Part.LEADS, agency=province)
        Assignment.objects.create(task=task, part=Part.COORDINATES, named_as="Các sở, ban, ngành")
    return made


def test_the_numbers_on_paper_are_those_of_the_page(province, year, listed, plan):
    made = making.report_of_period(kind=ReportKind.YEARLY, scope=year, agency=province, whole_province=True)
    paper = text_of(papers.report_paper(made))
    lines = board.front(counting.figures(year), targets.targets_on(year.today))
    for line in lines:
        assert str(line.definition.name) in paper
        if line.value is not None:
            assert line.text in paper
            assert line.detail in paper
    assert "Nhiệm vụ hoàn thành đúng hạn: 0 % (0 trên 40)" in paper
    assert "tính đến hết ngày 20/11/2026" in paper
    assert papers.TO_BE_WRITTEN in paper


def test_words_of_officers_stand_under_their_agency(sides):
    request = sides.ask(title="Báo cáo kết quả năm 2026")
    sides.write(request, "Họp dân ở năm thôn.\nGhi lại mọi lời.")
    report = sides.sent(request)
    own = text_of(papers.report_paper(making.report_of_agency(report)))
    assert "Họp dân ở năm thôn.\nGhi lại mọi lời." in own
    assert f"Kính gửi: {sides.asking.name}" in own
    assert "BÁO CÁO\nkết quả năm 2026" in own
    merged = text_of(papers.report_paper(making.report_of_province(request)))
    assert f"{sides.agency.name}\nHọp dân ở năm thôn." in merged


def test_the_report_of_an_agency_lists_only_its_own(province, year, listed):
    other = AgencyFactory()
    made = making.report_of_period(kind=ReportKind.YEARLY, scope=year, agency=other, whole_province=False)
    assert "Thu phí theo khối lượng" not in text_of(papers.report_paper(made))


def test_central_bills_stand_apart_in_the_list(province, year, listed):
    paper = text_of(papers.policies_paper(province, year))
    assert paper.index("I. TỈNH CHỦ TRÌ") < paper.index("II. TRUNG ƯƠNG")
    tables = Document(io.BytesIO(papers.policies_paper(province, year))).tables
    assert [table.rows[1].cells[1].text for table in tables[1:3]] == [
        "Thu phí theo khối lượng",
        "Đấu giá tài sản",
    ]


def test_a_plan_has_its_table_of_tasks(plan):
    tables = Document(io.BytesIO(papers.plan_paper(plan))).tables
    rows = [[cell.text for cell in row.cells] for row in tables[1].rows]
    assert rows[0] == ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"]
    assert {cell._tc for cell in tables[1].rows[1].cells} == {tables[1].rows[1].cells[0]._tc}
    assert rows[1][0].endswith("TRUYỀN THÔNG")
    assert rows[2][1:] == [
        "Đăng tóm tắt dự thảo số 0 trên trang của Hội đồng", plan.issuer.name, "Các sở, ban, ngành",
        "Trước 01/02/2026", "Bài đăng",
    ]  # fmt: skip
    assert len(rows) == 42


def test_the_command_writes_the_file_as_of_a_day(province, tmp_path):
    out = tmp_path / "bao-cao.docx"
    scope = command.write_report(kind="half", year=2026, out=out, as_of=dt.date(2026, 6, 30))
    assert (scope.ends_on, scope.at) == (dt.date(2026, 6, 30), end_of(dt.date(2026, 6, 30)))
    assert "sáu tháng đầu năm 2026" in text_of(out.read_bytes())
    with pytest.raises(Refused):
        command.write_report(kind="half", year=2026, out=out, agency_code="khong-co")


def test_without_a_province_the_command_says_what_to_do(db, tmp_path):
    with pytest.raises(Refused, match="Ủy ban nhân dân tỉnh"):
        command.write_report(kind="yearly", year=2026, out=tmp_path / "bao-cao.docx")


def test_150_agencies_take_a_moment(province, year):
    names = {n: f"Cơ quan số {n}" for n in range(150)}
    figures: Counted = {n: Figure(part=n, whole=150) for n in names}
    counted = dict.fromkeys(papers.COMPARED, figures)
    made = papers.Report(
        kind=ReportKind.YEARLY, about="kết quả", agency=province, scope=year, figures={}, targets={},
        counted=counted, names=names,
    )  # fmt: skip
    started = time.process_time()
    data = papers.report_paper(made)
    assert time.process_time() - started < 5
    assert text_of(data).count("Cơ quan số ") == 150


@pytest.mark.office
def test_libreoffice_keeps_the_pages(province, year, listed, plan, tmp_path):
    made = making.report_of_period(kind=ReportKind.YEARLY, scope=year, agency=province, whole_province=True)
    (tmp_path / "bao-cao.docx").write_bytes(papers.report_paper(made))
    pages = converted(tmp_path, "bao-cao.docx")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert "BÁO CÁO" in pages[0]
    assert pages[1].split()[0] == "2"
    starts = [page for page in pages if "PHỤ LỤC" in page]
    assert len(starts) == 3
    assert all("Nhiệm vụ" in page and "Hạn" in page for page in pages[pages.index(starts[2]) :])
    assert 5 <= len(pages) <= 8
    look(tmp_path, len(pages))


def look(folder, n):
    """The pages as pictures: A4 standing, ink within the margins of Decree 30, none of them empty."""
    subprocess.run(
        [shutil.which("pdftoppm") or "pdftoppm", "-r", "40", "-gray", "-png", "bao-cao.pdf", "trang"],
        cwd=folder, check=True, timeout=60,
    )  # fmt: skip
    pictures = sorted(folder.glob("trang*.png"))
    assert len(pictures) == n
    for picture in pictures:
        with Image.open(picture) as page:
            width, height = page.size
            assert (round(width / 40 * 25.4), round(height / 40 * 25.4)) == (210, 297)
            left, _top, right, bottom = page.point(lambda grey: 255 if grey < 160 else 0).getbbox()
            dot = 25.4 / 40
            # A ruled table reaches half a cell's padding past the text on both sides.
            assert left * dot >= 27
            assert (width - right) * dot >= 13
            assert (height - bottom) * dot >= 18


def test_the_chair_signs_for_a_committee_and_a_head_for_a_department(province, year):
    def paper_of(agency, whole):
        return text_of(
            papers.report_paper(
                making.report_of_period(
                    kind=ReportKind.YEARLY, scope=year, agency=agency, whole_province=whole
                )
            )
        )

    committee, department = paper_of(province, True), paper_of(AgencyFactory(), False)
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in committee
    assert "/BC-UBND" in committee
    assert "THỦ TRƯỞNG CƠ QUAN" in department
    assert "TM. " not in department


def test_an_annex_without_rows_says_so(province, year):
    made = making.report_of_period(kind=ReportKind.YEARLY, scope=year, agency=province, whole_province=True)
    assert "DANH MỤC CHÍNH SÁCH TRONG KỲ VÀ MINH CHỨNG\n\nKhông có." in text_of(papers.report_paper(made))


def test_legal_bases_are_written_as_the_decree_asks(plan):
    plan.legal_bases = ["Quyết định số 407/QĐ-TTg", "Căn cứ Luật số 64/2025/QH15;"]
    plan.save()
    paper = text_of(papers.plan_paper(plan))
    assert "Căn cứ Quyết định số 407/QĐ-TTg;\nCăn cứ Luật số 64/2025/QH15." in paper
