"""What was read, weighed against the register and the plan's year: tasks as a person is to see them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from danban.plan.matching import Register
from danban.plan.reading.timing import read_timing
from danban.plan.states import Part

LONGEST = {"timing": 200, "product": 300, "budget": 200, "number": 20}
"""What the tables hold of each; the whole words stay in the task's source."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A body named for a task; ``agency`` is an id or None for a group and for what nobody matched yet."""

    part: Part
    named_as: str
    agency: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One task of a reading (a dict of ``reading.proposal.Proposed``) with its days, bodies and doubts."""

    read: Mapping[str, Any]
    starts_on: dt.date | None
    due_on: dt.date | None
    cadence: str
    carriers: tuple[Carrier, ...]
    doubts: tuple[str, ...]


def propose(read: Mapping[str, Any], register: Register, *, day: dt.date, year: int | None) -> Proposal:
    """``day`` is the plan's day, on which agencies must exist; ``year`` that of days without one."""
    timing = read_timing(read["timing"], year)
    doubts = [*read["doubts"], timing.doubt]
    if read["note"]:
        doubts.append(f"Ghi chú trong văn bản: “{read['note']}”.")
    if any(len(read[name]) > most for name, most in LONGEST.items()):
        doubts.append("Có ô dài quá nên bị cắt; xem đủ ở lời trong văn bản.")
    carriers: list[Carrier] = []
    for part, names in ((Part.LEADS, read["lead"]), (Part.COORDINATES, read["coordinating"])):
        for name in names:
            match = register.match(name, day)
            if register.bodies:
                doubts.append(match.doubt)
            if match.agency is None or all(
                match.agency != one.agency for one in carriers if one.part == part
            ):
                carriers.append(Carrier(part, name, match.agency))
            else:
                doubts.append(f"“{name}” và một tên khác cùng chỉ một cơ quan.")
    return Proposal(
        read=read,
        starts_on=timing.starts_on,
        due_on=timing.due_on,
        cadence=timing.cadence,
        carriers=tuple(carriers),
        doubts=tuple(dict.fromkeys(one for one in doubts if one)),
    )


def plan_days(document: Mapping[str, Any], today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of a plan from its facts; the present year when it names none."""
    first, last = document["years"] or [document["year"] or today.year] * 2
    return dt.date(first, 1, 1), dt.date(last, 12, 31)
