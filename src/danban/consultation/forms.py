"""What officers type about windows and comments."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from danban.accounts.fields import AgenciesField
from danban.accounts.models import Agency
from danban.accounts.queries import agencies_today
from danban.accounts.states import AgencyKind, Level
from danban.common import clock
from danban.common.contact import check_phone
from danban.common.fields import DayField
from danban.consultation import rules
from danban.consultation.contact import ContactData
from danban.consultation.inbox import WHOLE
from danban.consultation.models import Window
from danban.consultation.places import Outline
from danban.consultation.states import Channel, CommenterKind, Position, WithheldReason
from danban.policies.models import Dossier, Version
from danban.policies.queries import released_versions
from danban.policies.stage_queries import agencies_to_ask, reply_term_on
from danban.policies.states import WindowKind

DAY_HELP = _("Viết như 31/03/2026.")
OFFICE_CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.WEB]


class WindowForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=WindowKind.choices,
        initial=WindowKind.OPINION,
        help_text=_(
            "Ba việc khác nhau, không thay cho nhau. Tham vấn chính sách: luật chỉ quy định cho dự án luật, "
            "pháp lệnh, nghị quyết của Quốc hội."
        ),
    )
    version = forms.ModelChoiceField(
        label=_("Bản dự thảo"), queryset=Version.objects.none(), empty_label=None
    )
    opens_on = DayField(label=_("Ngày mở"), help_text=DAY_HELP)
    closes_on = DayField(label=_("Ngày hết hạn"), help_text=_("Người dân góp ý được đến hết ngày này."))
    short_reason = forms.CharField(
        label=_("Lý do và căn cứ nếu ngắn ngày hơn quy định"),
        required=False,
        max_length=rules.REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    holder = forms.ModelChoiceField(
        label=_("Tổ chức chủ trì phản biện xã hội"),
        queryset=Agency.objects.none(),
        required=False,
        help_text=_("Phản biện xã hội là việc của Mặt trận và các tổ chức chính trị - xã hội."),
    )

    field_order = ("kind", "holder")

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = agencies_today().filter(kind__in=rules.HOLDERS)  # type: ignore[attr-defined]
        versions = released_versions(dossier).order_by("-number")
        choice = self.fields["version"]
        choice.queryset = versions  # type: ignore[attr-defined]
        choice.label_from_instance = version_label  # type: ignore[attr-defined]
        self.initial.setdefault("version", versions.first())
        self.initial.setdefault("opens_on", clock.today())

    def clean_holder(self) -> Agency | None:
        holder: Agency | None = self.cleaned_data["holder"]
        if self.cleaned_data.get("kind") == WindowKind.SOCIAL_CRITIQUE and holder is None:
            raise forms.ValidationError(_("Chọn tổ chức chủ trì phản biện."))
        return holder


def version_label(version: Version) -> str:
    return str(_("Lần %(n)d, công bố %(day)s")) % {
        "n": version.number,
        "day": f"{timezone.localdate(version.released_at):%d/%m/%Y}",
    }


def _why(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=rules.REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExtendForm(forms.Form):
    closes_on = DayField(label=_("Ngày hết hạn mới"))
    reason = _why(_("Lý do gia hạn"))


class CancelForm(forms.Form):
    reason = _why(_("Lý do hủy"))


# Bodies asked together by one mark: the word of the form, its label, the kinds and levels it means.
GROUPS: dict[str, tuple[Any, dict[str, Any]]] = {
    "to-chuc": (
        _("Mặt trận và tất cả tổ chức chính trị - xã hội"),
        {"kind__in": [AgencyKind.FATHERLAND_FRONT, AgencyKind.SOCIO_POLITICAL]},
    ),
    "so-nganh": (
        _("Tất cả sở, ban, ngành của tỉnh"),
        {"kind": AgencyKind.DEPARTMENT, "level": Level.PROVINCE},
    ),
    "xa": (
        _("Tất cả Ủy ban nhân dân cấp xã"),
        {"kind": AgencyKind.PEOPLES_COMMITTEE, "level": Level.COMMUNE},
    ),
    "hiep-hoi": (_("Tất cả hội, hiệp hội nghề nghiệp"), {"kind": AgencyKind.ASSOCIATION}),
}


class RequestForm(forms.Form):
    """Agencies asked in writing, by name or by kind; those asked before are not offered again.

    The bodies that must be asked stand chosen; the term is the one of the dated table.
    """

    groups = forms.MultipleChoiceField(
        label=_("Hỏi cả nhóm"),
        choices=[(word, label) for word, (label, _where) in GROUPS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = AgenciesField(
        label=_("Cơ quan, tổ chức"),
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Cơ quan bắt buộc phải hỏi đã được chọn sẵn. Giữ phím Ctrl để chọn nhiều cơ quan."),
    )
    letter_number = forms.CharField(
        label=_("Số công văn"), max_length=60, required=False, help_text=_("Ví dụ: 215/SNNMT-BVMT.")
    )
    asked_on = DayField(label=_("Ngày gửi"))
    due_on = DayField(label=_("Hạn trả lời"))

    def __init__(self, window: Window, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        asked = window.requests.values("agency")
        self._own = window.dossier.agency_id
        left = agencies_today().exclude(pk__in=asked)
        self.fields["agencies"].queryset = left  # type: ignore[attr-defined]
        self.term = reply_term_on(today)
        self.initial.setdefault("asked_on", today)
        if self.term:
            self.initial.setdefault("due_on", today + dt.timedelta(days=self.term.days))
        must = (
            agencies_to_ask(window.dossier.document_type, today) if window.kind == WindowKind.OPINION else []
        )
        self.initial.setdefault("agencies", [pk for pk in must if pk != self._own])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = {agency.pk: agency for agency in data.get("agencies") or ()}
        offered = self.fields["agencies"].queryset.exclude(pk=self._own)  # type: ignore[attr-defined]
        for word in data.pop("groups", None) or ():
            chosen.update({agency.pk: agency for agency in offered.filter(**GROUPS[word][1])})
        if not chosen and "agencies" not in self.errors:
            self.add_error("agencies", _("Chọn ít nhất một cơ quan chưa được hỏi."))
        return data | {"agencies": list(chosen.values())}


class ReplyForm(forms.Form):
    """What a body that was asked answered. ``key``: sent twice, its words are entered once."""

    answered_on = DayField(label=_("Ngày trả lời"), help_text=DAY_HELP)
    position = forms.ChoiceField(
        label=_("Ý kiến chung"),
        choices=[("", _("Văn bản không nói rõ")), *Position.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Nội dung góp ý"),
        required=False,
        max_length=rules.OFFICE_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Ghi đúng lời văn bản; thành một ý kiến của cơ quan này. Nhiều ý thì nhập từng ý một."),
    )
    file = forms.FileField(
        label=_("Tệp văn bản trả lời"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
        help_text=_(
            "Tệp được giữ cùng công văn hỏi. Cơ quan có góp ý mà ô trên để trống thì lời trong tệp "
            "thành ý kiến. Văn bản có dấu Mật không được gửi lên đây."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answered_on", clock.today())
        self.initial.setdefault("key", uuid.uuid4())


class ConcludeForm(forms.Form):
    """The conference of a policy consultation or a critique, and its written result."""

    held_on = DayField(label=_("Ngày hội nghị"), help_text=DAY_HELP)
    result = forms.CharField(
        label=_("Kết quả bằng văn bản"),
        help_text=_("Ai tham gia, mỗi bên được tham vấn nói gì, cơ quan soạn thảo trả lời ra sao."),
        max_length=rules.OFFICE_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class WithholdForm(forms.Form):
    withheld_reason = forms.ChoiceField(label=_("Lý do"), choices=WithheldReason.choices)
    reason = _why(_("Vì sao"), _("Chỉ rõ chỗ nào trong ý kiến. Chê bai dự thảo không phải lý do."))


class EraseForm(forms.Form):
    reason = _why(_("Lý do xóa"), _("Ví dụ: người góp ý yêu cầu xóa, thư ngày 12/03/2026."))


class ReturnForm(forms.Form):
    reason = _why(_("Lý do trả lại"))


class EntryForm(forms.Form):
    """A comment that came on paper or was spoken at a meeting. ``key``: sent twice it is entered once."""

    channel = forms.ChoiceField(label=_("Kênh"), choices=OFFICE_CHANNELS)
    collected_how = forms.CharField(
        label=_("Cách thu"),
        max_length=rules.HOW_MAX,
        help_text=_("Ví dụ: Họp thôn 3 ngày 12/03/2026, biên bản số 2."),
    )
    received_on = DayField(label=_("Ngày nhận"))
    text = forms.CharField(
        label=_("Nội dung ý kiến"),
        max_length=rules.OFFICE_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Ghi đúng lời người góp ý, không tóm tắt."),
    )
    place = forms.ChoiceField(label=_("Về điều khoản"), required=False)
    commenter_kind = forms.ChoiceField(label=_("Loại chủ thể"), choices=CommenterKind.choices)
    agency = forms.ModelChoiceField(
        label=_("Cơ quan đã đăng ký"),
        queryset=Agency.objects.none(),
        required=False,
        help_text=_("Cơ quan đã được hỏi bằng văn bản thì việc trả lời được ghi luôn."),
    )
    name = forms.CharField(label=_("Tên"), max_length=rules.NAME_MAX, required=False)
    show_name = forms.BooleanField(label=_("Người này đồng ý cho hiện tên"), required=False)
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        validators=[check_phone],
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=rules.NAME_MAX, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, outline: Outline, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._outline = outline
        places = [(str(pk), label) for pk, label in outline.labels.items()]
        self.fields["place"].choices = [(WHOLE, outline.label(None)), *places]  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies_today()  # type: ignore[attr-defined]
        self.initial.setdefault("received_on", clock.today())
        self.initial.setdefault("key", uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        """A person's name is public only by consent; anybody else's is how they are cited."""
        data = super().clean() or {}
        public = data.get("show_name") or data.get("commenter_kind") != CommenterKind.PERSON
        place = data.get("place")
        contact = ContactData(
            name=data.get("name", ""),
            email=data.get("email", ""),
            phone=data.get("phone", ""),
            address=data.get("address", ""),
        )
        return data | {
            "provision_id": int(place) if place and place != WHOLE else None,
            "public_name": contact.name if public else "",
            "contact": contact if contact and not (public and contact == ContactData(contact.name)) else None,
        }


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp .xlsx hoặc .csv"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    channel = forms.ChoiceField(label=_("Kênh"), choices=OFFICE_CHANNELS, initial=Channel.SPREADSHEET)
    collected_how = forms.CharField(
        label=_("Cách thu"),
        max_length=rules.HOW_MAX,
        help_text=_("Dùng cho dòng nào bỏ trống cột này. Ví dụ: Ủy ban nhân dân xã Sông Trong tổng hợp."),
    )
