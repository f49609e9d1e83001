"""Points and their answers for the waste draft: what the drafting agency said and what it changed.

Each point gathers the comments of ``comments.jsonl`` that carry its key as ``group``; comments without
a group are still under consideration. The words are in ``answers.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from danban.answers.states import Disposition


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSeed:
    """One argument, answered once.

    ``address`` is the provision of version 1 it is about, "" for the whole draft; ``reason`` is plain
    Markdown paragraphs; ``changed`` are the provisions of version 2 whose words moved because of it.
    """

    group: str
    title: str
    address: str
    disposition: Disposition
    reason: str
    changed: tuple[str, ...]


def points() -> tuple[PointSeed, ...]:
    """All points, in the order an officer would work them."""
    table = tomllib.loads((files("danban.demo") / "answers.toml").read_text(encoding="utf-8"))
    return tuple(
        PointSeed(
            group=row["group"],
            title=row["title"],
            address=row["address"],
            disposition=Disposition(row["disposition"]),
            reason=row["reason"].strip(),
            changed=tuple(row["changed"]),
        )
        for row in table["points"]
    )
