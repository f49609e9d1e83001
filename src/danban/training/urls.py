"""Addresses of courses, sessions and registers."""

from __future__ import annotations

from django.urls import path

from danban.training.views import attendees, courses, home, registers, sessions

app_name = "training"

urlpatterns = [
    path("tap-huan/", home.home, name="home"),
    path("tap-huan/nhu-cau/", home.needs, name="needs"),
    path("tap-huan/nhu-cau/moi/", home.state_need, name="state_need"),
    path("tap-huan/nguoi-hoc/", home.people, name="people"),
    path("tap-huan/nguoi-hoc/<int:pk>/", home.person, name="person"),
    path("tap-huan/khoa/", courses.courses, name="courses"),
    path("tap-huan/khoa/moi/", courses.make_course, name="make_course"),
    path("tap-huan/khoa/<int:pk>/", courses.course, name="course"),
    path("tap-huan/khoa/<int:pk>/sua/", courses.edit_course, name="edit_course"),
    path("tap-huan/khoa/<int:pk>/cau-hoi/", courses.add_question, name="add_question"),
    path(
        "tap-huan/khoa/<int:pk>/cau-hoi/<int:question>/bo/", courses.remove_question, name="remove_question"
    ),
    path("tap-huan/khoa/<int:pk>/buoi-moi/", courses.plan_session, name="plan_session"),
    path("tap-huan/buoi/<int:pk>/", sessions.session, name="session"),
    path("tap-huan/buoi/<int:pk>/sua/", courses.edit_session, name="edit_session"),
    path("tap-huan/buoi/<int:pk>/huy/", sessions.cancel, name="cancel"),
    path("tap-huan/buoi/<int:pk>/man-hinh/", sessions.screen, name="screen"),
    path("tap-huan/buoi/<int:pk>/them-nguoi/", attendees.add_person, name="add_person"),
    path("tap-huan/buoi/<int:pk>/nhap/", attendees.import_people, name="import_people"),
    path("tap-huan/buoi/<int:pk>/tai-lieu/", sessions.add_material, name="add_material"),
    path(
        "tap-huan/buoi/<int:pk>/tai-lieu/<int:material>/bo/", sessions.remove_material, name="remove_material"
    ),
    path("tap-huan/buoi/<int:pk>/cap-chung-nhan/", sessions.issue, name="issue"),
    path("tap-huan/buoi/<int:pk>/chuyen/<str:to>/", sessions.move, name="move"),
    path("tap-huan/dang-ky/<int:pk>/<str:what>/", attendees.mark, name="mark"),
    path("tap-huan/buoi/<int:pk>/nguoi-du.xlsx", attendees.people_list, name="people_list"),
    path("tap-huan/lien-he/<int:pk>/<str:what>/", attendees.contact, name="contact"),
    path("tap-huan/tep/mau-nguoi-du.xlsx", attendees.people_template, name="people_template"),
    path("tap-huan/tep/<int:pk>/", attendees.batch, name="batch"),
    path("tap-huan/chung-nhan/<int:pk>.pdf", sessions.certificate, name="certificate"),
    path("tap-huan/chung-nhan/<int:pk>/thu-hoi/", sessions.withdraw_certificate, name="withdraw_certificate"),
    path("tap-huan/so/", registers.register, name="register"),
    path("tap-huan/so/moi/", registers.recognise, name="recognise"),
    path("tap-huan/so/mau.xlsx", registers.template, name="register_template"),
    path("tap-huan/so/nhap/", registers.import_register, name="import_register"),
    path("tap-huan/so/nhap/<int:pk>/", registers.batch, name="register_batch"),
    path("tap-huan/so/tai-ve/<str:form>/", registers.export, name="register_export"),
    path("tap-huan/so/<int:pk>/", registers.term, name="term"),
    path("tap-huan/so/<int:pk>/mien-nhiem/", registers.dismiss, name="dismiss"),
    path("tap-huan/so/<int:pk>/hoat-dong/", registers.log_activity, name="log_activity"),
]
