"""Training in the made-up province: two courses, one session held and one to come, and the registers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from contextlib import AbstractContextManager
from decimal import Decimal

from django.utils import timezone

from danban.accounts.models import Agency, User
from danban.accounts.states import Role
from danban.common import clock
from danban.training import actions, rules
from danban.training.models import Course, Recognition, Registration, Session
from danban.training.states import ActivityKind, Audience, Duty, Organiser

HELD_DAYS_AGO, COMES_IN_DAYS = 21, 9

LEARNERS = (
    ("Lê Thị Hạnh Nguyên", "so-nnmt", "Chuyên viên"),
    ("Hoàng Kim Ngân", "so-gddt", "Chuyên viên"),
    ("Lương Vĩnh Sơn", "so-xay-dung", "Chuyên viên"),
    ("Đỗ Văn Thảnh", "ubnd-phuong-ben-lua", "Công chức"),
    ("Trịnh Thu Cúc", "so-tai-chinh", "Công chức pháp chế"),
    ("Mạc Đình Phú", "so-noi-vu", "Công chức pháp chế"),
    ("Tạ Bích Đào", "so-y-te", "Công chức pháp chế"),
    ("Lưu Gia Khiêm", "so-khcn", "Công chức pháp chế"),
    ("Đinh Thị Ngọc Lan", "hoi-lhpn", "Trưởng ban Chính sách"),
    ("Hồ Văn Mùi", "hoi-nong-dan", "Chuyên viên"),
    ("Phan Trọng Nghĩa", "hoi-luat-gia", "Ủy viên thường vụ"),
    ("Quách Thị Oanh", "mttq-tinh", "Phó ban Dân chủ - Pháp luật"),
    ("Kiều Văn Phấn", "ubnd-phuong-cau-may", "Công chức tư pháp"),
    ("Tống Thị Quỳnh", "ubnd-phuong-tan-lua", "Công chức tư pháp"),
    ("Lại Văn Rạng", "ubnd-phuong-cho-van", "Công chức tư pháp"),
    ("Sầm Thị Sen", "ubnd-xa-ha-ben", "Công chức tư pháp"),
    ("Nông Văn Tài", "ubnd-xa-bai-mia", "Công chức tư pháp"),
    ("Ung Thị Uyên", "ubnd-xa-go-nhan", "Công chức tư pháp"),
    ("Vi Văn Vượng", "ubnd-xa-lang-giay", "Công chức tư pháp"),
    ("Châu Thị Xuân", "ubnd-xa-doi-sim", "Công chức tư pháp"),
    ("Lò Văn Yên", "ubnd-xa-suoi-ngan", "Công chức tư pháp"),
    ("Giàng Thị Dín", "ubnd-xa-ruong-cao", "Công chức tư pháp"),
    ("Bế Văn Chung", "ubnd-xa-nuong-may", "Công chức tư pháp"),
    ("Thạch Thị Hiền", "ldld", "Chuyên viên"),
    ("Âu Dương Kiên", "tinh-doan", "Chuyên viên"),
    ("Khổng Minh Tuệ", "dai-ptth", "Phóng viên"),
)
"""The last did not come; the one before sent late; two who came did not pass."""

QUESTIONS = (
    (
        "Truyền thông dự thảo chính sách có thay việc lấy ý kiến theo luật không?",
        ("Có", "Không, làm song song", "Chỉ thay khi gấp"),
        1,
    ),
    (
        "Chính sách nào phải truyền thông khi còn là dự thảo?",
        ("Mọi văn bản", "Chính sách đáp ứng đủ bốn tiêu chí", "Chỉ nghị quyết"),
        1,
    ),
    (
        "Ai tiếp nhận và xử lý ý kiến góp ý?",
        ("Cơ quan chủ trì soạn thảo", "Báo, đài", "Chỉ Sở Tư pháp"),
        0,
    ),
    (
        "Tệp có dấu Mật thì làm gì?",
        ("Tải lên rồi xóa dấu", "Không đưa vào hệ thống, báo người phụ trách", "Gửi qua thư điện tử"),
        1,
    ),
    (
        "Một ý kiến không tiếp thu thì trả lời thế nào?",
        ("Không cần trả lời", "Giải trình có lý do", "Chỉ ghi nhận"),
        1,
    ),
)

RAPPORTEURS = (
    ("Phạm Minh Đăng", "so-tu-phap", "Xây dựng pháp luật"),
    ("Trịnh Thu Cúc", "so-tai-chinh", "Tài chính, ngân sách"),
    ("Mạc Đình Phú", "so-noi-vu", "Cán bộ, công chức"),
    ("Lương Vĩnh Sơn", "so-xay-dung", "Đất đai, xây dựng"),
    ("Tạ Bích Đào", "so-y-te", "Y tế, bảo hiểm"),
    ("Phan Trọng Nghĩa", "hoi-luat-gia", "Dân sự, hôn nhân và gia đình"),
    ("Quách Thị Oanh", "mttq-tinh", "Dân chủ ở cơ sở"),
    ("Cao Tuyết Mai", "so-xay-dung", "Nhà ở"),
)
PROPAGANDISTS = (
    ("Kiều Văn Phấn", "ubnd-phuong-cau-may"),
    ("Tống Thị Quỳnh", "ubnd-phuong-tan-lua"),
    ("Lại Văn Rạng", "ubnd-phuong-cho-van"),
    ("Sầm Thị Sen", "ubnd-xa-ha-ben"),
    ("Nông Văn Tài", "ubnd-xa-bai-mia"),
    ("Ung Thị Uyên", "ubnd-xa-go-nhan"),
    ("Vi Văn Vượng", "ubnd-xa-lang-giay"),
    ("Châu Thị Xuân", "ubnd-xa-doi-sim"),
    ("Lò Văn Yên", "ubnd-xa-suoi-ngan"),
    ("Giàng Thị Dín", "ubnd-xa-ruong-cao"),
    ("Bế Văn Chung", "ubnd-xa-nuong-may"),
    ("Đỗ Văn Thảnh", "ubnd-phuong-ben-lua"),
)

MATERIAL = """Sổ tay bỏ túi: truyền thông dự thảo chính sách

