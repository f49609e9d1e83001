"""A meeting, its agenda and papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.common import clock
from danban.common.fields import DayField
from danban.consultation.forms import DAY_HELP
from danban.council.forms.fields import HOUR_HELP, FileForm, words
from danban.council.models import AgendaItem, Council, Meeting, Member
from danban.council.states import MeetingKind
from danban.plan.models import Task
from danban.plan.states import PlanState, TaskState
from danban.policies.models import Dossier, Policy

MOST_OFFERED = 100


class MeetingForm(forms.Form):
    """``kind`` is asked once, when the meeting is planned."""

    kind = forms.ChoiceField(label=_("Hình thức"), choices=MeetingKind.choices)
    title = forms.CharField(
        label=_("Tên"),
        max_length=300,
        help_text=_("Như sẽ ghi trên giấy mời, ví dụ: Họp Hội đồng quý IV năm 2026."),
    )
    purpose = words(_("Mục đích"))
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
    reason = words(
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
    note = words(_("Ghi chú"), rows=2)
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
