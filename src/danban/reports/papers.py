"""Reports, the list of policies and a plan as papers of Decree 30/2020/NĐ-CP, to be signed by an officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import override

from danban.accounts.models import Agency
from danban.accounts.states import AgencyKind
from danban.common import paper
from danban.plan.models import Plan
from danban.plan.states import Part, TaskState
from danban.reports import board, drafting, kpi_answers, kpi_policies, kpi_tasks
from danban.reports.kpi import DEFINITIONS, Counted, Figure, Records, Scope
from danban.reports.states import ReportKind, Section
from danban.reports.streamed import LongPaper

TO_BE_WRITTEN = "(Phần này do cơ quan viết; chưa có nội dung.)"
NUMERALS = ("I", "II", "III", "IV", "V")
ROWS_AT_ONCE = 2_000
ANNEXES = (
    ("Danh mục chính sách trong kỳ và minh chứng", kpi_policies.COVERAGE, (32, 20, 17, 17, 14)),
    ("Nhiệm vụ đến hạn trong kỳ", kpi_tasks.ON_TIME, (33, 17, 19, 17, 14)),
)
COMPARED = (kpi_policies.COVERAGE, kpi_tasks.ON_TIME, kpi_answers.ON_TIME, kpi_answers.UNANSWERED)

Words = Mapping[str, Sequence[tuple[str, str]]]
"""By section: whose words (empty: those of the body that reports itself) and the words."""


@dataclass(frozen=True)
class Report:
    """A report before it is put on paper. ``counted`` are the figures of all, for the province's annex."""

    kind: str
    about: str
    agency: Agency
    scope: Scope
    figures: Mapping[str, Figure]
    targets: Mapping[str, Decimal]
    words: Words = field(default_factory=dict)
    counted: Mapping[str, Counted] | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    to: str = ""


def report_paper(report: Report) -> bytes:
    """The report: what the figures say, what officers wrote, and the annexes behind both."""
    document = _begin(f"{_kind(report.kind)} {report.about}", report.agency, report.scope.today.year, "BC")
    paper.title(document, "Báo cáo", report.about)
    if report.to:
        paper.line(document, f"Kính gửi: {report.to}", 14)
    paper.running(document, drafting.basis(report.scope))
    paper.heading(document, "I. KẾT QUẢ THỰC HIỆN")
    for words in drafting.results(report.figures, report.targets):
        paper.running(document, words)
    for numeral, section in zip(("", *NUMERALS[1:]), Section, strict=False):
        _section(document, numeral, section, report.words.get(section, ()))
    _sign(document, report.agency, [report.to] if report.to else [])
    made = LongPaper(document)
    _annexes(made, report)
    return made.written()


def _kind(kind: str) -> str:
    with override("vi"):
        return str(ReportKind(kind).label)


def _section(document: Any, numeral: str, section: Section, words: Sequence[tuple[str, str]]) -> None:
    """Results are told under the figures; the other sections have their own numeral."""
    with override("vi"):
        name = str(section.label)
    paper.heading(document, f"{numeral}. {name.upper()}" if numeral else f"{name}:")
    for whose, text in words:
        if whose:
            paper.heading(document, whose).runs[0].italic = True
        paper.lines(document, text)
    if not words:
        paper.running(document, TO_BE_WRITTEN, italic=True)


def _annexes(made: LongPaper, report: Report) -> None:
    number = 1
    if report.counted is not None:
        _annex(made.document, number, "Số liệu theo cơ quan")
        made.table(_agency_headings(), _agency_rows(report), (32, 17, 17, 17, 17))
        number += 1
    for name, code, shares in ANNEXES:
        with override("vi"):
            records = DEFINITIONS[code].records(report.scope)
        rows = records.rows if report.counted is not None else records.of(records.rows, [report.agency.pk])
        _annex(made.document, number, name)
        headings = _fitting([str(one) for one in records.headings], len(shares))
        if rows.exists():
            made.table(headings, _cells(records, rows, len(shares)), shares)
        else:
            paper.running(made.document, "Không có.", italic=True)
        number += 1


def _cells(records: Records, rows: QuerySet[Any], columns: int) -> Iterator[list[str]]:
    for row in rows.iterator(ROWS_AT_ONCE):
        yield _fitting([cell.text for cell in records.cells(row)], columns)


def _fitting(cells: list[str], columns: int) -> list[str]:
    """The columns that fit a standing page: the first ones, and the last, which says the result."""
    return [*cells[: columns - 1], cells[-1]]


def _annex(document: Any, number: int, name: str) -> None:
    first = paper.line(document, f"PHỤ LỤC {NUMERALS[number - 1]}", 14, bold=True)
    first.paragraph_format.page_break_before = True
    first.paragraph_format.keep_with_next = True
    paper.line(document, name.upper(), 14, bold=True).paragraph_format.keep_with_next = True
    paper.line(document, "", 6)


def _agency_headings() -> list[str]:
    with override("vi"):
        return ["Cơ quan", *(str(DEFINITIONS[code].name) for code in COMPARED)]


def _agency_rows(report: Report) -> list[list[str]]:
    counted = report.counted or {}
    with override("vi"):
        agencies = sorted(board.ranked(counted, report.names, COMPARED), key=lambda one: one.name)
        rows = []
        for one in agencies:
            lines = board.lines_of_agency(counted, one.agency, report.targets, COMPARED)
            told = [f"{line.text}\n{line.detail}" if line.figure.whole else "–" for line in lines]
            rows.append([one.name, *told])
    return rows