1. Nói việc gì, ai bị ảnh hưởng, thay đổi gì, hỏi gì, hạn chót.
2. Ghi ý kiến đúng lời người nói, ghi rõ thu ở đâu, bằng cách nào.
3. Ý kiến nào cũng được trả lời, kèm lý do.
"""


def load_training(bodies: Mapping[str, Agency], people: Mapping[tuple[str, str], User]) -> None:
    """By the same actions as an officer and a participant use."""
    justice = people["so-tu-phap", Role.JUSTICE]
    terms = _registers(bodies, justice)
    with _at(-60):
        course = _course(bodies["so-tu-phap"], justice)
        for text, choices, right in QUESTIONS:
            actions.add_question(course=course, text=text, choices=choices, right=right, by=justice)
        held = _session(course, -HELD_DAYS_AGO, "Hội trường Sở Tư pháp, phường Bến Lụa", 40, justice)
    _held(held, bodies, justice)
    with _at(-12, hour=15):
        actions.log_activity(
            term=terms["Lương Vĩnh Sơn"],
            on=clock.today(),
            kind=ActivityKind.TALK,
            topic="Những điểm mới của quy định về phân loại rác",
            place="Nhà văn hóa thôn 3, xã Hạ Bến",
            listeners=85,
            by=justice,
        )
    _coming(bodies, justice, people["ubnd-phuong-ben-lua", Role.DRAFTER])


def _at(days: int, hour: int = 9, minute: int = 0) -> AbstractContextManager[None]:
    today = timezone.localtime(timezone.now()).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return clock.at(today + dt.timedelta(days=days))


def _course(agency: Agency, by: User) -> Course:
    return actions.keep_course(
        course=None,
        agency=agency,
        title="Kỹ năng truyền thông dự thảo chính sách",
        organiser=Organiser.OWN,
        audiences=[Audience.LEGAL_OFFICER, Audience.PROPAGANDIST],
        content=(
            "Chuyên đề 1. Những vấn đề chung về truyền thông dự thảo chính sách.\n"
            "Chuyên đề 2. Lập kế hoạch truyền thông một dự thảo.\n"
            "Chuyên đề 3. Tiếp nhận, xử lý và trả lời ý kiến góp ý."
        ),
        hours=Decimal("3.5"),
        pass_mark=80,
        attempts=3,
        task=None,
        by=by,
    )


def _session(course: Course, days: int, place: str, capacity: int, by: User) -> Session:
    day = timezone.localtime(timezone.now()) + dt.timedelta(days=days)
    begins = day.replace(hour=8, minute=0, second=0, microsecond=0)
    session = actions.keep_session(
        session=None,
        course=course,
        place=place,
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=3, minutes=30),
        hours=Decimal("3.5"),
        capacity=capacity,
        trainer="Vũ Thị Hoài Thu, Phó Giám đốc Sở Tư pháp",
        by=by,
    )
    return actions.open_session(session=session, by=by)


def _register(session: Session, name: str, agency: Agency, position: str, place: int) -> Registration:
    return actions.register(
        session=session,
        who=actions.Named(name, agency),
        position=position,
        show_name=place % 3 == 0,
        key=uuid.uuid4(),
    ).registration


def _held(session: Session, bodies: Mapping[str, Agency], by: User) -> None:
    with _at(-HELD_DAYS_AGO - 7, hour=10):
        actions.add_material(
            session=session,
            title="Sổ tay bỏ túi",
            data=MATERIAL.encode(),
            file_name="so-tay-bo-tui.txt",
            by=by,
        )
        coming = [
            _register(session, name, bodies[code], position, place)
            for place, (name, code, position) in enumerate(LEARNERS)
        ]
    for place, registration in enumerate(coming[:-1]):
        _attend(session, registration, 10 + place, late=place == len(coming) - 2)
    with _at(-HELD_DAYS_AGO, hour=11, minute=20):
        right = dict(session.course.questions.values_list("id", "right"))
        for place, registration in enumerate(coming[:-1]):
            _try(registration, right, place)
    with _at(-HELD_DAYS_AGO + 1):
        actions.close_as_held(session=session, by=by)
        actions.issue_certificates(session=session, by=by)


def _attend(session: Session, registration: Registration, minute: int, *, late: bool) -> None:
    """The code stood on the screen in the first half hour; one phone had no connection until noon."""
    moment = session.starts_at + dt.timedelta(minutes=minute)
    code = rules.personal_code(registration.key)
    with clock.at(moment + dt.timedelta(hours=4 if late else 0)):
        actions.attend(session=session, room_code=rules.room_code(session.pk, moment), who=code)


def _try(registration: Registration, right: Mapping[int, int], place: int) -> None:
    registration.refresh_from_db()
    first = next(iter(right))
    wrong = {question: (answer + 1) % 3 for question, answer in right.items()}
    answers = wrong if place in (5, 18) else {**right, first: wrong[first]} if place % 4 == 0 else right
    actions.take_quiz(registration=registration, number=1, answers=answers)
    if place % 2 == 0:
        words = "Nên có thêm bài tập trả lời ý kiến." if place == 4 else ""
        actions.give_feedback(registration=registration, score=5 - place % 3, words=words)


def _registers(bodies: Mapping[str, Agency], by: User) -> dict[str, Recognition]:
    terms: dict[str, Recognition] = {}
    with _at(-100):
        on = clock.today() - dt.timedelta(days=5)
        for name, code, area in RAPPORTEURS:
            terms[name] = actions.recognise(
                full_name=name,
                agency=bodies[code],
                duty=Duty.RAPPORTEUR,
                area=area,
                recognised_on=on,
                recognised_by="1184/QĐ-UBND",
                by=by,
            )
        for number, (name, code) in enumerate(PROPAGANDISTS, start=1):
            actions.recognise(
                full_name=name,
                agency=bodies[code],
                duty=Duty.PROPAGANDIST,
                area="Pháp luật thường thức",
                recognised_on=on,
                recognised_by=f"{20 + number}/QĐ-UBND",
                by=by,
            )
    with _at(-30):
        actions.dismiss(
            term=terms["Cao Tuyết Mai"],
            on=clock.today(),
            decision="1502/QĐ-UBND",
            reason="Chuyển công tác",
            by=by,
        )
    return terms


def _coming(bodies: Mapping[str, Agency], by: User, officer: User) -> None:
    """Open now: anyone may register."""
    with _at(-15):
        actions.state_need(
            agency=bodies["ubnd-phuong-ben-lua"],
            audience=Audience.PROPAGANDIST,
            topic="Cách nói chuyện pháp luật với tổ dân phố",
            people=14,
            wanted_by=clock.today() + dt.timedelta(days=60),
            by=officer,
        )
        course = actions.keep_course(
            course=None,
            agency=bodies["so-tu-phap"],
            title="Cách nói chuyện pháp luật ở cơ sở",
            organiser=Organiser.OWN,
            audiences=[Audience.PROPAGANDIST],
            content="Chuyên đề 1. Nói sao cho dễ hiểu.\nChuyên đề 2. Ghi ý kiến của bà con.",
            hours=Decimal("3.5"),
            pass_mark=70,
            attempts=2,
            task=None,
            by=by,
        )
        session = _session(course, COMES_IN_DAYS, "Hội trường UBND phường Cầu Mây", 30, by)
    with _at(-2, hour=14):
        for place, (name, code) in enumerate(PROPAGANDISTS[:7]):
            _register(session, name, bodies[code], "Tuyên truyền viên", place)
