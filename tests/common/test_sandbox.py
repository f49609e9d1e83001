"""A child with little to take: it answers with plain data, or it is ended."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from danban.common import sandbox
from tests.common import sandboxed

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _functions_of_the_tests_are_found(monkeypatch):
    root = Path(__file__).resolve().parent.parent.parent
    monkeypatch.setattr(sandbox, "_SOURCE", f"{root / 'src'}{os.pathsep}{root}")


def test_values_go_in_and_out():
    assert sandbox.run(sandboxed.echo, b"\x00" * 3_000_000, word="đất") == {
        "length": 3_000_000,
        "word": "đất",
    }


def test_the_child_knows_nothing_of_us(monkeypatch):
    monkeypatch.setenv("DANBAN_SECRET_KEY", "x" * 50)
    known = sandbox.run(sandboxed.what_is_known, b"")
    assert known["modules"] == []
    assert set(known["environment"]) <= {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LANG", "LC_CTYPE"}
    assert known["folder"] == "/"


def test_memory_is_bounded():
    with pytest.raises(sandbox.SandboxFailed, match="MemoryError"):
        sandbox.run(sandboxed.eat_memory, b"")


@pytest.mark.parametrize("function", [sandboxed.run_forever, sandboxed.sleep])
def test_time_is_bounded(function):
    started = time.monotonic()
    with pytest.raises(sandbox.SandboxFailed):
        sandbox.run(function, b"", seconds=1)
    assert time.monotonic() - started < 5


def test_no_file_is_written(tmp_path):
    with pytest.raises(sandbox.SandboxFailed):
        sandbox.run(sandboxed.write_a_file, b"", path=str(tmp_path / "a"))
    assert not (tmp_path / "a").exists() or (tmp_path / "a").stat().st_size == 0


def test_an_answer_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_ANSWER", MEGABYTE)
    with pytest.raises(sandbox.SandboxFailed, match="too long"):
        sandbox.run(sandboxed.answer_without_end, b"", seconds=20)


def test_a_dead_child_is_a_failure_not_a_hang():
    with pytest.raises(sandbox.SandboxFailed, match="exit 3"):
        sandbox.run(sandboxed.die, b"")


def test_a_fault_tells_its_kind_and_no_words_of_the_file():
    with pytest.raises(sandbox.SandboxFailed) as failed:
        sandbox.run(sandboxed.fail, b"")
    assert str(failed.value) == "ValueError"
