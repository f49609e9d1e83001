"""Which document it is: the names that the FRBR block asks for, read from the page where it says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from danban.lawtext.tree import Document, Unit

UNKNOWN_DATE = "0001-01-01"


@dataclass(frozen=True, slots=True)
class Identity:
    """``subtype`` is the type of document in ASCII ("luat", "quyet-dinh"), ``date`` ISO, ``author`` ASCII.

    ``is_draft`` makes it a ``bill``; ``expression_date`` is the date of this version's words.
    """

    subtype: str = "van-ban"
    number: str = ""
    date: str = UNKNOWN_DATE
    author: str = "co-quan-ban-hanh"
    title: str = ""
    is_draft: bool = False
    expression_date: str = ""

    @property
    def work(self) -> str:
        """The work's URI by the naming convention: /akn/vn/act/luat/2024-01-18/31-2024-qh15."""
        kind = "bill" if self.is_draft else "act"
        return f"/akn/vn/{kind}/{self.subtype}/{self.date}/{slug(self.number) or 'khong-so'}"

    @property
    def expression(self) -> str:
        return f"{self.work}/vie@{self.expression_date or self.date}"


_TYPES = {
    "HIẾN PHÁP": ("hien-phap", "quoc-hoi"),
    "BỘ LUẬT": ("bo-luat", "quoc-hoi"),
    "LUẬT": ("luat", "quoc-hoi"),
    "PHÁP LỆNH": ("phap-lenh", "uy-ban-thuong-vu-quoc-hoi"),
    "NGHỊ QUYẾT": ("nghi-quyet", ""),
    "NGHỊ ĐỊNH": ("nghi-dinh", "chinh-phu"),
    "THÔNG TƯ": ("thong-tu", ""),
    "QUYẾT ĐỊNH": ("quyet-dinh", ""),
    "CHỈ THỊ": ("chi-thi", ""),
    "VĂN BẢN HỢP NHẤT": ("van-ban-hop-nhat", ""),
}
_NUMBER = re.compile(r"[^:]{0,24}[Ss]ố\s*:?\s*([\d…._ ]*/\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\wĐ-]+)")
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")


def identity_of(document: Document) -> Identity:
    """What the head of the page and its signature say; defaults where they are silent."""
    head = [line.text for line in document.lines[:60] if line.unit is Unit.PREAMBLE]
    subtype, author = next(
        (names for line in head for title, names in _TYPES.items() if line.strip().startswith(title)),
        ("van-ban", ""),
    )
    top = "\n".join(head)
    number = next(
        (f for line in head if not line.strip().startswith("Căn cứ") and (f := _NUMBER.match(line))), None
    )
    date = next((day for line in (*head, *_ends(document)) if (day := _iso(line))), UNKNOWN_DATE)
    return Identity(
        subtype=subtype,
        number=re.sub(r"\s", "", number[1]) if number else "",
        date=date,
        author=author or "co-quan-ban-hanh",
        title=document.title,
        is_draft="DỰ THẢO" in top.upper(),
    )


def _ends(document: Document) -> list[str]:
    """A law's date stands behind its last article: "… thông qua ngày 18 tháng 01 năm 2024"."""
    return [line.text for line in document.lines[-40:] if line.unit is Unit.SIGNATURE]


def _iso(text: str) -> str:
    match = _DATE.search(text)
    if not match:
        return ""
    day, month, year = (int(part) for part in match.groups())
    return (
        f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 28 + 3 * (month != 2) else ""
    )


def slug(text: str) -> str:
    """ASCII with hyphens: "31/2024/QH15" → "31-2024-qh15"."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", bare.encode("ascii", "ignore").decode()).strip("-")
