"""What an officer types about a plan and its proposed tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common import clock
from danban.common.edited import remember_shown
from danban.common.fields import DayField
from danban.common.text import clean
from danban.plan.matching import Register
from danban.plan.models import Assignment, Plan, Section, Task
from danban.plan.reading.bodies import split_bodies
from danban.plan.states import Cadence, Part, PlanKind, Wrapper

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NUMBERED = re.compile(r"([IVXLC]+|[A-ZĐ]|\d+)[.)]\s+(.+)")


def _lines(label: _StrPromise, help_text: _StrPromise, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp kế hoạch"),
        help_text=_(
            "Tệp .docx có bảng nhiệm vụ, hoặc .docx, .txt viết thành lời; tối đa 25 MB. "
            "Văn bản có dấu Mật không được tải lên đây."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
    )


class PlanForm(forms.Form):
    """A plan as issued. ``plan`` is the one edited, whose bodies stay choosable though they ended."""

    kind = forms.ChoiceField(label=_("Loại"), choices=PlanKind.choices, initial=PlanKind.YEARLY)
    wrapper = forms.ChoiceField(label=_("Ban hành bằng"), choices=Wrapper.choices)
    number = forms.CharField(label=_("Số, ký hiệu"), help_text=_("Ví dụ: 1070/KH-UBND."), max_length=60)
    title = forms.CharField(label=_("Tên văn bản"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    issued_on = DayField(label=_("Ngày ban hành"), help_text=_("Viết như 31/03/2026."))
    issuer = forms.ModelChoiceField(label=_("Cơ quan ban hành"), queryset=Agency.objects.none())
    lead = forms.ModelChoiceField(label=_("Cơ quan theo dõi chung"), queryset=Agency.objects.none())
    parent = forms.ModelChoiceField(
        label=_("Thực hiện văn bản"), queryset=Plan.objects.none(), required=False, empty_label=_("Không có")
    )
    starts_on = DayField(label=_("Thực hiện từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    legal_bases = _lines(_("Căn cứ"), _("Mỗi dòng một căn cứ."), 4)
    sections = _lines(_("Các mục"), _("Mỗi dòng một mục, ví dụ: I. Nâng cao nhận thức."), 5)
    text = _lines(_("Nội dung văn bản"), _("Có thể bỏ trống khi đã tải tệp."), 8)

    def __init__(self, *args: Any, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = Q(pk__in=[plan.issuer_id, plan.lead_id] if plan else [])
        present = Agency.objects.filter(Q(pk__in=agencies_today()) | kept)
        above = Plan.objects.exclude(kind=PlanKind.YEARLY)
        self.fields["issuer"].queryset = present  # type: ignore[attr-defined]
        self.fields["lead"].queryset = present  # type: ignore[attr-defined]
        self.fields["parent"].queryset = above.exclude(pk=plan.pk) if plan else above  # type: ignore[attr-defined]
        self.fields["parent"].label_from_instance = _plan_label  # type: ignore[attr-defined]
        if plan is not None:
            remember_shown(self)

    def clean_legal_bases(self) -> list[str]:
        return [line for line in clean(self.cleaned_data["legal_bases"]).split("\n") if line]

    def clean_sections(self) -> list[tuple[str, str]]:
        """Lines as (number, title)."""
        lines = [line for line in clean(self.cleaned_data["sections"]).split("\n") if line]
        return [(m[1], m[2]) if (m := _NUMBERED.match(line)) else ("", line) for line in lines]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("Kế hoạch phải kết thúc sau khi bắt đầu."))
        return data


def _plan_label(plan: Plan) -> str:
    return f"{plan.number} ({plan.issued_on:%d/%m/%Y})"


def plan_values(plan: Plan, sections: Iterable[Section]) -> dict[str, Any]:
    """A plan as the form's initial values."""
    values = {name: getattr(plan, name) for name in PlanForm.base_fields if name != "sections"}
    titled = (f"{one.number}. {one.title}" if one.number else one.title for one in sections)
    return values | {"legal_bases": "\n".join(plan.legal_bases), "sections": "\n".join(titled)}


