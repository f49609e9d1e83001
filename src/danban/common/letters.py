"""Letters by e-mail: plain text, in Vietnamese. A template is one letter; its first line is the subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template import Context, Engine
from django.utils.translation import override

from danban.common.jobs import handles, later
from danban.common.text import clean


def send(template: str, words: Mapping[str, Any], *, to: str, calendar: bytes = b"") -> bool:
    """Send one letter; False when there is no address. ``calendar`` goes with it as an .ics file."""
    if not to:
        return False
    with override("vi"):
        # No page: what stands in a letter is not HTML.
        written = Engine.get_default().get_template(template).render(Context(words, autoescape=False))
    subject, _end, body = written.partition("\n")
    letter = EmailMessage(" ".join(subject.split()), clean(body), settings.DEFAULT_FROM_EMAIL, [to])
    if calendar:
        letter.attach("lich.ics", calendar.decode(), "text/calendar")
    letter.send()
    return True


def to_each(
    name: str, readers: Callable[..., QuerySet[Any]]
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register a letter to several: the job ``name`` asks for a job ``name.one`` for each of its readers.

    So a retry repeats no letter that went out. ``readers`` finds them from what the job is about, and
    again before each letter: who has left meanwhile gets none.
    """

    def register(write: Callable[..., object]) -> Callable[..., object]:
        @handles(name)
        @transaction.atomic
        def ask_for_each(**about: Any) -> None:
            for reader in readers(**about).values_list("pk", flat=True):
                later(f"{name}.one", reader=reader, **about)

        @handles(f"{name}.one")
        def write_one(reader: int, **about: Any) -> None:
            found = readers(**about).filter(pk=reader).first()
            if found is not None:
                write(found, **about)

        return write

    return register
