"""Who is invited, who came, what was said, the minutes and the conclusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.accounts.fields import AgenciesField
from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common import clock
from danban.common.fields import DayField
from danban.consultation.forms import DAY_HELP
from danban.council import rules
from danban.council.forms.fields import words
from danban.council.models import Meeting, Opinion, Party
from danban.council.queries import plans_in_force
from danban.council.states import ConclusionKind, Reply, Stance
from danban.council.widgets import Choices
from danban.plan.models import Plan


class PartiesForm(forms.Form):
    everyone = forms.BooleanField(label=_("Toàn thể thành viên Hội đồng"), required=False)
    agencies = AgenciesField(
        label=_("Cơ quan, tổ chức"),
        queryset=Agency.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Giữ phím Ctrl để chọn nhiều cơ quan."),
        required=False,
    )

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = meeting.parties.filter(agency__isnull=False).values("agency")
        self.fields["agencies"].queryset = agencies_today().exclude(pk__in=known)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("everyone") and not data.get("agencies"):
            self.add_error("agencies", _("Hãy chọn ít nhất một thành phần."))
        return data


class SendForm(forms.Form):
    letter_number = forms.CharField(
        label=_("Số giấy mời"),
        max_length=60,
        help_text=_("Ví dụ: Số: 12/GM-HĐPH. Ai có tài khoản nhận cả thư điện tử."),
    )
    sent_on = DayField(label=_("Ngày gửi"), help_text=DAY_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sent_on", clock.today())


class RepliesForm(forms.Form):
    """What those who were written to said of coming; only what this person changed is written."""

    def __init__(self, parties: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties
        for party in parties:
            self.fields[f"reply-{party.pk}"] = forms.ChoiceField(
                label=str(party),
                choices=Reply.choices,
                widget=Choices,
                required=False,
                initial=party.reply,
                show_hidden_initial=True,
            )

    def rows(self) -> list[tuple[Party, forms.BoundField]]:
        return [(one, self[f"reply-{one.pk}"]) for one in self.parties]

    def changes(self) -> list[tuple[Party, str]]:
        names = ((one, f"reply-{one.pk}") for one in self.parties)
        return [(one, self.cleaned_data[name]) for one, name in names if name in self.changed_data]


class AttendanceForm(forms.Form):
    """Who came. A hidden copy of what was shown tells what this person changed: two may note at once."""

    def __init__(self, parties: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties
        for party in parties:
            self.fields[f"came-{party.pk}"] = forms.BooleanField(
                label=str(party), required=False, initial=party.attended, show_hidden_initial=True
            )
            self.fields[f"through-{party.pk}"] = forms.CharField(
                label=_("Người dự thay, người đại diện"),
                required=False,
                max_length=200,
                initial=party.represented_by,
                show_hidden_initial=True,
            )

    def rows(self) -> list[tuple[Party, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"came-{one.pk}"], self[f"through-{one.pk}"]) for one in self.parties]

    def changes(self) -> dict[int, tuple[bool, str]]:
        return {
            one.pk: (self.cleaned_data[f"came-{one.pk}"], self.cleaned_data[f"through-{one.pk}"])
            for one in self.parties
            if {f"came-{one.pk}", f"through-{one.pk}"} & set(self.changed_data)
        }


class OpinionsForm(forms.Form):
    """Who said what on one point; only what this person changed is written."""

    def __init__(
        self, parties: Sequence[Party], known: Mapping[int, Opinion], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties
        for party in parties:
            opinion = known.get(party.pk)
            self.fields[f"stance-{party.pk}"] = forms.ChoiceField(
                label=str(party),
                choices=[("", _("Không phát biểu")), *Stance.choices],
                widget=Choices,
                required=False,
                initial=opinion.stance if opinion else "",
                show_hidden_initial=True,
            )
            self.fields[f"words-{party.pk}"] = forms.CharField(
                label=_("Lời phát biểu"),
                required=False,
                max_length=rules.WORDS_MAX,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=opinion.words if opinion else "",
                show_hidden_initial=True,
            )

    def rows(self) -> list[tuple[Party, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"stance-{one.pk}"], self[f"words-{one.pk}"]) for one in self.parties]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for party in self.parties:
            stance, words = data.get(f"stance-{party.pk}", ""), data.get(f"words-{party.pk}", "").strip()
            if stance == Stance.OTHER and not words:
                self.add_error(f"words-{party.pk}", _("Ý kiến khác cần được ghi bằng lời."))
            elif words and not stance:
                self.add_error(
                    f"stance-{party.pk}", _("Hãy chọn: tán thành, không tán thành hay ý kiến khác.")
                )
        return data

    def changes(self) -> dict[int, tuple[str, str]]:
        return {
            one.pk: (self.cleaned_data[f"stance-{one.pk}"], self.cleaned_data[f"words-{one.pk}"])
            for one in self.parties
            if {f"stance-{one.pk}", f"words-{one.pk}"} & set(self.changed_data)
        }


class MinutesForm(forms.Form):
    number = forms.CharField(label=_("Số biên bản"), max_length=60, help_text=_("Ví dụ: 05/BB-HĐPH."))
    course = words(
        _("Diễn biến"),
        rows=14,
        required=True,
        most=rules.COURSE_MAX,
        help_text=_(
            "Mỗi dòng là một đoạn. Thành phần, nội dung, ý kiến và kết luận tự vào biên bản từ các mục khác."
        ),
    )
    revision = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)


class ApproveForm(forms.Form):
    revision = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)


class ConclusionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại kết luận"), choices=ConclusionKind.choices)
    text = words(_("Kết luận"), required=True, most=rules.WORDS_MAX)
    agency = forms.ModelChoiceField(
        label=_("Cơ quan thực hiện"), queryset=Agency.objects.none(), required=False
    )
    due_on = DayField(label=_("Hạn hoàn thành"), help_text=DAY_HELP, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_today()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == ConclusionKind.TASK:
            for name, missing in (
                ("agency", _("Hãy chọn cơ quan thực hiện.")),
                ("due_on", _("Hãy ghi hạn.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return data


class AssignForm(forms.Form):
    plan = forms.ModelChoiceField(label=_("Đưa vào kế hoạch"), queryset=Plan.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans_in_force(clock.today())  # type: ignore[attr-defined]
