"""Addresses of the desk, the audit and the jobs. Health stands at the root of the site."""

from __future__ import annotations

from django.urls import path

from danban.operations import views

app_name = "operations"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("nhat-ky/", views.log, name="log"),
    path("cong-viec/", views.jobs, name="jobs"),
    path("cong-viec/<uuid:job_id>/chay-lai/", views.retry, name="retry"),
]
