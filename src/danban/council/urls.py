"""Addresses of the Coordination Council."""

from __future__ import annotations

from django.urls import path

from danban.council.views import home, lists, meetings, sitting

app_name = "council"

urlpatterns = [
    path("hoi-dong/", home.home, name="home"),
    path("hoi-dong/thanh-lap/", home.establish, name="establish"),
    path("hoi-dong/thanh-vien/", home.members, name="members"),
    path("hoi-dong/thanh-vien/nhiem-ky/", home.terms, name="terms"),
    path("hoi-dong/thanh-vien/them/", home.recognise, name="recognise"),
    path("hoi-dong/thanh-vien/<int:pk>/thoi/", home.relieve, name="relieve"),
    path("hoi-dong/hop/", meetings.meetings, name="meetings"),
    path("hoi-dong/hop/moi/", meetings.plan, name="plan"),
    path("hoi-dong/hop/<int:pk>/", meetings.meeting, name="meeting"),
    path("hoi-dong/hop/<int:pk>/sua/", meetings.edit, name="edit"),
    path("hoi-dong/hop/<int:pk>/da-hop/", meetings.hold, name="hold"),
    path("hoi-dong/hop/<int:pk>/huy/", meetings.cancel, name="cancel"),
    path("hoi-dong/hop/<int:pk>/noi-dung/", meetings.add_agenda, name="add_agenda"),
    path("hoi-dong/noi-dung/<int:pk>/bo/", meetings.remove_agenda, name="remove_agenda"),
    path("hoi-dong/hop/<int:pk>/tai-lieu/", meetings.add_paper, name="add_paper"),
    path("hoi-dong/tai-lieu/<int:pk>/", meetings.paper, name="paper"),
    path("hoi-dong/tai-lieu/<int:pk>/bo/", meetings.remove_paper, name="remove_paper"),
    path("hoi-dong/hop/<int:pk>/giay-moi.docx", meetings.invitation, name="invitation"),
    path("hoi-dong/hop/<int:pk>/thanh-phan/", sitting.add_parties, name="add_parties"),
    path("hoi-dong/thanh-phan/<int:pk>/bo/", sitting.remove_party, name="remove_party"),
    path("hoi-dong/thanh-phan/<int:pk>/tra-loi/", sitting.answer, name="answer"),
    path("hoi-dong/hop/<int:pk>/gui/", sitting.send, name="send"),
    path("hoi-dong/hop/<int:pk>/tra-loi/", sitting.replies, name="replies"),
    path("hoi-dong/hop/<int:pk>/diem-danh/", sitting.attendance, name="attendance"),
    path("hoi-dong/hop/<int:pk>/y-kien/<int:item_id>/", sitting.opinions, name="opinions"),
    path("hoi-dong/hop/<int:pk>/bien-ban/", sitting.minutes, name="minutes"),
    path("hoi-dong/hop/<int:pk>/bien-ban/duyet/", sitting.approve, name="approve"),
    path("hoi-dong/hop/<int:pk>/bien-ban.docx", sitting.minutes_paper, name="minutes_paper"),
    path("hoi-dong/hop/<int:pk>/ket-luan/", sitting.conclude, name="conclude"),
    path("hoi-dong/ket-luan/<int:pk>/bo/", sitting.remove_conclusion, name="remove_conclusion"),
    path("hoi-dong/ket-luan/<int:pk>/giao/", sitting.assign, name="assign"),
    path("hoi-dong/danh-muc/", lists.lists, name="lists"),
    path("hoi-dong/danh-muc/lap/", lists.draft, name="draft_list"),
    path("hoi-dong/danh-muc/<int:pk>/", lists.policy_list, name="list"),
    path("hoi-dong/danh-muc/<int:pk>/chinh-sach/<int:policy_id>/", lists.put_on, name="put_on"),
    path("hoi-dong/danh-muc/muc/<int:pk>/bo/", lists.take_off, name="take_off"),
    path("hoi-dong/danh-muc/<int:pk>/bo/", lists.discard, name="discard_list"),
    path("hoi-dong/danh-muc/<int:pk>/quyet-dinh/", lists.decide, name="decide"),
    path("hoi-dong/danh-muc/<int:pk>/danh-muc.docx", lists.list_paper, name="list_paper"),
    path("hoi-dong/chi-dao/", lists.directives, name="directives"),
    path("hoi-dong/chi-dao/moi/", lists.issue, name="issue"),
    path("hoi-dong/chi-dao/<int:pk>/tep/", lists.directive_file, name="directive_file"),
]
