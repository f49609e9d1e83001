"""Days and moments as officers type them. A year that no paper of ours can bear is a slip, and is said so."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR = 1945
LAST_YEAR = 2100


def year_in_reach(day: dt.date) -> None:
    """Days at the ends of the calendar break the arithmetic of deadlines; nobody means them."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("Xin xem lại năm: chỉ nhận từ năm %(first)s đến năm %(last)s."),
            code="year",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )


class DayField(forms.DateField):
    default_validators = [year_in_reach]
    default_error_messages = {"invalid": _("Ngày chưa đúng. Hãy viết như 31/03/2026.")}


class MomentField(forms.DateTimeField):
    default_validators = [year_in_reach]
    default_error_messages = {"invalid": _("Ngày giờ chưa đúng. Hãy viết như 08:00 31/03/2026.")}
