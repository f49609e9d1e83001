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


class Stage(models.TextChoices):
    """Where a dossier stands on its way to be issued; which stages it has depends on its document type."""

    DRAFTING = "drafting", _("Soạn thảo, lấy ý kiến")
    SENT_FOR_APPRAISAL = "sent_for_appraisal", _("Trình thẩm định")
    APPRAISED = "appraised", _("Đã thẩm định")
    SUBMITTED_TO_COMMITTEE = "submitted_to_committee", _("Trình Ủy ban nhân dân")
    COMMITTEE_AGREED = "committee_agreed", _("Thành viên Ủy ban đã cho ý kiến")
    VERIFIED_BY_COUNCIL = "verified_by_council", _("Ban của Hội đồng nhân dân thẩm tra")
    ADOPTED = "adopted", _("Đã thông qua")
    ISSUED = "issued", _("Đã ban hành")
    SENT_OPINION = "sent_opinion", _("Đã gửi ý kiến của tỉnh")
    STOPPED = "stopped", _("Dừng soạn thảo")


# The way of each type to its issue, as a provincial system under construction describes it [secondary]. For
# Chair's decisions and commune documents the inner steps were not read in a decree: a province that walks
# them otherwise passes a stage by noting why.
_TO_APPRAISAL = (Stage.DRAFTING, Stage.SENT_FOR_APPRAISAL, Stage.APPRAISED, Stage.SUBMITTED_TO_COMMITTEE)
_IN_COMMUNE = (Stage.DRAFTING, Stage.SUBMITTED_TO_COMMITTEE, Stage.COMMITTEE_AGREED)
WAYS: dict[str, tuple[Stage, ...]] = {
    DocumentType.PROVINCIAL_RESOLUTION: (
        *_TO_APPRAISAL,
        Stage.COMMITTEE_AGREED,
        Stage.VERIFIED_BY_COUNCIL,
        Stage.ADOPTED,
        Stage.ISSUED,
    ),
    DocumentType.PROVINCIAL_DECISION: (*_TO_APPRAISAL, Stage.COMMITTEE_AGREED, Stage.ADOPTED, Stage.ISSUED),
    DocumentType.CHAIR_DECISION: (*_TO_APPRAISAL, Stage.ISSUED),
    DocumentType.COMMUNE_RESOLUTION: (
        *_IN_COMMUNE,
        Stage.VERIFIED_BY_COUNCIL,
        Stage.ADOPTED,
        Stage.ISSUED,
    ),
    DocumentType.COMMUNE_DECISION: (*_IN_COMMUNE, Stage.ADOPTED, Stage.ISSUED),
}
WAY_OF_CENTRAL_BILLS = (Stage.DRAFTING, Stage.SENT_OPINION)

# Whither a paper is given back "để bổ sung". A stopped draft may be taken up again; an issued one is law.
RETURNS: dict[str, frozenset[Stage]] = {
    Stage.SENT_FOR_APPRAISAL: frozenset({Stage.DRAFTING}),
    Stage.APPRAISED: frozenset({Stage.DRAFTING, Stage.SENT_FOR_APPRAISAL}),
    Stage.SUBMITTED_TO_COMMITTEE: frozenset({Stage.DRAFTING, Stage.APPRAISED}),
    Stage.COMMITTEE_AGREED: frozenset({Stage.DRAFTING, Stage.SUBMITTED_TO_COMMITTEE}),
    Stage.VERIFIED_BY_COUNCIL: frozenset({Stage.DRAFTING, Stage.COMMITTEE_AGREED}),
    Stage.SENT_OPINION: frozenset({Stage.DRAFTING}),
    Stage.STOPPED: frozenset({Stage.DRAFTING}),
}
NEVER_STOPPED = frozenset({Stage.ADOPTED, Stage.ISSUED, Stage.SENT_OPINION, Stage.STOPPED})


class Requirement(models.TextChoices):
    """What a dossier may have to show before a move; which app finds it out: ``requirements.py``."""

    CONSULTEES_ASKED = "consultees_asked", _("Đã hỏi ý kiến các cơ quan phải hỏi")
    POSTING_DAYS = "posting_days", _("Đã đăng tải đủ số ngày")
    SYNTHESIS_COMPLETE = "synthesis_complete", _("Đã tiếp thu, giải trình mọi ý kiến")
    SOCIAL_CRITIQUE = "social_critique", _("Đã nhận văn bản phản biện xã hội")
    SCREENED = "screened", _("Đã có kết luận sàng lọc chính sách")


class ScreeningStep(models.TextChoices):
    """Who speaks: the drafting agency proposes, Sở Tư pháp reviews, the Council decides."""

    PROPOSAL = "proposal", _("Cơ quan soạn thảo đề xuất")
    REVIEW = "review", _("Sở Tư pháp rà soát")
    DECISION = "decision", _("Hội đồng quyết định")


class Question(models.TextChoices):
    """The four criteria of Decision 407/QĐ-TTg and their parts. Each is answered by a person, none computed.

    The parts of the third are alternatives whose joining the text leaves open; the first names a
    procedure that Law 64/2025/QH15 no longer has. Therefore every answer carries its reason.
    """

    PROPOSED_DOCUMENT = "proposed_document", _("1. Nằm trong văn bản phải lập đề nghị xây dựng")
    NO_STATE_SECRET = "no_state_secret", _("1. Không có nội dung bí mật nhà nước")
    RIGHTS_OR_DUTIES = "rights_or_duties", _("2. Trực tiếp làm phát sinh, thay đổi, chấm dứt quyền, nghĩa vụ")
    DIFFICULT = "difficult", _("3. Khó")
    SENSITIVE = "sensitive", _("3. Nhạy cảm")
    PUBLIC_CONCERN = "public_concern", _("3. Dư luận xã hội quan tâm")
    DIVIDED_OPINION = "divided_opinion", _("3. Có nhiều ý kiến khác nhau")
    THIRD_MET = "third_met", _("3. Đáp ứng tiêu chí thứ ba")
    WIDE_EFFECT = "wide_effect", _("4. Tác động cả nước hoặc toàn tỉnh")


# What "all four must hold" rests on. The parts of the third are recorded and never joined by us.
CRITERIA = (
    Question.PROPOSED_DOCUMENT,
    Question.NO_STATE_SECRET,
    Question.RIGHTS_OR_DUTIES,
    Question.THIRD_MET,
    Question.WIDE_EFFECT,
)
# The text leaves these open, so a plain "yes" needs its reason too.
AMBIGUOUS = frozenset({Question.PROPOSED_DOCUMENT, Question.THIRD_MET})


class Reply(models.TextChoices):
    YES = "yes", _("Có")
    NO = "no", _("Không")
    UNCLEAR = "unclear", _("Chưa rõ")


class Act(StrEnum):
    DOSSIER_OPENED = "dossier.opened"
    DOSSIER_EDITED = "dossier.edited"
    DOSSIER_REASSIGNED = "dossier.reassigned"
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
    POLICY_ADDED = "policy.added"
    POLICY_EDITED = "policy.edited"
    SCREENING_RECORDED = "screening.recorded"
    SCREENING_REFUSED_SECRET = "screening.refused-secret"  # noqa: S105 - no password
    STAGE_MOVED = "dossier.stage-moved"
    LIFE_RULE_SET = "life-rule.set"
    LIFE_RULE_CONFIRMED = "life-rule.confirmed"
    LIFE_RULE_ENDED = "life-rule.ended"
    CONSULTEES_CHOSEN = "life-rule.consultees-chosen"
