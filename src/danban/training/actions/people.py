"""People: one row for one name in one agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from danban.accounts.models import Agency
from danban.common import clock
from danban.common.text import clean, fold
from danban.training import rules
from danban.training.models import Person

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Named:
    """A person as given: ``agency`` is None where ``agency_name`` is of a body that is not among ours."""

    full_name: str
    agency: Agency | None
    agency_name: str = ""

    @property
    def body(self) -> str:
        return self.agency.name if self.agency else clean(self.agency_name)[:200]

    @property
    def key(self) -> str:
        return rules.person_key(clean(self.full_name), self.agency.pk if self.agency else None, self.body)


def people_of(named: Iterable[Named]) -> dict[str, Person]:
    """The rows of people by key, made where there are none yet. In the caller's transaction."""
    wanted = {one.key: one for one in named}
    found: dict[str, Person] = {}
    keys = list(wanted)
    for start in range(0, len(keys), AT_ONCE):
        chunk = keys[start : start + AT_ONCE]
        known = Person.objects.in_bulk(chunk, field_name="key")
        missing = [_unsaved(wanted[key]) for key in chunk if key not in known]
        if missing:
            # Another transaction may make the same person meanwhile: its row then serves both.
            Person.objects.bulk_create(missing, ignore_conflicts=True)
            known = Person.objects.in_bulk(chunk, field_name="key")
        found |= known
    return found


def person_of(named: Named) -> Person:
    rules.check_person(clean(named.full_name), named.body)
    return people_of([named])[named.key]


def _unsaved(named: Named) -> Person:
    name = clean(named.full_name)
    return Person(
        key=named.key,
        full_name=name,
        agency=named.agency,
        agency_name=named.body,
        search_text=fold(f"{name} {named.body}"),
        created_at=clock.now(),
    )
