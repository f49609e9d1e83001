"""Real documents that lie beside the checkout; tests that need one are skipped where they are absent."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest

from danban import lawtext

FOLDER = Path(os.environ.get("DANBAN_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def shared(path: str) -> Path:
    """A file or folder of the shared data. Where everything must run (CI=true) its absence is a failure."""
    found = FOLDER / path
    if not found.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"shared data missing: {path}")
        pytest.skip(f"shared data not here: {path}")
    return found


@lru_cache(maxsize=16)
def shared_document(path: str) -> lawtext.Document:
    """A parsed document of ``lawtext/``; read once for all tests of a process."""
    found = shared(f"lawtext/{path}")
    return lawtext.parse(lawtext.read(found.read_bytes(), found.name))
