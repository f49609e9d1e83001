"""What a participant opens on a phone, without an account."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "training_public"

urlpatterns: list[URLPattern | URLResolver] = []
