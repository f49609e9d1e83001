"""Addresses of reports."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from danban.reports.views import synthesis

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("bao-cao/", synthesis.home, name="home"),
    path("bao-cao/<int:window_id>/", synthesis.synthesis, name="synthesis"),
    path("bao-cao/<int:window_id>/bang-tong-hop.<str:form>", synthesis.export, name="export"),
]
