"""What officers type about a task: an edit, a few words, a request, a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danban.accounts.fields import AgenciesField
from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common import clock
from danban.common.fields import DayField
from danban.plan.actions.tasks import WORDS_MAX
from danban.plan.models import Task
from danban.plan.rules import AGENCY_FIELDS
from danban.plan.states import Cadence, Purpose

_SALT = "danban.plan.task-seen"


def _words(label: Any, *, rows: int = 3, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AgencyField(forms.TypedChoiceField):
    """One of a few bodies that the page has at hand already; gives the body."""

    def offer(self, bodies: Iterable[Agency], *, empty: bool = True) -> None:
        known = {str(body.pk): body for body in bodies}
        blank = [("", "---------")] if empty else []
        self.choices = [*blank, *((pk, body.name) for pk, body in known.items())]
        self.coerce = known.__getitem__


class TaskForm(forms.Form):
    """A task as it is edited. ``seen`` holds, signed, what the officer saw when the page was opened.

    ``whole`` False leaves only what the lead agency may fill in; what the plan says stays as it is.
    """

    content = _words(_("Nội dung"), rows=4)
    starts_on = DayField(label=_("Bắt đầu ngày"), required=False, help_text=_("Viết như 31/03/2026."))
    due_on = DayField(label=_("Hạn"), required=False)
    timing = forms.CharField(
        label=_("Lời văn về thời gian"), max_length=200, required=False, help_text=_("Như kế hoạch ghi.")
    )
    cadence = forms.ChoiceField(label=_("Nhịp"), choices=Cadence.choices)
    product = forms.CharField(label=_("Sản phẩm"), max_length=300, required=False)
    budget = forms.CharField(label=_("Kinh phí"), max_length=200, required=False)
    leads = AgenciesField(
        label=_("Cơ quan chủ trì"), queryset=Agency.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}), help_text=_("Giữ phím Ctrl để chọn nhiều cơ quan."),
    )  # fmt: skip
    coordinating = AgenciesField(
        label=_("Cơ quan phối hợp"), queryset=Agency.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, task: Task, now: Mapping[str, Any], *args: Any, whole: bool, **kwargs: Any) -> None:
        offered = dict(now) | kwargs.pop("initial", {})
        days = {
            name: day and dt.date.fromisoformat(day) for name, day in offered.items() if name.endswith("_on")
        }
        kwargs["initial"] = offered | days
        kwargs["initial"]["seen"] = signing.dumps(
            {"revision": task.revision, "values": dict(now)}, salt=_SALT
        )
        super().__init__(*args, **kwargs)
        kept = Q(pk__in=[*now["leads"], *now["coordinating"]])
        bodies = Agency.objects.filter(Q(pk__in=agencies_today()) | kept).order_by("name", "pk")
        for name in ("leads", "coordinating"):
            self.fields[name].queryset = bodies  # type: ignore[attr-defined]
        if not whole:
            for name in [name for name in self.fields if name not in AGENCY_FIELDS and name != "seen"]:
                del self.fields[name]

    def clean_seen(self) -> dict[str, Any]:
        try:
            return dict(signing.loads(self.cleaned_data["seen"], salt=_SALT))
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Trang đã cũ. Hãy mở lại trang sửa.")) from error

    @property
    def values(self) -> dict[str, Any]:
        """What ``edit_task`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def plain(self) -> dict[str, Any]:
        """The same as ``task_values`` gives it, to be compared with."""
        return {
            name: (
                value.isoformat() if hasattr(value, "isoformat")
                else sorted(body.pk for body in value) if name in ("leads", "coordinating")
                else value or ""
            )
            for name, value in self.values.items()
        }  # fmt: skip


class SayForm(forms.Form):
    text = _words(_("Vài lời"))


class SplitForm(forms.Form):
    content = _words(_("Phần việc"), rows=2)
    due_on = DayField(label=_("Hạn"), required=False)
    agency = AgencyField(label=_("Cơ quan làm"))

    def __init__(self, carriers: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(AgencyField, self.fields["agency"]).offer(carriers)


class AskForm(forms.Form):
    """A request to another body that carries the task; ``own`` are those the officer speaks for (ids)."""

    asking = AgencyField(label=_("Cơ quan hỏi"))
    asked = AgencyField(label=_("Hỏi cơ quan"))
    what = _words(_("Đề nghị làm gì"))
    due_on = DayField(label=_("Hạn trả lời"), help_text=_("Viết như 31/03/2026."))

    def __init__(self, own: Collection[int], carriers: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = [body for body in carriers if body.pk in own]
        others = [body for body in carriers if len(ours) > 1 or body.pk not in own]
        cast(AgencyField, self.fields["asking"]).offer(ours, empty=False)
        cast(AgencyField, self.fields["asked"]).offer(others)


class AnswerForm(forms.Form):
    answer = _words(_("Trả lời"))
    answered_on = DayField(label=_("Ngày trả lời"), initial=clock.today)


class RecordForm(forms.Form):
    """A record chosen from a list."""

    kind = forms.CharField(max_length=24)
    record = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, error_messages={"required": _("Hãy chọn một bản ghi.")}
    )
    note = _words(_("Ghi chú"), rows=2, required=False)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("Tệp .pdf, .docx, .xlsx, .png hoặc .jpg, tối đa 25 MB. Không gửi tài liệu có dấu Mật."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
    )
    shown_on = DayField(label=_("Ngày trên tài liệu"), help_text=_("Viết như 31/03/2026."))
    note = _words(_("Tài liệu cho thấy điều gì"), rows=2, required=False)
    declared = forms.BooleanField(
        label=_("Tôi đã đọc và xác nhận: không có nội dung thuộc bí mật nhà nước."),
        error_messages={"required": _("Hãy đánh dấu xác nhận trước khi gửi.")},
    )


def purpose_of(raw: str) -> Purpose | None:
    """A purpose of a policy's evidence as an address names it."""
    return Purpose(raw) if raw in (Purpose.COMMUNICATION, Purpose.COORDINATION) else None
