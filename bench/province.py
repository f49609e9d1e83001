"""A province at full load, for the benches: 150 agencies, 5 plans of 400 tasks a year for ten years, 10,000
dossiers with 2 million comments, ten years of Council, training and reports.

The database writes the rows itself (``province/*.sql``, one text for both kinds of database), with indexes
made afterwards and triggers asleep: a bulk load, not a day's work.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SQL = ROOT / "bench" / "province"
SERVER = os.environ.get("DANBAN_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1")
YEARS = 10
TYPES = {"uuid": "uuid", "json": "jsonb"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is; ``scaled`` for a quick look."""

    agencies: int = 150
    plans: int = 5
    tasks: int = 400
    years: int = YEARS
    dossiers: int = 10_000
    comments_each: int = 200
    commenters: int = 1_500_000
    people: int = 20_000

    @classmethod
    def scaled(cls, share: float) -> Size:
        return cls(
            years=max(1, round(YEARS * share)),
            dossiers=max(300, round(10_000 * share)),
            people=max(1_000, round(20_000 * share)),
        )


def environment(url: str, data: str) -> dict[str, str]:
    """What a process needs to work on the database at ``url`` (empty: SQLite in ``data``)."""
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DANBAN_DATABASE": url,
        "DANBAN_DATA": data,
    }


@contextmanager
def database(kind: str) -> Iterator[str]:
    """An empty database of its own, thrown away afterwards; Django is set up on it. Gives its address."""
    with tempfile.TemporaryDirectory(prefix="danban-bench-") as data:
        if kind == "sqlite":
            yield _set_up("", data)
            return
        import psycopg

        name = f"danban_bench_{os.getpid()}"
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield _set_up(f"{SERVER}/{name}", data)
        finally:
            with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _set_up(url: str, data: str) -> str:
    os.environ.update(environment(url, data))
    import django

    django.setup()
    return url


def fill(size: Size) -> None:
    """Tables and rows."""
    from django.core.management import call_command
    from django.db import connection

    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with connection.cursor() as cursor, _asleep(cursor, connection.vendor):
        _helpers(cursor, size)
        for file in sorted(SQL.glob("[0-9]*.sql")):
            _run(cursor, file, size)
    _count_on(connection)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def add_history(size: Size) -> None:
    """The figures of past months, once those of now were kept."""
    from django.db import connection

    with connection.cursor() as cursor:
        _run(cursor, SQL / "history.sql", size)
        _count_on(connection)
        cursor.execute("ANALYZE")


def _run(cursor, file: Path, size: Size) -> None:
    from django.db import connection

    values = {field: getattr(size, field) for field in Size.__slots__}
    values |= {
        kind: stored if connection.vendor == "postgresql" else "text" for kind, stored in TYPES.items()
    }
    for statement in filter(str.strip, file.read_text().format(**values).split(";\n")):
        cursor.execute(statement)


def _helpers(cursor, size: Size) -> None:
    """Numbers, days counted from today, and the years back from this one (``n``: their first day)."""
    from django.utils import timezone

    today = timezone.localdate()
    most = max(size.dossiers + 10, size.people, 2_000)
    cursor.execute("CREATE TEMP TABLE bench_number (n bigint PRIMARY KEY)")
    cursor.execute(
        f"INSERT INTO bench_number WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {most}) SELECT n FROM s"
    )
    cursor.execute(
        "CREATE TEMP TABLE bench_day (n bigint PRIMARY KEY, day date, moment timestamp with time zone)"
    )
    days = [(n, today + dt.timedelta(days=n)) for n in range(-4_100, 800)]
    cursor.executemany(
        "INSERT INTO bench_day VALUES (%s, %s, %s)",
        [(n, f"{day}", f"{day} 03:00:00" + ("+00" if _is_postgres() else "")) for n, day in days],
    )
    cursor.execute("CREATE TEMP TABLE bench_year (y bigint PRIMARY KEY, n bigint, first date, last date)")
    firsts = [(y, dt.date(today.year - y, 1, 1)) for y in range(size.years)]
    cursor.executemany(
        "INSERT INTO bench_year VALUES (%s, %s, %s, %s)",
        [(y, (first - today).days, f"{first}", f"{first.year}-12-31") for y, first in firsts],
    )


def _is_postgres() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


@contextmanager
def _asleep(cursor, vendor: str) -> Iterator[None]:
    """Indexes of the largest tables and all triggers come back after the load."""
    tables = (
        "('consultation_comment', 'answers_pointmember', 'policies_screeninganswer', 'training_registration')"
    )
    if vendor == "postgresql":
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN {tables} AND indexdef NOT LIKE '%%UNIQUE%%'",
            [],
        )
        gone = [("INDEX", *row) for row in cursor.fetchall()]
    else:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute(
            f"SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'trigger' OR type = 'index' AND tbl_name IN {tables} AND sql NOT LIKE '%%UNIQUE%%')",
            [],
        )
        gone = cursor.fetchall()
    for kind, name, _definition in gone:
        cursor.execute(f'DROP {kind} "{name}"')
    yield
    for _kind, _name, definition in gone:
        cursor.execute(definition)
    if vendor == "postgresql":
        cursor.execute("SET session_replication_role = DEFAULT")
    else:
        cursor.execute("PRAGMA foreign_keys = ON")


def _count_on(connection) -> None:
    """Rows came with their numbers: the next ones go on from there."""
    from django.apps import apps
    from django.core.management.color import no_style

    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
