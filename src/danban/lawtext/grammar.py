"""What a line may open: the marks of Vietnamese legal writing, recognised line by line.

Only candidates: what a line really is, the reading of the whole decides (see ``reading.py``).
Sources: Decree 78/2025/NĐ-CP, Articles 63, 66-70; Decree 30/2020/NĐ-CP for signatures and recipients.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from danban.lawtext.tree import Unit

LETTERS = "abcdđeghiklmnopqrstuvxy"
OPENING, CLOSING = '“"«', '”"»'


class Mark(NamedTuple):
    """A unit that a line may open, its number as printed, and the words after it."""

    unit: Unit
    number: str
    rest: str
    firm: bool = True


_ORDINALS = {
    "nhất": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9",
    "mười": "10",
}  # fmt: skip
_PART = re.compile(
    r"ph[ầẦ]n\s+(?:th[ứỨ]\s+)?(" + "|".join(_ORDINALS) + r"|[ivxlc]+|\d+)\s*[.:\-–]?\s*(.*)", re.IGNORECASE | re.DOTALL
)
_CHAPTER = re.compile(
    r"ch[ưƯ][ơƠ]ng\s+([ivxlc]+[a-zđ]?|\d+[a-zđ]?)\s*(?:[.:\-–]\s*(.*)|\s+([^a-zđà-ỹ].*)|)", re.IGNORECASE | re.DOTALL
)
_SECTION = re.compile(r"m[ụỤ]c\s+(\d+[a-zđ]?|[ivx]+)\s*(?:[.:\-–]\s*(.*)|\s+([^a-zđà-ỹ].*)|)", re.IGNORECASE | re.DOTALL)
_SUBSECTION = re.compile(r"ti[ểỂ]u\s+m[ụỤ]c\s+(\d+|[ivx]+)\s*[.:\-–]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"[đĐ]i[ềỀ]u\s*(\d+)\s*([a-zđ]?)\d*\s*(?:([.:])\s*(.*)|(\s+[A-ZĐÀ-Ỹ“\"].*)|)", re.DOTALL)
_ARTICLE_CAPS = re.compile(r"ĐIỀU\s*(\d+)\s*([A-ZĐa-zđ]?)\s*(?:([.:])\s*(.*)|(\s+.*)|)", re.DOTALL)
_CLAUSE = re.compile(r"(\d{1,3})\s*([a-zđ]?)\s*(\.)(?!\d)\s*(.*)", re.DOTALL)
_POINT = re.compile(r"([a-zđ])\s*(\d{0,2})\s*\)\s*(.*)", re.DOTALL)
_SUBPOINT = re.compile(r"(?:([a-zđ]\d?\.\d{1,2})\s*[).]?|\(?([ivx]{1,5})\s*\))\s*(.*)", re.DOTALL)
_APPENDIX = re.compile(
    r"(?:PH[ỤU]\s*L[ỤU]C|Phụ lục)(?:\s+(?:số\s*)?([IVXLC]+|\d+|[A-Z])\b)?\s*[.:\-–]?\s*(.{0,200})", re.DOTALL
)
_REGULATION = re.compile(r"(?:QUY ĐỊNH|QUY CHẾ|ĐIỀU LỆ|NỘI QUY|QUY CHUẨN|CHƯƠNG TRÌNH|ĐỀ ÁN|QUY TẮC)", re.DOTALL)
_SIGNATURE = re.compile(
    r"(?:(?:TM|KT|TUQ|TL|Q)\s*\.\s*[A-ZĐÀ-Ỹ]|Nơi nhận\s*[:.]?|N[ơƠ]I\s+NH[ậẬ]N\s*:?"
    r"|(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG KIỂM TOÁN"
    r"|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG THANH TRA)(?:\s|$|,)"
    r"|(?:Luật|Nghị quyết|Bộ luật|Pháp lệnh|Hiến pháp) này (?:đã )?được (?:Quốc hội|Hội đồng nhân dân|Ủy ban [Tt]hường vụ))"
)
_FIRST = re.compile(r"[\s]*[“\"«]?[\s]*([PpCcMmTtĐđ0-9a-z(QNU])")


def strip_quote(line: str) -> tuple[str, bool]:
    """The line without an opening quotation mark at its start, and whether there was one."""
    bare = line.lstrip()
    if bare[:1] and bare[0] in OPENING:
        return bare[1:].lstrip(), True
    return bare, False


def mark_of(line: str) -> Mark | None:
    """What the line would open if the reading lets it; None for plain text."""
    bare = line.strip()
    first = bare[:1]
    if first.isdigit():
        match = _CLAUSE.fullmatch(bare)
        return Mark(Unit.CLAUSE, match[1] + match[2], match[4]) if match and match[4] else None
    if first in "đĐ" and (match := _ARTICLE.fullmatch(bare) or _ARTICLE_CAPS.fullmatch(bare)):
        firm = bool(match[3]) or not match[5]
        return Mark(Unit.ARTICLE, match[1] + match[2].lower(), (match[4] or match[5] or "").strip(), firm)
    if bare[1:2] == ")" or bare[2:3] == ")" or bare[1:3] == " )":
        if match := _POINT.fullmatch(bare):
            return Mark(Unit.POINT, match[1] + match[2], match[3])
    if first == "(" or (first.isalpha() and first.islower() and len(bare) > 3):
        if match := _SUBPOINT.fullmatch(bare):
            return Mark(Unit.SUBPOINT, match[1] or match[2], match[3])
    if first in "cC" and (match := _CHAPTER.fullmatch(bare)):
        return Mark(Unit.CHAPTER, match[1].upper(), (match[2] or match[3] or "").strip())
    if first in "mM" and (match := _SECTION.fullmatch(bare)):
        return Mark(Unit.SECTION, match[1], (match[2] or match[3] or "").strip())
    if first in "tT" and (match := _SUBSECTION.fullmatch(bare)):
        return Mark(Unit.SUBSECTION, match[1], match[2])
    if first in "pP" and (match := _PART.fullmatch(bare)) and len(bare) < 200:
        number = _ORDINALS.get(match[1].lower(), match[1].upper())
        return Mark(Unit.PART, number, match[2])
    return None


def opens_appendix(line: str) -> Mark | None:
    """ "Phụ lục I", "PHỤ LỤC" as a heading of its own."""
    bare = line.strip()
    match = _APPENDIX.fullmatch(bare) if bare[:2].lower() == "ph" and len(bare) < 220 else None
    if match and (bare.isupper() or match[1] or bare in ("Phụ lục", "PHỤ LỤC")):
        if bare[:1] == "P" and not re.search(
            r"(kèm theo|ban hành|quy định tại)\s*(?:\S+\s*){0,3}[.;]$", bare
        ):
            return Mark(Unit.APPENDIX, match[1] or "", match[2])
    return None


def opens_regulation(line: str) -> bool:
    """ "QUY ĐỊNH", "QUY CHẾ" alone on a line: a regulation attached to a decision begins."""
    return bool(_REGULATION.fullmatch(line.strip()))


def opens_signature(line: str) -> bool:
    return bool(_SIGNATURE.match(line.strip()))


_AMENDS = re.compile(
    r"(?:sửa đổi|bổ sung|bãi bỏ|thay thế|thay cụm từ|thay đổi|bỏ cụm từ|hủy bỏ|bỏ (?:điểm|khoản|điều|cụm)|hiệu lực|"
    r"điều khoản (?:thi hành|chuyển tiếp)|tổ chức thực hiện|trách nhiệm|quy định chuyển tiếp|thay thế, bãi bỏ)",
    re.IGNORECASE,
)


def amends(line: str) -> bool:
    """Whether a line speaks as an amending document does of another's provisions, or closes it."""
    return bool(_AMENDS.search(line[:220]))


def instructs(line: str) -> bool:
    """ "… như sau:" announces quoted text."""
    tail = line.rstrip().rstrip(OPENING + CLOSING + " ")
    return tail.endswith(":") and bool(re.search(r"như sau\s*:?$|sau đây\s*:?$|sau\s*:$", tail, re.IGNORECASE))


_CLOSES = re.compile(r"[”\"»]\s*[.;,:)]*\s*(?:và|hoặc)?\s*$")


def closes_quote(line: str) -> bool:
    """The line ends with a closing quotation mark that closes more than it opens."""
    bare = line.rstrip()
    if not _CLOSES.search(bare):
        return False
    curly = bare.count("“") - bare.count("”")
    if "”" in bare or "“" in bare:
        return curly < 0 or (curly == 0 and bare.lstrip()[:1] == "“")
    return bare.count('"') % 2 == 1 or bare.lstrip()[:1] == '"'
