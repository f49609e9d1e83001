"""A file beside the work (minutes, a list, a photograph), read for marks of secrecy. Pure, for the sandbox.

Unlike a draft it need not have a text: a scan shows something too. Then only the people who add and check
it can judge it.
"""

from __future__ import annotations

import base64
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree
from PIL import Image, ImageOps

from danban import lawtext
from danban.lawtext import ReadError
from danban.policies import secrecy
from danban.policies.intake import margins

MOST_PIXELS = 50_000_000


def read_attachment(data: bytes, *, kind: str) -> dict[str, Any]:
    """``{"refused", "verdict", "reasons", "data"}``: ``refused`` a sentence or "", ``data`` in base64 when
    the file is to be kept in another form: a picture drawn anew, without the place and the device it tells.
    """
    answer: dict[str, Any] = {"refused": "", "verdict": secrecy.Level.PASS, "reasons": [], "data": ""}
    if kind in ("png", "jpg"):
        return answer | _drawn_anew(data, kind)
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


def _drawn_anew(data: bytes, kind: str) -> dict[str, Any]:
    broken = {"refused": "Ảnh bị hỏng hoặc quá lớn, không mở được. Hãy chụp hoặc lưu lại rồi tải lên."}
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=["PNG" if kind == "png" else "JPEG"]) as picture:
            fresh = io.BytesIO()
            turned = _upright(picture)
            if kind == "png":
                turned.save(fresh, "PNG")
            else:
                turned.convert("RGB").save(fresh, "JPEG", quality=88)
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning, SyntaxError):
        return broken
    return {"data": base64.b64encode(fresh.getvalue()).decode()}


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its camera says, with its colours and nothing else of what it carried."""
    turned = ImageOps.exif_transpose(picture)
    bare = Image.new(turned.mode, turned.size)
    if turned.palette:
        bare.putpalette(turned.palette)
    bare.paste(turned)
    return bare
