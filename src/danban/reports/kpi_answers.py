"""How answers came: in time, how long the rest waits, how they turned out, how many were done over."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.answers.models import Answer, PointMember
from danban.answers.states import Disposition
from danban.consultation.models import Comment, Window
from danban.reports.kpi import (
    Counted,
    Definition,
    Figure,
    Records,
    Scope,
    Shown,
    by,
    day_of,
    median_of,
    register,
    share,
)
from danban.reports.kpi_cells import comment_cells
from danban.reports.states import Direction, Unit
from danban.reports.targets import terms_of

ON_TIME, REWORKED, UNANSWERED, OUTCOMES = "answered_on_time", "answers_reworked", "unanswered_age", "outcomes"

# ── Answered in time ────────────────────────────────────────────────────────────────────────────


def closed_long_enough(scope: Scope) -> list[tuple[Q, int]]:
    """The windows whose term for answering ended in the period and before the day of the moment.

    A condition on Window for each term in days; a window keeps the term in force on the day it closed.
    """
    last = min(scope.ends_on, scope.today - dt.timedelta(days=1))
    found = []
    for term in terms_of(ON_TIME):
        length = dt.timedelta(days=term.days)
        first, final = max(scope.starts_on - length, term.valid_from), min(last - length, term.valid_to)
        if first <= final:
            found.append((_not_cancelled(scope) & Q(closes_on__range=(first, final)), term.days))
    return found


def _not_cancelled(scope: Scope) -> Q:
    return Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=scope.at)


def count_on_time(scope: Scope) -> Counted:
    wholes: Counter[int | None] = Counter()
    parts: Counter[int | None] = Counter()
    for condition, days in closed_long_enough(scope):
        windows = Window.objects.filter(condition).values("pk")
        came = Comment.objects.filter(window__in=windows, created_at__lte=scope.at).order_by()
        for agency, n in came.values_list("window__dossier__agency").annotate(n=Count("pk")):
            wholes.update({agency: n, None: n})
        for agency, closed_on, day, n in _answered_by_day(windows, scope):
            if day <= closed_on + dt.timedelta(days=days):
                parts.update({agency: n, None: n})
    return {key: Figure(part=parts[key], whole=n) for key, n in wholes.items()}


def _answered_by_day(windows: QuerySet[Any], scope: Scope) -> QuerySet[Any, Any]:
    """Who is answered has come before: the comments themselves, two million, need not be read."""
    members = PointMember.objects.filter(point__window__in=windows, answered_at__lte=scope.at)
    return (
        members.order_by()
        .annotate(day=TruncDate("answered_at"))
        .values_list("point__window__dossier__agency", "point__window__closes_on", "day")
        .annotate(n=Count("pk"))
    )


def records_on_time(scope: Scope) -> Records:
    """Every comment that is due, with the day of its answer."""
    condition = Q(pk__in=[])
    for one, _days in closed_long_enough(scope):
        condition |= one
    terms = terms_of(ON_TIME)
    due_windows = Window.objects.filter(condition).values("pk")
    rows = (
        Comment.objects.filter(window__in=due_windows, created_at__lte=scope.at)
        .select_related("window__dossier__agency")
        .annotate(answered_at=F("membership__answered_at"))
        .defer("text", "folded")
        .order_by("-window_id", "-pk")
    )

    def cells(row: Any) -> tuple[Shown, ...]:
        closed_on = row.window.closes_on
        days = next(term.days for term in terms if term.holds_on(closed_on))
        due_on = closed_on + dt.timedelta(days=days)
        answered = row.answered_at if row.answered_at and row.answered_at <= scope.at else None
        in_time = answered is not None and timezone.localdate(answered) <= due_on
        return (
            *comment_cells(row)[:4],
            Shown(f"{due_on:%d/%m/%Y}"),
            Shown(day_of(answered) if answered else _("chưa trả lời")),
            Shown(_("có") if in_time else _("không")),
        )

    headings = (
        _("Mã ý kiến"), _("Ngày ghi nhận"), _("Dự thảo"), _("Cơ quan"), _("Hạn trả lời"), _("Ngày trả lời"),
        _("Đúng hạn"),
    )  # fmt: skip
    return Records(headings, rows, by("window__dossier__agency"), cells)


# ── Answers done over ───────────────────────────────────────────────────────────────────────────


def released(scope: Scope) -> QuerySet[Any]:
    """Answers released in the period, with ``again``: returned by the second person before, or in the place
    of an earlier answer."""
    earlier = Answer.objects.filter(point=OuterRef("point"), released_at__lt=OuterRef("released_at"))
    return Answer.objects.filter(released_at__gte=scope.since, released_at__lt=scope.until).annotate(
        again=Case(When(~Q(returned_reason="") | Exists(earlier), then=True), default=False)
    )


def count_reworked(scope: Scope) -> Counted:
    rows = released(scope).order_by().values_list("point__window__dossier__agency", "again")
    parts: Counter[int | None] = Counter()
    wholes: Counter[int | None] = Counter()
    for agency, again in rows:
        wholes.update([agency, None])
        parts.update([agency, None] if again else [])
    return {key: Figure(part=parts[key], whole=n) for key, n in wholes.items()}


def records_reworked(scope: Scope) -> Records:
    rows = released(scope).select_related("point__window__dossier__agency").order_by("-released_at", "-pk")
    headings = (_("Vấn đề"), _("Dự thảo"), _("Cơ quan"), _("Ngày công bố"), _("Phải làm lại"))

    def cells(row: Any) -> tuple[Shown, ...]:
        return (*_answer_cells(row), Shown(_("có") if row.again else _("không")))

    return Records(headings, rows, by("point__window__dossier__agency"), cells)


def _answer_cells(row: Any) -> tuple[Shown, ...]:
    point, dossier = row.point, row.point.window.dossier
    return (
        # What is released is public: whoever reads the figure can read the answer.
        Shown(point.title, f"{reverse('portal:answers', args=[dossier.slug])}#van-de-{row.pk}"),
        Shown(dossier.title),
        Shown(dossier.agency.name),
        Shown(day_of(row.released_at)),
    )


# ── How answers turned out ──────────────────────────────────────────────────────────────────────


def in_force(scope: Scope) -> QuerySet[Any]:
    """The newest answer of each point released by the end of the period, where that was in the period."""
    newer = Answer.objects.filter(
        point=OuterRef("point"), released_at__gt=OuterRef("released_at"), released_at__lt=scope.until
    )
    return Answer.objects.filter(released_at__gte=scope.since, released_at__lt=scope.until).exclude(
        Exists(newer)
    )


def count_outcomes(scope: Scope) -> Counted:
    rows = in_force(scope).order_by().values_list("point__window__dossier__agency", "disposition")
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for agency, disposition, n in rows.annotate(n=Sum("comments_count")):
        for key in (agency, None):
            found[key][disposition] += n
    taken = (Disposition.ACCEPTED, Disposition.PARTLY)
    return {
        key: Figure(part=sum(split[one] for one in taken), whole=split.total(), split=dict(split))
        for key, split in found.items()
    }


def records_outcomes(scope: Scope) -> Records:
    rows = in_force(scope).select_related("point__window__dossier__agency").order_by("-released_at", "-pk")
    headings = (_("Vấn đề"), _("Dự thảo"), _("Cơ quan"), _("Ngày công bố"), _("Kết quả"), _("Ý kiến"))

    def cells(row: Any) -> tuple[Shown, ...]:
        outcome = str(Disposition(row.disposition).label)
        return (*_answer_cells(row), Shown(outcome), Shown(str(row.comments_count)))

    return Records(headings, rows, by("point__window__dossier__agency"), cells)


# ── What still waits ────────────────────────────────────────────────────────────────────────────


def waiting(scope: Scope) -> QuerySet[Any]:
    """Comments that had come by the moment and had no answer then; those of cancelled windows need none."""
    cancelled = Window.objects.filter(cancelled_at__lte=scope.at)
    unanswered = Q(membership__isnull=True) | Q(membership__answered_at__isnull=True)
    return Comment.objects.filter(
        unanswered | Q(membership__answered_at__gt=scope.at), created_at__lte=scope.at
    ).exclude(window__in=cancelled.values("pk"))


def count_unanswered(scope: Scope) -> Counted:
    """``split`` is {age in days: how many}, ``part`` the age of the oldest."""
    rows = waiting(scope).order_by().annotate(day=TruncDate("created_at"))
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for agency, day, n in rows.values_list("window__dossier__agency", "day").annotate(n=Count("pk")):
        for key in (agency, None):
            found[key][str((scope.today - day).days)] += n
    return {
        key: Figure(part=max(map(int, ages)), whole=ages.total(), split=dict(ages))
        for key, ages in found.items()
    }


def records_unanswered(scope: Scope) -> Records:
    rows = waiting(scope).select_related("window__dossier__agency").order_by("pk")
    headings = (
        _("Mã ý kiến"), _("Ngày ghi nhận"), _("Dự thảo"), _("Cơ quan"), _("Kênh"), _("Chủ thể"),
        _("Số ngày chờ"),
    )  # fmt: skip

    def cells(row: Any) -> tuple[Shown, ...]:
        waited = (scope.today - timezone.localdate(row.created_at)).days
        return (*comment_cells(row), Shown(str(waited)))

    return Records(headings, rows.defer("text", "folded"), by("window__dossier__agency"), cells)


register(
    Definition(
        code=ON_TIME,
        name=gettext_lazy("Ý kiến được trả lời đúng hạn"),
        formula=gettext_lazy(
            "Trong các đợt lấy ý kiến có hạn trả lời kết thúc trong kỳ: số ý kiến có trả lời được công bố "
            "chậm nhất vào ngày hết hạn trả lời, chia cho tổng số ý kiến. Hạn trả lời là số ngày kể từ "
            "ngày hết hạn góp ý, theo quy định ghi ở dưới."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo"),
        source=gettext_lazy("Từng ý kiến và ngày công bố trả lời của nó"),
        unit=Unit.SHARE,
        direction=Direction.UP,
        count=count_on_time,
        records=records_on_time,
        value=share,
        partner=REWORKED,
        front=True,
        term=True,
    )
)
register(
    Definition(
        code=REWORKED,
        name=gettext_lazy("Trả lời phải làm lại"),
        formula=gettext_lazy(
            "Số trả lời công bố trong kỳ đã bị người thứ hai trả lại, hoặc phải thay cho một trả lời công "
            "bố trước đó, chia cho tổng số trả lời công bố trong kỳ."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo"),
        source=gettext_lazy("Trả lời đã công bố"),
        unit=Unit.SHARE,
        direction=Direction.DOWN,
        count=count_reworked,
        records=records_reworked,
        value=share,
    )
)
register(
    Definition(
        code=UNANSWERED,
        name=gettext_lazy("Ý kiến đang chờ trả lời"),
        formula=gettext_lazy(
            "Số ngày chờ ở giữa (trung vị) của các ý kiến chưa có trả lời được công bố, tính từ ngày ghi "
            "nhận; kèm ý kiến chờ lâu nhất."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo"),
        source=gettext_lazy("Từng ý kiến chưa trả lời, của mọi kỳ"),
        unit=Unit.DAYS,
        direction=Direction.DOWN,
        count=count_unanswered,
        records=records_unanswered,
        value=lambda figure: median_of(figure.split),
        partner=REWORKED,
        front=True,
    )
)
register(
    Definition(
        code=OUTCOMES,
        one_by_one=False,
        name=gettext_lazy("Ý kiến được tiếp thu"),
        formula=gettext_lazy(
            "Số ý kiến được tiếp thu hoặc tiếp thu một phần, chia cho số ý kiến đã được trả lời trong kỳ; "
            "theo trả lời mới nhất. Không phải chỉ tiêu: tỷ lệ cao hay thấp đều có thể đúng."
        ),
        owner=gettext_lazy("Cơ quan chủ trì soạn thảo"),
        source=gettext_lazy("Trả lời đã công bố và số ý kiến được trả lời"),
        unit=Unit.SHARE,
        direction=Direction.NEITHER,
        count=count_outcomes,
        records=records_outcomes,
        value=share,
        front=True,
        parts={one.value: one.label for one in Disposition},
    )
)
