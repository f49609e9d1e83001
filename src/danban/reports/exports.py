"""From a window to a file: reads put to the writers of docx, xlsx and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from django.conf import settings
from django.utils.translation import override

from danban.common import clock, paper
from danban.common.tables import csv_lines
from danban.consultation.models import Window
from danban.policies.states import WindowKind
from danban.reports import figures, queries
from danban.reports.docx import Paper, write_docx
from danban.reports.queries import Totals
from danban.reports.rules import legal_basis
from danban.reports.states import Column
from danban.reports.synthesis import Synthesis, official
from danban.reports.tables import write_xlsx


def csv_of(window: Window, columns: tuple[Column, ...]) -> Iterator[str]:
    """The lines of the CSV file, read from the database as they are sent."""
    headings = [column.value for column in columns]
    return csv_lines(headings, _table(window).rows(queries.opinions(window), columns))


def write_xlsx_of(out: IO[bytes], window: Window, totals: Totals, columns: tuple[Column, ...]) -> None:
    rows = _table(window).rows(queries.opinions(window), columns)
    with override("vi"):
        totals_in_words = figures.listed(totals)
    write_xlsx(out, columns, rows, totals_in_words)


def write_docx_of(out: IO[bytes], window: Window, totals: Totals, columns: tuple[Column, ...]) -> None:
    blocks = _table(window).blocks(queries.opinions(window))
    write_docx(out, paper_of(window, totals), blocks, columns)


def paper_of(window: Window, totals: Totals) -> Paper:
    """The words around the table, from the dossier and the window."""
    dossier = window.dossier
    course = (
        f"{dossier.agency.name} đã tổ chức {official(WindowKind(window.kind)).lower()} đối với "
        f"{_subject(dossier.title)} (dự thảo lần {window.version.number}) từ ngày {window.opens_on:%d/%m/%Y} "
        f"đến hết ngày {window.closes_on:%d/%m/%Y}. Kết quả tổng hợp, tiếp thu, giải trình như sau:"
    )
    return Paper(
        agency=dossier.agency.name,
        superior=dossier.agency.parent.name if dossier.agency.parent else "",
        place=paper.place_of(settings.PROVINCE),
        year=clock.today().year,
        subject=_subject(dossier.title),
        basis=legal_basis(dossier.started_on),
        course=course,
        figures=tuple(figures.sentences(totals)),
    )


def _subject(title: str) -> str:
    return title[:1].lower() + title[1:] if title.lower().startswith("dự thảo") else f"dự thảo {title}"


def _table(window: Window) -> Synthesis:
    return Synthesis(provisions=queries.provisions_by_id(window), answers=queries.answers_by_point(window))
