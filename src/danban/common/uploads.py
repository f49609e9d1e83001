"""What may come in as a file. Everything is looked at before anything opens it, and nothing is written.

The kind is told by the bytes, never by the name. Bounds: ASVS 5.0, 5.2.1-3 and 5.3.1-3.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from danban.common.errors import Refused

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

MEGABYTE = 1024 * 1024
MAX_FILE = 25 * MEGABYTE
MAX_PARTS = 2_000
MAX_DIRECTORY = MEGABYTE
MAX_PART = 30 * MEGABYTE
MAX_INFLATED = 50 * MEGABYTE
MAX_RATIO = 120
SMALL_PART = MEGABYTE
"""Below this size a high ratio is only tidy XML."""


class UploadRefused(Refused):
    """The file is not taken; the message says what is wrong and what to do."""


class Kind(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    TEXT = "txt"
    PNG = "png"
    JPG = "jpg"


DRAFTS = frozenset({Kind.DOCX, Kind.PDF, Kind.TEXT})
TABLES = frozenset({Kind.XLSX, Kind.TEXT})
ATTACHMENTS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.PNG, Kind.JPG})

_MAIN_PART = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
_LIVE_PARTS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/|embeddings/)", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
_PICTURE_KINDS = ((b"\xff\xd8\xff", Kind.JPG), (b"\x89PNG\r\n\x1a\n", Kind.PNG))
_WEB_TEMPLATE = re.compile(
    rb"<Relationship\b(?=[^>]*attachedTemplate)(?=[^>]*Target=[\"'](?:https?:|\\\\|//))[^>]*>", re.IGNORECASE
)


def check(data: bytes, name: str, *, kinds: Collection[Kind] = DRAFTS) -> Kind:
    """The kind of a file that may be opened; UploadRefused for any other. ``name`` only helps to advise."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UploadRefused(_("Tệp trống, không có nội dung. Hãy chọn lại đúng tệp."))
    if len(data) > MAX_FILE:
        raise UploadRefused(too_large())
    kind = _kind_of(data, name, kinds)
    if kind is Kind.TEXT and name.lower().endswith((".docx", ".xlsx", ".pdf")):
        raise _broken()  # nobody who takes it away by that name could open it
    if kind not in kinds:
        raise UploadRefused(_only(kinds))
    return kind


def _only(kinds: Collection[Kind]) -> str:
    """What is taken here, by the endings people know: a table as text is a .csv."""
    known = ["csv" if one is Kind.TEXT and Kind.XLSX in kinds else one.value for one in kinds]
    return _("Ở đây chỉ nhận tệp %(kinds)s.") % {"kinds": ", ".join(f".{one}" for one in sorted(known))}


def too_large() -> str:
    """The sentence for a file over the bound; also for one the server did not take in at all."""
    return _("Tệp lớn hơn %(size)s MB. Hãy bỏ bớt ảnh trong tệp rồi tải lại.") % {
        "size": MAX_FILE // MEGABYTE
    }


def note_too_large(request: HttpRequest, form: Form) -> None:
    """Say beside the field of a form that the file sent with it was too large.

    Files over the bound are not taken into memory at all: the form alone would say that none was chosen.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if form.is_bound and not request.FILES and length.isdecimal() and int(length) > MAX_FILE:
        form.errors.pop("file", None)
        form.add_error("file", too_large())


def _kind_of(data: bytes, name: str, kinds: Collection[Kind]) -> Kind:
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _check_office(data)
    if b"%PDF-" in data[:1024]:
        return _check_pdf(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UploadRefused(_of_old_office(data))
    if data[:5] == b"{\\rtf":
        raise UploadRefused(_("Đây là tệp .rtf. Hãy mở bằng Word, chọn Lưu thành .docx rồi tải lại."))
    if data.startswith(_PICTURES):
        picture = next((kind for mark, kind in _PICTURE_KINDS if data.startswith(mark)), None)
        if picture and picture in kinds:
            return picture
        raise UploadRefused(_("Đây là ảnh, hệ thống không đọc được chữ. Hãy tải tệp Word của dự thảo."))
    return _check_text(data, name, kinds)


def _of_old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong Word rồi tải lại.")
    return _("Đây là tệp Office đời cũ (.doc, .xls). Hãy mở ra, chọn Lưu thành .docx hoặc .xlsx rồi tải lại.")


# ── Office files ────────────────────────────────────────────────────────────────────────────────


def _broken() -> UploadRefused:
    return UploadRefused(
        _("Tệp bị hỏng, không mở được. Hãy mở lại bằng Word hoặc Excel, lưu thành tệp mới rồi tải lên.")
    )


def _bomb() -> UploadRefused:
    return UploadRefused(
        _("Tệp phình quá lớn khi giải nén nên không được nhận. Hãy lưu lại thành tệp mới rồi tải lên.")
    )


def _check_office(data: bytes) -> Kind:
    """Names and sizes from the directory first, then each part inflated under a byte counter."""
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            kind = _check_names(parts)
            total = 0
            for part in parts:
                total += _check_part(archive, part, MAX_INFLATED - total)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise _broken() from error
    return kind


def _check_directory(data: bytes) -> None:
    """The end record tells how large the directory is before zipfile reads it whole."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise _broken()
    parts = int.from_bytes(data[end + 10 : end + 12], "little")
    directory = int.from_bytes(data[end + 12 : end + 16], "little")
    if parts > MAX_PARTS or directory > MAX_DIRECTORY:
        raise _bomb()


