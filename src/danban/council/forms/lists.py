"""Lists of policies and directives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.accounts.fields import AgenciesField
from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common.fields import DayField
from danban.consultation.forms import DAY_HELP
from danban.council.forms.fields import FileForm, words
from danban.council.models import Conclusion, Council, Meeting
from danban.council.states import ConclusionKind, MeetingState


class ListForm(forms.Form):
    meeting = forms.ModelChoiceField(
        label=_("Cuộc họp quyết định"), queryset=Meeting.objects.none(), empty_label=None
    )
    title = forms.CharField(
        label=_("Tên danh mục"),
        max_length=300,
        help_text=_("Ví dụ: Chính sách có tác động lớn đến xã hội cần truyền thông năm 2026."),
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = council.meetings.exclude(state=MeetingState.CANCELLED).order_by("-starts_at")
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class ListItemForm(forms.Form):
    in_scope = forms.TypedChoiceField(
        label=_("Kết luận"),
        choices=[("1", _("Có tác động lớn, thuộc danh mục")), ("0", _("Không thuộc danh mục"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = words(_("Lý do"), rows=2, required=True)


class DecideForm(forms.Form):
    number = forms.CharField(label=_("Số quyết định, thông báo"), max_length=60)
    decided_on = DayField(label=_("Ngày quyết định"), help_text=DAY_HELP)


class DirectiveForm(FileForm):
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    issued_on = DayField(label=_("Ngày ban hành"), help_text=DAY_HELP)
    subject = forms.CharField(label=_("Trích yếu"), max_length=400)
    addressees = AgenciesField(
        label=_("Gửi đến"),
        queryset=Agency.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Giữ phím Ctrl để chọn nhiều cơ quan."),
    )
    conclusion = forms.ModelChoiceField(
        label=_("Thực hiện kết luận"), queryset=Conclusion.objects.none(), required=False
    )

    field_order = ("number", "issued_on", "subject", "addressees", "conclusion", "file")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressees"].queryset = agencies_today()  # type: ignore[attr-defined]
        waiting = Conclusion.objects.filter(
            meeting__council=council, kind=ConclusionKind.DIRECTIVE, directive__isnull=True
        )
        field = self.fields["conclusion"]
        field.queryset = waiting.order_by("-meeting__starts_at", "position")  # type: ignore[attr-defined]
        field.label_from_instance = _shortly  # type: ignore[attr-defined]


def _shortly(conclusion: Conclusion) -> str:
    return conclusion.text[:120]
