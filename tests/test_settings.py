"""A province's own server does not start on settings that are missing or unsafe, and says which."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"
GOOD = {
    "DANBAN_SECRET_KEY": "k" * 50,
    "DANBAN_CONTACT_KEY": base64.b64encode(b"k" * 32).decode(),
    "DANBAN_HOSTS": "gopy.tinh.example",
}
TELL = (
    "from danban.settings import production as s; "
    "print(s.DEBUG, s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, "
    "getattr(s, 'EMAIL_USE_SSL', None), getattr(s, 'EMAIL_USE_TLS', None))"
)


def start(tmp_path, **changed):
    env = (
        {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "DANBAN_DATA": str(tmp_path)} | GOOD | changed
    )
    kept = {name: value for name, value in env.items() if value is not None}
    return subprocess.run([sys.executable, "-c", TELL], env=kept, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("mail", "encrypted"),
    [
        ("", "None None"),
        ("smtps://a:b@thu.example:587", "False True"),
        ("smtps://a:b@thu.example:465", "True False"),
        ("smtp://localhost:25", "False False"),
    ],
)
def test_what_is_complete_starts_over_https_only(tmp_path, mail, encrypted):
    started = start(tmp_path, DANBAN_EMAIL_URL=mail)
    assert started.stderr == ""
    assert started.stdout == f"False ['gopy.tinh.example'] True True True {encrypted}\n"


def test_the_folder_of_the_files_is_made_for_its_owner_alone(tmp_path):
    folder = tmp_path / "danban"
    assert start(folder).returncode == 0
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DANBAN_SECRET_KEY", None),
        ("DANBAN_SECRET_KEY", "short"),
        ("DANBAN_CONTACT_KEY", None),
        ("DANBAN_CONTACT_KEY", "not base64"),
        ("DANBAN_CONTACT_KEY", base64.b64encode(b"k" * 31).decode()),
        ("DANBAN_HOSTS", None),
        ("DANBAN_HOSTS", ""),
        ("DANBAN_HOSTS", "*"),
        ("DANBAN_HOSTS", "gopy.tinh.example,.tinh.example"),
    ],
)
def test_what_is_missing_or_unsafe_stops_the_start_by_name(tmp_path, name, value):
    stopped = start(tmp_path, **{name: value})
    assert stopped.returncode == 1
    said = stopped.stderr.splitlines()[-1]
    assert said.startswith("django.core.exceptions.ImproperlyConfigured")
    assert name in said
    assert not value or len(value) < 30 or value not in stopped.stderr
