"""What people said: how much, through which channel, by how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db import connection
from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.consultation.models import Comment
from danban.consultation.states import Channel
from danban.reports.kpi import (
    Counted,
    Definition,
    Figure,
    Records,
    Scope,
    by,
    register,
    whole,
)
from danban.reports.kpi_cells import comment_cells
from danban.reports.states import Direction, Unit

OPINIONS, COMMENTERS = "opinions", "commenters"
CHANNELS = {channel.value: channel.label for channel in Channel}


def received(scope: Scope) -> QuerySet[Any]:
    """Comments entered in the period, by the day they came into the system: a closed period never changes."""
    return Comment.objects.filter(created_at__gte=scope.since, created_at__lt=scope.until)


def count(scope: Scope) -> Counted:
    rows = received(scope).order_by().values_list("window__dossier__agency", "channel")
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for agency, channel, n in rows.annotate(n=Count("pk")):
        for key in (agency, None):
            found[key][channel] += n
    return {key: Figure(whole=split.total(), split=dict(split)) for key, split in found.items()}


def records(scope: Scope) -> Records:
    rows = received(scope).select_related("window__dossier__agency").order_by("-pk")
    headings = (_("Mã ý kiến"), _("Ngày ghi nhận"), _("Dự thảo"), _("Cơ quan"), _("Kênh"), _("Chủ thể"))
    return Records(headings, rows.defer("text", "folded"), by("window__dossier__agency"), comment_cells)


def count_commenters(scope: Scope) -> Counted:
    """Authors, not comments. Who wrote to two agencies, or through two channels, is one of the province."""
    rows = received(scope).order_by()
    found: dict[int | None, Figure] = {}
    by_channel = _authors_by(rows, "channel")
    if by_channel:
        found[None] = Figure(whole=rows.values("commenter_key").distinct().count(), split=by_channel)
    by_agency = _authors_by(rows, "window__dossier__agency")
    return found | {agency: Figure(whole=n) for agency, n in by_agency.items()}


def _authors_by(rows: QuerySet[Any], field: str) -> dict[Any, int]:
    """Different authors by a field.

    In SQL of its own: COUNT(DISTINCT key) sorts millions of keys, a DISTINCT below a count hashes them.
    """
    pairs = rows.annotate(told_by=F(field)).values("told_by", "commenter_key").distinct()
    sql, params = pairs.query.sql_with_params()
    with connection.cursor() as cursor:
        # The text is that of Django, the values stay parameters.
        cursor.execute(f"SELECT told_by, COUNT(*) FROM ({sql}) pairs GROUP BY told_by", params)  # noqa: S608
        return dict(cursor.fetchall())


register(
    Definition(
        code=OPINIONS,
        name=gettext_lazy("Ý kiến nhận được"),
        formula=gettext_lazy(
            "Số ý kiến góp ý được ghi nhận vào hệ thống trong kỳ, qua mọi kênh. Ý kiến, người góp ý và cơ "
            "quan được hỏi là ba con số khác nhau."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo"),
        source=gettext_lazy("Từng ý kiến, theo ngày ghi nhận"),
        unit=Unit.OPINIONS,
        direction=Direction.NEITHER,
        count=count,
        records=records,
        value=whole,
        partner=COMMENTERS,
        front=True,
        parts=CHANNELS,
    )
)
register(
    Definition(
        code=COMMENTERS,
        one_by_one=False,
        name=gettext_lazy("Chủ thể góp ý"),
        formula=gettext_lazy(
            "Số người, tổ chức, doanh nghiệp, cơ quan khác nhau đã góp ý trong kỳ; người góp ý nhiều lần "
            "chỉ tính một lần. Ai không để lại tên hay liên hệ được tính theo từng ý kiến. Một người dùng "
            "hai kênh có mặt ở cả hai dòng kênh nhưng chỉ một lần trong tổng."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo"),
        source=gettext_lazy("Khóa ẩn danh của người góp ý"),
        unit=Unit.PEOPLE,
        direction=Direction.NEITHER,
        count=count_commenters,
        records=records,
        value=whole,
        parts=CHANNELS,
    )
)
