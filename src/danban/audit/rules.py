"""How an entry is hashed into the chain, and how a head of the chain is sealed. Plain values only."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from typing import Any

GENESIS = "0" * 64


def canonical(*, entry_id: int, at: dt.datetime, actor: str, action: str, rows: Any, details: Any) -> bytes:
    """One entry as bytes that are the same on every machine: sorted keys, UTC, no spaces."""
    content = {
        "id": entry_id,
        "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "action": action,
        "rows": rows,
        "details": details,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def link_hash(previous: str, content: bytes) -> str:
    """SHA-256 over the previous hash (64 hex digits) and the entry."""
    return hashlib.sha256(previous.encode() + content).hexdigest()


def seal(key: bytes, seq: int, head: str) -> str:
    """A keyed mark on a head of the chain, so that nobody without the key can write one."""
    return hmac.new(key, f"danban-head:{seq}:{head}".encode(), hashlib.sha256).hexdigest()
