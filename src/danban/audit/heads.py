"""The file of chain heads, apart from the database: it tells when the end of the chain was cut off."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from danban.audit.rules import seal


def heads_file() -> Path:
    return Path(settings.DATA) / "audit" / "heads.log"


def append_head(seq: int, head: str) -> None:
    """Add one line "seq hash seal" and force it to the disk."""
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"{seq} {head} {seal(_key(), seq, head)}\n".encode()
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line)
        os.fsync(file)
    finally:
        os.close(file)


def heads() -> Iterator[tuple[int, str] | None]:
    """The kept heads as (seq, hash); None for a line that is broken or whose seal is wrong."""
    path = heads_file()
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield _read(line.split())


def _read(words: list[str]) -> tuple[int, str] | None:
    if len(words) != 3 or not words[0].isdecimal():
        return None
    seq, head = int(words[0]), words[1]
    return (seq, head) if hmac.compare_digest(seal(_key(), seq, head), words[2]) else None


def _key() -> bytes:
    return str(settings.SECRET_KEY).encode()
