"""The sentences of a report that figures can say. Officers write the rest; nothing is made up here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import override

from danban.reports import board
from danban.reports.board import Line
from danban.reports.kpi import Figure, Scope
from danban.reports.rules import moment_in_words
from danban.reports.states import Unit


def basis(scope: Scope) -> str:
    """Of which period and moment the figures are, so that anyone can count them again."""
    return (
        f"Số liệu trong báo cáo lấy từ hồ sơ, kế hoạch, ý kiến và minh chứng ghi trong hệ thống, kỳ từ ngày "
        f"{scope.starts_on:%d/%m/%Y} đến hết ngày {scope.ends_on:%d/%m/%Y}, tính đến "
        f"{moment_in_words(scope.at)}."
    )


def results(figures: Mapping[str, Figure], targets: Mapping[str, Decimal]) -> list[str]:
    """A line a figure, in the official language whatever the reader's."""
    with override("vi"):
        return [f"- {_sentence(line)}." for line in board.front(figures, targets)]


def _sentence(line: Line) -> str:
    told = f"{line.definition.name}: {_told(line)}"
    if line.target:
        told += f"; mức phải đạt cả kỳ {line.target}, đến thời điểm tính {line.due}"
    parts = board.bars(line.definition, line.figure)
    if parts:
        told += (
            f"; trong đó {'; '.join(f'{bar.label.lower()} {bar.text}' for bar in parts if bar.text != '0')}"
        )
    if line.partner and line.partner.value is not None:
        name = str(line.partner.definition.name)
        told += f"; {name[:1].lower()}{name[1:]}: {_told(line.partner)}"
    return told


def _told(line: Line) -> str:
    if line.value is None:
        return line.detail or "chưa có số liệu"
    if line.definition.unit == Unit.DAYS:
        return f"{line.detail}, trung vị {line.text}"
    return f"{line.text} ({line.detail})" if line.detail else line.text
