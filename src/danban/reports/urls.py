"""Addresses of reports."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from danban.reports import views

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("bao-cao/", views.home, name="home"),
    path("bao-cao/<int:window_id>/", views.synthesis, name="synthesis"),
    path("bao-cao/<int:window_id>/bang-tong-hop.<str:form>", views.export, name="export"),
]
