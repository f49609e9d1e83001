"""The words of plans, tasks and evidence, and the moves a task may make."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """Decision 407/QĐ-TTg → the plan of several years → the plan of one year."""

    SCHEME = "scheme", _("Đề án, quyết định của cấp trên")
    MULTI_YEAR = "multi_year", _("Kế hoạch nhiều năm")
    YEARLY = "yearly", _("Kế hoạch năm")


class Wrapper(models.TextChoices):
    """How a plan is issued: both forms are in use among provinces."""

    PLAN = "plan", _("Kế hoạch (KH-UBND)")
    DECISION = "decision", _("Quyết định ban hành kèm theo kế hoạch (QĐ-UBND)")
    OTHER = "other", _("Văn bản khác")


NO_NUMBER = "…/KH-UBND"
"""What a draft bears until it has a number; several may bear it on one day."""


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    IN_FORCE = "in_force", _("Đang thực hiện")
    CLOSED = "closed", _("Đã kết thúc")


class Part(models.TextChoices):
    LEADS = "leads", _("Chủ trì")
    COORDINATES = "coordinates", _("Phối hợp")


class Cadence(models.TextChoices):
    ONCE = "once", _("Một lần")
    CONTINUOUS = "continuous", _("Thường xuyên")
    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")
    HALF_YEARLY = "half_yearly", _("Sáu tháng")
    YEARLY = "yearly", _("Hằng năm")
    EACH_DRAFT = "each_draft", _("Theo từng dự thảo")


class TaskState(models.TextChoices):
    """DONE is never set by hand: it follows from evidence that holds. DECLARED is a word without proof."""

    PROPOSED = "proposed", _("Chờ xác nhận")
    PLANNED = "planned", _("Chưa bắt đầu")
    WORKING = "working", _("Đang làm")
    BLOCKED = "blocked", _("Đang vướng")
    DECLARED = "declared", _("Khai báo, chưa kiểm chứng")
    DONE = "done", _("Đã hoàn thành")
    CANCELLED = "cancelled", _("Không thực hiện")


TASK_MOVES = {
    TaskState.PROPOSED: {TaskState.PLANNED, TaskState.CANCELLED},
    TaskState.PLANNED: {TaskState.WORKING, TaskState.BLOCKED, TaskState.DECLARED, TaskState.DONE,
                        TaskState.CANCELLED},
    TaskState.WORKING: {TaskState.BLOCKED, TaskState.DECLARED, TaskState.DONE, TaskState.CANCELLED},
    TaskState.BLOCKED: {TaskState.WORKING, TaskState.DECLARED, TaskState.DONE, TaskState.CANCELLED},
    TaskState.DECLARED: {TaskState.WORKING, TaskState.BLOCKED, TaskState.DONE, TaskState.CANCELLED},
    TaskState.DONE: {TaskState.DECLARED, TaskState.WORKING},
    TaskState.CANCELLED: {TaskState.PLANNED},
}  # fmt: skip


OPEN = frozenset({TaskState.PLANNED, TaskState.WORKING, TaskState.BLOCKED, TaskState.DECLARED})
"""States in which something is still owed: a declaration is a word, not the thing."""


class Purpose(models.TextChoices):
    """What a piece of evidence is to show."""

    PRODUCT = "product", _("Sản phẩm của nhiệm vụ")
    COMMUNICATION = "communication", _("Đã truyền thông dự thảo chính sách")
    COORDINATION = "coordination", _("Đã phối hợp với tổ chức chính trị - xã hội")


class NoteKind(models.TextChoices):
    PROGRESS = "progress", _("Tiến độ")
    BLOCKED = "blocked", _("Vướng mắc")
    UNBLOCKED = "unblocked", _("Đã gỡ vướng")
    DECLARED = "declared", _("Khai báo hoàn thành")
    ESCALATED = "escalated", _("Báo Sở Tư pháp")


class ReminderKind(models.TextChoices):
    """Why a letter about a task was written. Each is written once for a task, an agency and a day."""

    BEFORE = "before", _("Sắp đến hạn")
    LATE = "late", _("Vừa quá hạn")
    DIGEST = "digest", _("Việc trong tuần")
    ESCALATED = "escalated", _("Báo Sở Tư pháp")


class Act(StrEnum):
    PLAN_ADDED = "plan.added"
    PLAN_EDITED = "plan.edited"
    PLAN_IMPORTED = "plan.imported"
    PLAN_COPIED = "plan.copied-forward"
    PLAN_PUT_IN_FORCE = "plan.put-in-force"
    PLAN_CLOSED = "plan.closed"
    PLAN_TASK_ADDED = "plan.task-added"
    PROPOSAL_ACCEPTED = "plan.proposal-accepted"
    PROPOSAL_REVISED = "plan.proposal-revised"
    PROPOSALS_MERGED = "plan.proposals-merged"
    PROPOSAL_DROPPED = "plan.proposal-dropped"
    TASK_EDITED = "task.edited"
    TASK_SPLIT = "task.split"
    TASK_STARTED = "task.started"
    TASK_NOTED = "task.noted"
    TASK_BLOCKED = "task.blocked"
    TASK_UNBLOCKED = "task.unblocked"
    TASK_DECLARED = "task.declared"
    TASK_DONE = "task.done"
    TASK_NO_LONGER_DONE = "task.no-longer-done"
    TASK_CANCELLED = "task.cancelled"
    TASK_RESUMED = "task.resumed"
    TASK_ESCALATED = "task.escalated"
    TASKS_REMINDED = "task.reminded"
    EVIDENCE_ADDED = "evidence.added"
    EVIDENCE_PROVED = "evidence.proved"
    EVIDENCE_ENDED = "evidence.ended"
    COORDINATION_ASKED = "coordination.asked"
    COORDINATION_ANSWERED = "coordination.answered"
    CALENDAR_GIVEN = "calendar.given"
    CALENDAR_TAKEN_BACK = "calendar.taken-back"
