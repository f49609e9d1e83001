"""What officers type about policies and their screening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from danban.policies.screening import REASON_MAX, Said, contradicts, needs_reason
from danban.policies.states import Question, Reply

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What a person should know before answering; the law's own doubts are named, not settled.
HELP: dict[str, _StrPromise] = {
    Question.PROPOSED_DOCUMENT: _(
        "Quyết định 407/QĐ-TTg dựa vào thủ tục “đề nghị xây dựng văn bản” của Luật 2015. Luật 64/2025/QH15 "
        "không còn thủ tục ấy: quy trình xây dựng chính sách (Điều 27) chỉ áp dụng cho một số luật, "
        "pháp lệnh, nghị quyết. Vì vậy hãy ghi căn cứ mà bạn dựa vào khi trả lời."
    ),
    Question.NO_STATE_SECRET: _(
        "“Có” nghĩa là bạn chắc chắn không có nội dung bí mật. "
        "Nếu không chắc thì dừng ở đây, đừng viết gì thêm."
    ),
    Question.RIGHTS_OR_DUTIES: _("Của người dân, tổ chức, doanh nghiệp."),
    Question.DIFFICULT: _("Bốn vế của tiêu chí 3 được ghi riêng, không cộng lại thành kết quả."),
    Question.THIRD_MET: _(
        "Văn bản không nói rõ bốn vế trên nối với nhau bằng “và” hay “hoặc”. "
        "Bạn kết luận và ghi cách hiểu của mình."
    ),
    Question.WIDE_EFFECT: _("Phạm vi cả nước, hoặc toàn tỉnh."),
}


class PolicyForm(forms.Form):
    """One policy of a draft."""

    title = forms.CharField(
        label=_("Tên chính sách"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    problem = forms.CharField(
        label=_("Vấn đề thực tiễn"),
        help_text=_("Việc gì đang xảy ra, ở đâu, với ai, từ bao giờ."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    objective = forms.CharField(
        label=_("Mục tiêu"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    solutions = forms.CharField(
        label=_("Giải pháp"),
        help_text=_("Giữ nguyên hiện trạng, can thiệp gián tiếp, hay quy định trực tiếp."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Asked(NamedTuple):
    """One question with its two fields and what helps to answer it."""

    label: str
    help: str
    reply: forms.BoundField
    reason: forms.BoundField


class ScreeningForm(forms.Form):
    """Nine answers and a conclusion. A conclusion that is not what the answers say is pointed out once; the
    person then keeps it by a mark, or mends it."""

    in_scope = forms.TypedChoiceField(
        label=_("Kết luận"),
        choices=[("co", _("Là chính sách có tác động lớn đến xã hội")), ("khong", _("Không thuộc diện này"))],
        coerce=lambda value: value == "co",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Lý do của kết luận"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )
    aware = forms.BooleanField(
        label=_("Giữ kết luận khác với các câu trả lời; lý do đã ghi ở trên"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differs = False
        for question in Question:
            self.fields[question.value] = forms.ChoiceField(
                label=question.label, choices=Reply.choices, widget=forms.RadioSelect
            )
            self.fields[f"{question.value}_reason"] = forms.CharField(
                label=_now("Lý do: %(question)s") % {"question": question.label},
                required=False,
                max_length=REASON_MAX,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def questions(self) -> Iterator[Asked]:
        for question in Question:
            yield Asked(
                str(question.label),
                str(HELP.get(question, "")),
                self[question.value],
                self[f"{question.value}_reason"],
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        replies = {question.value: data[question.value] for question in Question if question.value in data}
        for question, reply in replies.items():
            if needs_reason(question, reply) and not data.get(f"{question}_reason", "").strip():
                self.add_error(f"{question}_reason", _now("Ghi lý do của câu trả lời này."))
        if "in_scope" in data and len(replies) == len(Question):
            self.differs = contradicts(replies, in_scope=data["in_scope"])
            if self.differs and not data.get("aware"):
                self.add_error(
                    "aware",
                    _now(
                        "Kết luận này khác với các câu trả lời: Quyết định 407/QĐ-TTg đòi đủ cả bốn tiêu "
                        "chí. Hãy xem lại, hoặc ghi rõ lý do rồi đánh dấu ô này."
                    ),
                )
        return data

    def answers(self) -> dict[str, Said]:
        """The answers given, by question; what was not answered is absent."""
        data = self.cleaned_data
        return {
            question.value: Said(data[question.value], data.get(f"{question.value}_reason", ""))
            for question in Question
            if question.value in data
        }
