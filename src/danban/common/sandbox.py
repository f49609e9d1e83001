"""Run one pure function on bytes of strangers in a process of its own, with little to take.

A fresh interpreter (never a fork: no keys, no connections, no open files), bounded memory, processor
time, wall time and output, no files written. Values cross as JSON, so that a child that was taken over
can only answer with plain data.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEGABYTE = 1024 * 1024
MEMORY = 768 * MEGABYTE
SECONDS = 40
MAX_ANSWER = 64 * MEGABYTE
_SOURCE = Path(__file__).resolve().parent.parent.parent


class SandboxFailed(Exception):  # noqa: N818 - a failure of the file, not of the programme
    """The function ran out of memory or time, or broke. The message is for the log: no words of the file."""


def run(
    function: Callable[..., Any], data: bytes, *, memory: int = MEMORY, seconds: int = SECONDS, **values: Any
) -> Any:
    """``function(data, **values)`` in a child; values and answer are plain JSON. SandboxFailed otherwise.

    ``function`` stands at the top of a module that imports nothing of Django. ``memory`` in bytes of
    address space, ``seconds`` of processor and of wall time.
    """
    order = {
        "module": function.__module__, "name": function.__qualname__,
        "memory": memory, "seconds": seconds, "values": values,
    }  # fmt: skip
    head = json.dumps(order).encode()
    child = subprocess.Popen(  # noqa: S603 - our own module, our own interpreter
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd="/", start_new_session=True,
        env={"PYTHONPATH": str(_SOURCE), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
    )  # fmt: skip
    alarm = threading.Timer(seconds, child.kill)
    alarm.start()
    try:
        return _talk(child, len(head).to_bytes(8, "big") + head + data)
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()


def _talk(child: subprocess.Popen[bytes], order: bytes) -> Any:
    """The child reads all it is given before it answers, so the pipes cannot block each other."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(order)
        child.stdin.close()
    except BrokenPipeError as error:
        raise SandboxFailed("the child ended before it read its order") from error
    answer = child.stdout.read(MAX_ANSWER + 1)
    if len(answer) > MAX_ANSWER:
        raise SandboxFailed("the answer is too long")
    try:
        kept = json.loads(answer)
        fault = kept["fault"]
    except (ValueError, KeyError, TypeError) as error:
        child.kill()
        raise SandboxFailed(f"no answer, exit {child.wait()}") from error
    if fault:
        raise SandboxFailed(str(fault))
    return kept["answer"]


def _serve() -> None:
    """The child's side."""
    order = sys.stdin.buffer
    head = json.loads(order.read(int.from_bytes(order.read(8), "big")))
    data = order.read()
    _limit(head["memory"], head["seconds"])
    try:
        function = getattr(importlib.import_module(head["module"]), head["name"])
        result = {"answer": function(data, **head["values"]), "fault": ""}
    except MemoryError:
        result = {"answer": None, "fault": "MemoryError"}
    except Exception as error:  # the kind of a fault is told, its words may quote the file
        result = {"answer": None, "fault": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(result).encode())
    sys.stdout.buffer.flush()
    os._exit(0)


def _limit(memory: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    _serve()
