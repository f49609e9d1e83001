"""The demo's chain of plans: the Prime Minister's scheme, the province's plan of several years, this year's.

Decision 407/QĐ-TTg is real; the two plans of tỉnh Sông Mây are made up, in the form such plans have.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.utils import timezone

from danban.accounts.models import Agency, User
from danban.accounts.states import Role
from danban.common import clock
from danban.plan import actions
from danban.plan.actions.documents import Carried
from danban.plan.models import Plan, Task
from danban.plan.reading.timing import read_timing
from danban.plan.states import Part, PlanKind, Wrapper

SCHEME_ISSUED = dt.date(2022, 3, 30)
YEARS_ISSUED = dt.date(2025, 8, 20)
SCHEME_ENDS = dt.date(2027, 12, 31)
SCHEME = (
    "Phê duyệt Đề án “Tổ chức truyền thông chính sách có tác động lớn đến xã hội trong quá trình xây dựng "
    "văn bản quy phạm pháp luật giai đoạn 2022 - 2027”"
)
BASES = (
    "Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Thủ tướng Chính phủ",
    "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
)
SECTIONS = (
    ("I", "Nâng cao nhận thức và trách nhiệm"),
    ("II", "Chỉ đạo của Hội đồng phối hợp phổ biến, giáo dục pháp luật"),
    ("III", "Truyền thông dự thảo chính sách"),
    ("IV", "Nâng cao năng lực người làm truyền thông chính sách"),
    ("V", "Tổ chức thực hiện"),
)


@dataclass(frozen=True, slots=True)
class TaskSeed:
    """One task; ``leads`` and ``others`` are codes of ``province.AGENCIES`` or names of groups."""

    key: str
    section: str
    content: str
    leads: tuple[str, ...]
    others: tuple[str, ...]
    timing: str
    product: str


ALL = "Các Sở, ban, ngành"
COMMUNES = "UBND các xã, phường"
TASKS = (
    TaskSeed(
        "awareness", "I",
        "Phổ biến trách nhiệm truyền thông dự thảo chính sách tới lãnh đạo các cơ quan soạn thảo",
        ("so-tu-phap",), (ALL, COMMUNES), "Quý I", "Hội nghị, tài liệu",
    ),
    TaskSeed(
        "guidance", "I", "Ra văn bản hướng dẫn cách viết phần tóm tắt dễ hiểu của mỗi dự thảo",
        ("so-tu-phap",), ("so-khcn",), "Quý I", "Văn bản hướng dẫn",
    ),
    TaskSeed(
        "policy-list", "II",
        "Rà soát và quyết định danh mục chính sách có tác động lớn cần truyền thông trong năm",
        ("hdph-pbgdpl",), ("so-tu-phap", "Cơ quan chủ trì soạn thảo"), "Quý I", "Danh mục chính sách",
    ),
    TaskSeed(
        "workshop", "II", "Tổ chức hội thảo chuyên đề của Hội đồng về các chính sách trong danh mục",
        ("so-tu-phap",), ("hdph-pbgdpl", "hoi-luat-gia", "doan-luat-su"), "Quý II, III", "Hội thảo, biên bản",
    ),
    TaskSeed(
        "waste", "III", "Truyền thông dự thảo quy định về phân loại, thu gom rác và giá dịch vụ",
        ("so-nnmt",), ("mttq-tinh", "hoi-lhpn", COMMUNES), "Từng dự thảo", "Bài đăng, hội nghị lấy ý kiến",
    ),
    TaskSeed(
        "meals", "III", "Truyền thông dự thảo chính sách hỗ trợ bữa ăn bán trú",
        ("so-gddt",), ("mttq-tinh", "hoi-lhpn"), "Từng dự thảo", "Bài đăng, hội nghị lấy ý kiến",
    ),
    TaskSeed(
        "pavements", "III", "Truyền thông dự thảo quy định về sử dụng vỉa hè, lòng đường",
        ("so-xay-dung",), ("mttq-tinh", "hiep-hoi-dn"), "Từng dự thảo", "Bài đăng, họp với hộ kinh doanh",
    ),
    TaskSeed(
        "central-bills", "III",
        "Phối hợp truyền thông dự án luật do bộ, ngành trung ương chủ trì khi được yêu cầu",
        ("so-tu-phap",), ("bo-tu-phap",), "Thường xuyên", "Tin, bài",
    ),
    TaskSeed(
        "portal", "III",
        "Đăng dự thảo, phần tóm tắt và bản tiếp thu, giải trình lên trang lấy ý kiến của tỉnh",
        ("Cơ quan chủ trì soạn thảo",), ("so-tu-phap", "so-khcn"), "Thường xuyên", "Bài đăng",
    ),
    TaskSeed(
        "press", "III", "Cung cấp tài liệu về dự thảo cho báo chí, truyền thanh cơ sở",
        ("dai-ptth",), ("Cơ quan chủ trì soạn thảo", COMMUNES), "Hằng quý", "Chuyên mục, bản tin",
    ),
    TaskSeed(
        "training-legal", "IV", "Tập huấn người làm pháp chế về truyền thông và trả lời góp ý",
        ("so-tu-phap",), (ALL,), "Quý II", "Lớp tập huấn",
    ),
    TaskSeed(
        "training-rapporteurs", "IV",
        "Bồi dưỡng báo cáo viên, tuyên truyền viên pháp luật về các dự thảo lớn",
        ("so-tu-phap",), (COMMUNES,), "Quý III", "Lớp tập huấn",
    ),
    TaskSeed(
        "answers", "V", "Tiếp nhận, trả lời từng nhóm góp ý và công bố điều đã sửa trong dự thảo",
        ("Cơ quan chủ trì soạn thảo",), ("so-tu-phap", "mttq-tinh"), "Từng dự thảo",
        "Bản tổng hợp, tiếp thu, giải trình",
    ),
    TaskSeed(
        "report", "V", "Theo dõi, kiểm tra và báo cáo kết quả thực hiện Kế hoạch",
        ("so-tu-phap",), (ALL, COMMUNES), "6 tháng, năm", "Báo cáo",
    ),
)  # fmt: skip


def load_plans(bodies: dict[str, Agency], people: dict[tuple[str, str], User]) -> dict[str, Task]:
    """The three documents in force; the tasks of this year's plan by the key of their seed."""
    by = people["so-tu-phap", Role.JUSTICE]
    year = clock.today().year
    with _on(YEARS_ISSUED):
        scheme = _plan(
            bodies, by, kind=PlanKind.SCHEME, wrapper=Wrapper.OTHER, number="407/QĐ-TTg", title=SCHEME,
            issued_on=SCHEME_ISSUED, issuer=bodies["thu-tuong"], lead=bodies["bo-tu-phap"],
            starts_on=SCHEME_ISSUED, ends_on=SCHEME_ENDS,
        )  # fmt: skip
        actions.put_in_force(plan=scheme, by=by)
        years = _plan(
            bodies, by, kind=PlanKind.MULTI_YEAR, number="96/KH-UBND", parent=scheme, issued_on=YEARS_ISSUED,
            title="Truyền thông chính sách có tác động lớn đến xã hội tại tỉnh Sông Mây đến hết năm 2027",
            starts_on=YEARS_ISSUED, ends_on=max(SCHEME_ENDS, dt.date(year, 12, 31)), legal_bases=BASES,
        )  # fmt: skip
        actions.put_in_force(plan=years, by=by)
    issued_on = dt.date(year - 1, 12, 25)
    with _on(issued_on):
        plan = _plan(
            bodies, by, kind=PlanKind.YEARLY, number="214/KH-UBND", parent=years, issued_on=issued_on,
            title=f"Truyền thông chính sách có tác động lớn đến xã hội năm {year} trên địa bàn tỉnh Sông Mây",
            starts_on=dt.date(year, 1, 1), ends_on=dt.date(year, 12, 31),
            legal_bases=(*BASES, "Kế hoạch số 96/KH-UBND ngày 20/8/2025 của UBND tỉnh Sông Mây"),
            sections=SECTIONS,
        )  # fmt: skip
        tasks = _tasks(plan, bodies, by)
        actions.put_in_force(plan=plan, by=by)
    return tasks


