"""Functions for the sandbox to run: one that works, and several that must not get far."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def echo(data, *, word):
    return {"length": len(data), "word": word}


def eat_memory(_data):
    return len(bytearray(4 * 1024**3))


def run_forever(_data):
    while True:
        pass


def sleep(_data):
    time.sleep(60)


def write_a_file(_data, *, path):
    Path(path).write_text("x")


def answer_without_end(_data):
    while True:
        os.write(1, b"x" * 65_536)


def die(_data):
    os._exit(3)


def fail(_data):
    raise ValueError("words of the file")


def what_is_known(_data):
    return {
        "modules": sorted(name for name in sys.modules if name.partition(".")[0] == "django"),
        "environment": sorted(os.environ),
        "folder": str(Path.cwd()),
    }
