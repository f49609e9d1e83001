"""The made-up province of the demo: its bodies through time and the people who work in them.

"Tỉnh Sông Mây" does not exist, so nothing the demo says is said of a real province. Its shape is
true to the reform of 2025: two old provinces merged and the district level ended on 01/07/2025,
the departments of natural resources and of agriculture merged on 01/03/2025, and the
socio-political organisations belong to the Fatherland Front's committee.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danban.accounts.states import AgencyKind, Level, Role

PROVINCE_NAME = "tỉnh Sông Mây"
CAPITAL = "phường Bến Lụa"

REFORM = dt.date(2025, 7, 1)
LAST_DAY_BEFORE_REFORM = dt.date(2025, 6, 30)
DEPARTMENTS_MERGED = dt.date(2025, 3, 1)
LAST_DAY_BEFORE_MERGER = dt.date(2025, 2, 28)

MERGER_BASIS = "Nghị quyết về việc sắp xếp đơn vị hành chính cấp tỉnh năm 2025 (văn bản giả định)"
DISTRICT_BASIS = "Kết thúc hoạt động của đơn vị hành chính cấp huyện từ ngày 01/7/2025 (văn bản giả định)"
DEPARTMENT_BASIS = "Nghị quyết của HĐND tỉnh về thành lập cơ quan chuyên môn (văn bản giả định)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySeed:
    """One body; ``valid_to`` is its last day, ``parent`` another seed's code."""

    code: str
    name: str
    short_name: str = ""
    kind: AgencyKind
    level: Level
    valid_from: dt.date = REFORM
    valid_to: dt.date | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionSeed:
    """One body took over from another on a day."""

    predecessor: str
    successor: str
    on: dt.date
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeed:
    """An officer and the (agency code, role) pairs they hold from the day of the reform."""

    email: str
    full_name: str
    title: str
    roles: tuple[tuple[str, Role], ...]


def _department(code: str, name: str, short_name: str) -> AgencySeed:
    return AgencySeed(
        code=code,
        name=f"{name} tỉnh Sông Mây",
        short_name=short_name,
        kind=AgencyKind.DEPARTMENT,
        level=Level.PROVINCE,
        parent="ubnd-tinh",
    )


def _organisation(code: str, name: str, kind: AgencyKind, parent: str = "") -> AgencySeed:
    return AgencySeed(code=code, name=name, kind=kind, level=Level.PROVINCE, parent=parent)


def _commune(code: str, unit: str) -> AgencySeed:
    return AgencySeed(
        code=f"ubnd-{code}",
        name=f"Ủy ban nhân dân {unit}",
        short_name=f"UBND {unit}",
        kind=AgencyKind.PEOPLES_COMMITTEE,
        level=Level.COMMUNE,
        parent="ubnd-tinh",
    )


def _old(
    code: str, name: str, kind: AgencyKind, *, level: Level = Level.PROVINCE, parent: str = "",
    valid_from: dt.date, valid_to: dt.date = LAST_DAY_BEFORE_REFORM,
) -> AgencySeed:  # fmt: skip
    return AgencySeed(
        code=code, name=name, kind=kind, level=level, parent=parent, valid_from=valid_from, valid_to=valid_to
    )


CENTRAL = (
    AgencySeed(
        code="thu-tuong",
        name="Thủ tướng Chính phủ",
        kind=AgencyKind.OTHER,
        level=Level.CENTRAL,
        valid_from=dt.date(1993, 1, 1),
    ),
    AgencySeed(
        code="bo-tu-phap",
        name="Bộ Tư pháp",
        kind=AgencyKind.MINISTRY,
        level=Level.CENTRAL,
        valid_from=dt.date(1981, 11, 22),
    ),
    AgencySeed(
        code="bo-nnmt",
        name="Bộ Nông nghiệp và Môi trường",
        kind=AgencyKind.MINISTRY,
        level=Level.CENTRAL,
        valid_from=DEPARTMENTS_MERGED,
    ),
)

