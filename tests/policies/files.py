"""Files made for tests: small drafts, and files nobody should send."""

from __future__ import annotations

import io
import zipfile

from docx import Document

FIRST = """QUYẾT ĐỊNH
Ban hành quy định về thu gom rác
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định việc thu gom rác tại các phường của tỉnh.
Điều 2. Đối tượng áp dụng
1. Hộ gia đình và cá nhân sinh sống trên địa bàn tỉnh.
2. Đơn vị thu gom, vận chuyển rác được giao nhiệm vụ.
Điều 3. Giờ thu gom
1. Xe thu gom đi qua mỗi đường ít nhất một lần trong ngày.
2. Giờ thu gom từ 17 giờ đến 19 giờ, trừ ngày lễ:
a) Đường lớn thu gom trước;
b) Ngõ nhỏ thu gom sau.
Điều 4. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 01 tháng 3 năm 2027."""

SECOND = """QUYẾT ĐỊNH
Ban hành quy định về thu gom rác
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định việc thu gom rác tại các phường của tỉnh.
Điều 2. Giải thích từ ngữ
Rác tái chế là giấy, nhựa, kim loại còn dùng lại được vào việc khác.
Điều 3. Đối tượng áp dụng
1. Hộ gia đình và cá nhân sinh sống trên địa bàn tỉnh.
2. Đơn vị thu gom, vận chuyển rác được giao nhiệm vụ.
Điều 4. Giờ thu gom
1. Xe thu gom đi qua mỗi đường ít nhất một lần trong ngày.
2. Giờ thu gom từ 18 giờ đến 20 giờ, trừ ngày lễ:
a) Đường lớn thu gom trước;
b) Ngõ nhỏ thu gom sau.
Điều 5. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 01 tháng 3 năm 2027."""


def docx(text: str, *, header: str = "") -> bytes:
    """A Word file of one paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed_zip(
    data: bytes, *, add: dict[str, bytes] | None = None, replace: dict[str, bytes] | None = None
) -> bytes:
    """The same archive with parts added or replaced, deflated."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, (replace or {}).get(part.filename, old.read(part)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return stream.getvalue()
