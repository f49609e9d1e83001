"""The 300 comments on version 1 of the waste draft and a few on the school meals. No real person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

from danban.consultation.states import Channel, CommenterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentSeed:
    """One comment in its author's words.

    ``address`` is the provision of version 1, "" for the whole draft; ``day`` counts from the window's
    first day (0) to its last (29); ``name`` is what may be shown, an agency's being its full name;
    ``collected_how`` is empty only on the web; ``group`` is the key of the point it makes, or "".
    """

    address: str
    text: str
    kind: CommenterKind
    channel: Channel
    day: int
    name: str = ""
    collected_how: str = ""
    group: str = ""


WASTE_COMMENTS, MEALS_COMMENTS = "comments.jsonl", "comments-bua-an.jsonl"


def comments(name: str = WASTE_COMMENTS) -> tuple[CommentSeed, ...]:
    """All comments of a file in the order they were received."""
    lines = (files("danban.demo") / name).read_text(encoding="utf-8").splitlines()
    return tuple(_comment(json.loads(line)) for line in lines)


def _comment(row: dict[str, object]) -> CommentSeed:
    return CommentSeed(
        address=str(row["address"]),
        text=str(row["text"]),
        kind=CommenterKind(str(row["kind"])),
        channel=Channel(str(row["channel"])),
        day=int(str(row["day"])),
        name=str(row.get("name", "")),
        collected_how=str(row.get("collected_how", "")),
        group=str(row.get("group", "")),
    )
