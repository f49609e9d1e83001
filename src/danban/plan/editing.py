"""Two officers edited one task: what changed meanwhile, in words, and what to offer the second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from danban.accounts.models import Agency
from danban.plan.actions import task_values
from danban.plan.forms.work import TaskForm
from danban.plan.models import Task
from danban.plan.rules import changed_meanwhile
from danban.plan.states import Cadence

BODIES = ("leads", "coordinating")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in words: when the officer opened the page, now, and as the officer typed it."""

    label: str
    before: str
    now: str
    mine: str
    touched: bool


@dataclass(frozen=True, slots=True)
class Meanwhile:
    now: dict[str, Any]
    offered: dict[str, Any]
    differences: list[Difference]


def meanwhile(task: Task, *, seen: Mapping[str, Any], mine: Mapping[str, Any]) -> Meanwhile:
    """``seen`` as the page was opened, ``mine`` as typed, both like ``task_values`` gives them."""
    now = task_values(task)
    theirs, offered = changed_meanwhile(seen, now, mine)
    ids = {pk for values in (seen, now, mine) for name in BODIES for pk in values.get(name, ())}
    names = dict(Agency.objects.filter(pk__in=ids).values_list("pk", "name"))
    return Meanwhile(
        now=now,
        offered=offered,
        differences=[
            Difference(
                label=str(TaskForm.base_fields[name].label),
                before=_in_words(name, seen[name], names),
                now=_in_words(name, now[name], names),
                mine=_in_words(name, mine[name], names),
                touched=mine[name] != seen[name],
            )
            for name in theirs
        ],
    )


def _in_words(name: str, value: Any, names: Mapping[int, str]) -> str:
    if not value:
        return _("(trống)")
    if name in BODIES:
        return "; ".join(names.get(pk, "?") for pk in value)
    if name == "cadence":
        return str(Cadence(value).label)
    if name.endswith("_on"):
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
    return str(value)
