"""A file beside the work of an officer passes the same gate as a draft: bounds, sandbox, secrecy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from uuid import uuid4

from django.core.files.base import ContentFile

from danban.accounts.models import User
from danban.common import uploads
from danban.policies.actions.reading import read_and_pass
from danban.policies.attachments import read_attachment
from danban.policies.rules import clean_file_name


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that may be kept. ``warnings`` are reasons for a person to look again at its secrecy."""

    content: ContentFile[bytes]
    name: str
    sha256: str
    warnings: tuple[str, ...]


def pass_gate(
    *, data: bytes, file_name: str, by: User, kinds: Collection[uploads.Kind] = uploads.ATTACHMENTS
) -> Attachment:
    """The file as it may be kept. Raises UploadRefused, or SecretRefused (audited; nothing is kept)."""
    kind = uploads.check(data, file_name, kinds=kinds)
    reading = read_and_pass(read_attachment, data, by=by, kind=kind)
    kept = base64.b64decode(reading["data"]) if reading["data"] else data
    return Attachment(
        content=ContentFile(kept, name=f"{uuid4().hex}.{kind}"),
        name=clean_file_name(file_name),
        sha256=hashlib.sha256(kept).hexdigest(),
        warnings=tuple(reading["reasons"]),
    )
