"""Addresses of plans and tasks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from danban.plan.views import calendar, evidence, task
from danban.plan.views import work as work_views

app_name = "plan"

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

urlpatterns = [*work]
