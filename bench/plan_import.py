"""The import of a plan of 400 tasks from its .docx, as the command runs it: seconds and megabytes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.plan.files import big_plan

ROOT = Path(__file__).resolve().parent.parent


def plan_import(tasks: int = 400) -> tuple[float, float]:
    """Wall seconds and peak resident megabytes (of the command or its sandbox) of a dry run."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ke-hoach.docx"
        file.write_bytes(big_plan(tasks))
        env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "DANBAN_DATA": folder, "DANBAN_MODE": "demo"}
        words = [sys.executable, "-m", "danban", "plan", "import", str(file), "--dry-run", "--format", "json"]
        began = time.perf_counter()
        child = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL)
        _pid, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"plan import failed: {child.returncode}")
    return seconds, used.ru_maxrss / 1024


if __name__ == "__main__":
    print("plan import, 400 tasks: {:.2f} s, {:.0f} MB".format(*plan_import()))
