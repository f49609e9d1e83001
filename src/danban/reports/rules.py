"""What the table rests on in law, and how it names a commenter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from danban.common.errors import Refused
from danban.consultation.states import CommenterKind, Visibility
from danban.reports.states import REPORT_MOVES, ReportKind, ReportState

# First day of each law on legal documents, newest first, and the lines that name it. A dossier
# keeps the law it was begun under.
LEGAL_BASIS: Sequence[tuple[dt.date, tuple[str, ...]]] = (
    (
        dt.date(2025, 4, 1),
        (
            "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 được sửa đổi, bổ sung bởi "
            "Luật số 87/2025/QH15;",
            "Căn cứ Nghị định số 78/2025/NĐ-CP của Chính phủ được sửa đổi, bổ sung bởi "
            "Nghị định số 187/2025/NĐ-CP.",
        ),
    ),
    (
        dt.date(2016, 7, 1),
        (
            "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13 được sửa đổi, bổ sung bởi "
            "Luật số 63/2020/QH14.",
        ),
    ),
)

NAMELESS = {
    CommenterKind.PERSON: "Công dân",
    CommenterKind.ORGANISATION: "Tổ chức",
    CommenterKind.BUSINESS: "Doanh nghiệp",
    CommenterKind.AGENCY: "Cơ quan nhà nước",
}


def legal_basis(started_on: dt.date) -> tuple[str, ...]:
    """The lines "Căn cứ …" for a dossier begun on a day; none before the oldest law known here."""
    return next((lines for first_day, lines in LEGAL_BASIS if first_day <= started_on), ())


def commenter_name(*, kind: str, name: str, number: int) -> str:
    """The name its author agreed to show, or an organisation's; otherwise the kind and a number."""
    return name or f"{NAMELESS[CommenterKind(kind)]} (mã {number})"


def shown_text(*, text: str, visibility: str, withheld_because: str) -> str:
    """What of an opinion may stand in a paper that leaves the house: what the public page shows."""
    if visibility == Visibility.WITHHELD:
        return f"(Không nêu nội dung: {withheld_because})"
    if visibility != Visibility.SHOWN:
        return "(Nội dung đang chờ cán bộ kiểm tra)"
    return text


def figure(n: int) -> str:
    """A whole number as written in Viet Nam: 12.345."""
    return f"{n:,}".replace(",", ".")


def check_report_move(state: str, to: ReportState) -> None:
    """Refused unless an agency's report may go from one state to another."""
    if to not in REPORT_MOVES[ReportState(state)]:
        raise Refused(
            _("Báo cáo đang ở trạng thái “%(state)s” nên không làm được việc này.")
            % {"state": ReportState(state).label}
        )


def period_of(kind: str, year: int) -> tuple[dt.date, dt.date]:
    """The calendar period of a report. Another period (many reports are cut in the middle of a month) is
    written into the request: its two days are the officer's."""
    end = dt.date(year, 6, 30) if kind == ReportKind.HALF else dt.date(year, 12, 31)
    return dt.date(year, 1, 1), end


def moment_in_words(moment: dt.datetime) -> str:
    """ "hết ngày 30/06/2026" where a whole day is known, else "14:05 ngày 25/11/2026"."""
    local = timezone.localtime(moment)
    if local.time() == dt.time.min:
        return f"hết ngày {local.date() - dt.timedelta(days=1):%d/%m/%Y}"
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
