"""A file comes in: checked, read in the sandbox, and kept as a version, or not kept at all."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock, uploads
from danban.common.files import kept_with_its_row
from danban.common.text import clean
from danban.policies import intake, queries
from danban.policies.actions.bases import consolidate_again
from danban.policies.actions.keeping import keep_structure
from danban.policies.actions.reading import read_and_pass
from danban.policies.models import Dossier, Version
from danban.policies.rules import StillInWork, check_words, clean_file_name
from danban.policies.states import Act


def upload_version(*, dossier: Dossier, data: bytes, file_name: str, note: str, by: User) -> Version:
    """The file as the dossier's next version, with its lines, provisions and how they align.

    What the last released version amended, this one amends too, until its drafter says otherwise.

    Raises UploadRefused (the file cannot be taken), SecretRefused (it bears a mark of a state secret:
    nothing of it is kept, and the audit only says that someone was refused), StillInWork.
    """
    kind = uploads.check(data, file_name)
    _check_none_in_work(dossier)
    before = queries.latest_released(dossier)
    rows = queries.rows_of(before)[0] if before else []
    reading = read_and_pass(intake.read_draft, data, by=by, kind=kind, before=rows)
    check_words(sum(len(row["text"]) + len(row["heading"]) for row in reading["rows"]))
    version = Version(
        dossier=dossier,
        file=ContentFile(data, name=f"{uuid4().hex}.{kind}"),
        file_name=clean_file_name(file_name),
        file_sha256=hashlib.sha256(data).hexdigest(),
        note=clean(note),
        base=before.base if before else None,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    with kept_with_its_row(version.file):
        _keep(version, reading, by)
    return version


def _check_none_in_work(dossier: Dossier) -> None:
    if queries.version_in_work(dossier):
        raise StillInWork(
            _(
                "Hồ sơ còn một lần dự thảo đang rà soát hoặc chờ duyệt. "
                "Hãy công bố hoặc bỏ bản đó trước khi tải bản mới."
            )
        )


def _keep(version: Version, reading: dict[str, Any], by: User) -> None:
    dossier = Dossier.objects.select_for_update().get(pk=version.dossier_id)
    _check_none_in_work(dossier)
    last = dossier.versions.order_by("-number").values_list("number", flat=True).first()
    version.number = (last or 0) + 1
    version.save()
    warnings = [_("Cần xem kỹ về bí mật nhà nước: %(reason)s") % {"reason": r} for r in reading["reasons"]]
    keep_structure(version, {**reading, "notes": [*warnings, *reading["notes"]]})
    consolidate_again(version)
    record(
        Act.VERSION_UPLOADED,
        actor=actor_name(by),
        rows=[version, dossier],
        number=version.number,
        sha256=version.file_sha256,
        provisions=len(reading["rows"]),
        doubts=len(reading["doubts"]),
        secrecy_warnings=len(warnings),
    )
