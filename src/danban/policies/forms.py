"""What officers type about dossiers, versions and posting rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common import clock
from danban.common.edited import remember_shown
from danban.common.fields import DayField
from danban.policies.models import Dossier
from danban.policies.queries import released_versions
from danban.policies.rules import FIXED_ONCE_RELEASED, PLAIN_LINES
from danban.policies.states import UNNUMBERED, DocumentType, DossierRole, Field, LineUnit, WindowKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _lines(label: _StrPromise, help_text: _StrPromise) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DossierForm(forms.Form):
    """A dossier as its officer describes it.

    ``agencies`` are those in which the officer may edit (None: all); ``dossier`` is the one edited, whose
    bodies stay choosable though they may have ended since, with ``only`` some of its fields.
    """

    title = forms.CharField(
        label=_("Tên dự thảo"),
        help_text=_("Ghi đúng như trên văn bản, ví dụ: Quyết định quy định về…"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    document_type = forms.ChoiceField(label=_("Loại văn bản"), choices=DocumentType.choices)
    role = forms.ChoiceField(label=_("Vai trò của tỉnh"), choices=DossierRole.choices)
    issuing_body = forms.ModelChoiceField(label=_("Cơ quan ban hành"), queryset=Agency.objects.none())
    agency = forms.ModelChoiceField(label=_("Cơ quan chủ trì soạn thảo"), queryset=Agency.objects.none())
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices)
    started_on = DayField(
        label=_("Bắt đầu soạn thảo ngày"),
        help_text=_("Cho biết hồ sơ theo luật nào: từ 01/04/2025 là Luật 64/2025/QH15."),
    )
    about = _lines(_("Việc gì"), _("Một hai câu, bằng lời mà ai cũng hiểu."))
    affected = _lines(_("Ai bị ảnh hưởng"), _("Những ai được thêm, bị bớt quyền lợi hay phải làm khác đi."))
    changes = _lines(_("Thay đổi gì"), _("Khác với hiện nay ở chỗ nào."))
    question = _lines(_("Hỏi gì"), _("Điều muốn nghe người dân nói nhất."))

    def __init__(
        self,
        *args: object,
        agencies: Iterable[int] | None,
        dossier: Dossier | None = None,
        only: Iterable[str] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kept = Q(pk__in=[dossier.agency_id, dossier.issuing_body_id] if dossier else [])
        present = Agency.objects.filter(Q(pk__in=agencies_today()) | kept)
        own = present if agencies is None else present.filter(pk__in=list(agencies))
        self.fields["issuing_body"].queryset = present  # type: ignore[attr-defined]
        self.fields["agency"].queryset = own  # type: ignore[attr-defined]
        self.fields["started_on"].initial = clock.today
        if agencies is not None and own.count() == 1:
            self.fields["agency"].initial = own.get()
        if dossier is None:
            return
        remember_shown(self)
        if only:
            self.fields = {name: self.fields[name] for name in only}
        elif released_versions(dossier).exists():
            for name in FIXED_ONCE_RELEASED:
                self.fields[name].help_text = _("Đã công bố dự thảo: chỉ Sở Tư pháp đổi được.")

    @property
    def formal(self) -> list[forms.BoundField]:
        """The fields of the paper itself."""
        return [self[name] for name in self.fields if name not in PLAIN_LINES]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The four lines for citizens."""
        return [self[name] for name in PLAIN_LINES if name in self.fields]


def dossier_values(dossier: Dossier) -> dict[str, object]:
    """A dossier as the form's initial values."""
    return {name: getattr(dossier, name) for name in DossierForm.base_fields}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp dự thảo"),
        help_text=_(
            "Tệp .docx, .pdf có lớp chữ, hoặc .txt, tối đa 25 MB. Văn bản có dấu Mật không được tải lên đây."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    note = forms.CharField(
        label=_("Ghi chú về lần dự thảo này"),
        help_text=_("Ví dụ: sửa theo kết luận cuộc họp ngày…"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BaseTextForm(forms.Form):
    name = forms.CharField(
        label=_("Tên và số của văn bản gốc"),
        help_text=_("Ví dụ: Luật Xây dựng số 50/2014/QH13."),
        max_length=300,
    )
    file = forms.FileField(
        label=_("Tệp văn bản gốc"),
        help_text=_(
            "Văn bản đang có hiệu lực mà dự thảo sửa đổi, bổ sung: tệp .docx, .pdf có lớp chữ, hoặc .txt."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )


class LineForm(forms.Form):
    """What a line is. Units with a number need it as printed."""

    unit = forms.ChoiceField(choices=LineUnit.choices)
    number = forms.RegexField(r"^[0-9A-Za-zĐđ.]{0,12}$", required=False, strip=True)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("unit") in UNNUMBERED:
            data["number"] = ""
        elif data.get("unit") and not data.get("number"):
            self.add_error("number", _("Hãy ghi số hoặc chữ của điều, khoản, điểm."))
        return data


class SubmitForm(forms.Form):
    declared = forms.BooleanField(
        label=_(
            "Tôi đã đọc toàn bộ dự thảo và xác nhận: không có nội dung thuộc bí mật nhà nước, "
            "không có thông tin cá nhân."
        ),
        error_messages={"required": _("Hãy đánh dấu xác nhận trước khi trình.")},
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PostingRuleForm(forms.Form):
    document_type = forms.ChoiceField(label=_("Loại văn bản"), choices=DocumentType.choices)
    window_kind = forms.ChoiceField(label=_("Hình thức"), choices=WindowKind.choices)
    min_days = forms.IntegerField(label=_("Số ngày ít nhất"), min_value=1, max_value=365)
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    legal_basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=300)
    verified = forms.BooleanField(label=_("Đã đối chiếu với văn bản chính thức"), required=False)
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConfirmRuleForm(forms.Form):
    legal_basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=300)
