"""What a line says besides its mark: quotation marks, and the pieces of a paper around its provisions.

Sources: Decree 30/2020/NĐ-CP (signature, recipients, appendices), its predecessors and common typing.
"""

from __future__ import annotations

import re


class Sign:
    """What a line says besides its mark: bits of a plain int, since every line is asked."""

    QUOTE_START = 1
    QUOTE_END = 2
    OPENS = 4
    CLOSES = 8
    INSTRUCTS = 16
    AMENDS = 32
    FINAL = 64
    SIGNS = 128
    APPENDS = 256
    REGULATES = 512
    LOOSE = 1024
    ENCLOSED = 2048
    FORCED = 4096
    NOTES = 8192
    UNENDED = 16384
    INLINE = 32768


_OPENERS = re.compile(r"\s*((?:[“”\"«„‟″]|''|‘‘|’’|``)+)\s*")
_CLOSER = re.compile(r"(?:[“”\"»‟″]|''|’’)\s*(?:\[\d+\]|\d{1,2})?[\s.;,:)]*(?:và|hoặc)?\s*$")
QUOTE_MARKS = "“”\"«»„‟″‘’'`"

_SIGNS = re.compile(
    r"(?:TM|KT|TUQ|TL|Q)\s*\.\s*[A-ZĐÀ-Ỹ]|(?:T/M|K/T|T/L|(?:TM|KT|TL|TUQ)[/\s])\s*\.?\s*[A-ZĐÀ-Ỹ]{2}"
    r"|N[Ơơ][Ii] [Nn][Hh][Ậậ][Nn]\s*(?:[:.]|$)"
    r"|XÁC THỰC VĂN BẢN HỢP NHẤT"
    r"|(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|Hiến pháp) này (?:đã )?được "
    r"(?:Quốc hội|Hội đồng nhân dân|Ủy ban Thường vụ|UBTVQH)"
)
_OFFICES = re.compile(
    r"(?:PHÓ )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|CHỦ NHIỆM"
    r"|GIÁM ĐỐC|TỔNG THANH TRA|TỔNG KIỂM TOÁN(?: NHÀ NƯỚC)?|TỔNG BÍ THƯ)"
    r"(?:,? (?:QUỐC HỘI|NƯỚC|UBND|HĐND|VĂN PHÒNG|BỘ|SỞ|CHÍNH PHỦ|HỘI ĐỒNG"
    r"|ỦY BAN|UỶ BAN|TÒA ÁN|VIỆN|NGÂN HÀNG)[^;:.]{0,50})?"
)
_ON_BEHALF = re.compile(r"(?:Thay mặt|THAY MẶT) [^.;:,]{4,60}")
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số)\s*:?)?"
    r"(?:\s+([IVXLC]{1,7}[a-zA-Z]?|\d{1,3}[a-zA-Z]?|[A-Z]))?(?!\w)\s*[.:\-–]?\s*"
)
_FORM = re.compile(
    r"(?:MẪU|Mẫu|BIỂU|Biểu)(?: (?:SỐ|số|mẫu|MẪU))?:? ?[\dIVX]|DANH MỤC(?: |$)|MẪU (?:SỐ|ĐƠN|BÁO CÁO)"
)
_REGULATION = re.compile(
    r"(?:QUY ĐỊNH|QUY CHẾ|ĐIỀU LỆ|NỘI QUY|QUY TẮC|QUY TRÌNH|QUY CHUẨN|QUY HOẠCH)"
    r"(?!\s(?:CHUNG|CỤ THỂ|KHÁC))(?:\s|$)"
    r"|(?:KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|PHƯƠNG ÁN|CHIẾN LƯỢC)(?:\s|$)"
)
_TITLE = re.compile(r"Quy (?:định|chế|tắc|trình)|Điều lệ|Nội quy|Kế hoạch|Đề án|Chương trình|Phương án")
"""The whole of a line, as some type the title of what is attached."""
_ENCLOSED = re.compile(r"\((?:Được )?(?:(?:ban hành|phê duyệt) )?kèm theo ", re.IGNORECASE)
_NOTE = re.compile(r"\[\d{1,3}\]\s*[^\W\d_]")


def quote_signs(line: str) -> tuple[int, int]:
    """(signs, where the words after opening marks begin)."""
    opener = _OPENERS.match(line)
    closer = _CLOSER.search(line, max(0, len(line) - 24))
    curly = line.count("“") + line.count("«") - line.count("”") - line.count("»")
    straight = line.count('"') + line.count("''")
    signs = (Sign.QUOTE_START if opener else 0) | (Sign.QUOTE_END if closer else 0)
    if straight % 2:
        at_start = (opener is not None and '"' in opener[1]) or (opener is not None and "''" in opener[1])
        curly += 1 if at_start else -1 if closer and '"' in closer[0] + "''" else 0
    if opener and opener[1][0] == "”" and curly < 0:
        curly += 2
    if closer and "“" in closer[0] and curly > 0:
        curly -= 2
    if curly > 0:
        signs |= Sign.OPENS
        if _is_inline(line, opener.end() if opener else 0):
            signs |= Sign.INLINE
    elif curly < 0:
        signs |= Sign.CLOSES
    return signs, opener.end() if opener else 0


def _is_inline(line: str, start: int) -> bool:
    """Whether the mark that stays open stands among words: not at the line's start, not behind "như sau:"."""
    last = max(line.rfind("“"), line.rfind("«"), line.rfind('"'), line.rfind("''"), 0)
    if start and (last < start or any(mark in line[last + 1 :] for mark in "”»")):
        return False
    return not line[:last].rstrip().endswith((":", ".", "sau"))


def page_signs(line: str) -> int:
    """Signature, appendix and attached regulation announce themselves on lines of their own."""
    bare = line.strip()
    first = bare[:1]
    if first in "TKQNLBHPXn" and _SIGNS.match(bare):
        return Sign.SIGNS
    if first in "PBTCVGQ" and len(bare) < 90 and (_OFFICES.fullmatch(bare) or _ON_BEHALF.fullmatch(bare)):
        return Sign.SIGNS | Sign.LOOSE
    if first == "[" and _NOTE.match(bare):
        return Sign.NOTES
    if first == "P" and len(bare) < 200 and (signs := _appendix_signs(bare)):
        return signs
    if first in "MBDm" and len(bare) < 200 and _FORM.match(bare):
        return Sign.APPENDS | Sign.LOOSE
    if first == "(" and _ENCLOSED.match(bare):
        return Sign.ENCLOSED
    if first in "QĐNKCP" and len(bare) < 160:
        if bare.isupper() and (match := _REGULATION.match(bare)):
            return Sign.REGULATES | (Sign.LOOSE if match.end() < len(bare) else 0)
        if _TITLE.fullmatch(bare):
            return Sign.REGULATES | Sign.LOOSE
    return 0


def _appendix_signs(bare: str) -> int:
    """ "Phụ lục II", "PHỤ LỤC: …" begin one; "Phụ lục II." may be the end of a sentence that cites it."""
    match = _APPENDIX.match(bare)
    if not match:
        return 0
    rest = bare[match.end() :]
    if not rest and bare[1] == "h" and bare[-1] == ".":
        return Sign.APPENDS | Sign.LOOSE
    if not rest or bare[1] == "H" or (match[1] and rest[0].isupper() and bare[-1] not in ".;,"):
        return Sign.APPENDS
    return 0


def appendix_number(line: str) -> str:
    """The printed number of an appendix ("Phụ lục II" → "II"), "" when it has none."""
    match = _APPENDIX.match(line.strip())
    return (match[1] or "") if match else ""
