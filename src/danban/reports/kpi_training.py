"""Whom training reached, and for how many hours."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.reports.kpi import Counted, Definition, Figure, Records, Scope, Shown, by, day_of, register, whole
from danban.reports.states import Direction, Unit
from danban.training.models import Registration
from danban.training.states import Audience, SessionState

TRAINED, HOURS = "trained", "training_hours"
AUDIENCES = {audience.value: audience.label for audience in Audience}


def present(scope: Scope) -> QuerySet[Any]:
    """People present at sessions held in the period, as known at the moment."""
    return Registration.objects.filter(
        attendance__received_at__lte=scope.at,
        session__state=SessionState.HELD,
        session__starts_at__gte=scope.since,
        session__starts_at__lt=scope.until,
    )


def count(scope: Scope) -> Counted:
    """Distinct people; who came to courses for two audiences stands in both lines, once in the whole."""
    people: dict[int | None, set[int]] = defaultdict(set)
    apart: dict[int | None, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = present(scope).order_by().values_list("person", "person__agency", "session__course__audiences")
    for person, agency, audiences in rows:
        for key in {agency, None}:
            people[key].add(person)
            for audience in audiences:
                apart[key][audience].add(person)
    return {
        key: Figure(whole=len(found), split={name: len(some) for name, some in apart[key].items()})
        for key, found in people.items()
    }


def count_hours(scope: Scope) -> Counted:
    """Hours added up over people: three people for two hours are six."""
    hours: dict[int | None, Decimal] = defaultdict(Decimal)
    for agency, credited in present(scope).order_by().values_list("person__agency", "session__hours"):
        for key in {agency, None}:
            hours[key] += credited
    return {key: Figure(whole=round(total)) for key, total in hours.items()}


def records(scope: Scope) -> Records:
    rows = present(scope).select_related("person__agency", "session__course")
    headings = (_("Người học"), _("Cơ quan"), _("Khóa tập huấn"), _("Ngày"), _("Số giờ"))
    return Records(headings, rows.order_by("-session__starts_at", "pk"), by("person__agency"), _cells)


def _cells(row: Any) -> tuple[Shown, ...]:
    return (
        Shown(row.person.full_name),
        Shown(row.person.agency.name if row.person.agency else row.person.agency_name),
        Shown(row.session.course.title),
        Shown(day_of(row.session.starts_at)),
        Shown(f"{row.session.hours.normalize():f}".replace(".", ",")),
    )


register(
    Definition(
        code=TRAINED,
        one_by_one=False,
        name=gettext_lazy("Người được tập huấn"),
        formula=gettext_lazy(
            "Số người khác nhau có mặt tại các buổi tập huấn đã tổ chức trong kỳ. Người dự nhiều buổi chỉ "
            "tính một lần; khóa dành cho nhiều đối tượng được kể ở từng dòng."
        ),
        owner=gettext_lazy("Cơ quan tổ chức; Sở Tư pháp theo dõi"),
        source=gettext_lazy("Điểm danh của từng buổi"),
        unit=Unit.PEOPLE,
        direction=Direction.NEITHER,
        count=count,
        records=records,
        value=whole,
        partner=HOURS,
        parts=AUDIENCES,
    )
)
register(
    Definition(
        code=HOURS,
        one_by_one=False,
        name=gettext_lazy("Giờ tập huấn"),
        formula=gettext_lazy(
            "Tổng số giờ được ghi cho từng người có mặt: ba người dự hai giờ là sáu giờ. Làm tròn đến giờ."
        ),
        owner=gettext_lazy("Cơ quan tổ chức; Sở Tư pháp theo dõi"),
        source=gettext_lazy("Điểm danh và số giờ của từng buổi"),
        unit=Unit.HOURS,
        direction=Direction.NEITHER,
        count=count_hours,
        records=records,
        value=whole,
    )
)
