"""Kinds, levels, roles and permissions: the words the rest of the house uses for who may do what."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    MINISTRY = "ministry", _("Bộ, cơ quan trung ương")
    FATHERLAND_FRONT = "fatherland_front", _("Mặt trận Tổ quốc")
    SOCIO_POLITICAL = "socio_political", _("Tổ chức chính trị - xã hội")
    ASSOCIATION = "association", _("Hội, hiệp hội nghề nghiệp")
    COORDINATION_COUNCIL = "coordination_council", _("Hội đồng phối hợp PBGDPL")
    PRESS = "press", _("Cơ quan báo chí")
    OTHER = "other", _("Cơ quan, đơn vị khác")


class Level(models.TextChoices):
    """DISTRICT is history only: abolished on 01/07/2025; new data may not use it."""

    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện (đến 30/06/2025)")
    COMMUNE = "commune", _("Cấp xã")


class Role(models.TextChoices):
    DRAFTER = "drafter", _("Chuyên viên soạn thảo")
    APPROVER = "approver", _("Người duyệt của cơ quan")
    OFFICER = "officer", _("Cán bộ phụ trách nhiệm vụ")
    JUSTICE = "justice", _("Sở Tư pháp theo dõi")
    LEADER = "leader", _("Lãnh đạo xem toàn tỉnh")
    VIEWER = "viewer", _("Chỉ xem")
    ADMIN = "admin", _("Quản trị hệ thống")


class Permission(StrEnum):
    """Every permission a view may ask for. The grammar: what it is on, then what is done."""

    DOSSIER_VIEW = "dossier.view"
    DOSSIER_EDIT = "dossier.edit"
    DOSSIER_REASSIGN = "dossier.reassign"
    STAGE_MOVE = "stage.move"
    SCREENING_PROPOSE = "screening.propose"
    SCREENING_REVIEW = "screening.review"
    VERSION_UPLOAD = "version.upload"
    VERSION_RELEASE = "version.release"
    WINDOW_OPEN = "window.open"
    COMMENT_VIEW = "comment.view"
    COMMENT_MODERATE = "comment.moderate"
    COMMENT_IMPORT = "comment.import"
    CONTACT_VIEW = "contact.view"
    PROPOSAL_DECIDE = "proposal.decide"
    ANSWER_WRITE = "answer.write"
    ANSWER_RELEASE = "answer.release"
    PLAN_VIEW = "plan.view"
    PLAN_EDIT = "plan.edit"
    TASK_WORK = "task.work"
    EVIDENCE_CHECK = "evidence.check"
    TRAINING_VIEW = "training.view"
    TRAINING_MANAGE = "training.manage"
    REGISTER_MANAGE = "register.manage"
    COUNCIL_VIEW = "council.view"
    COUNCIL_MANAGE = "council.manage"
    DASHBOARD_VIEW = "dashboard.view"
    REPORT_REQUEST = "report.request"
    REPORT_WRITE = "report.write"
    REPORT_RELEASE = "report.release"
    REPORT_EXPORT = "report.export"
    AUDIT_VIEW = "audit.view"
    JOBS_VIEW = "jobs.view"
    RULES_EDIT = "rules.edit"
    PEOPLE_MANAGE = "people.manage"


class Act(StrEnum):
    """What this app writes to the audit: thing, then what happened to it."""

    USER_ADDED = "user.added"
    USER_DEACTIVATED = "user.deactivated"
    USER_REACTIVATED = "user.reactivated"
    PASSWORD_LINK_GIVEN = "user.password-link-given"  # noqa: S105 - the name of an act
    SECOND_FACTOR_REMOVED = "user.second-factor-removed"
    MEMBERSHIP_GRANTED = "membership.granted"
    MEMBERSHIP_ENDED = "membership.ended"
    AGENCY_ADDED = "agency.added"
    AGENCY_SUCCEEDED = "agency.succeeded"
    SIGNED_IN = "user.signed-in"
    PASSWORD_CHANGED = "user.password-changed"  # noqa: S105 - the name of an act
    SECOND_FACTOR_CHANGED = "user.second-factor-changed"
