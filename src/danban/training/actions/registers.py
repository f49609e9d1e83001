"""The registers of rapporteurs and propagandists: recognised, dismissed, brought in, what they did."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.accounts.queries import agencies_by_name
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean, fold
from danban.policies.actions.tables import rows_of_table
from danban.training import rules
from danban.training.actions.people import AT_ONCE, Named, people_of, person_of
from danban.training.importing import Bad, TermLine, terms_in
from danban.training.models import Activity, ImportBatch, Person, Recognition
from danban.training.states import Act, ActivityKind


@transaction.atomic
def recognise(
    *,
    full_name: str,
    agency: Agency,
    duty: str,
    area: str,
    recognised_on: dt.date,
    recognised_by: str,
    by: User,
    dismissed_on: dt.date | None = None,
    dismissed_by: str = "",
) -> Recognition:
    """Enter a term. ``recognised_by`` and ``dismissed_by`` are numbers of decisions.

    Raises TrainingRefused: a number or day is missing or in the wrong order, or terms overlap.
    """
    term = _unsaved(
        TermLine(0, full_name, "", duty, area, recognised_on, recognised_by, dismissed_on, dismissed_by),
        agency,
        by,
    )
    person = person_of(Named(full_name, agency))
    # Held, so that two officers cannot enter overlapping terms at once.
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.refuse_overlap(
        person.terms.filter(duty=duty).values_list("recognised_on", "dismissed_on"),
        (recognised_on, dismissed_on),
    )
    term.person = person
    term.save()
    record(Act.RECOGNISED, actor=actor_name(by), rows=[term, agency], duty=duty, on=recognised_on)
    return term


@transaction.atomic
def dismiss(*, term: Recognition, on: dt.date, decision: str, reason: str, by: User) -> Recognition:
    """End a term by a decision."""
    term = Recognition.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if term.dismissed_on is not None:
        raise rules.TrainingRefused(_("Người này đã được miễn nhiệm."))
    decision = clean(decision)
    rules.check_term(
        duty=term.duty,
        recognised_on=term.recognised_on,
        recognised_by=term.recognised_by,
        dismissed_on=on,
        dismissed_by=decision,
        today=clock.today(),
    )
    term.dismissed_on, term.dismissed_by = on, decision[:60]
    term.dismissed_reason = clean(reason)[:300]
    term.save(update_fields=["dismissed_on", "dismissed_by", "dismissed_reason"])
    record(Act.DISMISSED, actor=actor_name(by), rows=[term], on=on)
    return term


@transaction.atomic
def log_activity(
    *, term: Recognition, on: dt.date, kind: str, topic: str, place: str, listeners: int, by: User
) -> Activity:
    """What a rapporteur or propagandist did, while they were one."""
    if not term.recognised_on <= on <= clock.today() or (term.dismissed_on and on >= term.dismissed_on):
        raise rules.TrainingRefused(_("Ngày phải nằm trong thời gian được công nhận và không ở tương lai."))
    activity = Activity.objects.create(
        term=term,
        on=on,
        kind=ActivityKind(kind),
        topic=clean(topic)[:300],
        place=clean(place)[:200],
        listeners=listeners,
        entered_by=by,
    )
    record(Act.ACTIVITY_LOGGED, actor=actor_name(by), rows=[activity, term], on=on)
    return activity


def import_register(*, data: bytes, file_name: str, by: User) -> ImportBatch:
    """Enter every good row of a register; the others are listed with why. One transaction for all of it."""
    rows = rows_of_table(data=data, file_name=file_name, by=by)
    lines, bad = terms_in(rows)
    agencies = agencies_by_name()
    with transaction.atomic():
        good = _sorted_out(lines, agencies, bad, by)
        people = people_of(Named(one.full_name, agencies[fold(one.agency)]) for one, _term in good)
        for line, term in good:
            term.person = people[Named(line.full_name, term.agency).key]
        made = _without_overlap(good, bad)
        Recognition.objects.bulk_create(made, batch_size=AT_ONCE)
        batch = ImportBatch.objects.create(
            file_name=clean(file_name)[:255],
            file_sha256=hashlib.sha256(data).hexdigest(),
            imported=len(made),
            rejected=[asdict(one) for one in sorted(bad, key=lambda one: one.row)],
            imported_by=by,
            created_at=clock.now(),
        )
        record(
            Act.REGISTER_IMPORTED,
            actor=actor_name(by),
            rows=[batch],
            terms=[term.pk for term in made],
            rejected=len(bad),
        )
    return batch


@transaction.atomic
def record_export(*, form: str, rows: int, by: User) -> None:
    """A register left the house: who took it and how many rows it had."""
    record(Act.REGISTER_EXPORTED, actor=actor_name(by), form=form, terms=rows)


def _unsaved(line: TermLine, agency: Agency, by: User) -> Recognition:
    decision, ended = clean(line.recognised_by), clean(line.dismissed_by)
    rules.check_person(clean(line.full_name), agency.name)
    rules.check_term(
        duty=line.duty,
        recognised_on=line.recognised_on,
        recognised_by=decision,
        dismissed_on=line.dismissed_on,
        dismissed_by=ended,
        today=clock.today(),
    )
    return Recognition(
        agency=agency,
        duty=line.duty,
        area=clean(line.area)[:300],
        recognised_on=line.recognised_on,
        recognised_by=decision[:60],
        dismissed_on=line.dismissed_on,
        dismissed_by=ended[:60],
        entered_by=by,
        entered_at=clock.now(),
    )


Made = list[tuple[TermLine, Recognition]]


def _sorted_out(lines: Iterable[TermLine], agencies: dict[str, Agency], bad: list[Bad], by: User) -> Made:
    good: Made = []
    for line in lines:
        agency = agencies.get(fold(line.agency))
        if agency is None:
            bad.append(Bad(line.row, _("Không có cơ quan nào tên như vậy; ghi đúng tên đầy đủ.")))
            continue
        try:
            good.append((line, _unsaved(line, agency, by)))
        except Refused as refusal:
            bad.append(Bad(line.row, refusal.message))
    return good


def _without_overlap(good: Made, bad: list[Bad]) -> list[Recognition]:
    """Terms that share no day with one in the register, nor with one further up in the file."""
    known: dict[tuple[int, str], list[rules.Term]] = defaultdict(list)
    ids = list({term.person.pk for _line, term in good})
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        list(Person.objects.select_for_update(of=("self",)).filter(pk__in=chunk).order_by("pk"))
        for one in Recognition.objects.filter(person__in=chunk):
            known[one.person_id, one.duty].append((one.recognised_on, one.dismissed_on))
    made = []
    for line, term in good:
        terms = known[term.person.pk, term.duty]
        try:
            rules.refuse_overlap(terms, (term.recognised_on, term.dismissed_on))
        except Refused as refusal:
            bad.append(Bad(line.row, refusal.message))
            continue
        terms.append((term.recognised_on, term.dismissed_on))
        made.append(term)
    return made