def _check_names(parts: list[zipfile.ZipInfo]) -> Kind:
    if len(parts) > MAX_PARTS:
        raise _bomb()
    if any(part.flag_bits & 0x1 for part in parts):
        raise UploadRefused(_("Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lại."))
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) < len(names) or any(map(_leads_outside, names)):
        raise _broken()
    live = next((name for name in names if _LIVE_PARTS.search(name)), None)
    if live:
        raise UploadRefused(_of_live_part(live))
    for main, kind in _MAIN_PART.items():
        if main in names:
            return kind
    raise UploadRefused(
        _("Đây không phải tệp Word hay Excel (.docx, .xlsx). Hãy lưu lại đúng dạng rồi tải lên.")
    )


def _leads_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _of_live_part(name: str) -> str:
    if "embeddings" in name.lower():
        return _("Tệp nhúng tệp khác bên trong. Hãy thay đối tượng nhúng bằng bảng hoặc ảnh rồi tải lại.")
    return _(
        "Tệp có macro hoặc điều khiển ActiveX. Hãy lưu thành .docx hay .xlsx không có macro rồi tải lại."
    )


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """Inflate one part under the counter, look into XML; its true size in bytes."""
    most = min(MAX_PART, room)
    if part.file_size > most:
        raise _bomb()
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    size, kept = 0, []
    with archive.open(part) as stream:
        while chunk := stream.read(65_536):
            size += len(chunk)
            if size > most or (size > SMALL_PART and size > MAX_RATIO * max(part.compress_size, 1)):
                raise _bomb()
            if is_xml:
                kept.append(chunk)
    if is_xml:
        _check_xml(b"".join(kept).replace(b"\x00", b""))
    return size


def _check_xml(xml: bytes) -> None:
    """Office never writes a DTD: one is an attack. NULs were dropped so that UTF-16 hides nothing."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise UploadRefused(
            _(
                "Tệp chứa khai báo lạ mà Word không bao giờ ghi nên không được nhận. "
                "Hãy lưu lại thành tệp mới."
            )
        )
    if b"macroEnabled" in xml[:100_000] and b"ContentType" in xml[:100_000]:
        raise UploadRefused(_of_live_part("macro"))
    if _WEB_TEMPLATE.search(xml):
        raise UploadRefused(_("Tệp gắn với một mẫu trên mạng. Hãy gỡ mẫu đó trong Word rồi tải lại."))


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────────

_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)(?=[\s/(<\[>\d])")


def _check_pdf(data: bytes) -> Kind:
    """Objects are searched as PDF readers see them: outside streams, and inside packed object streams."""
    objects = _STREAM.sub(b" ", data) + _unpacked(data)
    objects = _HEX_IN_NAME.sub(lambda match: bytes([int(match[1], 16)]), objects)
    if re.search(rb"/Encrypt(?=[\s<\d])", objects):
        raise UploadRefused(
            _("Tệp PDF đặt mật khẩu hoặc bị khóa. Hãy bỏ khóa rồi tải lại, hoặc tải tệp Word.")
        )
    if _ACTIVE.search(objects):
        raise UploadRefused(
            _("Tệp PDF chứa mã chạy hoặc tệp đính kèm. Hãy in lại ra PDF rồi tải lên, hoặc tải tệp Word.")
        )
    return Kind.PDF


def _unpacked(data: bytes) -> bytes:
    """The objects packed into streams, inflated under the counter."""
    found, room = [], MAX_INFLATED
    for match in _PACKED.finditer(data):
        end = data.find(b"endstream", match.end())
        try:
            piece = zlib.decompressobj().decompress(data[match.end() : end if end > 0 else None], room)
        except zlib.error:
            continue
        room -= len(piece)
        if room <= 0:
            raise _bomb()
        found.append(piece)
    return b" ".join(found)


# ── Text ────────────────────────────────────────────────────────────────────────────────────────


def _check_text(data: bytes, name: str, kinds: Collection[Kind]) -> Kind:
    """Text has words and no bytes of control; UTF-8, UTF-16 with its mark, or an old one-byte code."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UploadRefused(_unknown_code()) from error
        return Kind.TEXT
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data):
        raise UploadRefused(_("Không nhận ra loại tệp này.") + " " + _only(kinds))
    if data.lstrip()[:1] == b"<" and re.match(rb"\s*<(!doctype|html|\?xml)", data, re.IGNORECASE):
        raise UploadRefused(
            _("Đây là trang web hoặc tệp XML. Hãy chép nội dung vào Word, lưu thành .docx rồi tải lên.")
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not name.lower().endswith((".txt", ".csv")):
            raise UploadRefused(_unknown_code()) from error
    return Kind.TEXT


def _unknown_code() -> str:
    return _("Không đọc được bảng mã của tệp chữ này. Hãy lưu lại dạng UTF-8, hoặc tải tệp .docx.")
