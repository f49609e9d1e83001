"""Names of agencies in a cell or a sentence: where one ends and the next begins, what is a group."""

from __future__ import annotations

import re

from danban.common.text import fold

_OPENERS = (
    "Sở|Ban(?! hành)|Bộ|Cục|Chi cục|Tổng cục|Vụ|Phòng(?!,| chống)|Văn phòng|UBND|HĐND|Ủy ban|Uỷ ban|UBMTTQ|"
    "Hội(?! nghị| thảo| thi| đàm)|HĐPH|Đoàn|Liên đoàn|Liên hiệp|Liên minh|Hiệp hội|Mặt trận|MTTQ|Công an|"
    "Tòa án|Toà án|TAND|VKSND|Viện|Thanh tra|Báo(?! cáo)|Đài|Trung tâm|Trường(?! hợp)|Cổng|Ngân hàng|Kho bạc|"
    "Bảo hiểm|Thuế|Hải quan|Công ty|Tỉnh ủy|Thành ủy|Đảng ủy|Tỉnh đoàn|Thành viên|Cơ quan|Đơn vị|Thủ trưởng|"
    "Người đứng đầu|Giám đốc|Chủ tịch|Tổ công tác|Doanh nghiệp|"
    "Tổ chức(?= chính trị| hành nghề| xã hội| đoàn)|"
    "STP|BTP|Câu lạc bộ|Lãnh đạo|Nhà xuất bản|Học viện|Địa phương"
)
_OPENER = re.compile(rf"(?:{_OPENERS})(?![\w&])")
_GROUP = re.compile(r"(?:[Cc]ác|[Nn]hững|[Mm]ột số)\s")
_LOWER = re.compile(r"(?:cơ quan|đơn vị|thủ trưởng|thành viên)\s")
_CUT = re.compile(r"\s*,\s*|\s+và\s+")
_BULLET = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)])\s+")
_LISTED = re.compile(r"[Cc]ác\s+(Sở|Bộ|Phòng|Hội)(?:\s*:\s*|\s+)(?!Ban\b|Ngành\b)([A-ZĐ].+)")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_GROUPS = re.compile(
    r"(cac|nhung|mot so) |(thu truong|nguoi dung dau|thanh vien|lanh dao|don vi|to chuc)\b"
    r"|(dia phuong|doanh nghiep)\b"
    r"|co quan (?!thuong truc|uy ban|cong an)|(bao|dai|bao, dai|bao chi|truyen thong)$|.*\blien quan$"
    r"|(ubnd|uy ban nhan dan) (cac|cap)\b"
)
_UNITS = frozenset("xa phuong huyen thi tran thanh pho dac khu cap va quan".split())  # noqa: SIM905


def split_bodies(text: str) -> list[str]:
    """The names in a text, in order, each as written; nothing of it is lost but the separators.

    A comma or "và" parts names only where a new name opens behind it: "Sở Nông nghiệp và Môi trường" and
    "Các Sở, ban, ngành" stay whole.
    """
    lines = (_BULLET.sub("", line) for line in text.splitlines())
    segments = (one.strip(" .,") for line in lines for one in _cut(line, ";"))
    names = (name for one in segments if one for name in _split(one))
    return [tidy for name in names if (tidy := name.strip(" .;,–-"))]


def _split(text: str) -> list[str]:
    if match := _LISTED.fullmatch(text):
        rest = match[2].split(",")
        return [
            one if opens_with_body(one) else f"{match[1]} {one}" for name in rest if (one := name.strip())
        ]
    names, held, joint = [], "", ""
    for piece, cut in _pieces(text):
        if held and not _parts(held, joint, piece):
            held += joint + piece
        else:
            names.append(held)
            held = piece
        joint = cut
    return [*names, held]


def _cut(text: str, mark: str) -> list[str]:
    """The text cut at a mark that stands in no brackets."""
    pieces = [""]
    for piece in re.split(rf"(\([^()]*\)|{mark})", text):
        if piece == mark:
            pieces.append("")
        else:
            pieces[-1] += piece
    return pieces


def _pieces(text: str) -> list[tuple[str, str]]:
    """Pieces with the separator behind each; brackets and quotes are not looked into."""
    shield = re.sub(r"\([^()]*\)|“[^”]*”", lambda match: "x" * len(match[0]), text)
    pieces, start = [], 0
    for match in _CUT.finditer(shield):
        pieces.append((text[start : match.start()], text[match.start() : match.end()]))
        start = match.end()
    return [*pieces, (text[start:], "")]


def _parts(held: str, joint: str, piece: str) -> bool:
    """Whether ``piece`` begins a new name behind ``held``."""
    if _GROUP.match(piece):
        return True
    if (
        joint.strip() == "và"
        and held.startswith("Văn phòng")
        and re.match(r"(UBND|HĐND|Ủy ban|Hội đồng)", piece)
    ):
        return False
    if _GROUP.match(held) or is_group(held):
        return bool(_OPENER.match(piece)) and len(piece.split()) > 1
    return bool(_OPENER.match(piece) or _LOWER.match(piece))


def plain_name(name: str) -> str:
    """A name without what stands behind it in brackets."""
    return _ASIDE.sub("", name).strip() or name


def is_group(name: str) -> bool:
    """Whether the words name a kind of body, not one: "Các Sở, ban, ngành", "UBND xã, phường"."""
    said = fold(plain_name(name))
    if _GROUPS.match(said):
        return True
    head, _, rest = said.replace("uy ban nhan dan", "ubnd").partition(" ")
    units = rest.replace(",", " ").split()
    return head in ("ubnd", "hdnd") and bool(units) and set(units) <= _UNITS


def opens_with_body(text: str) -> bool:
    """Whether a sentence begins with the name of a body or a group of bodies."""
    return bool(_OPENER.match(text) or _GROUP.match(text) or _LOWER.match(text))
