"""What must be true before the site starts: tables, static files, and in the demo a province to look at.

All of it is skipped when nothing changed since the last start, so that a start takes seconds.
"""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = ("django", "django-allauth", "django-tasks-db", "whitenoise")
_STAMP = "prepared"
_PEOPLE = "demo-people.txt"


def fingerprint() -> str:
    """Changes with any migration or static file, with the libraries, and with the database meant."""
    digest = hashlib.sha256(os.environ.get("DANBAN_DATABASE", "").encode())
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


def prepare(*, stage: str = "open") -> None:
    """Migrate, collect static files, and in an empty demo load the made-up province. Needs Django set up."""
    from django.conf import settings
    from django.core.management import call_command

    from danban.accounts.models import User

    data = Path(settings.DATA)
    (data / _STAMP).unlink(missing_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    if settings.DEMO and not User.objects.exists():
        from danban.demo.load import load

        load(stage)
        (data / _PEOPLE).write_text(_people_lines())
    (data / _STAMP).write_text(fingerprint())


def forget_demo(data: Path) -> None:
    """Remove the demo's database and files, so that another stage can be made. Only for SQLite's demo."""
    for name in ("danban.sqlite3", "danban.sqlite3-wal", "danban.sqlite3-shm", _STAMP, _PEOPLE):
        (data / name).unlink(missing_ok=True)
    (data / "audit" / "heads.log").unlink(missing_ok=True)
    for folder in (data / "files", data / "mail"):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def _people_lines() -> str:
    from danban.accounts.models import Membership
    from danban.demo.load import PASSWORD

    held = Membership.objects.filter(valid_to__isnull=True, user__is_active=True)
    lines = [
        f"  {one.user.email:32} {one.get_role_display()}, {one.agency.short_name or one.agency.name}"
        for one in held.select_related("user", "agency").order_by("agency_id", "id")[:12]
    ]
    return "\n".join([f"Cán bộ của bản trình diễn (mật khẩu chung: {PASSWORD}):", *lines]) + "\n"
