"""What officers type about courses, sessions, people and registers."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from danban.accounts.guards import within
from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common import clock
from danban.common.fields import DayField, MomentField
from danban.plan.models import Task
from danban.plan.states import PlanState
from danban.training import rules
from danban.training.actions.people import Named
from danban.training.models import Course, Session
from danban.training.states import ActivityKind, Audience, Duty, Organiser

DAY_HELP = _("Viết như 31/03/2026.")
MOMENT_FORMATS = ["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]
MOST = 100_000

Agencies = Collection[int] | None


def _tasks(own: Collection[int], kept: int | None) -> QuerySet[Task]:
    """Tasks of plans in force that these agencies carry, and the one chosen before."""
    carried = Task.objects.filter(
        plan__state=PlanState.IN_FORCE, plan__ends_on__gte=clock.today(), assignments__agency__in=list(own)
    )
    return Task.objects.filter(Q(pk__in=carried.values("pk")) | Q(pk=kept)).select_related("plan")


class TaskField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.plan.number}: {obj.number} {obj.content}"[:120]


class NeedForm(forms.Form):
    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none(), empty_label=None)
    audience = forms.ChoiceField(label=_("Ai cần được tập huấn"))
    topic = forms.CharField(label=_("Cần học gì"), max_length=300)
    people = forms.IntegerField(label=_("Số người"), min_value=1, max_value=MOST)
    wanted_by = DayField(label=_("Cần trước ngày"), required=False, help_text=DAY_HELP)

    def __init__(self, agencies: Agencies, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = within(agencies_today(), agencies, "pk")  # type: ignore[attr-defined]
        self.fields["audience"].choices = _audiences_today()  # type: ignore[attr-defined]


def _audiences_today() -> list[tuple[str, Any]]:
    return [choice for choice in Audience.choices if choice[0] != Audience.DISTRICT_RAPPORTEUR]


class CourseForm(forms.Form):
    agency = forms.ModelChoiceField(
        label=_("Cơ quan chủ trì"), queryset=Agency.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Tên khóa tập huấn"), max_length=300)
    organiser = forms.ChoiceField(
        label=_("Ai tổ chức"), choices=Organiser.choices, initial=Organiser.OWN, widget=forms.RadioSelect
    )
    audiences = forms.MultipleChoiceField(label=_("Dành cho"), widget=forms.CheckboxSelectMultiple)
    content = forms.CharField(
        label=_("Nội dung, các chuyên đề"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    hours = forms.DecimalField(label=_("Số giờ"), min_value=0, max_value=999, decimal_places=1, localize=True)
    pass_mark = forms.IntegerField(
        label=_("Điểm đạt của bài kiểm tra (%)"), min_value=0, max_value=100, initial=70
    )
    attempts = forms.IntegerField(label=_("Số lần được làm bài"), min_value=1, max_value=20, initial=3)
    task = TaskField(
        label=_("Phục vụ nhiệm vụ của kế hoạch"),
        queryset=Task.objects.none(),
        required=False,
        empty_label=_("Không gắn nhiệm vụ nào"),
    )

    def __init__(
        self,
        agencies: Agencies,
        own: Collection[int],
        *args: Any,
        course: Course | None = None,
        **kwargs: Any,
    ) -> None:
        """``own`` are the agencies the officer works in: their tasks are offered."""
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = within(agencies_today(), agencies, "pk")  # type: ignore[attr-defined]
        self.fields["task"].queryset = _tasks(own, course.task_id if course else None)  # type: ignore[attr-defined]
        kept = course is not None and Audience.DISTRICT_RAPPORTEUR in course.audiences
        self.fields["audiences"].choices = (  # type: ignore[attr-defined]
            Audience.choices if kept else _audiences_today()
        )
        if course:
            names = ("agency", "title", "organiser", "audiences", "content", "hours", "pass_mark", "attempts")
            self.initial = {name: getattr(course, name) for name in (*names, "task")}


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Câu hỏi"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    choices = forms.CharField(
        label=_("Các lựa chọn"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một lựa chọn, từ 2 đến 6 dòng."),
    )
    right = forms.IntegerField(label=_("Lựa chọn đúng là dòng số"), min_value=1, max_value=6)


class SessionForm(forms.Form):
    place = forms.CharField(label=_("Địa điểm"), max_length=300)
    starts_at = MomentField(
        label=_("Bắt đầu"), input_formats=MOMENT_FORMATS, help_text=_("Viết như 08:00 31/03/2026.")
    )
    ends_at = MomentField(label=_("Kết thúc"), input_formats=MOMENT_FORMATS)
    hours = forms.DecimalField(
        label=_("Số giờ tính cho người dự"), min_value=0, max_value=999, decimal_places=1, localize=True
    )
    capacity = forms.IntegerField(label=_("Số chỗ"), min_value=1, max_value=MOST)
    trainer = forms.CharField(label=_("Người giảng"), max_length=200, required=False)

    def __init__(self, course: Course, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            self.fields[name].widget = forms.DateTimeInput(format=MOMENT_FORMATS[0])
        self.initial = {"hours": course.hours, "capacity": 50} | (
            {name: getattr(session, name) for name in self.fields} if session else {}
        )


class MaterialForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp .docx, .pdf hoặc .txt"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    title = forms.CharField(label=_("Tên tài liệu"), max_length=200, required=False)
    checked = forms.BooleanField(label=_("Tôi đã xem: tài liệu không chứa bí mật nhà nước."))


class AgencyField(forms.ModelChoiceField):
    """Needed, but here or in the box below it: the form sees to that."""

    def clean(self, value: Any) -> Any:
        return None if value in self.empty_values else super().clean(value)


class PersonForm(forms.Form):
    """Someone by name and agency."""

    use_required_attribute = False

    full_name = forms.CharField(label=_("Họ và tên"), max_length=rules.NAME_MAX)
    agency = AgencyField(label=_("Cơ quan"), queryset=Agency.objects.none(), empty_label=_("Chọn cơ quan"))
    agency_name = forms.CharField(
        label=_("Nếu không có trong danh sách, ghi tên cơ quan"), max_length=200, required=False
    )
    position = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_today()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("agency") and not data.get("agency_name") and not self.errors.get("agency"):
            self.add_error("agency", _("Chọn cơ quan, hoặc ghi tên ở ô dưới."))
        return data

    def named(self) -> Named:
        data = self.cleaned_data
        return Named(data["full_name"], data["agency"], data["agency_name"])


class AddPersonForm(PersonForm):
    """``key``: sent twice it is entered once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp .xlsx hoặc .csv"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"), max_length=rules.REASON_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )


