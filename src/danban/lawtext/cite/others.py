"""Whether a citation means another document: the words after it (or before it) that name one."""

from __future__ import annotations

import re
import unicodedata

_KINDS = (
    r"Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh|Hiến pháp|Chỉ thị"
    r"|Văn bản hợp nhất|Bo luat|Luat|Nghi dinh|Nghi quyet|Thong tu|Quyet dinh|Phap lenh|Hien phap"
)
_NUMBER = r"\d{1,5}(?:/\d{4})?/[A-ZĐ][\wĐ]*(?:-[A-ZĐ][\wĐ]*)*"
# Words that never begin a law's name: after them "luật" is the draft, or law in general.
_NO_NAME = (
    r"này|nay|quy|nên|cần|có|là|phải|thì|cho|về|mới|sửa|trên|đã|được|chưa|không|của|và|hoặc|hiện|cũ|thi|pháp|để|khi|như"
    r"|vì|nếu|ban|do|sẽ|nen|can|co|phai|lần|ra|còn|cũng|rất|quá|bị|tại|theo|trong|đang|nay|hay|mà|từ|thay|bỏ"
)
# Where a law's name ends and the sentence goes on; a comma goes on only in names that have one.
_ENDS_NAME = (
    r"(?!(?:năm|số|có|là|thì|quy|nên|cần|phải|không|đã|được|hiện|còn|về|để|khi|vì|mà|tôi|đề|sẽ|nhưng|nếu|tại|theo"
    r"|của|cho|như|từ|bị|hay|hoặc|rồi|vẫn|cũng|này|nữa|điều|Điều|khoản|điểm)\b)"
)
_COMMA = r"(?:,(?=\s(?:chống|sử dụng|khen thưởng|giám sát)\b))?"
_NAME = rf"[^\W\d_]+(?:{_COMMA}[ ]+{_ENDS_NAME}[^\W\d_]+){{0,9}}"
_LAW = rf"(?:\s+(?!(?:{_NO_NAME})\b)(?P<name>{_NAME}))"
_YEAR = r"(?:\s+(?:năm\s+)?(?P<year>(?:19|20)\d\d))"
# As people shorten them, and the law that is in force now: none of these is the draft.
_SHORT = (
    r"BL(?:DS|HS|LĐ|TTDS|TTHS)(?:\s+(?:năm\s+)?(?:19|20)\d\d)?|(?:NĐ|TTLT|TT|QĐ|NQ)\s*\d[\w/-]*"
    r"|(?i:(?:bộ )?luật (?:hiện hành|cũ|hiện nay|đang có hiệu lực))"
)
_ALONE = re.compile(r"\s+(?:số\s+)?\d{1,4}(?![\d/])")
_AFTER = re.compile(
    r"[\s)]*(?:,\s*)?(?:(?:của|thuộc|trong|tại|theo|cua)\s+)?"
    r"(?P<draft>(?:bản\s+)?(?:dự thảo|du thao|dự án)\s+)?"
    rf"(?:(?P<short>{_SHORT})(?![\w/])|(?P<kind>(?i:{_KINDS}))\b"
    rf"(?:\s*(?:số\s+)?(?P<number>{_NUMBER}|\d+/(?:19|20)\d\d)"
    rf"|{_LAW}?(?:\s*(?:số\s+)?(?P<later>{_NUMBER}))?{_YEAR}?))"
)
# Read without marks and capitals: "NGHỊ ĐỊNH 43/2014/NĐ-CP ĐÃ NÓI RÕ TẠI ĐIỀU 96", "nghi dinh … tai dieu 96".
_BARE_KINDS = "bo luat|luat|nghi dinh|nghi quyet|thong tu|quyet dinh|phap lenh|hien phap"
_SAYS = r"(?:\s+(?:da|cung|co))?\s+(?:quy dinh|noi|neu|ghi|huong dan)(?:\s+\w+)?\s+(?:tai|o|trong)"
_BEFORE = re.compile(
    r"(?P<draft>du thao\s+)?\b(?P<name>(?:" + _BARE_KINDS + r")\s+(?:so\s+)?[^.;:()\n]{0,90}?"
    r"(?:\d+(?:/\d{4})?/[a-z][\w-]*|\d+/(?:19|20)\d\d|(?:nam\s+)?(?:19|20)\d\d))"
    r"(?:[\s,(]*(?:tai|o|co)?|" + _SAYS + r")\s*$"
)
_DATED = re.compile(r"(?:19|20)\d\d\b")
_NUMBERED = re.compile(rf"(?<![\w/]){_NUMBER}")
_BY_NUMBER = ("nghị", "thông", "nghi", "thong")
_NEEDS_NUMBER = ("nghị", "thông", "quyết", "chỉ", "văn", "nghi", "thong", "quyet", "phap lenh", "pháp lệnh")


def document_after(text: str, end: int, own_name: str) -> tuple[str, int]:
    """The other document named right after a citation, and where its name ends; ("", end) when none.

    ``own_name`` is the draft's own title in small letters, "" when not known.
    """
    match = _AFTER.match(text, end)
    if not match or match["draft"]:
        return "", end
    if match["short"]:
        return match["short"], match.end("short")
    kind, name = match["kind"], match["name"] or ""
    dated = match["number"] or match["later"] or match["year"]
    if not dated and kind.lower().startswith(_BY_NUMBER):
        alone = _ALONE.match(text, match.end("kind"))
        return (text[match.start("kind") : alone.end()], alone.end()) if alone else ("", end)
    if kind.lower().startswith(_NEEDS_NUMBER):
        return (text[match.start("kind") : match.end()], match.end()) if dated else ("", end)
    if not dated:
        if kind.lower().startswith(("hiến", "hien")):
            return kind, match.end("kind")
        if not name or _is_own(kind, name, own_name):
            return "", end
        if kind[0].isupper() and name[0].islower() and not kind.islower():
            return "", end
        name = _only_name(name)
        return f"{kind} {name}", match.start("name") + len(name)
    return text[match.start("kind") : match.end()].strip(), match.end()


def _is_own(kind: str, name: str, own_name: str) -> bool:
    full = f"{kind} {name}".lower()
    return bool(own_name) and (full.startswith(own_name) or name.lower().startswith(own_name))


def _only_name(name: str) -> str:
    """A law's name without the sentence that goes on after it: capitals tell where it ends at most.

    Names join small words ("Luật Đất đai", "Luật Tổ chức chính quyền địa phương"), so this keeps at
    most seven syllables.
    """
    return " ".join(name.split()[:7])


def document_before(text: str, start: int, taken: int) -> tuple[str, int]:
    """The other document named, with its number or year, right before a citation, and where it begins.

    A name that ends before ``taken`` belongs to an earlier citation.
    """
    begin = max(taken, start - 130)
    front = text[begin:start]
    if not _DATED.search(front, max(0, len(front) - 40)):
        return "", start
    matches = list(_BEFORE.finditer(_bare(front)))
    if not matches or matches[-1]["draft"]:
        return "", start
    first, last = matches[-1].span("name")
    return front[first:last], begin + first


def _bare(text: str) -> str:
    """Small letters without marks, one for each character of ``text``."""
    letters = (unicodedata.normalize("NFD", c)[0] for c in text)
    return "".join("d" if c in "đĐ" else c.lower()[:1] for c in letters)


def numbered_documents(text: str) -> list[tuple[str, int, int]]:
    """Documents named by their number alone: "43/2014/NĐ-CP"."""
    return [(m[0], m.start(), m.end()) for m in _NUMBERED.finditer(text)]
