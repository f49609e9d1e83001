"""Days as officers type them: every way of writing is read, no year that breaks the arithmetic comes in."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil

import pytest
from django import forms
from django.utils import translation

import danban
from danban.common.fields import DayField, MomentField


@pytest.mark.parametrize("typed", ["31/03/2026", "2026-03-31", "31-03-2026", "31.3.2026", " 31/3/2026 "])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_read_with_the_day_first(typed, language):
    with translation.override(language):
        assert DayField().clean(typed) == dt.date(2026, 3, 31)


@pytest.mark.parametrize("typed", ["01/01/0001", "31/12/1944", "01/01/2101", "9999-12-31"])
def test_a_year_nobody_means_is_refused(typed):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.messages == ["Xin xem lại năm: chỉ nhận từ năm 1945 đến năm 2100."]


def test_a_moment_has_a_year_in_reach_too():
    with pytest.raises(forms.ValidationError) as refused:
        MomentField(input_formats=["%H:%M %d/%m/%Y"]).clean("08:00 01/01/0001")
    assert [error.code for error in refused.value.error_list] == ["year"]


def test_no_form_takes_a_day_without_that_check():
    for module in pkgutil.walk_packages(danban.__path__, "danban."):
        if module.name.rpartition(".")[2].endswith("forms") or ".forms." in module.name:
            importlib.import_module(module.name)
    waiting, seen = [forms.Form], []
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        seen += [form for form in below if form.__module__.startswith("danban.")]
    plain = [
        f"{form.__qualname__}.{name}"
        for form in seen
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField | forms.DateTimeField)
        and not isinstance(field, DayField | MomentField)
    ]
    assert seen
    assert plain == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (forms.CharField(), "", "Xin điền mục này."),
        (forms.CharField(max_length=3), "đất đai", "Dài quá: nhiều nhất 3 ký tự, đang có 7."),
        (forms.IntegerField(max_value=365), "400", "Nhiều nhất là 365."),
        (forms.IntegerField(), "ba", "Hãy viết một số nguyên, chỉ gồm chữ số."),
        (
            forms.ChoiceField(choices=[("a", "A")]),
            "b",
            "Lựa chọn này không có trong danh sách. Hãy chọn lại.",
        ),
        (DayField(), "31/02/2026", "Ngày chưa đúng. Hãy viết như 31/03/2026."),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(field, typed, said):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [said]
