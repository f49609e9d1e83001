"""Reads a file into lines: .docx, .pdf with a text layer, .txt, .html; .doc and .odt where LibreOffice is."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from danban.lawtext.encoding import lines_of, plain_lines
from danban.lawtext.numbering import drawn
from danban.lawtext.parse import parse
from danban.lawtext.read_docx import read_docx
from danban.lawtext.source import ReadError, Source, SourceLine
from danban.lawtext.tree import Document

__all__ = ["ReadError", "Source", "SourceLine", "read", "read_and_parse"]

_UNSEEN = re.compile(
    r"<(script|style|head|template)\b.*?</\1\s*>|<!--.*?-->|<[!?][a-z][^>]*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
_BLOCK_NAMES = (
    "p div br hr pre section article blockquote ul ol li dl dt dd table caption tr td th h1 h2 h3 h4 h5 h6"
    " center header footer main nav form fieldset body"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_LIST_TYPE = re.compile(r"""\btype\s*=\s*["']?([1aAiI])""")
_LIST_START = re.compile(r"""\bstart\s*=\s*["']?(\d{1,4})""")
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read(data: bytes, name: str) -> Source:
    """The lines of a file; the ending of its name says how. ReadError when it cannot be read."""
    if not data:
        raise ReadError("Tệp rỗng: không có chữ nào để đọc.")
    ending = Path(name).suffix.lower()
    if ending == ".docx":
        return read_docx(data)
    if ending == ".pdf":
        from danban.lawtext.read_pdf import read_pdf

        return read_pdf(data)
    if ending in (".txt", ".text", ""):
        return _lines("txt", decode(data))
    if ending in (".html", ".htm"):
        return _from_html(decode(data))
    if ending in (".doc", ".odt", ".rtf"):
        return read_docx(_to_docx(data, ending))
    raise ReadError(f"Chưa đọc được tệp loại {ending}. Hãy dùng .docx, .pdf hoặc .txt.")


def read_and_parse(path: str | Path) -> Document:
    """The document in a file; ReadError, naming the file, also when there is no such file."""
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"Không có tệp {path}.") from error
    except IsADirectoryError as error:
        raise ReadError(f"{path} là thư mục. Hãy chỉ ra từng tệp trong đó.") from error
    except OSError as error:
        raise ReadError(f"Không mở được tệp {path}.") from error
    try:
        return parse(read(data, Path(path).name))
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error


def decode(data: bytes) -> str:
    """The text in UTF-8 or UTF-16, else in Latin-1 (as TCVN3 files look); ReadError for what is no text."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise ReadError("Tệp này không phải tệp văn bản. Hãy dùng .docx, .pdf hoặc .txt.") from None
        return data.decode("latin-1")


def _lines(kind: str, text: str) -> Source:
    """One line a line; the line end that closes the file opens no further one."""
    lines = lines_of(text)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return Source(kind, tuple(map(SourceLine, lines)))


def _from_html(page: str) -> Source:
    """A line a block; cells are lines of a table; the numbers that a browser draws before list items."""
    page = _UNSEEN.sub("", page)
    raws: list[tuple[str, str]] = []
    held: list[str] = []
    lists: list[_List] = []
    depth = end = 0

    def close() -> None:
        words = " ".join(html.unescape("".join(held)).split())
        if words:
            raws.append((words, "table" if depth else ""))
        held.clear()

    for tag in _TAG.finditer(page):
        held.append(page[end : tag.start()])
        end = tag.end()
        name, closes = tag[2].lower(), bool(tag[1])
        if name in _BLOCKS:
            close()
        if name == "table":
            depth = max(0, depth + (-1 if closes else 1))
        elif name in ("ol", "ul") and closes:
            del lists[-1:]
        elif name in ("ol", "ul"):
            lists.append(_List.of(name, tag[0]))
        elif name == "li" and lists and not closes:
            held.append(lists[-1].label())
    held.append(page[end:])
    close()
    texts = plain_lines(text for text, _ in raws)
    return Source("html", tuple(SourceLine(text, kind) for text, (_, kind) in zip(texts, raws, strict=True)))


@dataclass
class _List:
    """An open list of a page and how many of its items have been numbered."""

    form: str
    count: int

    @classmethod
    def of(cls, name: str, tag: str) -> _List:
        form, start = _LIST_TYPE.search(tag), _LIST_START.search(tag)
        kind = _LIST_FORMS.get(form[1] if form else "1", "decimal")
        return cls(kind if name == "ol" else "", int(start[1]) - 1 if start else 0)

    def label(self) -> str:
        self.count += 1
        if not self.form:
            return ""
        return f"{drawn(self.count, self.form)}{')' if self.form == 'lowerLetter' else '.'} "


def _to_docx(data: bytes, ending: str) -> bytes:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        raise ReadError(
            f"Máy chủ chưa có LibreOffice để đọc tệp {ending}. Hãy lưu lại dạng .docx rồi tải lên."
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"tep{ending}"
        source.write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/nha",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=120, check=False)  # noqa: S603 - our own words
        except subprocess.TimeoutExpired as error:
            raise ReadError("LibreOffice mất quá lâu với tệp này. Hãy lưu lại dạng .docx.") from error
        made = source.with_suffix(".docx")
        if not made.exists():
            raise ReadError("LibreOffice không chuyển được tệp này. Hãy mở bằng Word và lưu dạng .docx.")
        return made.read_bytes()