AUTHORITIES = (
    AgencySeed(
        code="hdnd-tinh",
        name="Hội đồng nhân dân tỉnh Sông Mây",
        short_name="HĐND tỉnh",
        kind=AgencyKind.PEOPLES_COUNCIL,
        level=Level.PROVINCE,
    ),
    AgencySeed(
        code="ubnd-tinh",
        name="Ủy ban nhân dân tỉnh Sông Mây",
        short_name="UBND tỉnh",
        kind=AgencyKind.PEOPLES_COMMITTEE,
        level=Level.PROVINCE,
    ),
    AgencySeed(
        code="hdph-pbgdpl",
        name="Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh Sông Mây",
        short_name="Hội đồng phối hợp PBGDPL tỉnh",
        kind=AgencyKind.COORDINATION_COUNCIL,
        level=Level.PROVINCE,
        parent="ubnd-tinh",
    ),
    _department("so-tu-phap", "Sở Tư pháp", "Sở Tư pháp"),
    _department("so-nnmt", "Sở Nông nghiệp và Môi trường", "Sở NN&MT"),
    _department("so-tai-chinh", "Sở Tài chính", "Sở Tài chính"),
    _department("so-xay-dung", "Sở Xây dựng", "Sở Xây dựng"),
    _department("so-noi-vu", "Sở Nội vụ", "Sở Nội vụ"),
    _department("so-khcn", "Sở Khoa học và Công nghệ", "Sở KH&CN"),
    _department("so-gddt", "Sở Giáo dục và Đào tạo", "Sở GD&ĐT"),
    _department("so-y-te", "Sở Y tế", "Sở Y tế"),
)

ORGANISATIONS = (
    _organisation("mttq-tinh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sông Mây", AgencyKind.FATHERLAND_FRONT),
    _organisation("hoi-nong-dan", "Hội Nông dân tỉnh Sông Mây", AgencyKind.SOCIO_POLITICAL, "mttq-tinh"),
    _organisation("hoi-lhpn", "Hội Liên hiệp Phụ nữ tỉnh Sông Mây", AgencyKind.SOCIO_POLITICAL, "mttq-tinh"),
    _organisation("ldld", "Liên đoàn Lao động tỉnh Sông Mây", AgencyKind.SOCIO_POLITICAL, "mttq-tinh"),
    _organisation(
        "tinh-doan", "Đoàn TNCS Hồ Chí Minh tỉnh Sông Mây", AgencyKind.SOCIO_POLITICAL, "mttq-tinh"
    ),
    _organisation("hoi-ccb", "Hội Cựu chiến binh tỉnh Sông Mây", AgencyKind.SOCIO_POLITICAL, "mttq-tinh"),
    _organisation("hoi-luat-gia", "Hội Luật gia tỉnh Sông Mây", AgencyKind.ASSOCIATION),
    _organisation("doan-luat-su", "Đoàn Luật sư tỉnh Sông Mây", AgencyKind.ASSOCIATION),
    _organisation("hiep-hoi-dn", "Hiệp hội Doanh nghiệp tỉnh Sông Mây", AgencyKind.ASSOCIATION),
    _organisation("dai-ptth", "Báo và Phát thanh, Truyền hình Sông Mây", AgencyKind.PRESS),
)

COMMUNE_UNITS = {
    "phuong-ben-lua": "phường Bến Lụa",
    "phuong-cau-may": "phường Cầu Mây",
    "phuong-tan-lua": "phường Tân Lụa",
    "phuong-cho-van": "phường Chợ Vạn",
    "xa-ha-ben": "xã Hạ Bến",
    "xa-bai-mia": "xã Bãi Mía",
    "xa-go-nhan": "xã Gò Nhãn",
    "xa-lang-giay": "xã Làng Giấy",
    "xa-doi-sim": "xã Đồi Sim",
    "xa-suoi-ngan": "xã Suối Ngàn",
    "xa-ruong-cao": "xã Ruộng Cao",
    "xa-nuong-may": "xã Nương Mây",
}

