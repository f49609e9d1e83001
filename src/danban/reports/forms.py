"""What is typed about figures and reports: a period, a target, a request, a section, what to mend."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.accounts.states import AgencyKind, Level
from danban.common import clock
from danban.common.fields import DayField
from danban.reports.kpi import Definition
from danban.reports.states import ReportKind, Unit

FIRST_YEAR = 2022
"""The year of Decision 407/QĐ-TTg."""

TEXT_MAX = 20_000


class PeriodForm(forms.Form):
    """Which period, as of which day. ``luc`` is the exact moment of the page a link came from."""

    nam = forms.IntegerField(label=gettext_lazy("Năm"), min_value=FIRST_YEAR, max_value=2100, required=False)
    ky = forms.ChoiceField(
        label=gettext_lazy("Kỳ"),
        choices=[(ReportKind.YEARLY, gettext_lazy("Cả năm")), (ReportKind.HALF, gettext_lazy("Sáu tháng"))],
        required=False,
    )
    ngay = DayField(
        label=gettext_lazy("Tính đến hết ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    tu = DayField(required=False, widget=forms.HiddenInput)
    den = DayField(required=False, widget=forms.HiddenInput)
    luc = forms.CharField(required=False, widget=forms.HiddenInput)
    co_quan = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def clean_ngay(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["ngay"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Ngày này chưa đến."))
        return day

    def clean_luc(self) -> dt.datetime | None:
        """A moment that is over; anything else is as if it had not been written."""
        try:
            moment = dt.datetime.fromisoformat(self.cleaned_data["luc"])
        except ValueError:
            return None
        return moment if timezone.is_aware(moment) and moment <= clock.now() else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        tu, den = data.get("tu"), data.get("den")
        if tu and den and den < tu:
            self.add_error("den", _("Kỳ kết thúc trước khi bắt đầu."))
        return data


class TargetForm(forms.Form):
    """A target of one figure; the term in days only where the figure is counted by one."""

    value = forms.DecimalField(
        label=gettext_lazy("Mức phải đạt"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    days = forms.IntegerField(label=gettext_lazy("Hạn (số ngày)"), required=False, min_value=1, max_value=365)
    valid_from = DayField(label=gettext_lazy("Áp dụng từ ngày"))
    legal_basis = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=300)
    verified = forms.BooleanField(
        label=gettext_lazy("Tôi đã đối chiếu với văn bản chính thức"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.share = definition.unit == Unit.SHARE
        self.fields["value"].help_text = _("Đơn vị: %(unit)s.") % {"unit": Unit(definition.unit).label}
        if not definition.term:
            del self.fields["days"]

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if self.share and value is not None and value > 100:
            raise forms.ValidationError(_("Phần trăm không quá 100."))
        return value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        data.setdefault("days", None)
        return data


class RequestForm(forms.Form):
    """A request for reports. The period may be any: many reports are cut in the middle of a month."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=ReportKind.choices)
    title = forms.CharField(
        label=gettext_lazy("Tên báo cáo"),
        help_text=gettext_lazy("Ví dụ: Báo cáo kết quả truyền thông dự thảo chính sách năm 2026"),
        max_length=300,
    )
    starts_on = DayField(label=gettext_lazy("Kỳ báo cáo từ ngày"))
    ends_on = DayField(
        label=gettext_lazy("đến hết ngày"),
        help_text=gettext_lazy("Ngày chốt số liệu của báo cáo định kỳ có thể khác ngày cuối tháng."),
    )
    due_on = DayField(label=gettext_lazy("Hạn gửi"))
    note = forms.CharField(
        label=gettext_lazy("Lời nhắn"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asking = forms.ModelChoiceField(label=gettext_lazy("Cơ quan yêu cầu"), queryset=Agency.objects.none())
    agencies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Cơ quan phải báo cáo"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một cơ quan.")},
    )

    def __init__(self, *args: Any, asking: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        present = agencies_today()
        self.fields["asking"].queryset = present.filter(pk__in=asking)  # type: ignore[attr-defined]
        if len(asking) == 1:
            self.fields["asking"].initial = next(iter(asking))
        self.fields["agencies"].queryset = present.exclude(level=Level.CENTRAL).filter(  # type: ignore[attr-defined]
            kind__in=[AgencyKind.DEPARTMENT, AgencyKind.PEOPLES_COMMITTEE, AgencyKind.OTHER]
        )
        self.fields["starts_on"].initial = dt.date(today.year, 1, 1)
        self.fields["ends_on"].initial = dt.date(today.year, 12, 31)


class TextForm(forms.Form):
    """The words of one section. ``seen`` is the revision the person started from."""

    section = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(required=False, max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 6}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Cần sửa gì"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi cần sửa gì để người viết biết.")},
    )
