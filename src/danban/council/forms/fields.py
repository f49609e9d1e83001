"""What the forms of the Council share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danban.council import rules

HOUR_HELP = _("Viết như 08:30.")


def words(
    label: Any, *, rows: int = 3, required: bool = False, most: int = rules.REASON_MAX, **more: Any
) -> Any:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp"),
        help_text=_(
            "Tệp .docx, .pdf có lớp chữ, hoặc .txt, tối đa 25 MB. Văn bản có dấu Mật không được tải lên đây."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
