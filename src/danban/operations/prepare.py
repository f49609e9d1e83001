"""What must be true before the site starts: tables, static files, and in the demo a province to look at.

All of it is skipped when nothing changed since the last start, so that a start takes seconds.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from danban.common.errors import Refused

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = ("django", "django-allauth", "django-tasks-db", "whitenoise")
_STAMP = "prepared"
_PEOPLE = "demo-people.txt"
_NOT_A_DEMO = (
    "Dữ liệu ở {} không phải của bản trình diễn, nên chế độ demo không động đến. "
    "Nếu đây là hệ thống thật, hãy đặt DANBAN_MODE=production; nếu không, hãy chọn thư mục khác (DATA=…)."
)


def fingerprint() -> str:
    """Changes with any migration or static file, the libraries, the mode and the database meant."""
    meant = f"{os.environ.get('DANBAN_MODE')} {os.environ.get('DANBAN_DATABASE', '')}\n"
    digest = hashlib.sha256(meant.encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    files = [*_PACKAGE.glob("*/migrations/*.py"), *_PACKAGE.glob("*/static/**/*")]
    for path in sorted(files):
        about = path.stat()
        digest.update(f"{path.relative_to(_PACKAGE)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_prepared(data: Path) -> bool:
    """Whether the last preparation still holds; needs no Django."""
    stamp = data / _STAMP
    embedded = not os.environ.get("DANBAN_DATABASE")
    if embedded and not (data / "danban.sqlite3").exists():
        return False
    return stamp.exists() and stamp.read_text() == fingerprint()


def demo_people(data: Path) -> str:
    """The lines that tell who can sign in to the demo; empty outside it."""
    path = data / _PEOPLE
    return path.read_text() if path.exists() else ""


def prepare(load_demo: Callable[[], str] | None = None) -> None:
    """Migrate, collect static files, and fill an empty demo. Needs Django set up.

    ``load_demo`` makes the made-up province and returns the password of its people.
    """
    from django.conf import settings
    from django.core.management import call_command

    from danban.accounts.models import User

    data = Path(settings.DATA)
    (data / _STAMP).unlink(missing_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    if settings.DEMO and not (data / _PEOPLE).exists() and User.objects.exists():
        raise Refused(_NOT_A_DEMO.format(data))
    if settings.DEMO and load_demo is not None and not User.objects.exists():
        # The mark of a demo stands before its data: a load that broke off may be made anew.
        (data / _PEOPLE).touch()
        (data / _PEOPLE).write_text(_people_lines(load_demo()))
    (data / _STAMP).write_text(fingerprint())


def forget_demo(data: Path) -> None:
    """Remove the demo's database and files, so that another stage can be made. Only for SQLite's demo.

    Refuses a folder whose data were not made by the demo.
    """
    if (data / "danban.sqlite3").exists() and not (data / _PEOPLE).exists():
        raise Refused(_NOT_A_DEMO.format(data))
    for name in ("danban.sqlite3", "danban.sqlite3-wal", "danban.sqlite3-shm", _STAMP, _PEOPLE):
        (data / name).unlink(missing_ok=True)
    (data / "audit" / "heads.log").unlink(missing_ok=True)
    for folder in (data / "files", data / "mail"):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def _people_lines(password: str) -> str:
    from danban.accounts.models import Membership

    held = Membership.objects.filter(valid_to__isnull=True, user__is_active=True)
    roles: dict[str, list[str]] = {}
    for one in held.select_related("user", "agency").order_by("user_id", "id"):
        where = one.agency.short_name or one.agency.name
        roles.setdefault(one.user.email, []).append(f"{one.get_role_display()}, {where}")
    lines = [f"  {email:30} {'; '.join(held_by)}" for email, held_by in roles.items()]
    return "\n".join([f"Cán bộ của bản trình diễn (mật khẩu chung: {password}):", *lines]) + "\n"
