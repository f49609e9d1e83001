"""A task's history in words, from the entries of the audit that are about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.accounts.queries import names_of
from danban.audit.models import AuditEntry
from danban.plan.forms.work import TaskForm
from danban.plan.states import Act

WORDS = {
    Act.TASK_EDITED: gettext_lazy("Sửa nhiệm vụ"),
    Act.TASK_SPLIT: gettext_lazy("Tách một phần việc"),
    Act.TASK_STARTED: gettext_lazy("Bắt đầu làm"),
    Act.TASK_NOTED: gettext_lazy("Ghi tiến độ"),
    Act.TASK_BLOCKED: gettext_lazy("Báo vướng"),
    Act.TASK_UNBLOCKED: gettext_lazy("Đã gỡ vướng"),
    Act.TASK_DECLARED: gettext_lazy("Khai báo đã xong"),
    Act.TASK_DONE: gettext_lazy("Hoàn thành, theo minh chứng"),
    Act.TASK_NO_LONGER_DONE: gettext_lazy("Trở về khai báo: không còn minh chứng"),
    Act.TASK_CANCELLED: gettext_lazy("Không thực hiện nữa"),
    Act.TASK_RESUMED: gettext_lazy("Thực hiện trở lại"),
    Act.TASK_ESCALATED: gettext_lazy("Báo Sở Tư pháp"),
    Act.EVIDENCE_ADDED: gettext_lazy("Thêm minh chứng"),
    Act.EVIDENCE_PROVED: gettext_lazy("Xác nhận minh chứng"),
    Act.EVIDENCE_ENDED: gettext_lazy("Hết một minh chứng"),
    Act.COORDINATION_ASKED: gettext_lazy("Đề nghị phối hợp"),
    Act.COORDINATION_ANSWERED: gettext_lazy("Trả lời đề nghị phối hợp"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what, when, by whom, and what more there is to say."""

    words: str
    at: dt.datetime
    who: str
    more: str


def told(entries: Iterable[AuditEntry]) -> list[Told]:
    """Entries as lines, in the order given; one query for the names."""
    rows = list(entries)
    names = names_of({row.actor for row in rows})
    return [
        Told(
            words=str(WORDS.get(row.action, row.action)),  # type: ignore[call-overload]
            at=row.at,
            who=names.get(row.actor, _("hệ thống")),
            more=_more(row.details),
        )
        for row in rows
    ]


def _more(details: dict[str, object]) -> str:
    fields = details.get("fields")
    if isinstance(fields, list):
        return ", ".join(
            str(TaskForm.base_fields[name].label) for name in fields if name in TaskForm.base_fields
        )
    return ""
