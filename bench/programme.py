"""The figures of the programme (`make bench-programme`): a province at full load (``province.py``).

``python -m bench.programme [--on sqlite|postgres] [--scale 0.05] [--profile PAGE]``: every page, the figures,
the yearly report, and the jobs that look at every task. ``--scale`` for a quick look.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import pages, province


def row(name: str, found: str, bar: str) -> None:
    print(f"| {name} | {found} | {bar} |", flush=True)


def jobs() -> None:
    """What looks at every task."""
    from danban.plan.actions import recheck, remind

    for name, work in (("remind", remind), ("recheck", recheck)):
        began = time.process_time()
        done = work()
        row(name, f"{done} rows, {time.process_time() - began:.1f} s CPU", "–")


def yearly_report() -> None:
    """The province's yearly report, in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "bao-cao.docx"
        command = [sys.executable, "-m", "bench.programme", "--report", str(out), time.strftime("%Y")]
        done = subprocess.run(
            command, cwd=province.ROOT, check=True, capture_output=True, text=True, env=os.environ
        )
        size = out.stat().st_size / 1e6
    row("yearly report, 150 agencies", f"{done.stdout.strip()}, {size:.1f} MB file", "≤ 10 s, ≤ 200 MB")


def write_one(out: str, year: str) -> None:
    import django

    django.setup()
    from danban.reports.command import write_report

    started = time.perf_counter()
    write_report(kind="yearly", year=int(year), out=Path(out))
    seconds = time.perf_counter() - started
    print(f"{seconds:.1f} s, {most_memory():.0f} MB")


def most_memory() -> float:
    """The most this process held, in MB. Linux hands ``ru_maxrss`` on from the process that started it."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def filled(size: province.Size) -> None:
    """The province, and the figures its pages tell."""
    began = time.perf_counter()
    province.fill(size)
    row(f"{size.dossiers} dossiers, {size.dossiers * size.comments_each} opinions, {size.years} years, filled in",
        f"{time.perf_counter() - began:.0f} s", "–")  # fmt: skip
    from danban.reports.actions import keep_present

    began = time.perf_counter()
    keep_present()
    row("all figures counted and kept", f"{time.perf_counter() - began:.1f} s", "–")
    province.add_history(size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=["sqlite", "postgres"], default="postgres")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the dossiers and of the years")
    parser.add_argument("--profile", metavar="PAGE", help="what one page of the table spends its time on")
    parser.add_argument("--report", nargs=2, metavar=("FILE", "YEAR"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.report:
        write_one(*options.report)
        return
    with province.database(options.on):
        filled(province.Size.scaled(options.scale))
        if options.profile:
            pages.profile(options.profile)
            return
        over = pages.table()
        row("pages over the bar", str(over), "0")
        yearly_report()
        jobs()


if __name__ == "__main__":
    main()
