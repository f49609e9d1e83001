"""Files on their way out, and kept ones on their way in: sent so that no browser opens them in our name."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

POLICY = "default-src 'none'; sandbox"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sent(file: FieldFile, name: str) -> FileResponse:
    """A kept file as it came, to be saved by the browser."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = POLICY
    return response


def made(body: bytes, name: str) -> HttpResponse:
    """A file of ours; its ending says the kind."""
    return HttpResponse(body, content_type=_type(name), headers=_headers(name))


def streamed(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """A file of ours sent line by line, as it is read from the database."""
    return StreamingHttpResponse(lines, content_type=_type(name), headers=_headers(name))


def written(write: Callable[[IO[bytes]], object], name: str) -> FileResponse:
    """A file of ours made on the disk: it may be too large for memory. It goes when it was sent."""
    out = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 - the response closes it when sent
    write(out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=name, content_type=_type(name))


def _type(name: str) -> str:
    return TYPES[name.rpartition(".")[2]]


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(True, name) or "attachment"}


@contextmanager
def kept_with_its_row(file: FieldFile) -> Iterator[None]:
    """One transaction in which a new row with this file is written; when it is undone, the file goes too."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        file.storage.delete(str(file.name))
        raise
