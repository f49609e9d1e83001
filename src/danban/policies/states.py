"""The words of a dossier's life: document types, roles, fields, states of a version and its moves."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentType(models.TextChoices):
    """Who may issue what since 01/07/2025 (Law 64/2025/QH15 as amended by 87/2025/QH15)."""

    PROVINCIAL_RESOLUTION = "provincial_resolution", _("Nghị quyết của Hội đồng nhân dân tỉnh")
    PROVINCIAL_DECISION = "provincial_decision", _("Quyết định của Ủy ban nhân dân tỉnh")
    CHAIR_DECISION = "chair_decision", _("Quyết định của Chủ tịch Ủy ban nhân dân tỉnh")
    COMMUNE_RESOLUTION = "commune_resolution", _("Nghị quyết của Hội đồng nhân dân cấp xã")
    COMMUNE_DECISION = "commune_decision", _("Quyết định của Ủy ban nhân dân cấp xã")
    LAW = "law", _("Luật, nghị quyết của Quốc hội")
    ORDINANCE = "ordinance", _("Pháp lệnh, nghị quyết của Ủy ban Thường vụ Quốc hội")
    DECREE = "decree", _("Nghị định, nghị quyết của Chính phủ")
    PM_DECISION = "pm_decision", _("Quyết định của Thủ tướng Chính phủ")
    CIRCULAR = "circular", _("Thông tư")


class DossierRole(models.TextChoices):
    DRAFTS = "drafts", _("Tỉnh chủ trì soạn thảo")
    COORDINATES = "coordinates", _("Tỉnh phối hợp góp ý")


class Field(models.TextChoices):
    ENVIRONMENT = "environment", _("Môi trường")
    LAND = "land", _("Đất đai, nhà ở")
    EDUCATION = "education", _("Giáo dục")
    HEALTH = "health", _("Y tế")
    TRANSPORT = "transport", _("Giao thông, xây dựng")
    AGRICULTURE = "agriculture", _("Nông nghiệp, nông thôn")
    BUSINESS = "business", _("Đầu tư, kinh doanh")
    SOCIAL = "social", _("Lao động, an sinh xã hội")
    CULTURE = "culture", _("Văn hóa, thể thao, du lịch")
    JUSTICE = "justice", _("Tư pháp, hành chính")
    FINANCE = "finance", _("Tài chính, ngân sách, giá")
    OTHER = "other", _("Lĩnh vực khác")


class VersionState(models.TextChoices):
    UPLOADED = "uploaded", _("Đang rà soát")
    SUBMITTED = "submitted", _("Chờ người thứ hai duyệt")
    RETURNED = "returned", _("Trả lại để sửa")
    RELEASED = "released", _("Đã công bố")
    DISCARDED = "discarded", _("Đã bỏ")


VERSION_MOVES = {
    VersionState.UPLOADED: {VersionState.SUBMITTED, VersionState.DISCARDED},
    VersionState.SUBMITTED: {VersionState.RELEASED, VersionState.RETURNED},
    VersionState.RETURNED: {VersionState.SUBMITTED, VersionState.DISCARDED},
    VersionState.RELEASED: set(),
    VersionState.DISCARDED: set(),
}


class Change(models.TextChoices):
    """What became of a provision from one version to the next; the words of lawtext's alignment."""

    UNCHANGED = "unchanged", _("Giữ nguyên")
    RENUMBERED = "renumbered", _("Đổi số")
    MOVED = "moved", _("Chuyển chỗ")
    EDITED = "edited", _("Sửa lời")
    MERGED = "merged", _("Gộp lại")
    SPLIT = "split", _("Tách ra")
    NEW = "new", _("Thêm mới")
    REPEALED = "repealed", _("Bỏ đi")
    ORTHOGRAPHY = "orthography", _("Chỉ sửa chính tả")
    CASE = "case", _("Chỉ sửa chữ hoa")


class LineUnit(models.TextChoices):
    """What an officer may say a line is; the units of lawtext that a person chooses among."""

    PART = "part", _("Phần")
    CHAPTER = "chapter", _("Chương")
    SECTION = "section", _("Mục")
    SUBSECTION = "subsection", _("Tiểu mục")
    ARTICLE = "article", _("Điều")
    CLAUSE = "clause", _("Khoản")
    POINT = "point", _("Điểm")
    SUBPOINT = "subpoint", _("Tiết")
    HEADING = "heading", _("Tên chương, mục")
    TEXT = "text", _("Chữ thường")


UNNUMBERED = frozenset({LineUnit.HEADING, LineUnit.TEXT})


class WindowKind(models.TextChoices):
    """Three different things in law, with three clocks (never one for another)."""

    OPINION = "opinion", _("Lấy ý kiến")
    POLICY_CONSULTATION = "policy_consultation", _("Tham vấn chính sách")
    SOCIAL_CRITIQUE = "social_critique", _("Phản biện xã hội")


class Act(StrEnum):
    DOSSIER_OPENED = "dossier.opened"
    DOSSIER_EDITED = "dossier.edited"
    VERSION_UPLOADED = "version.uploaded"
    VERSION_SUBMITTED = "version.submitted"
    VERSION_RETURNED = "version.returned"
    VERSION_RELEASED = "version.released"
    VERSION_DISCARDED = "version.discarded"
    LINE_CORRECTED = "version.line-corrected"
    DOUBT_DISMISSED = "version.doubt-dismissed"
    DOUBT_REOPENED = "version.doubt-reopened"
    BASE_UPLOADED = "version.base-uploaded"
    BASE_CHOSEN = "version.base-chosen"
    BASE_TAKEN_OFF = "version.base-taken-off"
    ALIGNMENT_CORRECTED = "version.alignment-corrected"
    SECRET_REFUSED = "upload.refused-secret"  # noqa: S105 - no password
    POSTING_RULE_SET = "posting-rule.set"
    POSTING_RULE_CONFIRMED = "posting-rule.confirmed"
