"""What released versions changed, counted once for each."""

from __future__ import annotations

from django.db import transaction

from danban.policies.models import Version
from danban.reports.kept import uncounted_versions
from danban.reports.models import VersionChange
from danban.reports.wording import changed_between


def count_changes() -> int:
    """Count the released versions that have an older released one and were not counted; how many.

    Not audited: nothing is decided, and the same rows give the same numbers at any time.
    """
    counted = 0
    for new, old in uncounted_versions():
        _count(old, new)
        counted += 1
    return counted


@transaction.atomic
def _count(old: Version, new: Version) -> None:
    VersionChange.objects.get_or_create(version=new, defaults=changed_between(old, new)._asdict())