COMMUNES = tuple(_commune(code, unit) for code, unit in COMMUNE_UNITS.items())

HISTORY = (
    _old("ubnd-tinh-song-lua", "Ủy ban nhân dân tỉnh Sông Lụa", AgencyKind.PEOPLES_COMMITTEE,
         valid_from=dt.date(1997, 1, 1)),
    _old("ubnd-tinh-may-ngan", "Ủy ban nhân dân tỉnh Mây Ngàn", AgencyKind.PEOPLES_COMMITTEE,
         valid_from=dt.date(1991, 10, 1)),
    _old("hdnd-tinh-song-lua", "Hội đồng nhân dân tỉnh Sông Lụa", AgencyKind.PEOPLES_COUNCIL,
         valid_from=dt.date(1997, 1, 1)),
    _old("hdnd-tinh-may-ngan", "Hội đồng nhân dân tỉnh Mây Ngàn", AgencyKind.PEOPLES_COUNCIL,
         valid_from=dt.date(1991, 10, 1)),
    _old("so-tnmt-song-lua", "Sở Tài nguyên và Môi trường tỉnh Sông Lụa", AgencyKind.DEPARTMENT,
         parent="ubnd-tinh-song-lua", valid_from=dt.date(2003, 7, 1), valid_to=LAST_DAY_BEFORE_MERGER),
    _old("so-nnptnt-song-lua", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Sông Lụa", AgencyKind.DEPARTMENT,
         parent="ubnd-tinh-song-lua", valid_from=dt.date(1997, 1, 1), valid_to=LAST_DAY_BEFORE_MERGER),
    _old("so-nnmt-song-lua", "Sở Nông nghiệp và Môi trường tỉnh Sông Lụa", AgencyKind.DEPARTMENT,
         parent="ubnd-tinh-song-lua", valid_from=DEPARTMENTS_MERGED),
    _old("so-tnmt-may-ngan", "Sở Tài nguyên và Môi trường tỉnh Mây Ngàn", AgencyKind.DEPARTMENT,
         parent="ubnd-tinh-may-ngan", valid_from=dt.date(2003, 7, 1), valid_to=LAST_DAY_BEFORE_MERGER),
    _old("so-nnmt-may-ngan", "Sở Nông nghiệp và Môi trường tỉnh Mây Ngàn", AgencyKind.DEPARTMENT,
         parent="ubnd-tinh-may-ngan", valid_from=DEPARTMENTS_MERGED),
    _old("ubnd-tp-ben-lua", "Ủy ban nhân dân thành phố Bến Lụa", AgencyKind.PEOPLES_COMMITTEE,
         level=Level.DISTRICT, parent="ubnd-tinh-song-lua", valid_from=dt.date(2009, 2, 1)),
    _old("ubnd-huyen-suoi-ngan", "Ủy ban nhân dân huyện Suối Ngàn", AgencyKind.PEOPLES_COMMITTEE,
         level=Level.DISTRICT, parent="ubnd-tinh-may-ngan", valid_from=dt.date(1991, 10, 1)),
)  # fmt: skip

AGENCIES = CENTRAL + AUTHORITIES + ORGANISATIONS + COMMUNES + HISTORY


def _succeeded(on: dt.date, legal_basis: str, *pairs: tuple[str, str]) -> tuple[SuccessionSeed, ...]:
    return tuple(
        SuccessionSeed(predecessor=before, successor=after, on=on, legal_basis=legal_basis)
        for before, after in pairs
    )


