"""From the drafter's hands to the public: declared free of secrets, then released by a second person."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean
from danban.policies import queries
from danban.policies.models import Alignment, Consolidation, Provision, Version, VersionText
from danban.policies.rules import (
    OlderThanReleased,
    PlainLinesMissing,
    SamePerson,
    check_move,
    may_release,
    missing_lines,
)
from danban.policies.states import Act, VersionState


def _locked(version: Version) -> Version:
    # The dossier too: whether anything was released decides what of it may still be edited.
    rows = Version.objects.select_for_update(of=("self", "dossier")).select_related("dossier")
    return rows.get(pk=version.pk)


@transaction.atomic
def submit_version(*, version: Version, by: User) -> Version:
    """Hand a version to the second person; by doing so ``by`` declares that it holds no state secret."""
    kept = _locked(version)
    check_move(kept.state, VersionState.SUBMITTED)
    dossier = kept.dossier
    if missing_lines({"about": dossier.about, "affected": dossier.affected,
                      "changes": dossier.changes, "question": dossier.question}):  # fmt: skip
        raise PlainLinesMissing(
            _(
                "Hồ sơ còn thiếu lời giới thiệu cho người dân (việc gì, ai bị ảnh hưởng, thay đổi gì, "
                "hỏi gì). Hãy viết đủ rồi trình."
            )
        )
    kept.state = VersionState.SUBMITTED
    kept.secrecy_checked_by, kept.secrecy_checked_at = by, clock.now()
    kept.returned_reason = ""
    kept.save(update_fields=["state", "secrecy_checked_by", "secrecy_checked_at", "returned_reason"])
    record(Act.VERSION_SUBMITTED, actor=actor_name(by), rows=[kept], declared_free_of_secrets=True)
    return kept


@transaction.atomic
def return_version(*, version: Version, reason: str, by: User) -> Version:
    """Give a version back to its drafter with a reason."""
    kept = _locked(version)
    check_move(kept.state, VersionState.RETURNED)
    kept.returned_reason = clean(reason)
    if not kept.returned_reason:
        raise Refused(_("Hãy viết lý do trả lại để người soạn thảo biết cần sửa gì."))
    kept.state = VersionState.RETURNED
    kept.save(update_fields=["state", "returned_reason"])
    record(Act.VERSION_RETURNED, actor=actor_name(by), rows=[kept], reason=kept.returned_reason)
    return kept


@transaction.atomic
def release_version(*, version: Version, by: User) -> Version:
    """Publish a version, for good: from here on the database itself refuses any change to it."""
    kept = _locked(version)
    check_move(kept.state, VersionState.RELEASED)
    if not may_release(
        releaser=by.pk, uploader=kept.uploaded_by_id, secrecy_checker=kept.secrecy_checked_by_id
    ):
        raise SamePerson(
            _("Người duyệt phải khác người tải lên và người trình. Hãy chuyển người thứ hai duyệt.")
        )
    newest = queries.latest_released(kept.dossier)
    if newest and newest.number > kept.number:
        raise OlderThanReleased(_("Đã công bố một lần dự thảo mới hơn bản này."))
    kept.state = VersionState.RELEASED
    kept.released_by, kept.released_at = by, clock.now()
    kept.save(update_fields=["state", "released_by", "released_at"])
    record(
        Act.VERSION_RELEASED,
        actor=actor_name(by),
        rows=[kept, kept.dossier],
        number=kept.number,
        sha256=kept.file_sha256,
        provisions=kept.provisions.count(),
    )
    return kept


@transaction.atomic
def discard_version(*, version: Version, by: User) -> Version:
    """Drop a version that was never published: its number stays, its file and its text are removed."""
    kept = _locked(version)
    check_move(kept.state, VersionState.DISCARDED)
    Alignment.objects.filter(version=kept).delete()
    Provision.objects.filter(version=kept).delete()
    VersionText.objects.filter(version=kept).delete()
    Consolidation.objects.filter(version=kept).delete()
    storage, name = kept.file.storage, kept.file.name
    kept.state, kept.file, kept.base = VersionState.DISCARDED, "", None
    kept.save(update_fields=["state", "file", "base"])
    record(Act.VERSION_DISCARDED, actor=actor_name(by), rows=[kept])
    if name:
        transaction.on_commit(lambda: storage.delete(name))
    return kept
