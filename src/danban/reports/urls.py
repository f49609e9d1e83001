"""Addresses of the leaders' page, of reports and of papers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from danban.reports.views import dashboard, figure, papers, requests, synthesis, writing

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tong-quan/", dashboard.dashboard, name="dashboard"),
    path("tong-quan/tinh-lai/", dashboard.count_now, name="count_now"),
    path("tong-quan/<slug:code>/", figure.figure, name="figure"),
    path("tong-quan/<slug:code>/muc/", figure.set_target, name="set_target"),
    path("tong-quan/<slug:code>/danh-sach/", figure.records, name="records"),
    path("tong-quan/<slug:code>/danh-sach.csv", figure.records_csv, name="records_csv"),
    path("bao-cao/", synthesis.home, name="home"),
    path("bao-cao/<int:window_id>/", synthesis.synthesis, name="synthesis"),
    path("bao-cao/<int:window_id>/bang-tong-hop.<str:form>", synthesis.export, name="export"),
    path("bao-cao/danh-muc.docx", papers.policies, name="policies_paper"),
    path("bao-cao/ke-hoach/<int:pk>.docx", papers.plan, name="plan_paper"),
    path("bao-cao/bao-cao.docx", papers.report, name="report_paper"),
    path("bao-cao/thu/", requests.listed, name="requests"),
    path("bao-cao/thu/moi/", requests.new, name="new_request"),
    path("bao-cao/thu/<int:pk>/", requests.one, name="request"),
    path("bao-cao/thu/<int:pk>/loi/", requests.write, name="write_province"),
    path("bao-cao/thu/<int:pk>/nhac/", requests.remind, name="remind"),
    path("bao-cao/thu/<int:pk>/ket-thuc/", requests.close, name="close_request"),
    path("bao-cao/thu/<int:pk>/bao-cao.docx", papers.province, name="province_paper"),
    path("bao-cao/phai-gui/", writing.owed, name="owed"),
    path("bao-cao/phai-gui/<int:pk>/", writing.report, name="report"),
    path("bao-cao/phai-gui/<int:pk>/loi/", writing.write, name="write"),
    path("bao-cao/phai-gui/<int:pk>/trinh/", writing.submit, name="submit_report"),
    path("bao-cao/phai-gui/<int:pk>/gui/", writing.send, name="send_report"),
    path("bao-cao/phai-gui/<int:pk>/tra-lai/", writing.give_back, name="return_report"),
    path("bao-cao/phai-gui/<int:pk>/bao-cao.docx", papers.agency, name="agency_paper"),
]
