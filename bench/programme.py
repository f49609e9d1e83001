"""The figures of the programme (`make bench-programme`): a province with 10,000 dossiers, 2 million comments,
5 plans of 400 tasks and 150 agencies. Needs PostgreSQL.

Rows are written by the database itself (INSERT … SELECT generate_series), so that seeding takes a minute.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("DANBAN_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1")
AGENCIES, DOSSIERS, COMMENTS, PLANS, TASKS = 150, 10_000, 2_000_000, 5, 400
PEOPLE = 1_500_000
POINTS_A_WINDOW = 10

SEED = f"""
INSERT INTO accounts_agency (code, name, short_name, kind, level, parent_id, valid_from)
SELECT 'co-quan-' || n, 'Cơ quan đo số ' || n, '', CASE n WHEN 1 THEN 'peoples_committee' ELSE 'department' END,
       'province', NULL, '2022-01-01' FROM generate_series(1, {AGENCIES}) n;
INSERT INTO accounts_user (email, full_name, title, is_active, password, created_at)
SELECT 'nguoi-' || n || '@do.example', 'Người ' || n, '', true, '!', now() FROM generate_series(1, 2) n;
INSERT INTO accounts_membership (user_id, agency_id, role, valid_from)
SELECT 1, 2, role, '2022-01-01' FROM unnest(ARRAY['justice', 'leader']) role;
INSERT INTO accounts_membership (user_id, agency_id, role, valid_from) VALUES (2, 3, 'officer', '2022-01-01');

INSERT INTO policies_dossier (slug, title, document_type, issuing_body_id, agency_id, role, field, started_on,
    stage, about, affected, changes, question, search_text, created_by_id, created_at)
SELECT 'du-thao-' || n, 'Quyết định đo số ' || n, 'chair_decision', 1, 2 + n % ({AGENCIES} - 2),
       CASE WHEN n % 10 = 0 THEN 'coordinates' ELSE 'drafts' END, 'land', year, 'drafting', '', '', '', '', '', 1, now()
FROM generate_series(1, {DOSSIERS}) n, LATERAL (SELECT date_trunc('year', now())::date AS year) y;
INSERT INTO policies_version (dossier_id, number, state, file, file_name, file_sha256, note, uploaded_by_id,
    uploaded_at, secrecy_checked_by_id, secrecy_checked_at, released_by_id, released_at, returned_reason)
SELECT n, 1, 'released', 'x', 'x', md5(n::text), '', 1, now(), 1, now(), 2, now(), ''
FROM generate_series(1, {DOSSIERS}) n;
INSERT INTO policies_provision (version_id, position, parent_id, unit, number, address, lineage, heading, text)
SELECT n, 0, NULL, 'article', '1', 'dieu-1', gen_random_uuid(), 'Thu gom', 'Rác được thu gom trong ngày.'
FROM generate_series(1, {DOSSIERS}) n;
INSERT INTO consultation_window (dossier_id, version_id, kind, opens_on, closes_on, rule_id, short_reason,
    opened_by_id, created_at, cancelled_reason)
SELECT n, n, 'opinion', first, first + 20, NULL, '', 1, first, ''
FROM generate_series(1, {DOSSIERS}) n, LATERAL (SELECT (now() - make_interval(days => 30 + n % 300))::date AS first) d;
INSERT INTO consultation_comment (window_id, version_id, provision_id, text, folded, commenter_kind,
    commenter_key, public_name, channel, collected_how, received_on, created_at, state, visibility,
    withheld_reason, code_hash, idempotency_key, fingerprint)
SELECT w.id, w.version_id, w.version_id, 'Xin ghi rõ giờ thu gom.', 'xin ghi ro gio thu gom.', 'person',
       md5((n::bigint * 7919 % {PEOPLE})::text) || md5(n::text || 'a'), '', (ARRAY['web', 'letter', 'meeting'])[1 + n % 3], '',
       w.opens_on + n % 20, w.opens_on + make_interval(days => n % 20, mins => n % 1440),
       CASE WHEN n % 10 < 9 THEN 'answered' ELSE 'received' END, 'shown', '', md5(n::text) || md5('c' || n),
       md5('k' || n)::uuid, ''