class TermForm(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=rules.NAME_MAX)
    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none())
    duty = forms.ChoiceField(label=_("Là"), choices=Duty.choices, initial=Duty.RAPPORTEUR)
    area = forms.CharField(label=_("Lĩnh vực hoạt động"), max_length=300, required=False)
    recognised_on = DayField(label=_("Ngày công nhận"), help_text=DAY_HELP)
    recognised_by = forms.CharField(
        label=_("Số quyết định công nhận"), max_length=60, help_text=_("Ví dụ: 215/QĐ-UBND.")
    )
    dismissed_on = DayField(
        label=_("Ngày miễn nhiệm"), required=False, help_text=_("Chỉ ghi khi nhập nhiệm kỳ đã qua.")
    )
    dismissed_by = forms.CharField(label=_("Số quyết định miễn nhiệm"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A term that is over may belong to a body that is no more.
        bodies = Agency.objects.order_by("name", "id")
        self.fields["agency"].queryset = bodies  # type: ignore[attr-defined]


class DismissForm(forms.Form):
    on = DayField(label=_("Ngày miễn nhiệm"), help_text=DAY_HELP)
    decision = forms.CharField(label=_("Số quyết định miễn nhiệm"), max_length=60)
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)


class ActivityForm(forms.Form):
    on = DayField(label=_("Ngày"), help_text=DAY_HELP)
    kind = forms.ChoiceField(label=_("Việc"), choices=ActivityKind.choices)
    topic = forms.CharField(label=_("Nội dung"), max_length=300)
    place = forms.CharField(label=_("Nơi"), max_length=200, required=False)
    listeners = forms.IntegerField(
        label=_("Số người nghe"), min_value=0, max_value=MOST, required=False, initial=0
    )
