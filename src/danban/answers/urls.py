"""Addresses of answers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from danban.answers import release_views, views

app_name = "answers"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tra-loi/", views.windows, name="windows"),
    path("tra-loi/<int:window_id>/", views.workbench, name="workbench"),
    path("tra-loi/<int:window_id>/van-de-moi/", views.new_point, name="new_point"),
    path("tra-loi/<int:window_id>/<int:pk>/", views.point, name="point"),
    path("tra-loi/<int:window_id>/<int:pk>/ten/", views.retitle, name="retitle"),
    path("tra-loi/<int:window_id>/<int:pk>/bo-y-kien/", views.remove, name="remove"),
    path("tra-loi/<int:window_id>/<int:pk>/bo-van-de/", views.dissolve, name="dissolve"),
    path("duyet-tra-loi/", release_views.queue, name="release_queue"),
    path("duyet-tra-loi/<int:pk>/", release_views.review, name="review"),
]
