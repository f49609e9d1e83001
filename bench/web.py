"""The figures of the web application (`make bench`): one draft, 5,000 and 500,000 comments, two processes.

Yardstick: nginx serving the same bytes as a static file, in the same run. Needs PostgreSQL, nginx and wrk.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("DANBAN_BENCH_POSTGRES", "postgresql://root@127.0.0.1")
SLUG = "du-thao-do-toc-do"
WHOLE = f"/du-thao/{SLUG}/toan-van/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(database: str, data: Path, cache: int) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DANBAN_DATABASE": database,
        "DANBAN_DATA": str(data),
        "DANBAN_FRONT_CACHE_SECONDS": str(cache),
    }


@contextmanager
def database(kind: str, count: int, data: Path) -> Iterator[str]:
    """A seeded database of its own, dropped afterwards."""
    if kind == "sqlite":
        seed("", count, data)
        yield ""
        return
    import psycopg

    name = f"danban_bench_{os.getpid()}_{count}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        seed(f"{SERVER}/{name}", count, data)
        with psycopg.connect(f"{SERVER}/{name}", autocommit=True) as own:
            own.execute("VACUUM ANALYZE")
        yield f"{SERVER}/{name}"
    finally:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def seed(url: str, count: int, data: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "bench.seed", str(count)], env=environment(url, data, 0), cwd=ROOT, check=True
    )
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        env=environment(url, data, 0), cwd=ROOT, check=True,
    )  # fmt: skip


@contextmanager
def server(url: str, data: Path, cache: int) -> Iterator[tuple[str, list[int]]]:
    """granian with two processes; gives its address and the process ids of its workers."""
    port = free_port()
    command = [
        Path(sys.executable).parent / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning", "danban.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen([str(part) for part in command], env=environment(url, data, cache), cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(base + WHOLE, timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        for _ in range(20):
            urllib.request.urlopen(base + WHOLE, timeout=5).read()
        yield base, children(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def children(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(line) for line in found.split()]


def memory_mb(pid: int) -> float:
    """Resident memory of one process, MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def wrk(address: str, seconds: int = 6, connections: int = 4, script: Path | None = None) -> dict[str, float]:
    """Requests a second, median and p95 in ms, and the number of answers that were errors."""
    report = Path(tempfile.mkdtemp()) / "report.lua"
    body = script.read_text() if script else ""
    report.write_text(
        body
        + "\ndone = function(s, l, r) io.write(string.format('RESULT %f %f %f %d %d\\n', s.requests/(s.duration/1e6), "
        "l:percentile(50)/1e3, l:percentile(95)/1e3, s.errors.status + s.errors.connect + s.errors.read + s.errors.timeout, s.requests)) end\n"
    )
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(report), address],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rate, p50, p95, errors, count = re.search(r"RESULT (\S+) (\S+) (\S+) (\S+) (\S+)", done.stdout).groups()
    return {
        "rate": float(rate),
        "p50": float(p50),
        "p95": float(p95),
        "errors": int(errors),
        "count": int(count),
    }


@contextmanager
def nginx(body: bytes) -> Iterator[str]:
    """nginx with one worker a core, serving the same bytes as a static file."""
    folder = Path(tempfile.mkdtemp())
    (folder / "trang.html").write_bytes(body)
    port = free_port()
    (folder / "nginx.conf").write_text(
        f"user root;worker_processes 2;pid {folder}/pid;error_log {folder}/error.log;events{{}}"
        f"http{{access_log off;keepalive_requests 1000000;server{{listen 127.0.0.1:{port};root {folder};}}}}"
    )
    process = subprocess.Popen(
        ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
    )
    try:
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/trang.html"
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def post_script(base: str, url: str, data: Path, count: int) -> Path:
    """A wrk script that sends comments, each with a key of its own, as the check page would."""
    code = (
        "import django;django.setup()\nimport sys\nfrom danban.common.tokens import new_token\n"
        "from danban.consultation.models import Window\nw=Window.objects.get()\n"
        "print(w.pk, w.version.provisions.first().pk)\n"
        f"[print(new_token()) for _ in range({count})]"
    )
    lines = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(url, data, 0),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    window, provision = lines[0].split()
    folder = Path(tempfile.mkdtemp())
    (folder / "tokens").write_text("\n".join(urllib.parse.quote(token) for token in lines[1:]))
    text = urllib.parse.quote("Tôi đề nghị giữ giờ thu gom buổi sáng vì chợ họp sớm.")
    (folder / "post.lua").write_text(
        f"local f = io.lines('{folder}/tokens')\n"
        "request = function()\n  local t = f() or 'het'\n"
        "  return wrk.format('POST', nil, {['Content-Type']='application/x-www-form-urlencoded'}, "
        f"'step=gui&commenter_kind=person&name=&email=&phone=&website=&text={text}&token='..t)\nend\n"
    )
    (folder / "path").write_text(f"/gop-y/{window}/{provision}/")
    return folder / "post.lua"