class CopyForm(forms.Form):
    """Last year's plan for another year."""

    years = forms.IntegerField(label=_("Dời đi số năm"), min_value=1, max_value=10, initial=1)
    number = forms.CharField(
        label=_("Số, ký hiệu"), help_text=_("Chưa có số thì để …/KH-UBND."), max_length=60
    )
    title = forms.CharField(label=_("Tên văn bản"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    issued_on = DayField(label=_("Ngày ban hành"), initial=clock.today)


class DropForm(forms.Form):
    reason = forms.CharField(label=_("Lý do bỏ"), max_length=300)


KEEP, DROP = "keep", "drop"
TASK_FIELDS = (
    "section", "number", "content", "timing", "starts_on", "due_on", "cadence", "product", "budget",
)  # fmt: skip


def _names(label: _StrPromise) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("Tên cơ quan hoặc nhóm; nhiều tên cách nhau bằng dấu chấm phẩy."),
        max_length=1_000,
        required=False,
        widget=forms.TextInput(attrs={"list": "co-quan"}),
    )


class TaskForm(forms.Form):
    """A task as the plan sets it. Each body named has a choice: an agency that may be meant, the words as
    they are (a group), or off the task; others are added by name.

    ``carriers`` are the assignments there are; ``register`` finds agencies on ``plan``'s day.
    """

    section = forms.ModelChoiceField(
        label=_("Mục"), queryset=Section.objects.none(), required=False, empty_label=_("Không thuộc mục nào")
    )
    number = forms.CharField(label=_("Số thứ tự"), max_length=20, required=False)
    content = forms.CharField(label=_("Nội dung"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))
    timing = forms.CharField(label=_("Thời gian, theo lời kế hoạch"), max_length=200, required=False)
    starts_on = DayField(label=_("Bắt đầu ngày"), required=False)
    due_on = DayField(label=_("Hạn ngày"), required=False)
    cadence = forms.ChoiceField(label=_("Nhịp"), choices=Cadence.choices, initial=Cadence.ONCE)
    product = forms.CharField(label=_("Sản phẩm"), max_length=300, required=False)
    budget = forms.CharField(label=_("Kinh phí"), max_length=200, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    new_leads = _names(_("Thêm cơ quan chủ trì"))
    new_coordinates = _names(_("Thêm cơ quan phối hợp"))

    def __init__(
        self, plan: Plan, *args: Any, register: Register, carriers: Sequence[Assignment] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.register, self.carriers = plan, register, carriers
        self.fields["section"].queryset = plan.sections.order_by("position")  # type: ignore[attr-defined]
        self.fields["section"].label_from_instance = _section_label  # type: ignore[attr-defined]
        for one in carriers:
            self.fields[f"carrier_{one.pk}"] = self._carrier_field(one)

    def _carrier_field(self, one: Assignment) -> forms.ChoiceField:
        named = one.named_as or (one.agency.name if one.agency else "")
        likely = (
            (one.agency.pk,) if one.agency else self.register.match(named, self.plan.issued_on).candidates
        )
        return forms.ChoiceField(
            label=f"{Part(one.part).label}: {named}",
            choices=[
                *((str(pk), self.register.bodies[pk].name) for pk in likely),
                (KEEP, gettext("Giữ nguyên lời, không gắn cơ quan")),
                (DROP, gettext("Bỏ khỏi nhiệm vụ")),
            ],
            initial=str(one.agency.pk) if one.agency else KEEP,
            required=False,
        )

    @property
    def known(self) -> list[str]:
        """Names to choose from while typing."""
        today = clock.today()
        return sorted(body.name for body in self.register.bodies.values() if body.exists_on(today))

    @property
    def plain(self) -> list[forms.BoundField]:
        """What is not about agencies."""
        return [self[name] for name in self.base_fields if not name.startswith("new_")]

    @property
    def named(self) -> list[forms.BoundField]:
        """Agencies named, then those to add."""
        return [field for start in ("carrier_", "new_") for field in self if field.name.startswith(start)]

    def clean_new_leads(self) -> list[tuple[int | None, str]]:
        return self._found("new_leads")

    def clean_new_coordinates(self) -> list[tuple[int | None, str]]:
        return self._found("new_coordinates")

    def _found(self, field: str) -> list[tuple[int | None, str]]:
        """Names typed, as (agency or None for a group, words); one that means nobody is an error."""
        found = []
        for name in split_bodies(clean(self.cleaned_data[field])):
            match = self.register.match(name, clock.today())
            if match.agency is None and not match.group:
                likely = ", ".join(self.register.bodies[pk].name for pk in match.candidates)
                self.add_error(
                    field,
                    gettext("Không rõ “%(name)s” là cơ quan nào. Có phải: %(likely)s?")
                    % {"name": name, "likely": likely}
                    if likely
                    else gettext("Không có cơ quan nào tên “%(name)s”.") % {"name": name},
                )
            found.append((match.agency, name))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("due_on")
        if first and last and last < first:
            self.add_error("due_on", gettext("Hạn phải sau ngày bắt đầu."))
        return data

    def carried(self) -> list[tuple[Part, Agency | None, str]]:
        """Who carries the task, as (part, agency, the plan's words)."""
        chosen: list[tuple[Part, int | None, str]] = []
        for one in self.carriers:
            choice = self.cleaned_data[f"carrier_{one.pk}"] or KEEP
            named = one.named_as or (one.agency.name if one.agency else "")
            if choice != DROP:
                chosen.append((Part(one.part), None if choice == KEEP else int(choice), named))
        for part in Part:
            chosen += [(part, pk, name) for pk, name in self.cleaned_data[f"new_{part}"]]
        agencies = Agency.objects.in_bulk([pk for _part, pk, _name in chosen if pk])
        return [(part, agencies[pk] if pk else None, name) for part, pk, name in chosen]

    def values(self) -> dict[str, Any]:
        """What the action takes, without who carries it."""
        return {name: self.cleaned_data[name] for name in TASK_FIELDS}


def _section_label(section: Section) -> str:
    return f"{section.number}. {section.title}" if section.number else section.title


def task_values(task: Task) -> dict[str, Any]:
    """A task as the form's initial values."""
    return {name: getattr(task, name) for name in TASK_FIELDS} | {"revision": task.revision}
