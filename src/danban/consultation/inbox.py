"""The officers' inbox: filters, the page of fifty they give, and what each filter would give.

Pages go by key, not by offset: the last one costs what the first one does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet, TextChoices
from django.db.models.functions import Left

from danban.consultation import search
from danban.consultation.models import Comment, Window
from danban.consultation.places import Outline
from danban.consultation.queries import Counts
from danban.consultation.states import Channel, CommenterKind, CommentState, Visibility

AT_ONCE = 50
SHOWN_OF_TEXT = 240
BUSIEST = 12
WHOLE = "toan-van"
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer asked to see; "" on a side that is not narrowed. ``place`` is an id or WHOLE."""

    place: str = ""
    state: str = ""
    kind: str = ""
    channel: str = ""
    visibility: str = ""
    q: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], outline: Outline) -> Filters:
        """From a query string; what is not known there is left out."""
        places = {WHOLE, *(str(place.pk) for place in outline.places)}
        return cls(
            place=_known(asked, "dieu", places),
            state=_known(asked, "buoc", CommentState.values),
            kind=_known(asked, "loai", CommenterKind.values),
            channel=_known(asked, "kenh", Channel.values),
            visibility=_known(asked, "hien", Visibility.values),
            q=asked.get("q", "").strip()[:LONGEST_QUESTION],
        )

    def query(self, **more: object) -> str:
        """The query string that asks for the same again; "" when nothing is asked."""
        names = {
            "place": "dieu",
            "state": "buoc",
            "kind": "loai",
            "channel": "kenh",
            "visibility": "hien",
            "q": "q",
        }
        asked = {names[side]: value for side, value in asdict(self).items() if value} | more
        return f"?{urlencode(asked)}" if asked else ""

    def counted(self, outline: Outline) -> dict[str, Collection[object]]:
        """The sides on which comments are counted, for Counts.matching."""
        sides: dict[str, Collection[object]] = {}
        if self.place:
            sides["provision"] = _members(self.place, outline)
        named = (("state", self.state), ("commenter_kind", self.kind), ("channel", self.channel))
        return sides | {side: (value,) for side, value in named if value}


def _known(asked: Mapping[str, str], name: str, values: Collection[str]) -> str:
    value = asked.get(name, "")
    return value if value in values else ""


def _members(place: str, outline: Outline) -> tuple[int | None, ...]:
    if place == WHOLE:
        return (None,)
    found = outline.place(int(place))
    return found.members if found else ()


class Row(NamedTuple):
    """A comment as one line of the queue: how its text begins, where it stands, and the facts in words."""

    pk: int
    start: str
    state: str
    state_label: str
    visibility: str
    visibility_label: str
    facts: str


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty lines; ``next_after`` is the id after which the following page begins, None on the last."""

    rows: list[Row]
    next_after: int | None


_FIELDS = ("pk", "start", "state", "visibility", "provision", "public_name", "commenter_kind", "channel")


def page(window: Window, filters: Filters, counts: Counts, outline: Outline, *, after: int = 0) -> Page:
    """The lines past an id, first come first. At most one query; none where the counts say it is vain."""
    if not counts.matching(**filters.counted(outline)):
        return Page([], None)
    chosen = _chosen(window, filters, outline, after).annotate(start=Left("text", SHOWN_OF_TEXT))
    found = list(chosen.values_list(*_FIELDS, "received_on")[: AT_ONCE + 1])
    # Each label is translated once a page, not once a line.
    words = {
        value: str(label)
        for values in (CommentState, Visibility, CommenterKind, Channel)
        for value, label in values.choices
    }
    rows = [_row(outline, words, *values) for values in found[:AT_ONCE]]
    return Page(rows, rows[-1].pk if len(found) > AT_ONCE else None)


def _row(
    outline: Outline,
    words: Mapping[str, str],
    pk: int,
    start: str,
    state: str,
    visibility: str,
    provision: int | None,
    name: str,
    kind: str,
    channel: str,
    received_on: dt.date,
) -> Row:
    facts = [outline.label(provision), name or words[kind], f"{received_on:%d/%m}"]
    if channel != Channel.WEB:
        facts.append(words[channel])
    to_see = visibility in (Visibility.HELD, Visibility.WITHHELD)
    return Row(
        pk, start, state, words[state], visibility, words[visibility] if to_see else "", " · ".join(facts)
    )


def _chosen(window: Window, filters: Filters, outline: Outline, after: int) -> QuerySet[Comment]:
    rows = search.matching(Comment.objects.all(), filters.q, window_id=window.pk, after=after)
    if filters.place == WHOLE:
        rows = rows.filter(provision__isnull=True)
    elif filters.place:
        rows = rows.filter(provision__in=_members(filters.place, outline))
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.kind:
        rows = rows.filter(commenter_kind=filters.kind)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.visibility:
        rows = rows.filter(visibility=filters.visibility)
    return rows


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter with how many comments of the window have it."""

    value: str
    label: str
    n: int
    chosen: bool


def choices(filters: Filters, counts: Counts) -> dict[str, list[Choice]]:
    """The filters that are counted, each with its values; by the name it has in the query string."""
    return {
        "buoc": _side(counts, "state", filters.state, CommentState),
        "loai": _side(counts, "commenter_kind", filters.kind, CommenterKind),
        "kenh": _side(counts, "channel", filters.channel, Channel),
    }


def _side(counts: Counts, side: str, chosen: str, values: type[TextChoices]) -> list[Choice]:
    told = counts.by(side)
    return [Choice(value, str(label), told.get(value, 0), value == chosen) for value, label in values.choices]


class PlaceCount(NamedTuple):
    """An article with its comments: how many, and how many of them nobody has taken up yet."""

    value: str
    label: str
    heading: str
    n: int
    waiting: int
    chosen: bool


def places(filters: Filters, counts: Counts, outline: Outline) -> list[PlaceCount]:
    """The whole draft and every article that was commented, in reading order; also the one asked for."""
    told, waiting = counts.by("provision"), counts.by("provision", state=(CommentState.RECEIVED,))
    everywhere: list[tuple[str, str, str, tuple[int | None, ...]]] = [
        (WHOLE, outline.label(None), "", (None,)),
        *((str(one.pk), one.label, one.heading, one.members) for one in outline.places),
    ]
    listed = [
        PlaceCount(
            value,
            label,
            heading,
            sum(told.get(member, 0) for member in members),
            sum(waiting.get(member, 0) for member in members),
            value == filters.place,
        )
        for value, label, heading, members in everywhere
    ]
    return [place for place in listed if place.n or place.chosen]


def busiest(listed: list[PlaceCount]) -> list[PlaceCount]:
    """The places where most comments wait, the most first."""
    return sorted(listed, key=lambda place: (-place.waiting, -place.n))[:BUSIEST]
