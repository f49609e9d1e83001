"""Figures of training (`python -m bench.training`): a register of 2,000 rows, a room of 300 phones.

Runs on the database of DANBAN_DATABASE in the folder of DANBAN_DATA, both thrown away by the caller, or,
alone, on SQLite in a folder of its own.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

if __name__ == "__main__":
    os.environ.setdefault("DANBAN_DATA", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

import xlsxwriter  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from danban.accounts import actions as accounts  # noqa: E402
from danban.accounts.models import Agency, User  # noqa: E402
from danban.accounts.states import AgencyKind, Level  # noqa: E402
from danban.common import clock  # noqa: E402
from danban.training import actions, rules, workbooks  # noqa: E402
from danban.training.models import Attendance, Session  # noqa: E402

ROWS, BAD_ROWS = 2_000, 20
PHONES, AT_ONCE = 300, 30


def ground() -> tuple[Agency, User]:
    mark = uuid.uuid4().hex[:8]
    agency = accounts.add_agency(
        code=f"so-{mark}",
        name=f"Sở Đo {mark}",
        short_name="",
        kind=AgencyKind.DEPARTMENT,
        level=Level.PROVINCE,
        valid_from=dt.date(2025, 7, 1),
        valid_to=None,
        parent=None,
    )
    user = accounts.add_user(email=f"{mark}@do.example", full_name="Người Đo", title="", password=None)
    return agency, user


def register_import() -> dict[str, float]:
    """Seconds (and of processor) to bring in a register of 2,000 rows; rows kept and listed as bad."""
    agency, user = ground()
    rows = [
        [f"Nguyễn Văn Số {n}", agency.name, "báo cáo viên", "Dân sự", "01/02/2026", f"{n}/QĐ", "", ""]
        for n in range(ROWS - BAD_ROWS)
    ]
    rows += [["Sai", agency.name, "báo cáo viên", "", "", "", "", ""]] * BAD_ROWS
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([workbooks.REGISTER, *rows]):
            sheet.write_row(number, 0, row)
    began, cpu = time.perf_counter(), sum(os.times()[:4])
    batch = actions.import_register(data=buffer.getvalue(), file_name="so.xlsx", by=user)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": sum(os.times()[:4]) - cpu,
        "kept": batch.imported,
        "bad": len(batch.rejected),
    }


def full_room() -> dict[str, float]:
    """300 phones through the pages, 30 at a time, a third of them twice and a fifth late: seconds, presences."""
    session, names = _room()
    now = clock.now()
    fresh, old = (rules.room_code(session.pk, now - dt.timedelta(minutes=ago)) for ago in (0, 45))
    taps = [(name, old if n % 5 == 0 else fresh) for n, name in enumerate(names)]
    taps += taps[::3]
    path = reverse("training_public:attend_typed", args=[session.pk])
    gate = threading.Barrier(AT_ONCE)

    def phones(number: int) -> None:
        try:
            gate.wait(30)
            client = Client()
            for name, code in taps[number::AT_ONCE]:
                if client.post(path, {"room": code, "who": name}).status_code != 302:
                    raise SystemExit("a tap was refused")
        finally:
            connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(phones, range(AT_ONCE)))
    return {
        "seconds": time.perf_counter() - began,
        "taps": len(taps),
        "present": Attendance.objects.filter(registration__session=session).count(),
    }


def _room() -> tuple[Session, list[str]]:
    agency, user = ground()
    course = actions.keep_course(
        course=None, agency=agency, title="Đo", organiser="own", audiences=["other"], content="",
        hours=Decimal(3), pass_mark=70, attempts=3, task=None, by=user,
    )  # fmt: skip
    begins = clock.now() - dt.timedelta(minutes=10)
    session = actions.keep_session(
        session=None, course=course, place="Phòng đo", starts_at=begins, ends_at=begins + dt.timedelta(hours=3),
        hours=Decimal(3), capacity=PHONES, trainer="", by=user,
    )  # fmt: skip
    actions.open_session(session=session, by=user)
    names = [f"Nguyễn Văn Số {n}" for n in range(PHONES)]
    table = "\n".join(["Họ và tên;Cơ quan", *(f"{name};Xã Đo" for name in names)])
    actions.import_people(session=session, data=table.encode(), file_name="a.csv", by=user)
    return session, names


def main() -> None:
    call_command("migrate", verbosity=0)
    for name, measure in (("register import", register_import), ("full room", full_room)):
        print(name, {key: round(value, 2) for key, value in measure().items()})


if __name__ == "__main__":
    main()
