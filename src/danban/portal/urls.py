"""The citizens' addresses. All are public."""

from __future__ import annotations

from django.urls import path

from danban.portal.views import comment, compared, draft, home, receipt

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("da-tra-loi/", home.answered, name="answered"),
    path("gioi-thieu/", home.about, name="about"),
    path("du-thao/", home.drafts, name="drafts"),
    path("du-thao/<slug:slug>/", draft.draft, name="draft"),
    path("du-thao/<slug:slug>/toan-van/", draft.whole, name="whole"),
    path("du-thao/<slug:slug>/thay-doi/", compared.changes, name="changes"),
    path("du-thao/<slug:slug>/sau-khi-sua/", compared.amended, name="amended"),
    path("du-thao/<slug:slug>/tra-loi/", draft.answers, name="answers"),
    path("du-thao/<slug:slug>/lan-<int:number>/", draft.version, name="version"),
    path("du-thao/<slug:slug>/lan-<int:number>/tep/", draft.download, name="download"),
    path("du-thao/<slug:slug>/chuong/<path:address>/", draft.chapter, name="chapter"),
    path("du-thao/<slug:slug>/<path:address>/", draft.article, name="article"),
    path("gop-y/<int:window>/", comment.comment, name="comment_whole"),
    path("gop-y/<int:window>/<int:provision>/", comment.comment, name="comment"),
    path("bien-nhan/", receipt.find, name="find_receipt"),
    path("bien-nhan/<str:code>/", receipt.receipt, name="receipt"),
]
