"""Pages of tasks at 5 plans x 400 tasks x 150 agencies and ten years of history: ``python -m bench.plan``.

Queries and CPU of each page inside one process, on SQLite in a folder that is thrown away, or on the
PostgreSQL database that DANBAN_DATABASE names (it is filled, not emptied).
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
os.environ.setdefault("DANBAN_DATA", tempfile.mkdtemp(prefix="danban-bench-"))
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from danban.accounts import actions as accounts  # noqa: E402
from danban.accounts.models import Agency, User  # noqa: E402
from danban.accounts.states import AgencyKind, Level, Role  # noqa: E402
from danban.plan.actions import recheck, remind  # noqa: E402
from danban.plan.models import Assignment, CoordinationRequest, Evidence, Note, Plan, Task  # noqa: E402
from danban.plan.states import NoteKind, Part, PlanKind, PlanState, Purpose, TaskState  # noqa: E402

PLANS, TASKS, AGENCIES, YEARS, CARRIERS, NOTES = 5, 400, 150, 10, 8, 6
STATES = (TaskState.PLANNED, TaskState.WORKING, TaskState.BLOCKED, TaskState.DECLARED, TaskState.DONE)
BAR = "≤ 10 queries, ≤ 60 ms CPU"


def people() -> tuple[list[Agency], User, User]:
    start = dt.date(2015, 1, 1)
    made = [
        accounts.add_agency(
            code=f"do-{n}",
            name=f"Cơ quan đo thứ {n}",
            kind=AgencyKind.DEPARTMENT,
            level=Level.PROVINCE,
            valid_from=start,
        )
        for n in range(AGENCIES)
    ]
    officer = accounts.add_user(
        email=f"{uuid.uuid4().hex}@do.example", full_name="Cán bộ", password=uuid.uuid4().hex
    )
    justice = accounts.add_user(
        email=f"{uuid.uuid4().hex}@do.example", full_name="Tư pháp", password=uuid.uuid4().hex
    )
    accounts.grant_role(user=officer, agency=made[0], role=Role.OFFICER, valid_from=start)
    accounts.grant_role(user=justice, agency=made[1], role=Role.JUSTICE, valid_from=start)
    return made, officer, justice


def year_of_work(bodies: list[Agency], by: User, year: int, last: bool) -> None:
    """Five plans of a year. The first body carries every task of one plan in five."""
    now, today = timezone.now(), timezone.localdate()
    first = dt.date(year, 1, 1)
    for n in range(PLANS):
        plan = Plan.objects.create(
            kind=PlanKind.YEARLY, number=f"{n}/KH-{year}", title="Kế hoạch", issued_on=first, issuer=bodies[1],
            lead=bodies[1], starts_on=first, ends_on=dt.date(year, 12, 31), created_by=by, created_at=now,
            state=PlanState.IN_FORCE if last else PlanState.CLOSED,
        )  # fmt: skip
        tasks = Task.objects.bulk_create(
            Task(
                plan=plan, position=place, content=f"Nhiệm vụ thứ {place}: " + "truyền thông dự thảo chính sách " * 4,
                due_on=first + dt.timedelta(days=place * 360 // TASKS),
                state=(state := STATES[place % 5] if last else TaskState.DONE),
                done_on=first if state == TaskState.DONE else None,
            )
            for place in range(TASKS)
        )  # fmt: skip
        Assignment.objects.bulk_create(
            Assignment(
                task=task, agency=bodies[0 if k == 0 and n == 0 else (task.position * 7 + k * 11) % (AGENCIES - 1) + 1],
                part=Part.LEADS if k == 0 else Part.COORDINATES,
            )
            for task in tasks
            for k in range(CARRIERS)
        )  # fmt: skip
        Note.objects.bulk_create(
            Note(task=task, kind=NoteKind.PROGRESS, text="Đã làm một phần việc.", by=by, at=now)
            for task in tasks
            for _ in range(NOTES)
        )
        Evidence.objects.bulk_create(
            Evidence(
                task=task, purpose=Purpose.PRODUCT, kind="issued_plan", record=plan.pk, shown_on=first, added_by=by,
                added_at=now, proved_at=now,
            )
            for task in tasks
            if task.state == TaskState.DONE
        )  # fmt: skip
        CoordinationRequest.objects.bulk_create(
            CoordinationRequest(
                task=task, asking=bodies[0], asked=bodies[2], what="Cử người.", asked_on=first, due_on=today, asked_by=by
            )
            for task in tasks[:: 20 if last else 40]
        )  # fmt: skip


def measure(client: Client, path: str, times: int = 10) -> tuple[int, float]:
    """Queries and milliseconds of CPU of one page, warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    queries = len(captured)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    began = time.process_time()
    for _ in range(times):
        client.get(path)
    return queries, (time.process_time() - began) / times * 1000


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor_set_up"] = True
    session.save()
    return client


def rows() -> list[tuple[str, int, float]]:
    """Fill the database and measure: (what, queries, ms CPU)."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    bodies, officer, justice = people()
    this_year = timezone.localdate().year
    for year in range(this_year - YEARS + 1, this_year + 1):
        year_of_work(bodies, officer, year, year == this_year)
    task = Task.objects.filter(plan__state=PlanState.IN_FORCE, state=TaskState.DONE).order_by("pk").first()
    pages = {
        "an agency's tasks": (officer, "/can-bo/ke-hoach/"),
        "the province's tasks": (justice, "/can-bo/ke-hoach/"),
        "one agency of the province, late": (
            justice,
            f"/can-bo/ke-hoach/?co-quan={bodies[9].pk}&muc=qua-han",
        ),
        "the last page": (justice, "/can-bo/ke-hoach/?page=999"),
        "a task": (officer, f"/can-bo/ke-hoach/nhiem-vu/{task.pk}/"),
        "requests": (officer, "/can-bo/ke-hoach/phoi-hop/"),
        "the year as bars": (justice, f"/can-bo/ke-hoach/nam/{this_year}/"),
    }
    return [(what, *measure(signed_in(who), path)) for what, (who, path) in pages.items()]


def main() -> None:
    for what, queries, cpu in rows():
        print(f"{what:36} {queries:3} queries {cpu:7.1f} ms CPU   ({BAR})")
    for name, work in (("remind", remind), ("recheck", recheck)):
        began = time.process_time()
        done = work()
        print(f"{name:36} {done:6} rows {(time.process_time() - began):9.2f} s CPU")


if __name__ == "__main__":
    main()
