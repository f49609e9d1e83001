"""Rules of a plan as a document. Plain values in; what is odd is a warning, what is wrong is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from danban.common.errors import Refused
from danban.plan.states import NO_NUMBER, PlanKind, PlanState, Wrapper

_WITH_YEAR = re.compile(r"\d+/(?:19|20)\d\d/")


class WrongState(Refused):
    """The plan is not in a state in which this can be done."""


class StillProposed(Refused):
    """Tasks wait to be confirmed by a person."""


class ChangedMeanwhile(Refused):
    """Someone else saved the task after it was opened."""


def warnings(
    *, number: str, wrapper: str, issued_on: dt.date, starts_on: dt.date, ends_on: dt.date
) -> list[str]:
    """What looks like a slip. Official papers contain them, so nothing here refuses.

    Administrative numbers carry no year, those of legal documents do (Decree 30/2020/NĐ-CP, Decree
    78/2025/NĐ-CP); leading zeros occur in both.
    """
    found = []
    if _WITH_YEAR.match(number):
        found.append(
            _("Số %(number)s có năm: kế hoạch là văn bản hành chính, số không ghi năm.") % {"number": number}
        )
    if wrapper == Wrapper.PLAN and "KH-" not in number:
        found.append(_("Số của kế hoạch thường có dạng 1070/KH-UBND."))
    if wrapper == Wrapper.DECISION and "QĐ-" not in number:
        found.append(_("Số của quyết định thường có dạng 2646/QĐ-UBND."))
    if issued_on > ends_on:
        found.append(_("Ngày ban hành sau khi kế hoạch kết thúc."))
    elif issued_on < starts_on - dt.timedelta(days=366):
        found.append(_("Ngày ban hành sớm hơn ngày bắt đầu quá một năm; văn bản có thể ghi nhầm ngày."))
    return found


def outside(
    starts_on: dt.date | None, due_on: dt.date | None, *, plan_starts: dt.date, plan_ends: dt.date
) -> list[str]:
    """What of a task's days lies outside its plan."""
    days = {"start": f"{plan_starts:%d/%m/%Y}", "end": f"{plan_ends:%d/%m/%Y}"}
    found = []
    if due_on and due_on < plan_starts:
        found.append(
            _("Hạn %(day)s trước khi kế hoạch bắt đầu (%(start)s).") % {**days, "day": f"{due_on:%d/%m/%Y}"}
        )
    if due_on and due_on > plan_ends:
        found.append(
            _("Hạn %(day)s sau khi kế hoạch kết thúc (%(end)s).") % {**days, "day": f"{due_on:%d/%m/%Y}"}
        )
    if starts_on and not plan_starts <= starts_on <= plan_ends:
        found.append(
            _("Bắt đầu ngày %(day)s, ngoài thời gian của kế hoạch (%(start)s – %(end)s).")
            % {**days, "day": f"{starts_on:%d/%m/%Y}"}
        )
    return found


def check_days(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise Refused(_("Kế hoạch phải kết thúc sau khi bắt đầu."))


def check_may_start(*, state: str, kind: str, number: str, proposed: int, tasks: int) -> None:
    """A plan is put in force when a person has confirmed every task of it."""
    if state != PlanState.DRAFT:
        raise WrongState(_("Kế hoạch này đã được đưa vào thực hiện."))
    if number == NO_NUMBER:
        raise WrongState(_("Kế hoạch chưa có số. Hãy ghi số, ngày ban hành rồi mới đưa vào thực hiện."))
    if proposed:
        raise StillProposed(
            _("Còn %(n)d nhiệm vụ chờ xác nhận. Hãy nhận, sửa hoặc bỏ hết trước đã.") % {"n": proposed}
        )
    if not tasks and kind == PlanKind.YEARLY:
        raise WrongState(_("Kế hoạch năm chưa có nhiệm vụ nào."))


def check_no_circle(plan: int | None, ancestors: Iterable[int]) -> None:
    """A plan does not carry out itself, at any distance."""
    if plan is not None and plan in ancestors:
        raise Refused(_("Văn bản cấp trên lại là văn bản do chính kế hoạch này sinh ra."))