def _on(day: dt.date) -> AbstractContextManager[None]:
    return clock.at(timezone.make_aware(dt.datetime.combine(day, dt.time(9))))


def _plan(bodies: dict[str, Agency], by: User, **values: object) -> Plan:
    usual = {
        "wrapper": Wrapper.PLAN, "issuer": bodies["ubnd-tinh"], "lead": bodies["so-tu-phap"], "parent": None,
        "legal_bases": (), "text": "", "by": by,
    }  # fmt: skip
    return actions.add_plan(**(usual | values))  # type: ignore[arg-type]


def _tasks(plan: Plan, bodies: dict[str, Agency], by: User) -> dict[str, Task]:
    sections = {section.number: section for section in plan.sections.all()}
    made = {}
    for number, seed in enumerate(TASKS, start=1):
        timing = read_timing(seed.timing, plan.starts_on.year)
        carried = [
            Carried(part, bodies.get(name), "" if name in bodies else name)
            for part, names in ((Part.LEADS, seed.leads), (Part.COORDINATES, seed.others))
            for name in names
        ]
        made[seed.key] = actions.add_plan_task(
            plan=plan, section=sections[seed.section], number=str(number), content=seed.content,
            starts_on=timing.starts_on, due_on=timing.due_on, cadence=timing.cadence, timing=seed.timing,
            product=seed.product, budget="", carried=carried, by=by,
        )  # fmt: skip
    return made
