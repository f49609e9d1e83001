"""The command `danban`: its words, its refusals, and the site it starts and ends."""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from danban import cli
from danban.accounts.models import Membership, User
from danban.accounts.states import Act, Role
from danban.audit.actions import SYSTEM, close_chain, record
from danban.audit.models import AuditEntry
from danban.audit.queries import Finding
from danban.audit.states import Fault
from danban.common.errors import Refused
from danban.consultation.models import Comment
from danban.operations import checks, prepare, serve
from tests.factories import AgencyFactory, UserFactory, WindowFactory
from tests.triggers import lifted


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setenv("DANBAN_DATA", str(tmp_path))
    monkeypatch.setenv("DANBAN_MODE", "demo")


def danban(*words):
    return cli.main(list(words))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    "name",
    [
        "up",
        "demo",
        "check",
        "worker",
        "migrate",
        "backup",
        "audit",
        "agency",
        "user",
        "import",
        "report",
        "plan",
    ],
)
def test_every_command_teaches_with_an_example(name, capsys):
    with pytest.raises(SystemExit) as left:
        danban(name, "--help")
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert f"Ví dụ:\n  danban {name}" in said


def test_words_that_make_no_sense_are_refused(capsys):
    with pytest.raises(SystemExit) as left:
        danban("bay")
    assert left.value.code == 2
    assert "bay" in capsys.readouterr().err


def test_a_mode_that_does_not_exist_is_refused(monkeypatch, capsys):
    monkeypatch.setenv("DANBAN_MODE", "thu")
    with pytest.raises(SystemExit):
        danban("check")
    assert "DANBAN_MODE" in capsys.readouterr().err


def test_new_keys_are_long_enough_and_new_each_time(capsys):
    danban("check", "--new-key")
    danban("check", "--new-key")
    first, first_contact, second, _ = capsys.readouterr().out.split()
    assert first != second
    assert len(first.removeprefix("DANBAN_SECRET_KEY=")) >= 50
    assert len(base64.b64decode(first_contact.removeprefix("DANBAN_CONTACT_KEY="))) == 32


@pytest.mark.django_db
def test_a_person_is_added_with_a_role_and_a_link(capsys):
    AgencyFactory(code="so-tu-phap", name="Sở Tư pháp")
    words = ["user", "add", "an@tinh.example", "--name", "Nguyễn Văn An", "--agency", "so-tu-phap"]
    assert danban(*words, "--role", "drafter") == 0
    user = User.objects.get(email="an@tinh.example")
    assert Membership.objects.get(user=user).role == "drafter"
    assert list(AuditEntry.objects.values_list("action", "actor")) == [
        ("user.added", SYSTEM),
        ("membership.granted", SYSTEM),
    ]
    assert "https://<tên miền>/can-bo/" in capsys.readouterr().out
    assert danban(*words, "--role", "drafter") == 1
    assert "Đã có người dùng" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "agency", "said"),
    [("an", "so-tu-phap", "địa chỉ thư"), ("an@tinh.example", "so-x", "so-tu-phap")],
)
def test_a_person_is_not_added_to_nowhere(email, agency, said, capsys):
    AgencyFactory(code="so-tu-phap")
    words = ["user", "add", email, "--name", "An", "--agency", agency, "--role", "viewer"]
    assert danban(*words) == 1
    assert said in capsys.readouterr().err
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_audit_verify_tells_whole_from_tampered(capsys):
    with transaction.atomic():
        entry = record(Act.USER_ADDED, actor=SYSTEM)
    close_chain()
    assert danban("audit", "verify") == 0
    with lifted(connection):
        AuditEntry.objects.filter(pk=entry.pk).update(actor="user:1")
    assert danban("audit", "verify") == 1
    assert "số 1: Mục nhật ký bị sửa nội dung" in capsys.readouterr().out


@pytest.mark.django_db
def test_check_says_what_is_well_and_what_is_not(capsys, monkeypatch):
    assert danban("check") == 0
    said = capsys.readouterr().out
    assert "✓ Bảng dữ liệu" in said
    assert "✓ Chốt chống sửa nhật ký: đủ" in said
    assert "! Tiến trình nền" in said
    gone = Finding(Fault.TRIGGER_MISSING, None, "audit_auditentry_no_update")
    monkeypatch.setattr(checks, "missing_triggers", lambda: iter([gone]))
    assert danban("check") == 1
    assert "✗ Chốt chống sửa nhật ký: thiếu audit_auditentry_no_update" in capsys.readouterr().out


