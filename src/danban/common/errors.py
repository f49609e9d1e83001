"""A refusal that a person can read: what is wrong and what to do."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """An action said no. ``message`` is for the person who asked, in their language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
