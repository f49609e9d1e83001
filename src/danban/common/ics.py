"""iCalendar files (RFC 5545): what a phone or a mail program puts into its calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from danban.common import clock
from danban.common.site import public_address


def calendar(entries: Iterable[Mapping[str, Any]], *, name: str = "") -> bytes:
    """UTF-8 bytes. An entry is its properties by name; those that are None are left out.

    A ``uid`` given again moves its entry instead of adding one, if its ``sequence`` went up: where none
    is given the minute of writing is it.
    """
    from icalendar import Calendar, Event  # a web process that gives no calendar need not carry it

    site, now = public_address(), clock.now()
    made = Calendar()
    made.add("prodid", "-//Dân Bàn//vi")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("x-wr-calname", name)
    for properties in entries:
        entry = Event()
        entry.add("dtstamp", now.astimezone(dt.UTC))
        for key, value in ({"sequence": int(now.timestamp()) // 60} | dict(properties)).items():
            if value is not None:
                # A moment in UTC needs no table of time zones beside it.
                entry.add(key, value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value)
        entry["uid"] = f"{properties['uid']}@{site.partition('//')[2]}"
        made.add_component(entry)
    return bytes(made.to_ical())
