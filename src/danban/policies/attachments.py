"""A file beside the work (minutes, a list, a photograph), read for marks of secrecy. Pure, for the sandbox.

Unlike a draft it need not have a text: a scan shows something too. Then only the people who add and check
it can judge it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from danban import lawtext
from danban.lawtext import ReadError
from danban.policies import secrecy
from danban.policies.intake import margins


def read_attachment(data: bytes, *, kind: str) -> dict[str, Any]:
    """``{"refused", "verdict", "reasons", "data"}``: ``refused`` a sentence or "", ``data`` in base64 when
    the file is to be kept in another form: a picture drawn anew, without the place and the device it tells.
    """
    answer: dict[str, Any] = {"refused": "", "verdict": secrecy.Level.PASS, "reasons": [], "data": ""}
    if kind in ("png", "jpg"):
        # Only a sandbox that has a picture carries the library for it, never a web process.
        from danban.policies.pictures import drawn_anew

        return answer | drawn_anew(data, kind)
    try:
        blocks, margins = _cells(data) if kind == "xlsx" else _text(data, kind)
    except ReadError as error:
        return answer if kind == "pdf" else answer | {"refused": str(error)}
    verdict = secrecy.judge(blocks, margins)
    return answer | {"verdict": verdict.level, "reasons": list(verdict.reasons)}


def _text(data: bytes, kind: str) -> tuple[list[str], list[str]]:
    source = lawtext.read(data, f"tai-lieu.{kind}")
    beside = [*source.marginal, *(margins(data) if kind == "docx" else ())]
    return [line.text for line in source.lines], beside


def _cells(data: bytes) -> tuple[list[str], list[str]]:
    """The words in cells, and those of headers, footers, comments and drawings."""
    cells: list[str] = []
    margins: list[str] = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/") and name.endswith(".xml") and "/styles" not in name:
                    root = etree.fromstring(archive.read(name), parser)
                    in_cells = name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/")
                    (cells if in_cells else margins).extend(_strings(root, {"si", "is", "p", "comment"}))
                    margins.extend(_strings(root, {"oddHeader", "oddFooter", "evenHeader", "firstHeader"}))
    except (etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise ReadError("Tệp bảng tính bị hỏng, không mở được. Hãy lưu lại thành tệp mới.") from error
    return cells, margins


def _strings(root: Any, tags: set[str]) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in tags and (text := "".join(element.itertext()).strip()):
            yield text
