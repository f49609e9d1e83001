"""What an administrator types about people and agencies."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.accounts.states import AgencyKind, Level, Role
from danban.common.fields import DayField


class PersonForm(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    title = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)
    email = forms.EmailField(label=_("Thư công vụ"))
    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none())
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["agency"].queryset = agencies_today()  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none())
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["agency"].queryset = agencies_today()  # type: ignore[attr-defined]


class AgencyForm(forms.Form):
    code = forms.SlugField(label=_("Mã"), help_text=_("Chữ thường không dấu, ví dụ: so-tu-phap."))
    name = forms.CharField(label=_("Tên đầy đủ"), max_length=200)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Loại"), choices=AgencyKind.choices)
    level = forms.ChoiceField(
        label=_("Cấp"), choices=[choice for choice in Level.choices if choice[0] != Level.DISTRICT]
    )
    parent = forms.ModelChoiceField(label=_("Trực thuộc"), queryset=Agency.objects.all(), required=False)
    valid_from = DayField(label=_("Hoạt động từ ngày"))


class SuccessionForm(forms.Form):
    successor = forms.ModelChoiceField(label=_("Cơ quan kế tục"), queryset=Agency.objects.all())
    on = DayField(label=_("Kể từ ngày"))
    legal_basis = forms.CharField(label=_("Căn cứ"), max_length=200, required=False)
