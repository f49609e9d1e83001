"""An officer says which provision of the last version became which of the new one."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.policies import queries
from danban.policies.models import Alignment, Provision, Version
from danban.policies.pairing import EDITED, NEW, REPEALED, UNCHANGED
from danban.policies.rules import NothingLikeIt, WrongMove, may_change_structure
from danban.policies.states import Act

Correction = tuple[int | None, str, int | None]
"""The id of the old provision, the address of the new, the id of who said so."""


@transaction.atomic
def correct_alignment(*, version: Version, old: Provision | None, new: Provision | None, by: User) -> None:
    """Make ``old`` and ``new`` a pair; None on one side says repealed, or new. The lineage follows."""
    kept = Version.objects.select_for_update().get(pk=version.pk)
    if not may_change_structure(kept.state):
        raise WrongMove(_("Chỉ sửa được đối chiếu khi bản dự thảo đang được rà soát."))
    before = queries.released_before(kept)
    strays = (old and (before is None or old.version_id != before.pk)) or (new and new.version_id != kept.pk)
    if strays or not (old or new):
        raise NothingLikeIt(_("Không có điều khoản này trong hai bản đang đối chiếu."))
    _pair(kept, old, new, by.pk)
    record(
        Act.ALIGNMENT_CORRECTED,
        actor=actor_name(by),
        rows=[kept],
        old=old.address if old else "",
        new=new.address if new else "",
    )


def corrections_of(version: Version) -> list[Correction]:
    """What officers corrected so far, in a form that outlives a new reading."""
    corrected = Alignment.objects.filter(version=version, corrected_by__isnull=False).select_related("new")
    return [
        (pair.old_id, pair.new.address if pair.new else "", pair.corrected_by_id)
        for pair in corrected.order_by("id")
    ]


def put_back(version: Version, corrections: list[Correction]) -> None:
    """Corrections again, after a new reading; those whose provision is gone are dropped."""
    for old_id, address, by in corrections:
        old = Provision.objects.filter(pk=old_id).first() if old_id else None
        new = queries.provision_at(version, address)
        if (old or new) and not (address and new is None):
            _pair(version, old, new, by)


def _pair(version: Version, old: Provision | None, new: Provision | None, by: int | None) -> None:
    """The pair replaces every pair of either side; those left alone become repealed or new."""
    either = (Q(old=old) if old else Q(pk__in=[])) | (Q(new=new) if new else Q(pk__in=[]))
    touched = Alignment.objects.filter(either, version=version)
    met = list(touched.values_list("old", "new"))
    touched.delete()
    left_old = _left_alone(version, "old", {one for one, _other in met}, old)
    left_new = _left_alone(version, "new", {other for _one, other in met}, new)
    for pk in left_new:
        Provision.objects.filter(pk=pk).update(lineage=uuid4())
    alone = [Alignment(version=version, old_id=pk, change=REPEALED) for pk in sorted(left_old)]
    alone += [Alignment(version=version, new_id=pk, change=NEW) for pk in sorted(left_new)]
    pair = Alignment(version=version, old=old, new=new, change=_change(old, new), corrected_by_id=by)
    Alignment.objects.bulk_create([*alone, pair])
    if new:
        new.lineage = old.lineage if old else uuid4()
        new.save(update_fields=["lineage"])


def _left_alone(version: Version, side: str, met: set[int | None], kept: Provision | None) -> set[int]:
    """Provisions that lost their only pair."""
    ids = {pk for pk in met if pk is not None and (kept is None or pk != kept.pk)}
    paired = Alignment.objects.filter(version=version, **{f"{side}__in": ids})
    return ids - set(paired.values_list(f"{side}_id", flat=True))


def _change(old: Provision | None, new: Provision | None) -> str:
    if old is None:
        return NEW
    if new is None:
        return REPEALED
    return UNCHANGED if (old.heading, old.text) == (new.heading, new.text) else EDITED
