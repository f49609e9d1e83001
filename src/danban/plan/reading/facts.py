"""What a plan says of itself: number, day, issuer, subject, years, the documents it rests on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_SYMBOL = r"\d{1,5}(?:/20\d\d)?/(?:KH|QĐ)-[A-ZĐ]+(?:-[A-ZĐ]+)?"
_OWN = (
    re.compile(rf"\bSố\s*:\s*({_SYMBOL})"),
    re.compile(rf"ban hành (?:kèm theo )?(?:Kế hoạch|Quyết định)(?: số)? ({_SYMBOL})"),
    re.compile(rf"(?:theo|Theo) (?:Kế hoạch|Quyết định)(?: số)? ({_SYMBOL})"),
)
_BLANK_OWN = re.compile(r"\bSố\s*:\s*[./…\s]*/((?:KH|QĐ)-[A-ZĐ]+)")
_DAY = r"(?:ngày\s*)(\d{1,2})(?:\s*/\s*|\s+tháng\s+)(\d{1,2})(?:\s*/\s*|\s+năm\s+)(20\d\d)"
_PLACE_DAY = re.compile(rf"^[^,.;]{{2,40}},\s*{_DAY}\s*$", re.IGNORECASE)
_ISSUED_DAY = re.compile(rf"^{_DAY},? (.{{2,80}}?) (?:đã )?ban hành", re.IGNORECASE)
_SPAN = re.compile(r"(?:giai đoạn )?(20\d\d)\s*[-–]\s*(20\d\d)")
_YEARS = re.compile(r"\bnăm (20\d\d)\b", re.IGNORECASE)
_CITED = re.compile(
    r"(?:Quyết định|Nghị quyết|Kế hoạch|Luật|Nghị định|Chỉ thị|Thông tư|Công văn|Tờ trình|Kết luận)"
    r"(?: (?:(?! và )[^,;.()“”\d]){1,60}?)?(?: số)? \d[\w/-]*-[\wĐ/-]+(?: ngày \d{1,2}/\d{1,2}/\d{4})?"
    r"(?: của [^,;.()“”]{2,60}?(?= về | phê duyệt | triển khai | ban hành |[,;.()“”]|$))?"
)
_LETTERHEAD = re.compile(r"(ỦY BAN NHÂN DÂN|UBND)( TỈNH| THÀNH PHỐ)?( [^\d:;]{2,40})?")
_PLACE = re.compile(r"(TỈNH|THÀNH PHỐ) [^\d:;.]{2,40}")
_ABOUT = re.compile(rf"ban hành Kế hoạch(?: số)?(?: {_SYMBOL})? (?:về )?(.+?)(?<=[^\d])\.(?:\s|$)")
_BASIS = re.compile(r"Căn cứ (?:Luật|Bộ luật|Nghị|Quyết định|Kế hoạch số|Chỉ thị|Thông tư|Kết luận|Công văn)")
_HEADS = {"KẾ HOẠCH", "QUYẾT ĐỊNH", "PHỤ LỤC"}


@dataclass(slots=True)
class Facts:
    """What was found; "" or None where the document does not say. ``years`` are the first and the last."""

    number: str = ""
    issued_on: dt.date | None = None
    issuer: str = ""
    title: str = ""
    title_lines: list[str] = field(default_factory=list)
    years: tuple[int, int] | None = None
    legal_bases: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        """The year that days without a year belong to."""
        if self.years and self.years[0] == self.years[1]:
            return self.years[0]
        return self.issued_on.year if self.issued_on else None


def read_facts(lines: Sequence[str]) -> Facts:
    """The facts in the lines of a document. Administrative numbers carry no year (Decree 30/2020)."""
    facts = Facts()
    whole = "\n".join(lines)
    for pattern in _OWN:
        if match := pattern.search(whole):
            facts.number = match[1]
            break
    else:
        if match := _BLANK_OWN.search(whole):
            facts.doubts.append(f"Văn bản chưa có số (…/{match[1]}).")
    _day_and_issuer(lines, facts)
    facts.title_lines = _title(lines)
    facts.title = " ".join(facts.title_lines)
    facts.years = _years(facts.title, whole)
    facts.legal_bases = _bases(lines, facts.number)
    _warn(facts)
    return facts


def _day_and_issuer(lines: Sequence[str], facts: Facts) -> None:
    for line in lines:
        if match := _ISSUED_DAY.match(line) or _PLACE_DAY.match(line):
            facts.issued_on = _date(match[1], match[2], match[3], facts)
            if match.re is _ISSUED_DAY:
                facts.issuer = match[4]
            break
    for place, line in enumerate(lines[:12]):
        if not facts.issuer and _LETTERHEAD.fullmatch(line):
            below = lines[place + 1] if place + 1 < len(lines) else ""
            facts.issuer = f"{line} {below}" if _PLACE.fullmatch(below) else line
    if facts.issued_on is None and facts.number:
        beside = re.search(rf"{re.escape(facts.number)} {_DAY}", "\n".join(lines))
        if beside:
            facts.issued_on = _date(beside[1], beside[2], beside[3], facts)


def _date(day: str, month: str, year: str, facts: Facts) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        facts.doubts.append(f"Ngày {day}/{month}/{year} không có trong lịch.")
        return None


def _title(lines: Sequence[str]) -> list[str]:
    """The lines under KẾ HOẠCH, or what an announcement says the plan is about.

    A title goes on in the next line where that begins with a small letter.
    """
    for place, line in enumerate(lines[:40]):
        if line.strip() in _HEADS and place + 1 < len(lines):
            end = place + 2
            while end < min(len(lines), place + 5) and lines[end][:1].islower():
                end += 1
            return list(lines[place + 1 : end])
        if match := _ABOUT.search(line):
            return [match[1][:1].upper() + match[1][1:]]
        if match := re.match(r"PHỤ LỤC\s*(\S.*?)\s*(?:\(|$)", line):
            return [match[1]]
    return []


def _years(title: str, whole: str) -> tuple[int, int] | None:
    """The year or years the plan is for: a single year named last in the title goes before a span."""
    for text in (title, whole[:3000]):
        single, span = _YEARS.findall(text), _SPAN.search(text)
        if single:
            year = int(single[-1] if text is title else single[0])
            return year, year
        if span:
            return int(span[1]), int(span[2])
    return None


def _bases(lines: Sequence[str], own: str) -> list[str]:
    """Lines "Căn cứ …", and documents named in "Thực hiện …"; without any, all documents that are named."""
    said = [line.strip(" ;.") for line in lines if _BASIS.match(line)]
    opening = [line for line in lines if line.startswith("Thực hiện ")]
    cited = [match[0].strip() for line in (opening if said else lines) for match in _CITED.finditer(line)]
    return [one for one in dict.fromkeys([*said, *cited]) if not own or own not in one]


def _warn(facts: Facts) -> None:
    if not facts.number and not facts.doubts:
        facts.doubts.append("Không tìm thấy số của văn bản.")
    if facts.issued_on is None:
        facts.doubts.append("Không tìm thấy ngày ban hành.")
    elif facts.years and not facts.years[0] - 1 <= facts.issued_on.year <= facts.years[1]:
        facts.doubts.append(
            f"Ngày ban hành {facts.issued_on:%d/%m/%Y} không hợp với năm của kế hoạch; "
            "văn bản có thể ghi nhầm ngày."
        )