def test_demo_never_touches_a_real_installation(monkeypatch, tmp_path, capsys):
    kept = tmp_path / "danban.sqlite3"
    kept.write_bytes(b"x")
    monkeypatch.setenv("DANBAN_MODE", "production")
    assert danban("demo", "--stage", "open") == 1
    monkeypatch.setenv("DANBAN_MODE", "demo")
    monkeypatch.setenv("DANBAN_DATABASE", "postgresql://x/y")
    assert danban("demo", "--stage", "open") == 1
    assert kept.read_bytes() == b"x"


def test_the_demo_never_touches_data_it_did_not_make(tmp_path, monkeypatch, capsys):
    """The mode is demo unless said otherwise: a slip on a real folder must not cost its data."""
    monkeypatch.delenv("DANBAN_DATABASE", raising=False)
    kept = tmp_path / "danban.sqlite3"
    kept.write_bytes(b"x")
    assert danban("demo", "--stage", "open") == 1
    assert "không phải của bản trình diễn" in capsys.readouterr().err
    assert kept.read_bytes() == b"x"


@pytest.mark.django_db
def test_a_demo_does_not_start_on_a_real_installations_people(settings, tmp_path, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr("django.core.management.call_command", lambda *args, **options: None)
    loaded = []
    UserFactory()
    with pytest.raises(Refused, match="không phải của bản trình diễn"):
        prepare.prepare(lambda: loaded.append(1) or "")
    assert loaded == []
    (tmp_path / "demo-people.txt").touch()
    prepare.prepare(lambda: loaded.append(1) or "")
    assert loaded == []


@pytest.mark.django_db
def test_the_demo_is_loaded_once_and_tells_who_may_sign_in(settings, tmp_path, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr("django.core.management.call_command", lambda *args, **options: None)
    loaded = []

    def load():
        loaded.append(UserFactory(email="an@tinh.example", role=Role.DRAFTER))
        return "mat-khau-chung"

    prepare.prepare(load)
    prepare.prepare(load)
    assert len(loaded) == 1
    said = prepare.demo_people(tmp_path)
    assert "mat-khau-chung" in said
    assert "an@tinh.example" in said


@pytest.mark.django_db
def test_comments_are_brought_in_from_a_table(tmp_path, capsys):
    window = WindowFactory()
    by = window.opened_by
    table = tmp_path / "hop-dan.csv"
    table.write_text(
        "điều khoản,nội dung,loại chủ thể,tên,cách thu,ngày nhận\n"
        "Điều 1 khoản 2,Ba loại rác là vừa.,cá nhân,,,\n"
        "Điều 99,Điều này không có.,cá nhân,,,\n",
        encoding="utf-8",
    )
    words = [
        "import",
        str(table),
        "--window",
        str(window.pk),
        "--collected-how",
        "Họp thôn 2",
        "--by",
        by.email,
    ]
    assert danban(*words) == 0
    said = capsys.readouterr().out
    assert "Đã nhập 1 góp ý; 1 dòng không nhập được." in said
    assert "dòng 3: " in said
    assert [comment.text for comment in Comment.objects.all()] == ["Ba loại rác là vừa."]
    assert danban(*words) == 1
    assert "đã được nhập" in capsys.readouterr().err
    assert danban(*words[:-1], "ai-do@tinh.example") == 1


def test_a_running_site_keeps_its_folder(tmp_path):
    held = serve.hold_folder(tmp_path)
    try:
        with pytest.raises(serve.CannotServe, match="đang chạy"):
            serve.hold_folder(tmp_path)
    finally:
        os.close(held)
    os.close(serve.hold_folder(tmp_path))


def test_a_busy_port_is_said_in_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(serve.CannotServe, match=f"PORT={port + 1}"):
            serve.refuse_if_busy(["127.0.0.1"], port)


def test_what_was_prepared_holds_until_something_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("DANBAN_DATABASE", "")
    assert not prepare.is_prepared(tmp_path)
    (tmp_path / "prepared").write_text(prepare.fingerprint())
    assert not prepare.is_prepared(tmp_path)
    (tmp_path / "danban.sqlite3").touch()
    assert prepare.is_prepared(tmp_path)
    monkeypatch.setenv("DANBAN_DATABASE", "postgresql://elsewhere/x")
    assert not prepare.is_prepared(tmp_path)


def child(code):
    return serve.Child("thử", [sys.executable, "-c", code])


def test_a_child_that_cannot_live_ends_everything(monkeypatch):
    monkeypatch.setattr(serve.time, "sleep", lambda seconds: None)
    said = []
    steady, broken = child("import time; time.sleep(60)"), child("raise SystemExit(3)")
    code = serve.Supervisor([steady, broken], said.append).run(ready=lambda: False, announce=lambda: None)
    assert code == 1
    assert len(broken.ended_at) == 6
    assert "mã 3" in said[-1]
    assert steady.process.poll() is not None


def processes_of(data):
    """The processes that were started with this folder as theirs."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            with contextlib.suppress(OSError):
                if f"DANBAN_DATA={data}\0".encode() in (process / "environ").read_bytes() + b"\0":
                    found.append(int(process.name))
    return found


@pytest.fixture
def site(tmp_path):
    """`danban up` as an operator starts it, in production mode on an empty folder."""
    port = free_port()
    env = os.environ | {
        "DANBAN_MODE": "production",
        "DANBAN_DATABASE": "",
        "DANBAN_DATA": str(tmp_path / "data"),
        "DANBAN_SECRET_KEY": "s" * 60,
        "DANBAN_CONTACT_KEY": base64.b64encode(b"k" * 32).decode(),
        "DANBAN_HOSTS": "localhost,127.0.0.1,[::1]",
        "DANBAN_HTTPS": "0",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    env.pop("DJANGO_SETTINGS_MODULE", None)
    started = []

    def start():
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "danban", "up", "--port", str(port)],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        for line in process.stdout:
            if "/can-bo/" in line:
                return process, port, time.monotonic() - begun
        raise AssertionError("the site did not start")

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.stdout.close()
        process.wait(timeout=30)


def get(host, port, path):
    client = http.client.HTTPConnection(host, port, timeout=10)
    client.request("GET", path)
    answer = client.getresponse()
    body = answer.read()
    client.close()
    return answer, body


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_site_starts_on_both_families_and_ends_without_a_trace(site, number, tmp_path):
    data = tmp_path / "data"
    process, port, _first = site()
    for host in serve.addresses("localhost"):
        answer, body = get(host, port, "/")
        assert answer.status == 200
        assert answer.headers["ETag"]
        assert b"<html lang" in body
        health, _ = get(host, port, "/suc-khoe")
        assert health.status == 200
    # Itself, a worker, and for each address a server with its process.
    assert len(processes_of(data)) == 2 + 2 * len(serve.addresses("localhost"))
    process.send_signal(number)
    assert process.wait(timeout=20) == 0
    assert processes_of(data) == []
    again, _port, later = site()
    # The bar is 6 s on a free machine; the tests share theirs with others.
    assert later < 20
    again.kill()
    again.wait()
    until = time.monotonic() + 15
    while processes_of(data) and time.monotonic() < until:
        time.sleep(0.2)
    assert processes_of(data) == [], "children outlived a killed parent"


@pytest.mark.django_db(transaction=True)
def test_a_backup_can_be_opened_and_checked(tmp_path, settings, capsys):
    if connection.vendor == "sqlite":
        assert tmp_path == django_settings.DATA
    with transaction.atomic():
        record(Act.USER_ADDED, actor=SYSTEM)
    close_chain()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "du-thao.docx").write_bytes(b"noi dung")
    assert danban("backup", str(tmp_path / "sao-luu")) == 0
    (folder,) = (tmp_path / "sao-luu").iterdir()
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    dump = "danban.sqlite3" if connection.vendor == "sqlite" else "danban.dump"
    assert names == {dump, "files/du-thao.docx", "audit/heads.log", "SHA256SUMS"}
    assert folder.stat().st_mode & 0o077 == 0
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(folder / dump)
        assert copy.execute("SELECT count(*) FROM audit_chainlink").fetchone() == (1,)
        copy.close()


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named_and_nothing_breaks(tmp_path, capsys):
    window, by = WindowFactory(), UserFactory(role=Role.DRAFTER)
    missing = tmp_path / "khong-co.xlsx"
    words = ("--window", str(window.pk), "--collected-how", "Họp thôn", "--by", by.email.upper())
    assert danban("import", str(missing), *words) == 1
    assert capsys.readouterr().err == f"Không mở được {missing}: No such file or directory.\n"
    assert danban("plan", "import", str(missing), "--dry-run") == 1
    assert str(missing) in capsys.readouterr().err
    assert not AuditEntry.objects.exists()