FROM generate_series(1, {COMMENTS}) n JOIN consultation_window w ON w.id = 1 + n % {DOSSIERS};
INSERT INTO answers_point (window_id, title, provision_id, created_by_id, created_at)
SELECT w.id, 'Giờ thu gom', NULL, 1, w.created_at FROM consultation_window w, generate_series(1, {POINTS_A_WINDOW});
INSERT INTO answers_pointmember (point_id, comment_id, answered_at)
SELECT ((c.window_id - 1) * {POINTS_A_WINDOW} + 1 + c.id % {POINTS_A_WINDOW}), c.id,
       w.closes_on + make_interval(days => (c.id % 40)::int)
FROM consultation_comment c JOIN consultation_window w ON w.id = c.window_id WHERE c.state = 'answered';
INSERT INTO answers_answer (point_id, disposition, reason, state, written_by_id, written_at, released_by_id,
    released_at, returned_reason, comments_count)
SELECT p.id, (ARRAY['accepted', 'partly_accepted', 'not_accepted', 'noted', 'out_of_scope'])[1 + p.id % 5],
       'Đã bổ sung.', 'released', 1, p.created_at, 2,
       w.closes_on + make_interval(days => (p.id % 40)::int), '', {COMMENTS // DOSSIERS // POINTS_A_WINDOW}
FROM answers_point p JOIN consultation_window w ON w.id = p.window_id;

INSERT INTO policies_policy (dossier_id, number, title, problem, objective, solutions, created_by_id, created_at)
SELECT n, 1, 'Chính sách ' || n, '', '', '', 1, now() FROM generate_series(1, {DOSSIERS}) n;
INSERT INTO policies_screening (policy_id, step, agency_id, in_scope, reason, list_number, decided_on, by_id, at)
SELECT n, 'decision', 2, n % 4 < 3, 'Đủ tiêu chí', '01/DM', d::date, 1, d
FROM generate_series(1, {DOSSIERS}) n, LATERAL (SELECT date_trunc('year', now()) + make_interval(days => n % 300) AS d) x;
INSERT INTO plan_plan (kind, wrapper, number, title, issued_on, issuer_id, lead_id, starts_on, ends_on,
    legal_bases, text, file, file_name, file_sha256, state, created_by_id, created_at)
SELECT 'yearly', 'plan', n || '/KH-UBND', 'Kế hoạch', year, 1, 2, year, year + 364, '[]', '', '', '', '',
       'in_force', 1, now()
FROM generate_series(1, {PLANS}) n, LATERAL (SELECT date_trunc('year', now())::date AS year) y;
INSERT INTO plan_task (plan_id, position, number, content, due_on, cadence, timing, product, budget, state, revision)
SELECT 1 + n % {PLANS}, n, '', 'Nhiệm vụ số ' || n, date_trunc('year', now())::date + n % 360, 'once', '', '', '',
       'working', 1 FROM generate_series(1, {PLANS * TASKS}) n;
INSERT INTO plan_assignment (task_id, part, agency_id, named_as)
SELECT n, 'leads', 2 + n % ({AGENCIES} - 2), '' FROM generate_series(1, {PLANS * TASKS}) n;
INSERT INTO plan_evidence (task_id, policy_id, purpose, kind, record, file, file_name, file_sha256, note, shown_on,
    added_by_id, added_at, proved_at, ended_reason)
SELECT t.id, NULL, 'product', 'event', t.id, '', '', '', '', t.due_on - 2, 1, t.due_on, t.due_on, ''
FROM plan_task t WHERE t.id % 3 > 0
UNION ALL
SELECT NULL, p.id, purpose, 'window', p.id, '', '', '', '', now()::date, 1, now(), now() - interval '1 day', ''
FROM policies_policy p, unnest(ARRAY['communication', 'coordination']) purpose WHERE p.id % 5 > 0;
"""


@contextmanager
def database() -> Iterator[str]:
    """A seeded database of its own, dropped afterwards."""
    name = f"danban_bench_programme_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{SERVER}/{name}"
    finally:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'consultation_comment' AND indexdef NOT LIKE '%UNIQUE%'"


def seed(url: str, scale: float) -> None:
    """Tables and rows. Indexes on comments are made afterwards and triggers sleep: a bulk load, not a day's work."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    wanted = SEED.replace(f"generate_series(1, {COMMENTS})", f"generate_series(1, {int(COMMENTS * scale)})")
    with psycopg.connect(url, autocommit=True) as own:
        for setting in (
            "synchronous_commit = off",
            "session_replication_role = replica",
            "TIME ZONE 'Asia/Ho_Chi_Minh'",
        ):
            own.execute(f"SET {setting}")
        indexes = own.execute(INDEXES).fetchall()
        for name, _definition in indexes:
            own.execute(f'DROP INDEX "{name}"')
        for statement in filter(str.strip, wanted.split(";\n")):
            own.execute(statement)
        for _name, definition in indexes:
            own.execute(definition)
        own.execute("VACUUM ANALYZE")


def row(name: str, found: str, bar: str) -> None:
    print(f"| {name} | {found} | {bar} |", flush=True)


def pages() -> None:
    """Queries, wall time and CPU of the pages that read the programme."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from danban.accounts.models import User
    from danban.reports.actions import keep_present

    started = time.perf_counter()
    keep_present()
    row("all figures counted and kept", f"{time.perf_counter() - started:.1f} s", "–")
    addresses = [
        ("dashboard of the province", 1, reverse("reports:dashboard")),
        ("dashboard of an agency", 2, reverse("reports:dashboard")),
        ("records behind a number", 1, reverse("reports:records", args=["tasks_on_time"])),
        ("a page of 2 million opinions", 1, reverse("reports:records", args=["opinions"])),
    ]
    for name, person, address in addresses:
        client = Client()
        client.force_login(
            User.objects.get(pk=person), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session["second_factor_set_up"] = True
        session.save()
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            status = client.get(address).status_code
            queries = len(seen)
        if status != 200:
            raise SystemExit(f"{address}: {status}")
        times, cpu = [], time.process_time()
        for _ in range(20):
            began = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
        cpu = (time.process_time() - cpu) / 20 * 1000
        row(
            name,
            f"{statistics.median(times):.0f} ms, {cpu:.0f} ms CPU, {queries} queries",
            "≤ 150 ms, ≤ 10 queries" if "dashboard" in name else "≤ 10 queries",
        )


def yearly_report(url: str) -> None:
    """The province's yearly report, in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "bao-cao.docx"
        year = time.strftime("%Y")
        command = [sys.executable, "-m", "bench.programme", "--report", str(out), year]
        done = subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment(url, folder)
        )
        size = out.stat().st_size / 1e6
    row("yearly report, 150 agencies", f"{done.stdout.strip()}, {size:.1f} MB file", "≤ 10 s, ≤ 200 MB")


def environment(url: str, data: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DANBAN_DATABASE": url,
        "DANBAN_DATA": data,
    }


def write_one(out: str, year: str) -> None:
    from danban.reports.command import write_report

    started = time.perf_counter()
    write_report(kind="yearly", year=int(year), out=Path(out))
    seconds = time.perf_counter() - started
    print(f"{seconds:.1f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the comments")
    parser.add_argument("--report", nargs=2, metavar=("FILE", "YEAR"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    import django

    if options.report:
        django.setup()
        write_one(*options.report)
        return
    with tempfile.TemporaryDirectory() as data, database() as url:
        os.environ.update(environment(url, data))
        django.setup()
        started = time.perf_counter()
        seed(url, options.scale)
        row("seeded", f"{time.perf_counter() - started:.0f} s", "–")
        pages()
        yearly_report(url)


if __name__ == "__main__":
    main()
