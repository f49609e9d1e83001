"""What officers type: an answer, a point, why an answer goes back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.answers.rules import REASON_MAX, RETURN_REASON_MAX, TITLE_MAX
from danban.answers.states import Disposition


class AnswerForm(forms.Form):
    """``seen`` is the token of the words the person started from."""

    disposition = forms.ChoiceField(
        label=_("Kết quả"),
        choices=Disposition.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một kết quả.")},
    )
    reason = forms.CharField(
        label=_("Lý do, giải trình"),
        help_text=_("**đậm**, *nghiêng*, “- ” đầu dòng thành danh sách."),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 5, "data-key": "r"}),
        error_messages={"required": _("Viết lý do: người góp ý cần biết vì sao.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class PointForm(forms.Form):
    title = forms.CharField(
        label=_("Tên vấn đề"),
        help_text=_("Một câu ngắn nói người góp ý đề nghị gì."),
        max_length=TITLE_MAX,
        error_messages={"required": _("Đặt tên cho vấn đề.")},
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Cần sửa gì"),
        max_length=RETURN_REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Viết lý do trả lại để người soạn biết cần sửa gì.")},
    )
