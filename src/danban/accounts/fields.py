"""Form fields of this app's rows that others use."""

from __future__ import annotations

from typing import Any

from django import forms

from danban.common.numbers import LONGEST_ID


class AgenciesField(forms.ModelMultipleChoiceField):
    """Refuses a number no id can have before the database does: SQLite fails on one over 64 bits."""

    def clean(self, value: Any) -> Any:
        for one in value or ():
            if len(str(one)) > LONGEST_ID:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one}
                )
        return super().clean(value)
