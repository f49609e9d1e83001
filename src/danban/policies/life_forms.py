"""What officers type about a dossier's moves and the rules behind them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.accounts.fields import AgenciesField
from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common import clock
from danban.common.fields import DayField
from danban.policies.states import WAYS, DocumentType, Requirement, Stage

PROVINCIAL_TYPES = [(value, label) for value, label in DocumentType.choices if value in WAYS]


class MoveForm(forms.Form):
    """A step onward, back, or the end; ``seen`` is the stage at which its officer saw the dossier."""

    seen = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)
    on = DayField(label=_("Ngày chuyển bước"))
    document_number = forms.CharField(
        label=_("Số, ký hiệu văn bản"),
        help_text=_("Của tờ trình, văn bản thẩm định, văn bản ban hành…"),
        required=False,
        max_length=60,
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        help_text=_("Trả lại hoặc dừng thì ghi lý do ở đây."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    despite = forms.CharField(
        label=_("Lý do vẫn chuyển khi còn thiếu"),
        help_text=_("Chỉ khi yêu cầu còn thiếu chưa được đối chiếu với văn bản gốc. Lý do được giữ lại."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, may_lack: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", clock.today())
        if not may_lack:
            del self.fields["despite"]


class _DatedForm(forms.Form):
    """What every dated rule has; its own fields come first."""

    valid_from = DayField(label=_("Áp dụng từ ngày"))
    legal_basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=300)
    verified = forms.BooleanField(label=_("Đã đối chiếu với văn bản chính thức"), required=False)
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class StageRuleForm(_DatedForm):
    document_type = forms.ChoiceField(label=_("Loại văn bản"), choices=PROVINCIAL_TYPES)
    stage = forms.ChoiceField(label=_("Trước khi vào bước"), choices=Stage.choices)
    requirement = forms.ChoiceField(label=_("Phải có"), choices=Requirement.choices)

    field_order = ("document_type", "stage", "requirement")


class ChosenForm(forms.Form):
    """The bodies of this province that a rule means."""

    agencies = AgenciesField(
        label=_("Cơ quan của tỉnh"),
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Giữ phím Ctrl để chọn nhiều cơ quan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = agencies_today()  # type: ignore[attr-defined]


class ConsulteeRuleForm(ChosenForm, _DatedForm):
    document_type = forms.ChoiceField(label=_("Loại văn bản"), choices=PROVINCIAL_TYPES)
    name = forms.CharField(label=_("Cơ quan phải hỏi, theo lời văn bản"), max_length=200)

    field_order = ("document_type", "name", "agencies")


class ReplyTermForm(_DatedForm):
    days = forms.IntegerField(label=_("Số ngày để trả lời"), min_value=1, max_value=365)

    field_order = ("days",)


class EndForm(forms.Form):
    last_day = DayField(label=_("Ngày cuối cùng áp dụng"))
