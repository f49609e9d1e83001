"""The made-up Council: its members, a workshop with minutes, the meeting that decided the list, the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

from django.utils import timezone

from danban.accounts.models import Agency, User
from danban.accounts.states import Role
from danban.common import clock
from danban.council import actions
from danban.council.models import Council, Meeting, Member
from danban.council.states import ConclusionKind, MeetingKind, Reply, Seat, Stance
from danban.demo.docx import build_docx
from danban.policies.models import Policy

DECISION = "1105/QĐ-UBND"
# Name, office, agency code, seat; the account of those who have one.
MEMBERS = (
    ("Đinh Quang Vinh", "Phó Chủ tịch UBND tỉnh", "ubnd-tinh", Seat.CHAIR, "vinh.dq@songmay.example"),
    ("Tạ Thị Bích Hà", "Giám đốc Sở Tư pháp", "so-tu-phap", Seat.VICE_CHAIR, ""),
    ("Lưu Đức Thịnh", "Phó Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", "mttq-tinh", Seat.VICE_CHAIR, ""),
    ("Vũ Thị Hoài Thu", "Phó Giám đốc Sở Tư pháp", "so-tu-phap", Seat.STANDING, "thu.vth@songmay.example"),
    ("Phạm Minh Đăng", "Chuyên viên Sở Tư pháp", "so-tu-phap", Seat.SECRETARY, "dang.pm@songmay.example"),
    ("Trần Quốc Bảo Khánh", "Phó Giám đốc Sở Nông nghiệp và Môi trường", "so-nnmt", Seat.MEMBER,
     "khanh.tqb@songmay.example"),
    ("Bùi Đức Lâm", "Phó Giám đốc Sở Giáo dục và Đào tạo", "so-gddt", Seat.MEMBER, "lam.bd@songmay.example"),
    ("Cao Tuyết Mai", "Phó Giám đốc Sở Xây dựng", "so-xay-dung", Seat.MEMBER, "mai.ct@songmay.example"),
    ("Hồ Văn Cảnh", "Phó Giám đốc Sở Tài chính", "so-tai-chinh", Seat.MEMBER, ""),
    ("Kiều Thị Lệ", "Phó Giám đốc Sở Nội vụ", "so-noi-vu", Seat.MEMBER, ""),
    ("Nông Văn Khoát", "Phó Chủ tịch Hội Nông dân tỉnh", "hoi-nong-dan", Seat.MEMBER, ""),
    ("Lâm Thị Ngọc Ánh", "Phó Chủ tịch Hội Liên hiệp Phụ nữ tỉnh", "hoi-lhpn", Seat.MEMBER, ""),
    ("Thái Bá Tường", "Phó Chủ tịch Liên đoàn Lao động tỉnh", "ldld", Seat.MEMBER, ""),
    ("Quách Mỹ Dung", "Phó Tổng Biên tập Báo và Phát thanh, Truyền hình", "dai-ptth", Seat.MEMBER, ""),
)  # fmt: skip

WORKSHOP_COURSE = """Chủ trì nêu mục đích hội thảo: nghe người trong cuộc trước khi sửa dự thảo.
Sở Nông nghiệp và Môi trường trình bày các điểm mới về phân loại rác và cách tính tiền rác.
Đại diện các tổ chức, hội viên và hộ gia đình trao đổi, tập trung vào giờ thu gom và mức tiền.
Cơ quan soạn thảo ghi nhận, hứa trả lời từng ý kiến trên trang lấy ý kiến của tỉnh."""

MEETING_COURSE = """Thư ký báo cáo kết quả rà soát của Sở Tư pháp đối với các chính sách được đề xuất.
Các thành viên thảo luận về từng tiêu chí, nhất là tiêu chí thứ ba.
Chủ trì kết luận và giao việc cho các cơ quan."""

LETTER = """ỦY BAN NHÂN DÂN TỈNH SÔNG MÂY
HỘI ĐỒNG PHỐI HỢP PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT
Về việc tăng cường truyền thông dự thảo chính sách
Đề nghị các cơ quan chủ trì soạn thảo công bố dự thảo kèm bốn dòng tóm tắt, trả lời từng ý kiến và phối hợp
với các tổ chức chính trị - xã hội trong suốt thời gian lấy ý kiến.
Hội đồng đề nghị các cơ quan thực hiện./."""


def load_council(
    bodies: Mapping[str, Agency], people: Mapping[tuple[str, str], User], policies: Sequence[Policy]
) -> Council:
    """The Council through its year. Those of the ``policies`` that were there in time stand on its decided
    list (none: no list), the others on the agenda of the next meeting."""
    officer, second = people["so-tu-phap", Role.DRAFTER], people["so-tu-phap", Role.APPROVER]
    with _days_ago(330):
        council = actions.establish_council(
            agency=bodies["hdph-pbgdpl"],
            name="Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh Sông Mây",
            decision_number=DECISION,
            valid_from=clock.today(),
            by=officer,
        )
        members = _members(council, bodies, officer)
    _workshop(council, members, bodies, officer, second)
    early = [one for one in policies if one.created_at < _moment(-50, 9)]
    _list_meeting(council, members, bodies, early, officer, second)
    _coming(council, members, bodies, [one for one in policies if one not in early], officer)
    return council


def _days_ago(days: int, hour: int = 9, minute: int = 0) -> AbstractContextManager[None]:
    return clock.at(_moment(-days, hour, minute))


def _moment(days: int, hour: int, minute: int = 0) -> dt.datetime:
    day = timezone.localtime(timezone.now()).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return day + dt.timedelta(days=days)


def _members(council: Council, bodies: Mapping[str, Agency], by: User) -> list[Member]:
    accounts = {user.email: user for user in User.objects.all()}
    return [
        actions.recognise_member(
            council=council,
            name=name,
            title=title,
            agency=bodies[code],
            seat=seat,
            valid_from=council.valid_from,
            recognised_by=DECISION,
            user=accounts.get(email),
            by=by,
        )
        for name, title, code, seat, email in MEMBERS
    ]


def _workshop(
    council: Council,
    members: Sequence[Member],
    bodies: Mapping[str, Agency],
    officer: User,
    second: User,
) -> None:
    """A thematic workshop two months ago, its minutes approved, a letter to the agencies after it."""
    with _days_ago(72):
        meeting = actions.plan_meeting(
            council=council,
            kind=MeetingKind.WORKSHOP,
            title="Hội thảo chuyên đề về dự thảo quy định quản lý chất thải rắn sinh hoạt",
            purpose="Nghe các tổ chức, người làm nghề thu gom và hộ gia đình góp ý trước khi sửa dự thảo.",
            starts_at=_moment(-64, 8, 30),
            ends_at=_moment(-64, 11, 30),
            place="Hội trường A, Sở Tư pháp tỉnh Sông Mây",
            chair=members[1],
            secretary=members[4],
            by=officer,
        )
        for title, code in (
            ("Điểm mới về phân loại rác tại nhà", "so-nnmt"),
            ("Mức và cách tính tiền rác", "so-tai-chinh"),
        ):
            actions.add_agenda_item(meeting=meeting, title=title, note="", presenter=bodies[code], by=officer)
        _invite(meeting, members, [bodies[code] for code in ("hoi-luat-gia", "tinh-doan", "hiep-hoi-dn")],
                "Số: 41/GM-HĐPH", officer)  # fmt: skip
    with _days_ago(64, 8, 40):
        _come(meeting, absent={"Kiều Thị Lệ"}, by=officer)
    with _days_ago(64, 10):
        _speak(
            meeting,
            {
                "Nông Văn Khoát": (
                    Stance.OTHER,
                    "Ở nông thôn nên cho ủ rác hữu cơ tại vườn, không thu tiền.",
                ),
                "Lâm Thị Ngọc Ánh": (Stance.FOR, "Đề nghị có giờ thu gom buổi tối cho người đi làm."),
                "Thái Bá Tường": (Stance.AGAINST, "Mức tiền với khu nhà trọ công nhân còn cao."),
            },
            by=officer,
        )
    with _days_ago(64, 13):
        actions.hold_meeting(meeting=meeting, by=officer)
        asked = actions.add_conclusion(
            meeting=meeting,
            kind=ConclusionKind.DIRECTIVE,
            text="Ban hành văn bản đề nghị các cơ quan trả lời từng ý kiến và phối hợp với các tổ chức.",
            agency=None,
            due_on=None,
            by=officer,
        )
        minutes = actions.write_minutes(
            meeting=meeting, number="09/BB-HĐPH", course=WORKSHOP_COURSE, revision=0, by=officer
        )
    with _days_ago(62):
        actions.approve_minutes(minutes=minutes, revision=minutes.revision, by=second)
    with _days_ago(60):
        actions.issue_directive(
            council=council,
            number="47/HĐPH-PBGDPL",
            issued_on=clock.today(),
            subject="Về việc tăng cường truyền thông dự thảo chính sách",
            addressees=[bodies[code] for code in ("so-nnmt", "so-gddt", "so-xay-dung", "dai-ptth")],
            data=build_docx(LETTER),
            file_name="47-HDPH-PBGDPL.docx",
            by=officer,
            conclusion=asked,
        )


def _list_meeting(
    council: Council,
    members: Sequence[Member],
    bodies: Mapping[str, Agency],
    policies: Sequence[Policy],
    officer: User,
    second: User,
) -> None:
    """The meeting that decided the list, its minutes, and the list itself."""
    with _days_ago(50):
        meeting = actions.plan_meeting(
            council=council,
            kind=MeetingKind.MEETING,
            title="Họp Hội đồng xác định danh mục chính sách có tác động lớn đến xã hội",
            purpose="",
            starts_at=_moment(-42, 14),
            ends_at=_moment(-42, 16, 15),
            place="Phòng họp số 2, Trụ sở Ủy ban nhân dân tỉnh",
            chair=members[0],
            secretary=members[4],
            by=officer,
        )
        actions.add_agenda_item(
            meeting=meeting,
            title="Kết quả rà soát các chính sách được đề xuất",
            note="",
            presenter=bodies["so-tu-phap"],
            by=officer,
        )
        for policy in policies:
            actions.add_agenda_item(meeting=meeting, title=policy.title, note="", policy=policy, by=officer)
        _invite(meeting, members, [], "Số: 52/GM-HĐPH", officer)
    with _days_ago(42, 14, 30):
        _come(meeting, absent={"Quách Mỹ Dung"}, by=officer)
        _speak(meeting, {}, by=officer)
    with _days_ago(42, 16, 30):
        actions.hold_meeting(meeting=meeting, by=officer)
        actions.add_conclusion(
            meeting=meeting,
            kind=ConclusionKind.LIST_DECISION,
            text="Thống nhất danh mục chính sách có tác động lớn đến xã hội; giao Sở Tư pháp thông báo.",
            agency=None,
            due_on=None,
            by=officer,
        )
        actions.add_conclusion(
            meeting=meeting,
            kind=ConclusionKind.TASK,
            text="Báo và Phát thanh, Truyền hình mở chuyên mục hỏi đáp về các dự thảo đang lấy ý kiến.",
            agency=bodies["dai-ptth"],
            due_on=clock.today() + dt.timedelta(days=75),
            by=officer,
        )
        minutes = actions.write_minutes(
            meeting=meeting, number="11/BB-HĐPH", course=MEETING_COURSE, revision=0, by=officer
        )
    with _days_ago(41):
        actions.approve_minutes(minutes=minutes, revision=minutes.revision, by=second)
    if not policies:
        return
    with _days_ago(41, 10):
        decided = actions.draft_list(
            meeting=meeting,
            title="Chính sách có tác động lớn đến xã hội cần truyền thông trong quá trình soạn thảo",
            by=officer,
        )
        for policy in policies:
            entry = policy.screenings.last()
            actions.put_on_list(
                policy_list=decided,
                policy=policy,
                in_scope=entry.in_scope if entry else True,
                reason=entry.reason if entry else "Hội đồng thấy đủ bốn tiêu chí của Quyết định 407/QĐ-TTg.",
                by=officer,
            )
        actions.decide_list(policy_list=decided, number="58/TB-HĐPH", decided_on=clock.today(), by=officer)


def _coming(
    council: Council,
    members: Sequence[Member],
    bodies: Mapping[str, Agency],
    policies: Sequence[Policy],
    officer: User,
) -> None:
    """The next meeting: the letters are out, some have answered."""
    with _days_ago(3):
        meeting = actions.plan_meeting(
            council=council,
            kind=MeetingKind.MEETING,
            title="Họp Hội đồng đánh giá công tác truyền thông chính sách và kế hoạch kỳ tới",
            purpose="Xem những gì đã làm được theo kế hoạch năm và việc nào còn vướng.",
            starts_at=_moment(9, 8),
            ends_at=_moment(9, 11),
            place="Phòng họp số 2, Trụ sở Ủy ban nhân dân tỉnh",
            chair=members[0],
            secretary=members[4],
            by=officer,
        )
        for title, code in (
            ("Tình hình thực hiện kế hoạch truyền thông dự thảo chính sách", "so-tu-phap"),
            ("Phối hợp giữa cơ quan soạn thảo và các tổ chức chính trị - xã hội", "mttq-tinh"),
        ):
            actions.add_agenda_item(meeting=meeting, title=title, note="", presenter=bodies[code], by=officer)
        for policy in policies:
            actions.add_agenda_item(meeting=meeting, title=policy.title, note="", policy=policy, by=officer)
        _invite(meeting, members, [bodies["doan-luat-su"], bodies["so-khcn"]], "Số: 66/GM-HĐPH", officer)
    with _days_ago(1):
        for place, party in enumerate(meeting.parties.order_by("id")[:9]):
            reply = Reply.DECLINED if place == 7 else Reply.COMING
            actions.answer_invitation(party=party, reply=reply, by=officer)


def _invite(
    meeting: Meeting, members: Sequence[Member], agencies: Sequence[Agency], number: str, by: User
) -> None:
    actions.add_parties(meeting=meeting, members=members, agencies=agencies, by=by)
    actions.send_invitations(meeting=meeting, letter_number=number, sent_on=clock.today(), by=by)


def _come(meeting: Meeting, *, absent: set[str], by: User) -> None:
    came = {
        party.pk: (str(party) not in absent, "" if party.member_id else "Chuyên viên phụ trách")
        for party in meeting.parties.select_related("member", "agency")
    }
    actions.note_attendance(meeting=meeting, came=came, by=by)


def _speak(meeting: Meeting, said: Mapping[str, tuple[Stance, str]], *, by: User) -> None:
    """On each point every member who came agrees, but for those who said something on the first."""
    parties = list(meeting.parties.filter(attended=True, member__isnull=False).select_related("member"))
    for place, item in enumerate(meeting.agenda.all()):
        spoken = said if place == 0 else {}
        opinions = {party.pk: spoken.get(str(party), (Stance.FOR, "")) for party in parties}
        actions.note_opinions(
            meeting=meeting,
            item_id=item.pk,
            opinions={pk: (str(stance), words) for pk, (stance, words) in opinions.items()},
            by=by,
        )
