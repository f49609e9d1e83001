"""`danban backup`: one folder with the database, the files and the audit's heads, and a list of hashes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection

from danban.common import clock
from danban.common.errors import Refused

_SUMS = "SHA256SUMS"


def make_backup(target: Path) -> Path:
    """A folder named by the time, inside ``target``; the site may go on running meanwhile.

    The order matters: heads of the chain that the copied database does not know would look like
    a cut-off chain, so they come first; files are only ever added, so they come last.
    The keys are left out on purpose: keep them apart from the data they open.
    """
    folder = target / f"danban-{clock.now():%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True)
    folder.chmod(0o700)
    _copy_folder("audit", folder)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "danban.sqlite3")])
    else:
        _dump_postgresql(folder / "danban.dump")
    _copy_folder("files", folder)
    _write_sums(folder)
    return folder


def _copy_folder(name: str, target: Path) -> None:
    source = Path(settings.DATA) / name
    if source.exists():
        shutil.copytree(source, target / name)


def _dump_postgresql(target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise Refused("Máy này chưa có pg_dump (gói postgresql-client).")
    where = connection.get_connection_params()
    secret = {"PGPASSWORD": where["password"]} if where.get("password") else {}
    command = [program, "--format=custom", f"--file={target}"]
    names = {"host": "host", "port": "port", "user": "username", "dbname": "dbname"}
    command += [f"--{option}={where[key]}" for key, option in names.items() if where.get(key)]
    env = {"PATH": os.environ["PATH"], **secret}
    done = subprocess.run(command, env=env, capture_output=True, text=True)  # noqa: S603 - our own words
    if done.returncode:
        raise Refused(f"pg_dump không chạy được: {done.stderr.strip()}")


def _write_sums(folder: Path) -> None:
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder)}\n")
    (folder / _SUMS).write_text("".join(lines))
