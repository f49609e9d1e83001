"""The pages of django-allauth that staff use, under names allauth itself looks for.

Nobody signs up, changes their address or connects other accounts: those pages do not exist.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path, re_path

urlpatterns = [
    path("vao/", views.login, name="account_login"),
    path("ra/", views.logout, name="account_logout"),
    path("khoa/", views.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", views.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", views.password_change, name="account_change_password"),
    path("mat-khau/dat/", views.password_set, name="account_set_password"),
    path("mat-khau/quen/", views.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/quen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("mat-khau/xong/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("hai-lop/", include("allauth.mfa.urls")),
]
