"""Work after commit. An action names the job; the app that does it registers a handler.

``later`` writes the job in the caller's transaction: no commit, no job. What runs and
retries the jobs stands in ``operations``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django_tasks import task

MAX_ATTEMPTS = 6


@dataclass(frozen=True)
class Recurring:
    """A handler that runs every so many seconds, once for the whole installation."""

    name: str
    every: float
    run: Callable[[], object]


HANDLERS: dict[str, Callable[..., object]] = {}
RECURRING: dict[str, Recurring] = {}


def handles(name: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register the handler of a job. Handlers take ids, fetch, and call an action; they may run twice."""

    def register(handler: Callable[..., object]) -> Callable[..., object]:
        if name in HANDLERS:
            raise ValueError(f"job {name!r} has a handler already")
        HANDLERS[name] = handler
        return handler

    return register


def every(seconds: float, name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register work that recurs."""

    def register(run: Callable[[], object]) -> Callable[[], object]:
        RECURRING[name] = Recurring(name=name, every=seconds, run=run)
        return run

    return register


@task
def perform(name: str, kwargs: dict[str, Any]) -> None:
    """The one task the queue knows: it looks the handler up and runs it."""
    HANDLERS[name](**kwargs)


def later(name: str, **kwargs: Any) -> None:
    """Ask for a job once the present transaction is committed."""
    perform.enqueue(name, kwargs)
