"""Addresses of consultation."""

from __future__ import annotations

from django.urls import path

from danban.consultation.views import entering, inbox, opinions, proposals, timeline, windows

app_name = "consultation"

urlpatterns = [
    path("ho-so/<int:dossier_id>/dot-lay-y-kien/", windows.listed, name="windows"),
    path("ho-so/<int:dossier_id>/dot-lay-y-kien/mo/", windows.open_window, name="open_window"),
    path("dot-lay-y-kien/<int:window_id>/", windows.window, name="window"),
    path("dot-lay-y-kien/<int:window_id>/gia-han/", windows.extend, name="extend"),
    path("dot-lay-y-kien/<int:window_id>/huy/", windows.cancel, name="cancel"),
    path("dot-lay-y-kien/<int:window_id>/hoi/", windows.ask, name="ask"),
    path("dot-lay-y-kien/<int:window_id>/hoi/<int:pk>/tra-loi/", opinions.reply, name="reply"),
    path("dot-lay-y-kien/<int:window_id>/hoi/<int:pk>/tep/", opinions.file, name="reply_file"),
    path("dot-lay-y-kien/<int:window_id>/ket-qua/", windows.conclude, name="conclude"),
    path("de-nghi/<int:pk>/", proposals.decide, name="proposal"),
    path("ho-so/<int:dossier_id>/dong-thoi-gian/", timeline.timeline, name="timeline"),
    path("hop-thu/", inbox.windows, name="inbox"),
    path("hop-thu/<int:window_id>/", inbox.queue, name="inbox"),
    path("hop-thu/<int:window_id>/nhap/", entering.enter, name="enter"),
    path("hop-thu/<int:window_id>/nhap-tep/", entering.import_file, name="import"),
    path("hop-thu/<int:window_id>/nhap-tep/mau.xlsx", entering.template, name="import_template"),
    path("hop-thu/<int:window_id>/nhap-tep/<int:pk>/", entering.batch, name="batch"),
    path("hop-thu/<int:window_id>/<int:pk>/", inbox.comment, name="comment"),
    path("hop-thu/<int:window_id>/<int:pk>/lien-he/", inbox.contact, name="contact"),
    path("hop-thu/<int:window_id>/<int:pk>/xoa-lien-he/", inbox.erase_contact, name="erase_contact"),
    path("hop-thu/<int:window_id>/<int:pk>/hien/", inbox.show, name="show"),
    path("hop-thu/<int:window_id>/<int:pk>/khong-cong-khai/", inbox.withhold, name="withhold"),
]
