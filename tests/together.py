"""Many at once, on real connections."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def together(count, work):
    """``work(number)`` in so many threads that start at one moment; what each gave back."""
    gate = threading.Barrier(count)

    def one(number):
        try:
            gate.wait(20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
