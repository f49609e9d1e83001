"""What a calendar on a phone fetches, without a cookie: the address itself is the key."""

from __future__ import annotations

from django.urls import path

from danban.plan.views import calendar

app_name = "plan_public"

urlpatterns = [
    path("lich/<str:token>.ics", calendar.feed, name="calendar"),
]
