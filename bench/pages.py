"""Every page of the programme: queries, CPU and wall time of each, in one table (see programme.py).

The machine's other work shows in the first row, a page that asks for little: read the rest against it.
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import time
from typing import NamedTuple

QUERIES, CPU, DASHBOARD = 10, 60, 150
JUSTICE, OFFICER, NOBODY = 1, 2, 0
YARDSTICK = "a form that asks little (yardstick)"


class Page(NamedTuple):
    name: str
    who: int
    route: str
    args: tuple[object, ...] = ()
    query: str = ""


def pages() -> list[Page]:
    """Who looks at which page. Rows that stand first in ``province/*.sql`` are the fullest of their kind."""
    this_year = time.localtime().tm_year
    late = "?co-quan=9&muc=qua-han"
    return [
        Page(YARDSTICK, JUSTICE, "plan:calendar"),
        Page("desk of an officer", OFFICER, "operations:desk"),
        Page("desk of Sở Tư pháp", JUSTICE, "operations:desk"),
        Page("plans", JUSTICE, "plan:plans"),
        Page("a plan and its tasks", JUSTICE, "plan:plan", (1,)),
        Page("a plan: proposals", JUSTICE, "plan:proposals", (1,)),
        Page("tasks of an agency", OFFICER, "plan:home"),
        Page("tasks of the province", JUSTICE, "plan:home"),
        Page("tasks of one agency, late", JUSTICE, "plan:home", query=late),
        Page("tasks, the last page", JUSTICE, "plan:home", query="?page=999"),
        Page("a task with every kind of evidence", OFFICER, "plan:task", (4,)),
        Page("a task, for Sở Tư pháp", JUSTICE, "plan:task", (4,)),
        Page("a task: edit", JUSTICE, "plan:edit_task", (3,)),
        Page("a task: history", OFFICER, "plan:task_history", (4,)),
        Page("a task: add evidence", OFFICER, "plan:add_evidence", (1,)),
        Page("requests to coordinate", OFFICER, "plan:requests"),
        Page("files to check", JUSTICE, "plan:to_check"),
        Page("the year as bars", JUSTICE, "plan:year", (this_year,)),
        Page("evidence of a policy", OFFICER, "plan:policy_evidence", (1,)),
        Page("dossiers, for Sở Tư pháp", JUSTICE, "policies:dossiers"),
        Page("dossiers, for an officer", OFFICER, "policies:dossiers"),
        Page("dossiers, a word sought", JUSTICE, "policies:dossiers", query="?q=so+77"),
        Page("dossiers, the last page", JUSTICE, "policies:dossiers", query="?page=999"),
        Page("a dossier, for an officer", OFFICER, "policies:dossier", (1,)),
        Page("a dossier, for Sở Tư pháp", JUSTICE, "policies:dossier", (1,)),
        Page("a dossier: its next step", OFFICER, "policies:move", (1, "sent_for_appraisal")),
        Page("a dossier: time line", OFFICER, "consultation:timeline", (1,)),
        Page("a dossier: windows", OFFICER, "consultation:windows", (1,)),
        Page("a window", OFFICER, "consultation:window", (1,)),
        Page("board of dossiers", JUSTICE, "policies:board"),
        Page("board, one stage", JUSTICE, "policies:board", query="?buoc=drafting&page=3"),
        Page("board of an officer", OFFICER, "policies:board"),
        Page("screening list", JUSTICE, "policies:policies"),
        Page("screening list, decided", JUSTICE, "policies:policies", query="?viec=trong-danh-sach&page=9"),
        Page("screening list of an officer", OFFICER, "policies:policies"),
        Page("a policy and what was said", JUSTICE, "policies:policy", (5,)),
        Page("a policy: propose", OFFICER, "policies:propose", (1,)),
        Page("a policy: review", JUSTICE, "policies:review_policy", (1,)),
        Page("rules of the stages", JUSTICE, "policies:life_rules"),
        Page("Council", JUSTICE, "council:home"),
        Page("members", JUSTICE, "council:members"),
        Page("terms of members", JUSTICE, "council:terms"),
        Page("meetings", JUSTICE, "council:meetings"),
        Page("a meeting to come", JUSTICE, "council:meeting", (1,)),
        Page("a meeting held", JUSTICE, "council:meeting", (3,)),
        Page("a meeting held, for an officer", OFFICER, "council:meeting", (3,)),
        Page("a meeting: replies", JUSTICE, "council:replies", (1,)),
        Page("a meeting: attendance", JUSTICE, "council:attendance", (2,)),
        Page("a meeting: opinions", JUSTICE, "council:opinions", (2, 9)),
        Page("a meeting: invite", JUSTICE, "council:add_parties", (1,)),
        Page("lists of policies", JUSTICE, "council:lists"),
        Page("a list in work", JUSTICE, "council:list", (1,)),
        Page("a decided list", JUSTICE, "council:list", (2,)),
        Page("directives", JUSTICE, "council:directives"),
        Page("training", JUSTICE, "training:home"),
        Page("needs", JUSTICE, "training:needs"),
        Page("people", JUSTICE, "training:people"),
        Page("people, a name sought", JUSTICE, "training:people", query="?q=van+77"),
        Page("a person", JUSTICE, "training:person", (61,)),
        Page("courses", JUSTICE, "training:courses"),
        Page("a course", JUSTICE, "training:course", (1,)),
        Page("a session of 300", JUSTICE, "training:session", (1,)),
        Page("registers", JUSTICE, "training:register"),
        Page("registers, the last page", JUSTICE, "training:register", query="?page=999"),
        Page("a rapporteur", JUSTICE, "training:term", (1,)),
        Page("sessions, for the public", NOBODY, "training_public:sessions"),
        Page("a session, for the public", NOBODY, "training_public:session", (2,)),
        Page("dashboard of the province", JUSTICE, "reports:dashboard"),
        Page("dashboard of an agency", OFFICER, "reports:dashboard"),
        *(Page(f"number: {code}", JUSTICE, "reports:figure", (code,)) for code in ("coverage", "opinions")),
        *(Page(f"records behind: {code}", JUSTICE, "reports:records", (code,)) for code in figures()),
        Page("reports", JUSTICE, "reports:home"),
        Page("synthesis of a window", OFFICER, "reports:synthesis", (1,)),
        Page("report requests", JUSTICE, "reports:requests"),
        Page("a report request", JUSTICE, "reports:request", (1,)),
        Page("reports an agency owes", OFFICER, "reports:owed"),
        Page("a report an agency writes", OFFICER, "reports:report", (3,)),
        Page("drafts, for the public", NOBODY, "portal:drafts"),
        Page("the front page", NOBODY, "portal:home"),
    ]


def figures() -> list[str]:
    from danban.reports.kpi import DEFINITIONS

    return list(DEFINITIONS)


def signed_in(who: int):
    from django.test import Client

    from danban.accounts.models import User

    client = Client()
    if who:
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(User.objects.get(pk=who), backend=backend)
    return client


class Cost(NamedTuple):
    queries: int
    cpu: float
    wall: float
    statements: list[str]


def cost(client, path: str, times: int = 9) -> Cost:
    """A page's queries, its median CPU and its best wall time in milliseconds, warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    statements = [one["sql"] for one in seen.captured_queries]
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    cpu, wall = [], []
    for _ in range(times):
        began, at = time.perf_counter(), time.process_time()
        client.get(path)
        cpu.append((time.process_time() - at) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return Cost(len(statements), statistics.median(cpu), min(wall), statements)


def within(page: Page, found: Cost) -> bool:
    slow = page.route == "reports:dashboard" and found.wall > DASHBOARD
    return found.queries <= QUERIES and found.cpu <= CPU and not slow


def table() -> int:
    """Print the cost of every page; give how many are over the bar."""
    from django.urls import reverse

    clients = {who: signed_in(who) for who in (JUSTICE, OFFICER, NOBODY)}
    print("| page | queries | ms CPU | ms | ≤ 10 queries, ≤ 60 ms CPU |\n|---|--:|--:|--:|---|")
    over = 0
    for page in pages():
        path = reverse(page.route, args=page.args) + page.query
        found = cost(clients[page.who], path)
        held = within(page, found)
        over += not held
        mark = "within" if held else "OVER"
        print(
            f"| {page.name} | {found.queries} | {found.cpu:.0f} | {found.wall:.0f} | {mark} |",
            flush=True,
        )
    return over


def profile(name: str) -> None:
    """The statements and the functions of one page that take longest."""
    from django.urls import reverse

    page = next(one for one in pages() if one.name == name)
    client, path = signed_in(page.who), reverse(page.route, args=page.args) + page.query
    found = cost(client, path, 1)
    for statement in found.statements:
        print(statement, "\n")
    with cProfile.Profile() as taken:
        for _ in range(5):
            client.get(path)
    pstats.Stats(taken).sort_stats("cumulative").print_stats(70)
