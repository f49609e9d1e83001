"""`danban up`: the web servers and the worker as child processes, started, watched and ended together.

This process imports nothing of Django: it stays small and starts at once.
"""

from __future__ import annotations

import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

_WATCH_EVERY = 0.2
_GRACE = 15.0
_MAX_RESTARTS = 5
_RESTART_WINDOW = 60.0
_PR_SET_PDEATHSIG = 1


class CannotServe(Exception):  # noqa: N818 - an answer, not a fault
    """Says in plain words why the start is refused."""


@dataclass
class Child:
    """One program of the site; restarted when it ends by itself, but not for ever."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    ended_at: list[float] = field(default_factory=list)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we end the children in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            self.command, start_new_session=True, preexec_fn=_die_with_parent, stdin=subprocess.DEVNULL
        )

    def is_hopeless(self, now: float) -> bool:
        """Whether it ended too often within a minute."""
        self.ended_at = [at for at in self.ended_at if now - at < _RESTART_WINDOW] + [now]
        return len(self.ended_at) > _MAX_RESTARTS


def addresses(host: str) -> list[str]:
    """The addresses to listen on: both loopbacks for localhost, everything for :: or 0.0.0.0."""
    if host == "localhost":
        return ["127.0.0.1", "::1"] if _has_ipv6() else ["127.0.0.1"]
    if host in ("::", "0.0.0.0"):  # noqa: S104 - asked for by the person who starts it
        # One socket on :: takes IPv4 too.
        return ["::"] if _has_ipv6() else ["0.0.0.0"]  # noqa: S104
    return [host]


def refuse_if_busy(hosts: list[str], port: int) -> None:
    """A clear sentence before anything is started, instead of a server's trace."""
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, host != "::")
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CannotServe(
                    f"Không mở được cổng {port} trên {host}: {error.strerror}.\n"
                    f"Hãy dừng chương trình đang dùng cổng ấy, hoặc chọn cổng khác: PORT={port + 1} make run"
                ) from error


def hold_folder(data: Path) -> int:
    """Take the folder for this process: no second site on it, and no demo made anew under it."""
    file = os.open(data / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise CannotServe(f"Dân Bàn đang chạy trên thư mục {data}. Hãy dừng nó trước (Ctrl-C).") from error
    return file


def children_for(hosts: list[str], port: int, workers: int) -> list[Child]:
    servers = [
        Child(
            f"web {host}",
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "danban.wsgi:application",
                "--host", host, "--port", str(port), "--workers", str(workers),
                "--blocking-threads", "4", "--no-ws", "--http", "1", "--log-level", "warning",
                "--respawn-failed-workers", "--workers-kill-timeout", "5",
            ],
        )
        for host in hosts
    ]  # fmt: skip
    return [*servers, Child("worker", [sys.executable, "-m", "danban", "worker"])]


class Supervisor:
    """Runs the children until a signal, or until one of them cannot be kept alive."""

    def __init__(self, children: list[Child], say: Callable[[str], None]) -> None:
        self._children = children
        self._say = say
        self._ending = False

    def run(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Returns the exit code. ``announce`` is called once, when ``ready`` says so."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        announced, code = False, 0
        try:
            for child in self._children:
                child.start()
            while not self._ending:
                if not self._keep_alive():
                    code = 1
                    break
                if not announced and ready():
                    announced = True
                    announce()
                time.sleep(_WATCH_EVERY)
        finally:
            self._end_children()
        return code

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _keep_alive(self) -> bool:
        for child in self._children:
            if child.process is None or child.process.poll() is None:
                continue
            if child.is_hopeless(time.monotonic()):
                self._say(f"{child.name} dừng quá nhiều lần (mã {child.process.returncode}); dừng tất cả.")
                return False
            self._say(f"{child.name} tự dừng (mã {child.process.returncode}); khởi động lại.")
            time.sleep(1)
            if not self._ending:
                child.start()
        return True

    def _end_children(self) -> None:
        """Ask all to end, wait, then end what is left with its whole group."""
        running = [child.process for child in self._children if child.process]
        for process in running:
            with suppress(ProcessLookupError):
                process.terminate()
        until = time.monotonic() + _GRACE
        for process in running:
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say("Một tiến trình không chịu dừng; buộc dừng.")
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(host: str, port: int) -> bool:
    """Whether a server speaks HTTP there; any status will do."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        # In production the site answers only to its own names.
        name = os.environ.get("DANBAN_HOSTS", "localhost").split(",")[0].strip()
        connection.request("GET", "/suc-khoe", headers={"Host": name})
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def _has_ipv6() -> bool:
    try:
        with closing(socket.socket(socket.AF_INET6, socket.SOCK_STREAM)) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _die_with_parent() -> None:
    """If this process is killed outright, the kernel of Linux ends the children."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
