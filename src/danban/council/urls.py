"""Addresses of the Coordination Council."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "council"

urlpatterns: list[URLPattern | URLResolver] = []
