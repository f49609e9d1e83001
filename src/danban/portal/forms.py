"""What a citizen types, checked; nothing they wrote is ever dropped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.common.contact import check_phone
from danban.common.text import clean
from danban.consultation.states import CommenterKind

LONGEST = 5_000


class CommentForm(forms.Form):
    """One comment. Only its text is required; who its author is comes after it and is optional."""

    text = forms.CharField(
        label=_("Ý kiến của ông/bà"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Nói rõ muốn giữ, sửa hay bỏ điều gì, và vì sao. Nhiều nhất 5.000 chữ cái."),
        error_messages={
            "required": _("Ô ý kiến còn trống. Hãy viết ít nhất một câu."),
            "max_length": _("Ý kiến dài quá 5.000 chữ cái. Hãy chia thành hai góp ý."),
        },
    )
    commenter_kind = forms.ChoiceField(
        label=_("Ông/bà góp ý với tư cách"),
        choices=CommenterKind.choices,
        initial=CommenterKind.PERSON,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Họ tên hoặc tên tổ chức"), max_length=200, required=False)
    show_name = forms.BooleanField(label=_("Cho hiện tên này cạnh góp ý trên trang"), required=False)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Để nhận biên nhận và câu trả lời."),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        validators=[check_phone],
    )
    consent = forms.BooleanField(
        label=_("Tôi đồng ý để cơ quan soạn thảo dùng thông tin liên hệ này, chỉ để báo lại về góp ý này."),
        required=False,
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        text = clean(self.cleaned_data["text"])
        if len(text) < 2:
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("email") or data.get("phone")) and not data.get("consent"):
            self.add_error("consent", _("Để lại liên hệ thì cần đánh dấu đồng ý; hoặc xóa liên hệ đi."))
        return data