SUCCESSIONS = (
    *_succeeded(
        DEPARTMENTS_MERGED,
        DEPARTMENT_BASIS,
        ("so-tnmt-song-lua", "so-nnmt-song-lua"),
        ("so-nnptnt-song-lua", "so-nnmt-song-lua"),
        ("so-tnmt-may-ngan", "so-nnmt-may-ngan"),
    ),
    *_succeeded(
        REFORM,
        MERGER_BASIS,
        ("ubnd-tinh-song-lua", "ubnd-tinh"),
        ("ubnd-tinh-may-ngan", "ubnd-tinh"),
        ("hdnd-tinh-song-lua", "hdnd-tinh"),
        ("hdnd-tinh-may-ngan", "hdnd-tinh"),
        ("so-nnmt-song-lua", "so-nnmt"),
        ("so-nnmt-may-ngan", "so-nnmt"),
    ),
    *_succeeded(
        REFORM,
        DISTRICT_BASIS,
        ("ubnd-tp-ben-lua", "ubnd-phuong-ben-lua"),
        ("ubnd-tp-ben-lua", "ubnd-phuong-cau-may"),
        ("ubnd-tp-ben-lua", "ubnd-phuong-tan-lua"),
        ("ubnd-huyen-suoi-ngan", "ubnd-xa-suoi-ngan"),
        ("ubnd-huyen-suoi-ngan", "ubnd-xa-ruong-cao"),
        ("ubnd-huyen-suoi-ngan", "ubnd-xa-nuong-may"),
    ),
)

PEOPLE = (
    PersonSeed(
        email="nguyen.lth@songmay.example",
        full_name="Lê Thị Hạnh Nguyên",
        title="Chuyên viên Chi cục Bảo vệ môi trường",
        roles=(("so-nnmt", Role.DRAFTER),),
    ),
    PersonSeed(
        email="khanh.tqb@songmay.example",
        full_name="Trần Quốc Bảo Khánh",
        title="Phó Giám đốc Sở Nông nghiệp và Môi trường",
        roles=(("so-nnmt", Role.APPROVER),),
    ),
    PersonSeed(
        email="dang.pm@songmay.example",
        full_name="Phạm Minh Đăng",
        title="Chuyên viên Phòng Xây dựng, kiểm tra và phổ biến pháp luật",
        roles=(("so-tu-phap", Role.JUSTICE), ("so-tu-phap", Role.DRAFTER)),
    ),
    PersonSeed(
        email="thu.vth@songmay.example",
        full_name="Vũ Thị Hoài Thu",
        title="Phó Giám đốc Sở Tư pháp",
        roles=(("so-tu-phap", Role.JUSTICE), ("so-tu-phap", Role.APPROVER)),
    ),
    PersonSeed(
        email="ngan.hk@songmay.example",
        full_name="Hoàng Kim Ngân",
        title="Chuyên viên Phòng Giáo dục mầm non, tiểu học",
        roles=(("so-gddt", Role.DRAFTER),),
    ),
    PersonSeed(
        email="lam.bd@songmay.example",
        full_name="Bùi Đức Lâm",
        title="Phó Giám đốc Sở Giáo dục và Đào tạo",
        roles=(("so-gddt", Role.APPROVER),),
    ),
    PersonSeed(
        email="son.lv@songmay.example",
        full_name="Lương Vĩnh Sơn",
        title="Chuyên viên Phòng Quản lý hạ tầng",
        roles=(("so-xay-dung", Role.DRAFTER),),
    ),
    PersonSeed(
        email="mai.ct@songmay.example",
        full_name="Cao Tuyết Mai",
        title="Phó Giám đốc Sở Xây dựng",
        roles=(("so-xay-dung", Role.APPROVER),),
    ),
    PersonSeed(
        email="thanh.dv@songmay.example",
        full_name="Đỗ Văn Thảnh",
        title="Công chức Văn phòng HĐND và UBND phường Bến Lụa",
        roles=(("ubnd-phuong-ben-lua", Role.DRAFTER),),
    ),
    PersonSeed(
        email="vinh.dq@songmay.example",
        full_name="Đinh Quang Vinh",
        title="Phó Chủ tịch UBND tỉnh",
        roles=(("ubnd-tinh", Role.LEADER),),
    ),
    PersonSeed(
        email="quantri@songmay.example",
        full_name="Ngô Thanh Tùng",
        title="Quản trị hệ thống, Trung tâm Chuyển đổi số",
        roles=(("so-khcn", Role.ADMIN),),
    ),
)
