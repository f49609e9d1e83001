"""What every test may ask for."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import socket
import sqlite3

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties
from icalendar import Calendar

from tests.triggers import lifted

# Properties say what holds, not how fast: a shared machine would make them fail by its load.
properties.register_profile("danban", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("danban")

NEEDS = {
    "postgresql": "a PostgreSQL server: DANBAN_DATABASE=postgresql://… make test",
    "browser": "Chromium: apt-get install chromium",
    "office": "LibreOffice: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
}


def _missing():
    """The markers this machine cannot run. CI has everything, so there they run and may fail.

    The tests of PostgreSQL run where DANBAN_DATABASE names one; CI makes a run for each database.
    """
    everything = os.environ.get("CI") == "true"
    here = {
        "postgresql": settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        "browser": everything or shutil.which("chromium") is not None,
        "office": everything or shutil.which("soffice") is not None,
    }
    return {name for name, present in here.items() if not present}


def pytest_collection_modifyitems(config, items):
    missing = _missing()
    left_out = [item for item in items if any(marker.name in missing for marker in item.iter_markers())]
    if left_out:
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter):
    for name in sorted(_missing()):
        terminalreporter.write_line(f"NOT RUN: the tests that need {NEEDS[name]}", yellow=True)


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied():
    """Transactional tests empty all tables afterwards; the house's triggers would refuse it."""
    empty = TransactionTestCase._fixture_teardown

    def empty_without_triggers(self):
        with lifted(connection):
            empty(self)

    TransactionTestCase._fixture_teardown = empty_without_triggers
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True)
def _the_language_is_that_of_the_site():
    """A request for an English page leaves its thread in English: every test starts in Vietnamese."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def sign_in(client):
    """Sign a person in: ``sign_in(user)`` gives the client back."""

    def enter(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture
def on_disk(transactional_db, tmp_path):
    """SQLite in memory has one connection for all threads; a copy on disk has one for each, as in life."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    path = tmp_path / "together.sqlite3"
    with sqlite3.connect(path) as file:
        memory.backup(file)
    file.close()
    connection.connection = None
    connection.settings_dict["NAME"] = str(path)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.connection = memory


class Postbox:
    """Keeps what arrives; ``full`` are addresses that take nothing at present."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], email.message.EmailMessage]] = []
        self.full: set[str] = set()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.full:
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"

    def emptied(self) -> dict[str, Arrived]:
        """What arrived since it was last emptied, by address. Nobody may have got two."""
        got, self.letters = self.letters, []
        by_address = {to: Arrived(letter) for (to,), letter in got}
        assert len(by_address) == len(got), [to for to, _letter in got]
        return by_address


class Arrived:
    """A letter as its reader sees it: subject, words, and the calendar entry it brings (None without)."""

    def __init__(self, letter: email.message.EmailMessage) -> None:
        # A long subject is folded before its first word.
        self.subject = letter["Subject"].strip()
        words = letter.get_body()
        self.content_type = words.get_content_type()
        self.body = words.get_content()
        files = [one.get_content() for one in letter.iter_attachments()]
        self.entry = Calendar.from_ical(files[0]).walk("VEVENT")[0] if files else None


@pytest.fixture
def postbox(settings):
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()
