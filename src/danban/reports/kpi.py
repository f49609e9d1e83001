"""What is measured, in words and as plain values: definitions, figures, what had to be reached by now.

Pure but for the names of states. ``kpi_*.py`` say how each is counted from rows and register it here; an
app that comes later adds a file of its own in the same way. Definitions follow the evidence rule: every
figure has a formula, an owner, records behind it, a target with dated history, and is told as of a moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from danban.reports.states import Direction, Light, Unit

NEAR = Decimal("0.9")
"""Nine tenths of what had to be reached is a little behind; less is late."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A period (both days in it), and the moment as of which it is looked at."""

    starts_on: dt.date
    ends_on: dt.date
    at: dt.datetime

    @property
    def since(self) -> dt.datetime:
        return midnight(self.starts_on)

    @property
    def until(self) -> dt.datetime:
        """What happens in the period and is known: before the end of the period, and by the moment."""
        return min(self.at, midnight(self.ends_on + dt.timedelta(days=1)))

    @property
    def today(self) -> dt.date:
        """The day of the moment. What is due on it is not yet due: the day is not over."""
        return timezone.localdate(self.at)


def midnight(day: dt.date) -> dt.datetime:
    """The moment a day begins in Viet Nam."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def end_of(day: dt.date) -> dt.datetime:
    """The moment as of which a whole day is known."""
    return midnight(day + dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts, not opinions: a share is ``part`` of ``whole``; ``split`` tells the whole apart.

    ``pace`` is the share of its target that has to be reached by the moment (0 to 1).
    """

    part: int = 0
    whole: int = 0
    split: Mapping[str, int] = field(default_factory=dict)
    pace: float = 1.0


Counted = Mapping[int | None, Figure]
"""Figures by the id of the agency; None is the whole province, where what two agencies share counts once."""


class Shown(NamedTuple):
    """A cell of a list of records; ``url`` opens the record."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """The rows behind a figure: a queryset in a fixed order, those of some agencies, and how rows that were
    read are put in words (no query a row)."""

    headings: Sequence[str]
    rows: QuerySet[Any]
    of: Callable[[QuerySet[Any], Collection[int]], QuerySet[Any]]
    cells: Callable[[Any], tuple[Shown, ...]]


def by(field: str) -> Callable[[QuerySet[Any], Collection[int]], QuerySet[Any]]:
    """Rows whose field names one of the agencies."""
    return lambda rows, agencies: rows.filter(**{f"{field}__in": list(agencies)})


def day_of(moment: dt.datetime) -> str:
    """The day of a moment in Viet Nam, as written there."""
    return f"{timezone.localtime(moment):%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure. ``partner`` is the code of the figure of quality that keeps a figure of speed honest.

    ``value`` reads it from a Figure as a number in its unit; None where there is nothing to tell.
    ``front`` ones stand on the leaders' page, in the order of registering.
    """

    code: str
    name: str | Promise
    formula: str | Promise
    owner: str | Promise
    source: str | Promise
    unit: Unit
    direction: Direction
    count: Callable[[Scope], Counted]
    records: Callable[[Scope], Records]
    value: Callable[[Figure], Decimal | None]
    partner: str = ""
    front: bool = False
    term: bool = False
    """Whether the figure is counted by a term in days that a row of targets sets."""
    one_by_one: bool = True
    """Whether the list behind it has as many rows as its whole. Of one answer many comments are counted;
    of one author many comments, of one learner many sessions are listed."""
    parts: Mapping[str, str | Promise] = field(default_factory=dict)
    """The codes of ``split`` in words, where it is to be shown."""


DEFINITIONS: dict[str, Definition] = {}


def register(definition: Definition) -> Definition:
    """Make a figure known; one of a code."""
    if definition.code in DEFINITIONS:
        raise ValueError(f"there is a figure {definition.code!r} already")
    DEFINITIONS[definition.code] = definition
    return definition


def share(figure: Figure) -> Decimal | None:
    """Per cent with one decimal; None of nothing."""
    if not figure.whole:
        return None
    return (Decimal(100 * figure.part) / figure.whole).quantize(Decimal("0.1"))


def whole(figure: Figure) -> Decimal | None:
    return Decimal(figure.whole)


def median_of(split: Mapping[str, int]) -> Decimal | None:
    """The median of numbers given as {number: how many}; the mean of the middle two."""
    total = sum(split.values())
    if not total:
        return None
    places = ((total - 1) // 2, total // 2)
    middle, passed = [], 0
    for number, n in sorted((int(key), n) for key, n in split.items()):
        middle += [number for place in places if passed <= place < passed + n]
        passed += n
    return Decimal(sum(middle)) / 2


def expected(target: Decimal | None, pace: float) -> Decimal | None:
    """What has to be reached by now of a target; None without one."""
    return None if target is None else (target * Decimal(str(pace))).quantize(Decimal("0.1"))


def light(value: Decimal | None, due: Decimal | None, direction: Direction) -> Light:
    """From the way to the target, not from what anyone says of themselves."""
    if value is None or due is None or direction == Direction.NEITHER:
        return Light.NONE
    if direction == Direction.UP:
        return Light.GOOD if value >= due else Light.NEAR if value >= due * NEAR else Light.LATE
    return Light.GOOD if value <= due else Light.NEAR if value * NEAR <= due else Light.LATE


def passed(begins: dt.date, ends: dt.date, today: dt.date) -> float:
    """The share of a time that has passed before ``today`` begins; all of a time of no length."""
    length = (ends - begins).days + 1
    return 1.0 if length <= 0 else min(1.0, max(0.0, (today - begins).days / length))
