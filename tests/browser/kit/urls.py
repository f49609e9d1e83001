"""The kit's addresses, beside those of the house the bases point to (a base hides what is missing)."""

from __future__ import annotations

import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


class Opinion(forms.Form):
    text = forms.CharField(label="Ý kiến của bạn", help_text="Viết như đang nói.", widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Bạn góp ý với tư cách",
        choices=[("p", "Cá nhân"), ("o", "Tổ chức")],
        widget=forms.RadioSelect,
        required=False,
    )
    name = forms.CharField(label="Tên của bạn", required=False)
    show = forms.BooleanField(label="Cho hiện tên tôi", required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)


def page(request: HttpRequest, name: str) -> HttpResponse:
    wrong = Opinion({"text": "", "email": "abc"})
    context = {
        "province": "tỉnh Sông Mây",
        "demo": True,
        "form": Opinion(auto_id="whole_%s"),
        "bad": wrong,
        "closes": datetime.date(2026, 12, 15),
    }
    return render(request, f"kit_{name}.html", context)


urlpatterns = [path("<slug:name>/", page)]
