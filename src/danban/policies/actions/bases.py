"""The text in force that a draft amends: taken in through the same gate, and the draft applied to it."""

from __future__ import annotations

import hashlib
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock, sandbox, uploads
from danban.common.errors import Refused
from danban.common.files import kept_with_its_row
from danban.common.text import clean
from danban.policies import intake
from danban.policies.actions.reading import read_and_pass
from danban.policies.models import BaseText, Consolidation, Version, VersionText
from danban.policies.rules import NothingLikeIt, WrongMove, check_words, clean_file_name, may_change_structure
from danban.policies.states import Act


def upload_base(*, version: Version, data: bytes, file_name: str, name: str, by: User) -> BaseText:
    """A file as the base text of a version, with the version's orders carried out on it.

    ``name`` as people call it: "Luật Xây dựng số 50/2014/QH13". Raises UploadRefused, SecretRefused
    (nothing of the file is kept), WrongMove.
    """
    kind = uploads.check(data, file_name)
    title = " ".join(clean(name).split())
    if not title:
        raise Refused(_("Hãy ghi tên và số của văn bản gốc."))
    _check_in_work(version.state)
    reading = read_and_pass(intake.read_draft, data, by=by, kind=kind)
    check_words(sum(len(row["text"]) + len(row["heading"]) for row in reading["rows"]))
    base = BaseText(
        dossier=version.dossier,
        name=title,
        file=ContentFile(data, name=f"{uuid4().hex}.{kind}"),
        file_name=clean_file_name(file_name),
        file_sha256=hashlib.sha256(data).hexdigest(),
        lines=reading["lines"],
        rows=reading["rows"],
        notes=[*reading["reasons"], *reading["notes"]],
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    with kept_with_its_row(base.file):
        base.save()
        record(
            Act.BASE_UPLOADED,
            actor=actor_name(by),
            rows=[base, version.dossier],
            name=base.name,
            sha256=base.file_sha256,
            provisions=len(base.rows),
        )
        choose_base(version=version, base=base, by=by)
    return base


@transaction.atomic
def choose_base(*, version: Version, base: BaseText, by: User) -> Consolidation:
    """Say which text a version amends, of those kept for its dossier, and apply the version to it."""
    kept = Version.objects.select_for_update().get(pk=version.pk)
    _check_in_work(kept.state)
    if base.dossier_id != kept.dossier_id:
        raise NothingLikeIt(_("Không có văn bản gốc này trong hồ sơ."))
    kept.base = base
    kept.save(update_fields=["base"])
    made = consolidate_again(kept)
    assert made is not None
    record(
        Act.BASE_CHOSEN,
        actor=actor_name(by),
        rows=[kept, base],
        done=len(made.done),
        left=len(made.left),
    )
    return made


@transaction.atomic
def take_base_off(*, version: Version, by: User) -> None:
    """Say that a version amends no text; the base text stays with the dossier."""
    kept = Version.objects.select_for_update().get(pk=version.pk)
    _check_in_work(kept.state)
    if kept.base is None:
        raise NothingLikeIt(_("Lần dự thảo này chưa có văn bản gốc."))
    base, kept.base = kept.base, None
    kept.save(update_fields=["base"])
    Consolidation.objects.filter(version=kept).delete()
    record(Act.BASE_TAKEN_OFF, actor=actor_name(by), rows=[kept, base])


def consolidate_again(version: Version) -> Consolidation | None:
    """Apply a version to its base text as it is read now; None when it has none. Inside other actions."""
    if version.base is None:
        return None
    text = VersionText.objects.get(version=version)
    try:
        made = sandbox.run(intake.consolidate, b"", base=version.base.lines, draft=text.lines)
    except sandbox.SandboxFailed as error:
        raise Refused(_("Chưa ghép được dự thảo vào văn bản gốc. Hãy xem lại hai tệp.")) from error
    kept, _created = Consolidation.objects.update_or_create(version=version, defaults=made)
    return kept


def _check_in_work(state: str) -> None:
    if not may_change_structure(state):
        raise WrongMove(_("Chỉ chọn được văn bản gốc khi bản dự thảo đang được rà soát."))
