"""What a participant opens on a phone, without an account."""

from __future__ import annotations

from django.urls import path

from danban.training.views import attending, public

app_name = "training_public"

urlpatterns = [
    path("tap-huan/", public.sessions, name="sessions"),
    path("tap-huan/ma/", public.find, name="find"),
    path("tap-huan/ma/<str:code>/", public.mine, name="mine"),
    path("tap-huan/ma/<str:code>/rut/", public.withdraw, name="withdraw"),
    path("tap-huan/ma/<str:code>/kiem-tra/", public.quiz, name="quiz"),
    path("tap-huan/ma/<str:code>/gop-y/", public.feedback, name="feedback"),
    path("tap-huan/ma/<str:code>/tai-lieu/<int:pk>/", public.material, name="material"),
    path("tap-huan/ma/<str:code>/chung-nhan.pdf", public.certificate, name="certificate"),
    path("tap-huan/<int:pk>/", public.session, name="session"),
    path("diem-danh/<int:pk>/", attending.attend, name="attend_typed"),
    path("diem-danh/<int:pk>/<str:room>/", attending.attend, name="attend"),
    path("chung-nhan/", public.check, name="find_certificate"),
    path("chung-nhan/<str:code>/", public.check, name="check"),
]
