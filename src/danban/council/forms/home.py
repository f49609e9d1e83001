"""The Council itself and its members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.accounts.models import Agency, User
from danban.accounts.queries import agencies_today
from danban.accounts.states import AgencyKind, Level
from danban.common.fields import DayField
from danban.consultation.forms import DAY_HELP
from danban.council.states import Seat


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
