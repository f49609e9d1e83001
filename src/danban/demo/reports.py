"""Targets the province set itself, and a yearly report asked of three agencies, two of which have sent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from danban.accounts.models import Agency, User
from danban.accounts.states import Role
from danban.common import clock
from danban.reports import actions, kpi_answers, kpi_tasks
from danban.reports.states import ReportKind, Section

BASIS = "Kế hoạch truyền thông dự thảo chính sách của tỉnh (văn bản giả định)"
TARGETS = (
    (kpi_tasks.ON_TIME, Decimal(90)),
    (kpi_tasks.WITHDRAWN, Decimal(5)),
    (kpi_answers.REWORKED, Decimal(20)),
)

ASKED = ("so-nnmt", "so-gddt", "so-xay-dung")
WORDS = {
    "so-nnmt": {
        Section.RESULTS: "Họp dân ở năm thôn, phát tờ hỏi đáp một trang; góp ý bằng lời được ghi lại.",
        Section.DIFFICULTIES: "Thiếu người ghi biên bản ở các cuộc họp thôn buổi tối.",
        Section.PROPOSALS: "Đề nghị tập huấn ghi ý kiến cho cán bộ xã.",
    },
    "so-gddt": {
        Section.RESULTS: "Gửi dự thảo đến hội phụ huynh của mọi trường; tóm tắt dự thảo đọc trên loa phường.",
        Section.NEXT: "Trả lời hết ý kiến về bữa ăn bán trú trước khi trình thẩm định.",
    },
}
PROVINCE = "Các cơ quan đã trả lời công khai từng vấn đề người dân nêu."


def load_reports(bodies: dict[str, Agency], people: dict[tuple[str, str], User]) -> None:
    """Called in the present; what came before goes back in time by itself."""
    justice = people["so-tu-phap", Role.JUSTICE]
    today = clock.today()
    for kpi, value in TARGETS:
        actions.set_target(
            kpi=kpi, value=value, days=None, valid_from=dt.date(today.year, 1, 1), legal_basis=BASIS,
            verified=False, note="", by=justice,
        )  # fmt: skip
    with clock.at(clock.now() - dt.timedelta(days=9)):
        request = actions.request_reports(
            kind=ReportKind.YEARLY,
            title=f"Báo cáo kết quả truyền thông dự thảo chính sách năm {today.year}",
            starts_on=dt.date(today.year, 1, 1),
            ends_on=dt.date(today.year, 12, 31),
            due_on=today + dt.timedelta(days=5),
            note="Nêu rõ cách làm hay có thể nhân rộng.",
            asking=bodies["so-tu-phap"],
            agencies=[bodies[code] for code in ASKED],
            by=justice,
        )
    for days, (code, words) in enumerate(WORDS.items(), start=2):
        drafter, approver = people[code, Role.DRAFTER], people[code, Role.APPROVER]
        with clock.at(clock.now() - dt.timedelta(days=days)):
            for section, text in words.items():
                actions.save_text(
                    request=request, agency=bodies[code], section=section, text=text, seen=0, by=drafter
                )
            report = request.reports.get(agency=bodies[code])
            actions.send_report(report=actions.submit_report(report=report, by=drafter), by=approver)
    actions.save_text(
        request=request, agency=None, section=Section.RESULTS, text=PROVINCE, seen=0, by=justice
    )


def keep_year() -> None:
    """The figures of today and of each month's end so far, which a site that ran all year would have kept."""
    for _month in range(clock.today().month):
        actions.keep_present()