# ── The list of policies ────────────────────────────────────────────────────────────────────────


def policies_paper(agency: Agency, scope: Scope) -> bytes:
    """The policies the Council decided on in the period, those of the province and central ones apart."""
    period = f"kỳ từ {scope.starts_on:%d/%m/%Y} đến {scope.ends_on:%d/%m/%Y}"
    about = f"chính sách có tác động lớn đến xã hội, {period}"
    document = _begin(f"Danh mục {about}", agency, scope.today.year, "DM")
    made = LongPaper(document)
    paper.title(document, "Danh mục", about)
    paper.running(document, drafting.basis(scope))
    rows = kpi_policies.decided_in_scope(scope).select_related("dossier__agency").order_by("decided_on", "pk")
    by_role: dict[str, list[Any]] = {}
    for row in rows:
        by_role.setdefault(row.dossier.role, []).append(row)
    headings = ("TT", "Chính sách", "Dự thảo", "Cơ quan", "Danh mục số, ngày")
    for role, name in (
        ("drafts", "I. TỈNH CHỦ TRÌ SOẠN THẢO"),
        ("coordinates", "II. TRUNG ƯƠNG SOẠN THẢO, TỈNH PHỐI HỢP"),
    ):
        paper.heading(document, name)
        listed = [
            (str(place), row.title, row.dossier.title, row.dossier.agency.name,
             f"{row.list_number}, {row.decided_on:%d/%m/%Y}")
            for place, row in enumerate(by_role.get(role, []), start=1)
        ]  # fmt: skip
        if listed:
            made.table(headings, listed, (8, 34, 34, 24, 20))
        else:
            paper.running(document, "Không có.", italic=True)
    _sign(document, agency, [])
    return made.written()


# ── A plan ──────────────────────────────────────────────────────────────────────────────────────


def plan_paper(plan: Plan) -> bytes:
    """A plan with its table of tasks, section by section. Columns as customary; no decree fixes them."""
    document = _begin(
        f"{plan.number} {plan.title}",
        plan.issuer,
        plan.issued_on.year,
        number=f"Số: {plan.number}",
        day=plan.issued_on,
    )
    paper.title(document, "Kế hoạch", plan.title)
    for words in _bases(plan.legal_bases):
        paper.running(document, words, italic=True)
    paper.lines(document, plan.text)
    paper.heading(document, "BẢNG NHIỆM VỤ")
    headings = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm")
    tasks = plan.tasks.exclude(state__in=[TaskState.PROPOSED, TaskState.CANCELLED])
    rows = tasks.select_related("section").prefetch_related("assignments__agency")
    rows = rows.order_by(F("section__position").asc(nulls_first=True), "position", "pk")
    made = LongPaper(document)
    made.table(headings, _task_rows(rows), (7, 32, 19, 19, 14, 14))
    _sign(document, plan.issuer, [])
    return made.written()


def _bases(named: Sequence[str]) -> list[str]:
    """Legal bases as Decree 30/2020/NĐ-CP writes them: "Căn cứ …;", the last with a full stop."""
    bare = [str(one).strip(" ;.") for one in named]
    said = [one if one.startswith(("Căn cứ", "Thực hiện", "Theo")) else f"Căn cứ {one}" for one in bare]
    return [f"{one}{'.' if place == len(said) else ';'}" for place, one in enumerate(said, start=1)]


def _task_rows(tasks: Iterable[Any]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    section = None
    for place, task in enumerate(tasks, start=1):
        if task.section and task.section != section:
            section = task.section
            rows.append((f"{section.number}. {section.title}".strip(". ").upper(),))
        when = task.timing or (f"Trước {task.due_on:%d/%m/%Y}" if task.due_on else "")
        named = (task.number or str(place), task.content)
        carried = (_carried(task, Part.LEADS), _carried(task, Part.COORDINATES))
        rows.append((*named, *carried, when, task.product))
    return rows


def _carried(task: Any, part: Part) -> str:
    named = (one.named_as or one.agency.name for one in task.assignments.all() if one.part == part)
    return "; ".join(named)


# ── What every one of them has ──────────────────────────────────────────────────────────────────


def _begin(
    title: str, agency: Agency, year: int, kind: str = "", *, number: str = "", day: dt.date | None = None
) -> Any:
    document = paper.begin(title=title, author=agency.name, created=day or dt.date(year, 1, 1))
    paper.head(
        document,
        paper.Head(
            agency=agency.name,
            superior=agency.parent.name if agency.parent else "",
            number=number or f"Số:        /{kind}-{'UBND' if _is_committee(agency) else '……'}",
            place=paper.place_of(settings.PROVINCE),
            day=day,
            year=year,
        ),
    )
    return document


def _is_committee(agency: Agency) -> bool:
    return agency.kind == AgencyKind.PEOPLES_COMMITTEE


def _sign(document: Any, agency: Agency, recipients: Sequence[str]) -> None:
    """A People's Committee acts as a body, so its Chair signs for it (Decree 30/2020/NĐ-CP)."""
    office = ("TM. Ủy ban nhân dân", "Chủ tịch") if _is_committee(agency) else ("Thủ trưởng cơ quan",)
    paper.signatures(
        document,
        paper.Signature(office=office, note="(Ký, ghi rõ họ tên, đóng dấu)"),
        recipients=[*recipients, "Lưu: VT"],
    )
