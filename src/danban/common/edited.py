"""Two officers may edit one thing at once: each saves what they changed, and nothing they left alone."""

from __future__ import annotations

from typing import Any

from django import forms


def remember_shown(form: forms.Form) -> None:
    """Each field carries a hidden copy of what the page showed; it tells later what was changed."""
    for field in form.fields.values():
        field.show_hidden_initial = True


def edited(form: forms.Form) -> dict[str, Any]:
    """The cleaned values of what this officer changed."""
    return {name: form.cleaned_data[name] for name in form.changed_data}
