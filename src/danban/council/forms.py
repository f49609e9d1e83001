"""What officers type about the Council, its meetings, lists and directives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from danban.accounts.fields import AgenciesField
from danban.accounts.models import Agency, User
from danban.accounts.queries import agencies_today
from danban.accounts.states import AgencyKind, Level
from danban.common import clock
from danban.common.fields import DayField
from danban.consultation.forms import DAY_HELP
from danban.council import rules
from danban.council.models import AgendaItem, Conclusion, Council, Meeting, Member, Opinion, Party
from danban.council.queries import plans_in_force
from danban.council.states import ConclusionKind, MeetingKind, MeetingState, Reply, Seat, Stance
from danban.council.widgets import Choices
from danban.plan.models import Plan, Task
from danban.plan.states import PlanState, TaskState
from danban.policies.models import Dossier, Policy

MOST_OFFERED = 100
HOUR_HELP = _("Viết như 08:30.")


def _words(
    label: Any, *, rows: int = 3, required: bool = False, most: int = rules.REASON_MAX, **more: Any
) -> Any:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class EstablishForm(forms.Form):
    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none(), empty_label=None)
    name = forms.CharField(label=_("Tên Hội đồng"), max_length=300)
    decision_number = forms.CharField(label=_("Quyết định thành lập, kiện toàn số"), max_length=60)
    valid_from = DayField(label=_("Từ ngày"), help_text=DAY_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_today().filter(  # type: ignore[attr-defined]
            kind=AgencyKind.COORDINATION_COUNCIL, level__in=(Level.CENTRAL, Level.PROVINCE)
        )


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    title = forms.CharField(label=_("Chức vụ, cơ quan"), max_length=200)
    agency = forms.ModelChoiceField(label=_("Thuộc cơ quan"), queryset=Agency.objects.none(), required=False)
    seat = forms.ChoiceField(label=_("Vị trí trong Hội đồng"), choices=Seat.choices)
    valid_from = DayField(label=_("Từ ngày"), help_text=DAY_HELP)
    recognised_by = forms.CharField(label=_("Theo quyết định số"), max_length=60)
    user = forms.ModelChoiceField(
        label=_("Tài khoản trên hệ thống"),
        help_text=_("Để thành viên tự trả lời giấy mời."),
        queryset=User.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_today()  # type: ignore[attr-defined]
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("full_name")  # type: ignore[attr-defined]
        self.initial.setdefault("seat", "member")


class RelieveForm(forms.Form):
    valid_to = DayField(label=_("Ngày cuối"), help_text=DAY_HELP)
    relieved_by = forms.CharField(label=_("Theo quyết định số"), max_length=60)


class MeetingForm(forms.Form):
    """``kind`` is asked once, when the meeting is planned."""

    kind = forms.ChoiceField(label=_("Hình thức"), choices=MeetingKind.choices)
    title = forms.CharField(
        label=_("Tên"),
        max_length=300,
        help_text=_("Như sẽ ghi trên giấy mời, ví dụ: Họp Hội đồng quý IV năm 2026."),
    )
    purpose = _words(_("Mục đích"))
    day = DayField(label=_("Ngày"), help_text=DAY_HELP)
    starts = forms.TimeField(label=_("Bắt đầu lúc"), help_text=HOUR_HELP)
    last_day = DayField(
        label=_("Ngày cuối, hoặc hạn trả lời phiếu"),
        help_text=_("Bỏ trống nếu họp trong một ngày."),
        required=False,
    )
    ends = forms.TimeField(label=_("Kết thúc lúc"), help_text=HOUR_HELP, required=False)
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    chair = forms.ModelChoiceField(label=_("Chủ trì"), queryset=Member.objects.none(), empty_label=None)
    secretary = forms.ModelChoiceField(label=_("Thư ký"), queryset=Member.objects.none(), empty_label=None)

    def __init__(self, *args: Any, council: Council, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        terms = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        kept = Q(pk__in=(meeting.chair_id, meeting.secretary_id)) if meeting else Q(pk__in=())
        members = council.members.filter(terms | kept).order_by("folded")
        for name in ("chair", "secretary"):
            field = self.fields[name]
            field.queryset = members  # type: ignore[attr-defined]
            field.label_from_instance = _seated  # type: ignore[attr-defined]
        if meeting:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        """Adds ``starts_at`` and ``ends_at``, moments in Viet Nam."""
        data = super().clean() or {}
        day, starts, last_day, ends = (data.pop(name, None) for name in ("day", "starts", "last_day", "ends"))
        if day and starts:
            data["starts_at"] = _moment(day, starts)
            until = ends or (dt.time(23, 59) if last_day else None)
            data["ends_at"] = _moment(last_day or day, until) if until else None
        return data


def _moment(day: dt.date, hour: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, hour))


def _seated(member: Member) -> str:
    return f"{member.name}, {member.get_seat_display()}"


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the form's initial values."""
    begin = timezone.localtime(meeting.starts_at)
    end = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
    return {
        "title": meeting.title,
        "purpose": meeting.purpose,
        "day": begin.date(),
        "starts": begin.time(),
        "last_day": end.date() if end and end.date() != begin.date() else None,
        "ends": end.time() if end else None,
        "place": meeting.place,
        "chair": meeting.chair_id,
        "secretary": meeting.secretary_id,
    }


class CancelForm(forms.Form):
    reason = _words(
        _("Lý do hủy"),
        required=True,
        help_text=_("Thư báo hủy gửi những người đã mời có lý do này."),
    )


_ABOUT: dict[str, QuerySet[Any]] = {
    "policy": Policy.objects.order_by("-id"),
    "dossier": Dossier.objects.order_by("-id"),
    "task": Task.objects.exclude(state__in=(TaskState.DONE, TaskState.CANCELLED))
    .filter(plan__state=PlanState.IN_FORCE)
    .order_by("due_on", "id"),
}


class AgendaForm(forms.Form):
    title = forms.CharField(label=_("Nội dung"), max_length=400)
    note = _words(_("Ghi chú"), rows=2)
    presenter = forms.ModelChoiceField(
        label=_("Cơ quan trình bày"), queryset=Agency.objects.none(), required=False
    )
    about = forms.ChoiceField(label=_("Về chính sách, hồ sơ hoặc nhiệm vụ"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenter"].queryset = agencies_today()  # type: ignore[attr-defined]
        labels = {"policy": _("Chính sách"), "dossier": _("Hồ sơ"), "task": _("Nhiệm vụ")}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *(
                (labels[name], [(f"{name}:{row.pk}", str(row)[:120]) for row in rows.all()[:MOST_OFFERED]])
                for name, rows in _ABOUT.items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """``about`` becomes ``policy``, ``dossier`` or ``task``."""
        data = super().clean() or {}
        name, _colon, pk = data.pop("about", "").partition(":")
        if name:
            data[name] = _ABOUT[name].model._default_manager.filter(pk=pk).first()
        return data


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp"),
        help_text=_(
            "Tệp .docx, .pdf có lớp chữ, hoặc .txt, tối đa 25 MB. Văn bản có dấu Mật không được tải lên đây."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )


class PaperForm(FileForm):
    item = forms.ModelChoiceField(
        label=_("Cho nội dung"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Cả cuộc họp"),
    )

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]


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
    course = _words(
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
    text = _words(_("Kết luận"), required=True, most=rules.WORDS_MAX)
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
    reason = _words(_("Lý do"), rows=2, required=True)


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
