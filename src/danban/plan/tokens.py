"""The private address of a calendar: person and number, with an HMAC over both."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "danban.plan.calendar"
_LONGEST = 15


def token_of(user: int, number: int) -> str:
    return f"{user}-{number}-{_mark(user, number)}"


def read(token: str) -> tuple[int, int] | None:
    """(person, number) of a token that we made; None for anything else."""
    user, _dash, rest = token.partition("-")
    number, _dash, mark = rest.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) <= _LONGEST for part in (user, number)):
        return None
    made = constant_time_compare(mark, _mark(int(user), int(number)))
    return (int(user), int(number)) if made else None


def _mark(user: int, number: int) -> str:
    return salted_hmac(_SALT, f"{user}:{number}", algorithm="sha256").hexdigest()[:40]
