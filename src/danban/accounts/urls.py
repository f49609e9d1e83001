"""Addresses of people and agencies."""

from __future__ import annotations

from django.urls import path

from danban.accounts import views

app_name = "accounts"

urlpatterns = [
    path("nguoi-dung/", views.people, name="people"),
    path("nguoi-dung/them/", views.add_person, name="add_person"),
    path("nguoi-dung/<int:pk>/", views.person, name="person"),
    path("nguoi-dung/<int:pk>/khoa/", views.deactivate, name="deactivate"),
    path("nguoi-dung/<int:pk>/mo-khoa/", views.reactivate, name="reactivate"),
    path("nguoi-dung/<int:pk>/lien-ket/", views.give_link, name="give_link"),
    path("nguoi-dung/<int:pk>/go-hai-lop/", views.remove_factors, name="remove_factors"),
    path("vai-tro/<int:pk>/ket-thuc/", views.end_role, name="end_role"),
    path("co-quan/", views.agencies, name="agencies"),
    path("co-quan/them/", views.add_agency, name="add_agency"),
    path("co-quan/<int:pk>/", views.agency, name="agency"),
]
