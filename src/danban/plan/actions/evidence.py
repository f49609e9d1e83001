"""Evidence comes, is checked, ends. Whether its task is done follows from it: ``settling.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.common import clock
from danban.common.errors import Refused
from danban.common.files import kept_with_its_row
from danban.common.text import clean
from danban.plan import rules
from danban.plan.actions.base import locked, tell
from danban.plan.actions.settling import settle_task
from danban.plan.actions.tasks import WORDS_MAX
from danban.plan.evidence import FILE, KINDS, Record
from danban.plan.models import Evidence, Task
from danban.plan.states import Act, Purpose
from danban.policies.actions import pass_gate
from danban.policies.models import Policy

BATCH = 500


@transaction.atomic
def add_record(
    *, task: Task | None = None, policy: Policy | None = None, purpose: str = Purpose.PRODUCT,
    kind: str, record: int, note: str = "", by: User,
) -> Evidence:  # fmt: skip
    """Point to a record. It proves at once when it shows the thing; otherwise as soon as it does."""
    held = _subject(task, policy, purpose)
    known = KINDS.get(kind)
    found = known.find([record]).get(record) if known else None
    if found is None:
        raise rules.NoSuchRecord(_("Không có bản ghi này. Hãy chọn lại trong danh sách."))
    live = Evidence.objects.filter(
        task=held, policy=policy, purpose=purpose, kind=kind, record=record, ended_at__isnull=True
    )
    if live.exists():
        raise Refused(_("Bản ghi này đã là minh chứng ở đây rồi."))
    shown_on = found.shown_on
    if shown_on:
        rules.check_shown_on(shown_on, held.plan.starts_on if held else None, clock.today())
        if purpose == Purpose.COORDINATION and not _front_took_part([found]):
            raise rules.ShowsNothing(no_front())
    evidence = Evidence.objects.create(
        task=held,
        policy=policy,
        purpose=Purpose(purpose),
        kind=kind,
        record=record,
        note=clean(note)[:WORDS_MAX],
        shown_on=shown_on,
        added_by=by,
        added_at=clock.now(),
        proved_at=clock.now() if shown_on else None,
    )
    tell(
        Act.EVIDENCE_ADDED,
        task=held,
        by=by,
        rows=_rows(evidence),
        kind=kind,
        record=record,
        shows=bool(shown_on),
    )
    _settle(evidence, by)
    return evidence


def add_file(
    *, task: Task | None = None, policy: Policy | None = None, purpose: str = Purpose.PRODUCT,
    data: bytes, file_name: str, shown_on: dt.date, note: str = "", by: User,
) -> Evidence:  # fmt: skip
    """Keep a file that passed the gate. It proves nothing before a second person has checked it.

    ``shown_on`` is the day the paper bears. Raises UploadRefused, SecretRefused, ShowsNothing.
    """
    rules.check_shown_on(shown_on, task.plan.starts_on if task else None, clock.today())
    kept = pass_gate(data=data, file_name=file_name, by=by)
    marks = [_("Cần xem kỹ về bí mật nhà nước: %(reason)s") % {"reason": one} for one in kept.warnings]
    evidence = Evidence(
        policy=policy,
        purpose=Purpose(purpose),
        kind=FILE,
        file=kept.content,
        file_name=kept.name,
        file_sha256=kept.sha256,
        note="\n".join([clean(note)[:WORDS_MAX], *marks]).strip(),
        shown_on=shown_on,
        added_by=by,
        added_at=clock.now(),
    )
    with kept_with_its_row(evidence.file):
        evidence.task = _subject(task, policy, purpose)
        evidence.save(force_insert=True)
        tell(
            Act.EVIDENCE_ADDED, task=evidence.task, by=by, rows=_rows(evidence),
            kind=FILE, sha256=kept.sha256, secrecy_warnings=len(marks),
        )  # fmt: skip
    return evidence


@transaction.atomic
def check_file(*, evidence: Evidence, by: User) -> Evidence:
    """A second person has looked at the file: it shows what it says."""
    held = _held(evidence)
    if held.kind != FILE or held.proved_at:
        raise Refused(_("Minh chứng này không chờ kiểm tra."))
    if held.added_by_id == by.pk:
        raise rules.SamePerson(_("Người thêm tệp không tự kiểm tra được. Hãy nhờ người thứ hai."))
    held.checked_by, held.proved_at = by, clock.now()
    held.save(update_fields=["checked_by", "proved_at"])
    tell(Act.EVIDENCE_PROVED, task=held.task, by=by, rows=_rows(held), kind=FILE)
    _settle(held, by)
    return held


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: User) -> Evidence:
    """It shows nothing any more, and why; what it showed until now stays in the figures of then."""
    return _end(_held(evidence), clean(reason)[:WORDS_MAX], by)


def _end(held: Evidence, reason: str, by: User | None) -> Evidence:
    if not reason:
        raise Refused(_("Hãy viết lý do rút."))
    held.ended_at, held.ended_by, held.ended_reason = clock.now(), by, reason
    held.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    tell(Act.EVIDENCE_ENDED, task=held.task, by=by, rows=_rows(held), kind=held.kind)
    _settle(held, by)
    return held


def recheck() -> int:
    """Look at all live records again: what no longer shows ends, what shows by now proves. How many changed.

    In batches by kind; each change is its own transaction, so a turn that is cut short loses nothing.
    """
    changed, after = 0, 0
    while True:
        rows = Evidence.objects.filter(ended_at__isnull=True, pk__gt=after).exclude(kind=FILE)
        batch = list(rows.order_by("pk")[:BATCH])
        changed += sum(_look_again(kind, of_kind) for kind, of_kind in _by_kind(batch))
        if len(batch) < BATCH:
            return changed
        after = batch[-1].pk


def _by_kind(batch: list[Evidence]) -> list[tuple[str, list[Evidence]]]:
    ordered = sorted(batch, key=lambda one: one.kind)
    return [(kind, list(rows)) for kind, rows in groupby(ordered, key=lambda one: one.kind) if kind in KINDS]


def _look_again(kind: str, rows: list[Evidence]) -> int:
    found = KINDS[kind].find({row.record for row in rows if row.record is not None})
    front = _front_took_part(found.values())
    changed = 0
    for row in rows:
        record = found.get(row.record or 0)
        missing = _missing(record, row.purpose, front)
        if row.proved_at and missing:
            changed += _changed_to(row, missing)
        elif not row.proved_at and record and not missing:
            changed += _changed_to(row, "", record.shown_on)
        elif record is None:
            changed += _changed_to(row, missing)
    return changed


def _missing(record: Record | None, purpose: str, front: frozenset[int]) -> str:
    """What keeps a record from showing its purpose, "" when nothing does."""
    if record is None:
        return _("Bản ghi không còn.")
    if not record.shown_on:
        return record.missing or _("Bản ghi không còn cho thấy việc đã làm.")
    if purpose == Purpose.COORDINATION and front.isdisjoint(record.agencies):
        return no_front()
    return ""


@transaction.atomic
def _changed_to(row: Evidence, missing: str, shown_on: dt.date | None = None) -> bool:
    held = Evidence.objects.select_for_update(of=("self",)).select_related("task__plan").get(pk=row.pk)
    if held.ended_at or held.proved_at != row.proved_at:
        return False
    if missing:
        _end(held, missing, None)
        return True
    held.proved_at, held.shown_on = clock.now(), shown_on
    held.save(update_fields=["proved_at", "shown_on"])
    tell(Act.EVIDENCE_PROVED, task=held.task, by=None, rows=_rows(held), kind=held.kind)
    _settle(held, None)
    return True


def no_front() -> str:
    return _(
        "Bản ghi này không có Mặt trận Tổ quốc hay tổ chức chính trị - xã hội nào tham gia, "
        "nên không cho thấy việc phối hợp."
    )


def _front_took_part(records: Iterable[Record]) -> frozenset[int]:
    """Those among the bodies of these records with whom working is coordination."""
    bodies = {body for record in records for body in record.agencies}
    kinds = Agency.objects.filter(pk__in=bodies).values_list("pk", "kind")
    return frozenset(pk for pk, kind in kinds if rules.shows_coordination([kind]))


def _subject(task: Task | None, policy: Policy | None, purpose: str) -> Task | None:
    """The task, held and fit to be shown done; None for a policy, with a purpose that a policy has."""
    if task is None:
        if policy is None or purpose not in (Purpose.COMMUNICATION, Purpose.COORDINATION):
            raise Refused(_("Hãy chọn minh chứng cho việc gì."))
        # Held too: one record added twice at once is refused in words, not by the database.
        Policy.objects.select_for_update().get(pk=policy.pk)
        return None
    held = locked(task)
    rules.check_workable(held.plan.state, held.state)
    return held


def _held(evidence: Evidence) -> Evidence:
    held = Evidence.objects.select_for_update(of=("self",)).select_related("task__plan").get(pk=evidence.pk)
    if held.ended_at:
        raise Refused(_("Minh chứng này đã được rút."))
    return held


def _settle(evidence: Evidence, by: User | None) -> None:
    if evidence.task:
        settle_task(task=evidence.task, by=by)


def _rows(evidence: Evidence) -> list[Evidence | Policy]:
    return [evidence, evidence.policy] if evidence.policy else [evidence]
