"""Addresses of plans and tasks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from danban.plan.views import calendar, evidence, task
from danban.plan.views import documents as document_views
from danban.plan.views import proposals as proposal_views
from danban.plan.views import work as work_views

app_name = "plan"

DOCUMENTS = "ke-hoach/van-ban/"
PLAN = f"{DOCUMENTS}<int:pk>/"
PROPOSAL = f"{PLAN}de-xuat/<int:task>/"

documents: list[URLPattern | URLResolver] = [
    path(DOCUMENTS, document_views.plans, name="plans"),
    path(f"{DOCUMENTS}them/", document_views.add_plan, name="add_plan"),
    path(f"{DOCUMENTS}nhap/", proposal_views.import_plan, name="import_plan"),
    path(PLAN, document_views.plan, name="plan"),
    path(f"{PLAN}sua/", document_views.edit_plan, name="edit_plan"),
    path(f"{PLAN}thuc-hien/", document_views.put_in_force, name="put_in_force"),
    path(f"{PLAN}ket-thuc/", document_views.close_plan, name="close_plan"),
    path(f"{PLAN}nam-sau/", document_views.copy_plan, name="copy_plan"),
    path(f"{PLAN}tep/", document_views.file, name="plan_file"),
    path(f"{PLAN}nhiem-vu.csv", document_views.export, name="export_plan"),
    path(f"{PLAN}them-nhiem-vu/", proposal_views.add_task, name="add_plan_task"),
    path(f"{PLAN}de-xuat/", proposal_views.proposals, name="proposals"),
    path(f"{PLAN}de-xuat/nhan-het/", proposal_views.accept_sure, name="accept_sure_proposals"),
    path(PROPOSAL, proposal_views.revise, name="revise_proposal"),
    path(f"{PROPOSAL}nhan/", proposal_views.accept, name="accept_proposal"),
    path(f"{PROPOSAL}gop/", proposal_views.merge, name="merge_proposal"),
    path(f"{PROPOSAL}bo/", proposal_views.drop, name="drop_proposal"),
]

work: list[URLPattern | URLResolver] = [
    path("ke-hoach/", work_views.home, name="home"),
    path("ke-hoach/phoi-hop/", work_views.requests, name="requests"),
    path("ke-hoach/phoi-hop/<int:pk>/", work_views.answer, name="request"),
    path("ke-hoach/cho-kiem-tra/", work_views.to_check, name="to_check"),
    path("ke-hoach/nam/<int:year>/", calendar.year, name="year"),
    path("ke-hoach/lich/", calendar.link, name="calendar"),
    path("ke-hoach/nhiem-vu/<int:pk>/", task.task, name="task"),
    path("ke-hoach/nhiem-vu/<int:pk>/sua/", task.edit, name="edit_task"),
    path("ke-hoach/nhiem-vu/<int:pk>/lich-su/", task.history, name="task_history"),
    path("ke-hoach/nhiem-vu/<int:pk>/hoi/", task.ask, name="ask"),
    path("ke-hoach/nhiem-vu/<int:pk>/tach/", task.split, name="split_task"),
    path("ke-hoach/nhiem-vu/<int:pk>/minh-chung/", evidence.add_to_task, name="add_evidence"),
    path("ke-hoach/nhiem-vu/<int:pk>/viec/<slug:code>/", task.do, name="do"),
    path("ke-hoach/minh-chung/<int:pk>/kiem-tra/", evidence.check, name="check"),
    path("ke-hoach/minh-chung/<int:pk>/rut/", evidence.withdraw, name="withdraw"),
    path("ke-hoach/minh-chung/<int:pk>/tep/", evidence.file, name="evidence_file"),
    path("ke-hoach/chinh-sach/<int:pk>/minh-chung/", evidence.policy_evidence, name="policy_evidence"),
    path(
        "ke-hoach/chinh-sach/<int:pk>/minh-chung/<slug:purpose>/them/",
        evidence.add_to_policy,
        name="add_policy_evidence",
    ),
]

urlpatterns = [*documents, *work]