def bare_commits(url: str, seconds: int) -> float:
    """Yardstick: three small inserts and a commit a turn, by the driver alone on four connections; turns a second."""
    import psycopg

    def turns(_: int) -> int:
        done, until = 0, time.monotonic() + seconds
        with psycopg.connect(url) as own:
            while time.monotonic() < until:
                for _ in range(3):
                    own.execute("INSERT INTO bench_rows (words) VALUES (%s)", ["x" * 300])
                own.commit()
                done += 1
        return done

    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("CREATE TABLE IF NOT EXISTS bench_rows (id bigserial PRIMARY KEY, words text)")
    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(turns, range(4))) / seconds


def in_process(url: str, data: Path) -> dict[str, float]:
    """Queries of each page and CPU of the officer's list, measured inside one process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside"],
        env=environment(url, data, 0),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {name: float(value) for name, value in (line.split() for line in done.splitlines())}


def first_view(base: str) -> tuple[float, int, float]:
    """KB over the wire with gzip, number of requests, KB of script needed, for a citizen's first page."""
    total, pages = 0, [f"/du-thao/{SLUG}/"]
    html = fetch(base + pages[0])
    pages += re.findall(
        r'<(?:link[^>]+rel="(?:stylesheet|icon)"[^>]+href|script[^>]+src|img[^>]+src)="(/[^"]+)"', html[1]
    )
    for page in pages:
        total += fetch(base + page)[0]
    return total / 1024, len(pages), 0.0


def fetch(address: str) -> tuple[int, str]:
    """Bytes over the wire, head and body, and the text."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        raw = answer.read()
        body = gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw
        return len(raw) + len(str(answer.headers)), body.decode(errors="replace")


def row(what: str, figure: str, bar: str) -> None:
    print(f"| {what} | {figure} | {bar} |", flush=True)


def run(counts: list[int], seconds: int) -> None:
    print("| what | measured | bar |\n|---|---|---|")
    for count in counts:
        data = Path(tempfile.mkdtemp(prefix="danban-bench-"))
        with database("postgresql", count, data) as url:
            label = f"{count:,} comments"
            inside = in_process(url, data)
            with server(url, data, cache=0) as (base, workers):
                got = wrk(base + WHOLE, seconds)
                row(f"whole draft, uncached, {label}", f"{got['rate']:.0f}/s, p95 {got['p95']:.0f} ms, {inside['whole']:.0f} queries, {got['errors']} errors", "≥ 150/s, < 50 ms, ≤ 8")  # fmt: skip
                script = post_script(base, url, data, 400 * seconds + 2_000)
                path = (script.parent / "path").read_text()
                posted = wrk(base + path, seconds, script=script)
                bare = bare_commits(url, seconds)
                row(f"post a comment, {label}", f"{posted['rate']:.0f}/s, p95 {posted['p95']:.0f} ms, {inside['post']:.0f} queries, {posted['errors']} errors; {posted['rate'] / bare:.2f} of bare commits ({bare:.0f}/s)", "≥ 200/s, ≤ 12")  # fmt: skip
                row(f"officer's list of 50, {label}", f"{inside['inbox']:.0f} queries, {inside['inbox_cpu']:.1f} ms CPU", "≤ 6, ≤ 30 ms")  # fmt: skip
                row(
                    f"memory of a web process, {label}",
                    f"{max(memory_mb(pid) for pid in workers):.0f} MB",
                    "≤ 130 MB",
                )
            if count != counts[0]:
                continue
            with server(url, data, cache=5) as (base, _workers):
                body = urllib.request.urlopen(base + WHOLE).read()
                with nginx(body) as static:
                    ratios = [wrk(base + WHOLE, seconds // 2 + 1, 16)["rate"] / wrk(static, seconds // 2 + 1, 16)["rate"] for _ in range(3)]  # fmt: skip
                row("whole draft, cached, against nginx", f"{statistics.median(ratios):.2f} of it", "≥ 0.4")
                size, requests, script_kb = first_view(base)
                row("a citizen's page, first view", f"{size:.0f} KB, {requests} requests, {script_kb:.0f} KB of script needed", "≤ 50 KB, ≤ 5, 0")  # fmt: skip
        shutil.rmtree(data)
    data = Path(tempfile.mkdtemp(prefix="danban-bench-"))
    with database("sqlite", counts[0], data) as url, server(url, data, cache=0) as (base, _workers):
        script = post_script(base, url, data, 400 * seconds + 2_000)
        posted = wrk(base + (script.parent / "path").read_text(), seconds, script=script)
        row("post a comment, SQLite", f"{posted['rate']:.0f}/s, p95 {posted['p95']:.0f} ms, {posted['errors']} errors", "≥ 150/s")  # fmt: skip
    shutil.rmtree(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[5_000, 500_000])
    parser.add_argument("--seconds", type=int, default=6)
    options = parser.parse_args()
    run(options.counts, options.seconds)
