"""`danban check`: is everything there that the site needs, said in plain words.

Each check gives one line: whether it is well, what was found, what to do when it is not.
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks as django_checks
from django.core import mail
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from danban.audit.queries import missing_triggers
from danban.operations.queries import health, jobs_by_state

_LEAST_DISK = 2 * 1024**3
_MOST_CLOCK_DRIFT = dt.timedelta(seconds=5)


@dataclass(frozen=True)
class Line:
    """``ok`` None is a warning: it works, but someone should look."""

    ok: bool | None
    what: str
    found: str


def run_checks() -> Iterator[Line]:
    """All checks in order; those that need the database are left out when it does not answer."""
    yield _settings()
    reached = _database()
    yield reached
    if reached.ok:
        needing_database: list[Callable[[], Line]] = [_migrations, _triggers, _clock, _worker, _chain, _jobs]
        for check in needing_database:
            yield check()
    yield _mail()
    yield _disk()
    yield _files()


def _settings() -> Line:
    deploy = not settings.DEMO
    found = [
        message
        for message in django_checks.run_checks(include_deployment_checks=deploy)
        if message.level >= django_checks.WARNING and not message.is_silenced()
    ]
    mode = "trình diễn" if settings.DEMO else "vận hành thật"
    if not found:
        return Line(True, "Cấu hình", f"chế độ {mode}, không có cảnh báo")
    serious = any(message.level >= django_checks.ERROR for message in found)
    said = "; ".join(f"{message.id}: {str(message.msg)[:90]}" for message in found[:5])
    return Line(False if serious else None, "Cấu hình", said)


def _database() -> Line:
    begun = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Line(False, "Cơ sở dữ liệu", f"không kết nối được: {error}. Xem DANBAN_DATABASE, DANBAN_DATA.")
    took = (time.monotonic() - begun) * 1000
    if connection.vendor == "sqlite":
        return Line(True, "Cơ sở dữ liệu", f"SQLite {settings.DATABASES['default']['NAME']}, {took:.0f} ms")
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        (synchronous,) = cursor.fetchone()
    if synchronous == "off":
        return Line(
            False, "Cơ sở dữ liệu", "synchronous_commit = off: góp ý đã báo nhận có thể mất. Hãy bật lại."
        )
    return Line(True, "Cơ sở dữ liệu", f"PostgreSQL, {took:.0f} ms")


def _migrations() -> Line:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Line(False, "Bảng dữ liệu", f"còn {len(waiting)} bước chưa chạy. Hãy chạy: danban migrate")
    return Line(True, "Bảng dữ liệu", "đã đủ")


def _triggers() -> Line:
    missing = [finding.detail for finding in missing_triggers()]
    if missing:
        return Line(False, "Chốt chống sửa nhật ký", f"thiếu {', '.join(missing)}. Hãy tìm hiểu ai đã gỡ.")
    return Line(True, "Chốt chống sửa nhật ký", "đủ")


def _clock() -> Line:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        (there,) = cursor.fetchone()
    if isinstance(there, str):
        there = dt.datetime.fromisoformat(there).replace(tzinfo=dt.UTC)
    drift = abs(dt.datetime.now(dt.UTC) - there)
    if drift > _MOST_CLOCK_DRIFT:
        return Line(
            False, "Đồng hồ", f"lệch {drift.total_seconds():.0f} giây so với cơ sở dữ liệu. Hãy bật NTP."
        )
    return Line(True, "Đồng hồ", "khớp với cơ sở dữ liệu")


def _worker() -> Line:
    state = health()
    if state.worker_ok:
        return Line(True, "Tiến trình nền", "đang sống")
    return Line(None, "Tiến trình nền", "không thấy. Hãy chạy: danban up, hoặc danban worker")


def _chain() -> Line:
    state = health()
    if state.chain_lag is None:
        return Line(True, "Chuỗi nhật ký", "mọi mục đã được nối")
    seconds = state.chain_lag.total_seconds()
    return Line(True if state.chain_ok else None, "Chuỗi nhật ký", f"mục chờ lâu nhất: {seconds:.0f} giây")


def _jobs() -> Line:
    counts = jobs_by_state()
    said = f"chờ {counts['READY']}, đang chạy {counts['RUNNING']}, thất bại {counts['FAILED']}"
    return Line(None if counts["FAILED"] else True, "Công việc nền", said)


def _mail() -> Line:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return Line(
            True if settings.DEMO else None, "Thư", f"ghi vào {settings.EMAIL_FILE_PATH}, không gửi đi"
        )
    try:
        with mail.get_connection() as server:
            server.open()
    except OSError as error:
        return Line(False, "Thư", f"máy chủ thư không trả lời: {error}. Xem DANBAN_EMAIL_URL.")
    return Line(True, "Thư", "máy chủ thư trả lời")


def _disk() -> Line:
    free = shutil.disk_usage(settings.DATA).free
    said = f"còn {free / 1024**3:.1f} GB cho {settings.DATA}"
    return Line(free >= _LEAST_DISK or None, "Đĩa", said)


def _files() -> Line:
    probe = Path(settings.DATA) / ".check"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        return Line(False, "Thư mục dữ liệu", f"không ghi được vào {settings.DATA}: {error.strerror}")
    return Line(True, "Thư mục dữ liệu", "ghi được")
