"""Words that changed where people had commented."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.reports.kpi import (
    Counted,
    Definition,
    Figure,
    Records,
    Scope,
    Shown,
    by,
    day_of,
    register,
    whole,
)
from danban.reports.models import VersionChange
from danban.reports.states import Direction, Unit

WORDS = "words_changed"


def changes(scope: Scope) -> QuerySet[Any]:
    """What the versions released in the period changed."""
    return VersionChange.objects.filter(
        version__released_at__gte=scope.since, version__released_at__lt=scope.until
    )


def count(scope: Scope) -> Counted:
    """``whole`` is words; ``split`` the provisions commented and changed, and the versions."""
    rows = (
        changes(scope)
        .order_by()
        .values_list("version__dossier__agency")
        .annotate(
            words=Sum("words"), commented=Sum("commented"), changed=Sum("changed"), versions=Count("pk")
        )
    )
    found: dict[int | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for agency, *sums in rows:
        for key in (agency, None):
            for name, n in zip(("words", "commented", "changed", "versions"), sums, strict=True):
                found[key][name] += n
    return {
        key: Figure(part=sums["changed"], whole=sums["words"], split={"commented": sums["commented"],
                    "changed": sums["changed"], "versions": sums["versions"]})
        for key, sums in found.items()
    }  # fmt: skip


def records(scope: Scope) -> Records:
    rows = changes(scope).select_related("version__dossier__agency").order_by("-version__released_at", "pk")
    headings = (
        _("Dự thảo"), _("Cơ quan"), _("Bản"), _("Ngày công bố"), _("Điều khoản được góp ý"),
        _("Trong đó có sửa"), _("Từ thêm và bớt"),
    )  # fmt: skip
    return Records(headings, rows, by("version__dossier__agency"), _cells)


def _cells(row: Any) -> tuple[Shown, ...]:
    version = row.version
    return (
        Shown(version.dossier.title, reverse("policies:alignment", args=[version.pk])),
        Shown(version.dossier.agency.name),
        Shown(str(version.number)),
        Shown(day_of(version.released_at)),
        Shown(str(row.commented)),
        Shown(str(row.changed)),
        Shown(str(row.words)),
    )


register(
    Definition(
        code=WORDS,
        one_by_one=False,
        name=gettext_lazy("Từ được sửa sau góp ý"),
        formula=gettext_lazy(
            "Số từ thêm vào và bớt đi, trong các bản dự thảo công bố trong kỳ, ở những điều khoản của bản "
            "trước mà có người góp ý trước khi bản sau công bố. Góp ý chung cho cả dự thảo không gắn với "
            "điều khoản nào nên không tính. Sửa ở chỗ có góp ý chưa chắc là sửa vì góp ý."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo"),
        source=gettext_lazy("Đối chiếu hai bản dự thảo liền nhau"),
        unit=Unit.WORDS,
        direction=Direction.NEITHER,
        count=count,
        records=records,
        value=whole,
        front=True,
        parts={
            "commented": gettext_lazy("điều khoản được góp ý"),
            "changed": gettext_lazy("trong đó có sửa"),
            "versions": gettext_lazy("bản dự thảo"),
        },
    )
)
