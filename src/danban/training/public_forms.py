"""What participants type on their phones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.common.contact import ContactData, check_phone
from danban.training.forms import PersonForm
from danban.training.models import Question


class RegisterForm(PersonForm):
    """Name and agency; contact only if someone wants to be told of changes."""

    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Để nhận mã cá nhân, và được báo khi buổi tập huấn đổi lịch hoặc hủy."),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        validators=[check_phone],
    )
    consent = forms.BooleanField(
        label=_("Tôi đồng ý để ban tổ chức dùng liên hệ này, chỉ để báo về buổi tập huấn này."),
        required=False,
    )
    show_name = forms.BooleanField(
        label=_("Cho hiện họ tên đầy đủ khi người khác kiểm tra chứng nhận của tôi"),
        required=False,
        help_text=_("Không chọn thì trang kiểm tra chỉ hiện chữ cái đầu của tên."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("email") or data.get("phone")) and not data.get("consent"):
            self.add_error("consent", _("Để lại liên hệ thì cần đánh dấu đồng ý; hoặc xóa liên hệ đi."))
        return data

    def contact(self) -> ContactData | None:
        given = ContactData(email=self.cleaned_data["email"], phone=self.cleaned_data["phone"])
        return given or None


class QuizForm(forms.Form):
    """One set of choices a question; ``number`` is which try this page is for."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)

    def __init__(self, questions: list[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ids = [question.pk for question in questions]
        for position, question in enumerate(questions, start=1):
            self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
                label=f"{position}. {question.text}",
                choices=list(enumerate(question.choices)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Chọn một câu trả lời.")},
            )

    def answers(self) -> dict[int, int]:
        return {pk: self.cleaned_data[f"q{pk}"] for pk in self._ids}


class FeedbackForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("Buổi tập huấn có ích cho việc của ông/bà không?"),
        choices=[
            (5, _("5: rất có ích")),
            (4, "4"),
            (3, "3"),
            (2, "2"),
            (1, _("1: không có ích")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một mức từ 1 đến 5.")},
    )
    words = forms.CharField(
        label=_("Điều nên giữ, điều nên sửa"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
