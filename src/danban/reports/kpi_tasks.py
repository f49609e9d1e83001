"""Tasks shown done by their day, and evidence that did not last."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.plan.models import Assignment, Evidence, Task
from danban.plan.queries.evidence import holding
from danban.plan.states import Part, PlanState, TaskState
from danban.reports.kpi import Counted, Definition, Figure, Records, Scope, Shown, day_of, register, share
from danban.reports.states import Direction, Unit

ON_TIME, WITHDRAWN = "tasks_on_time", "evidence_withdrawn"


def due(scope: Scope) -> QuerySet[Any]:
    """Tasks whose day lies in the period and is over at the moment, with ``shown`` (evidence that holds now
    shows it done) and ``in_time`` (done by its day)."""
    evidence = (
        holding(scope.at)
        .filter(task=OuterRef("pk"))
        .annotate(day=Coalesce("shown_on", TruncDate("proved_at")))
    )
    return (
        Task.objects.filter(due_on__range=(scope.starts_on, scope.ends_on), due_on__lt=scope.today)
        .exclude(state__in=[TaskState.PROPOSED, TaskState.CANCELLED])
        .exclude(plan__state=PlanState.DRAFT)
        .annotate(shown=Exists(evidence), in_time=Exists(evidence.filter(day__lte=OuterRef("due_on"))))
    )


def count(scope: Scope) -> Counted:
    return _by_lead(due(scope), "in_time")


def _by_lead(tasks: QuerySet[Any], mark: str) -> Counted:
    """A task that two agencies lead is one of each, and one of the province."""
    marked = dict(tasks.values_list("pk", mark))
    leads = Assignment.objects.filter(part=Part.LEADS, agency__isnull=False, task__in=tasks.values("pk"))
    found: dict[int | None, list[bool]] = {None: list(marked.values())}
    for agency, task in leads.values_list("agency", "task"):
        found.setdefault(agency, []).append(marked[task])
    return {key: Figure(part=sum(marks), whole=len(marks)) for key, marks in found.items() if marks}


def late(scope: Scope) -> QuerySet[Any]:
    """Tasks past their day that nothing shows done, the longest late first."""
    return due(scope).filter(shown=False).order_by("due_on", "pk")


def records(scope: Scope) -> Records:
    rows = due(scope).select_related("plan").prefetch_related("assignments__agency").order_by("due_on", "pk")
    headings = (_("Nhiệm vụ"), _("Kế hoạch"), _("Chủ trì"), _("Hạn"), _("Kết quả"))
    return Records(headings, rows, led_by, _cells)


def led_by(rows: QuerySet[Any], agencies: Collection[int]) -> QuerySet[Any]:
    leads = Assignment.objects.filter(part=Part.LEADS, agency__in=list(agencies))
    return rows.filter(pk__in=leads.values("task"))


def leads_of(task: Task) -> str:
    """The agencies that lead, as the register or the plan names them; assignments were read with the task."""
    named = [
        one.agency.name if one.agency else one.named_as
        for one in task.assignments.all()
        if one.part == Part.LEADS
    ]
    return "; ".join(named)


def _cells(row: Any) -> tuple[Shown, ...]:
    late = _("có minh chứng, trễ hạn") if row.shown else _("chưa có minh chứng")
    return (
        Shown(row.content, reverse("plan:task", args=[row.pk])),
        Shown(row.plan.number),
        Shown(leads_of(row)),
        Shown(f"{row.due_on:%d/%m/%Y}"),
        Shown(_("có minh chứng đúng hạn") if row.in_time else late),
    )


def proved(scope: Scope) -> QuerySet[Any]:
    """Evidence of tasks proved in the period, with ``gone``: it ended by the moment."""
    return Evidence.objects.filter(
        task__isnull=False, proved_at__gte=scope.since, proved_at__lt=scope.until
    ).annotate(gone=Case(When(ended_at__lte=scope.at, then=Value(True)), default=Value(False)))


def count_withdrawn(scope: Scope) -> Counted:
    rows = proved(scope)
    whole = rows.aggregate(n=Count("pk"), gone_n=Count("pk", filter=Q(gone=True)))
    by_agency = (
        rows.filter(task__assignments__part=Part.LEADS, task__assignments__agency__isnull=False)
        .order_by()
        .values_list("task__assignments__agency")
        .annotate(n=Count("pk"), gone_n=Count("pk", filter=Q(gone=True)))
    )
    found: dict[int | None, Figure] = {agency: Figure(part=gone, whole=n) for agency, n, gone in by_agency}
    return {None: Figure(part=whole["gone_n"], whole=whole["n"]), **found} if whole["n"] else {}


def records_withdrawn(scope: Scope) -> Records:
    rows = proved(scope).select_related("task").order_by(F("ended_at").asc(nulls_last=True), "pk")
    headings = (_("Nhiệm vụ"), _("Ngày được kiểm chứng"), _("Còn hiệu lực"), _("Lý do rút"))
    return Records(headings, rows, _of_tasks_led_by, _cells_withdrawn)


def _of_tasks_led_by(rows: QuerySet[Any], agencies: Collection[int]) -> QuerySet[Any]:
    leads = Assignment.objects.filter(part=Part.LEADS, agency__in=list(agencies))
    return rows.filter(task__in=leads.values("task"))


def _cells_withdrawn(row: Any) -> tuple[Shown, ...]:
    return (
        Shown(row.task.content, reverse("plan:task", args=[row.task_id])),
        Shown(day_of(row.proved_at)),
        Shown(_("không") if row.gone else _("có")),
        Shown(row.ended_reason if row.gone else ""),
    )


register(
    Definition(
        code=ON_TIME,
        name=gettext_lazy("Nhiệm vụ hoàn thành đúng hạn"),
        formula=gettext_lazy(
            "Số nhiệm vụ đến hạn trong kỳ có minh chứng còn hiệu lực cho thấy đã làm xong chậm nhất vào "
            "ngày đến hạn, chia cho tổng số nhiệm vụ đến hạn. Khai báo không kèm minh chứng không được "
            "tính."
        ),
        owner=gettext_lazy("Cơ quan chủ trì nhiệm vụ; Sở Tư pháp theo dõi"),
        source=gettext_lazy("Nhiệm vụ và minh chứng của kế hoạch"),
        unit=Unit.SHARE,
        direction=Direction.UP,
        count=count,
        records=records,
        value=share,
        partner=WITHDRAWN,
        front=True,
    )
)
register(
    Definition(
        code=WITHDRAWN,
        name=gettext_lazy("Minh chứng bị rút lại"),
        formula=gettext_lazy(
            "Số minh chứng của nhiệm vụ được kiểm chứng trong kỳ mà sau đó bị rút hoặc không còn đúng, "
            "chia cho số minh chứng được kiểm chứng trong kỳ."
        ),
        owner=gettext_lazy("Sở Tư pháp"),
        source=gettext_lazy("Minh chứng của kế hoạch"),
        unit=Unit.SHARE,
        direction=Direction.DOWN,
        count=count_withdrawn,
        records=records_withdrawn,
        value=share,
    )
)
