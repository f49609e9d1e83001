"""What every command needs. Nothing of Django before a command asks for it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

Command = Callable[[argparse.Namespace], int]
MakeParser = Callable[[str, Command, str, str], argparse.ArgumentParser]
"""Makes the parser of a command from its name, what it runs, its help and an example."""


def data_folder() -> Path:
    return Path(os.environ.get("DANBAN_DATA") or ".data").expanduser().absolute()


def set_up_django() -> None:
    import django

    django.setup()


def say(text: str) -> None:
    print(text, flush=True)
