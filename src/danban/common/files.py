"""Kept files: written with their row or not at all, and sent so that no browser opens them in our name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse

POLICY = "default-src 'none'; sandbox"


def sent(file: FieldFile, name: str) -> FileResponse:
    """A file as it came, to be saved by the browser."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = POLICY
    return response


@contextmanager
def kept_with_its_row(file: FieldFile) -> Iterator[None]:
    """One transaction in which a new row with this file is written; when it is undone, the file goes too."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        file.storage.delete(str(file.name))
        raise
