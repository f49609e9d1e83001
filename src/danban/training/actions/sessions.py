"""Sessions from planned to held or cancelled, and the files given with them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock, uploads
from danban.common.files import kept_with_its_row
from danban.common.jobs import later
from danban.common.text import clean
from danban.policies.actions import pass_gate
from danban.training import rules
from danban.training.models import Attendance, Course, Material, Registration, Session
from danban.training.states import Act, Place, SessionState


@transaction.atomic
def keep_session(
    *,
    session: Session | None,
    course: Course,
    place: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    hours: Decimal,
    capacity: int,
    trainer: str,
    by: User,
) -> Session:
    """A new session (``session`` None) or other facts of one that was not held yet."""
    rules.check_session(starts_at, ends_at, hours)
    kept = locked(session) if session else Session(course=course)
    if kept.state in (SessionState.HELD, SessionState.CANCELLED):
        raise rules.TrainingRefused(_("Buổi này đã tổ chức hoặc đã hủy nên không sửa được nữa."))
    if session and capacity < kept.registrations.filter(place=Place.SEAT).count():
        raise rules.TrainingRefused(_("Số chỗ không thể ít hơn số người đã có chỗ."))
    was = _when_and_where(kept) if session else ""
    kept.place, kept.trainer = clean(place)[:300], clean(trainer)[:200]
    kept.starts_at, kept.ends_at = starts_at, ends_at
    kept.hours, kept.capacity = hours, capacity
    kept.save()
    seat_waiting(kept)
    record(
        Act.SESSION_EDITED if session else Act.SESSION_PLANNED,
        actor=actor_name(by),
        rows=[kept, course],
        starts_at=starts_at,
        capacity=capacity,
    )
    if session and was != _when_and_where(kept):
        later("training.letters", session=kept.pk, what="changed", was=was)
    return kept


def _when_and_where(session: Session) -> str:
    return f"{clock.hours(session.starts_at, session.ends_at)}, {session.place}"


@transaction.atomic
def open_session(*, session: Session, by: User) -> Session:
    """From now on people may register."""
    return _move(session, SessionState.OPEN, Act.SESSION_OPENED, by)


@transaction.atomic
def close_as_held(*, session: Session, by: User) -> Session:
    """It took place; the hours of those present count from now on."""
    if clock.now() < session.starts_at:
        raise rules.TrainingRefused(_("Buổi này chưa bắt đầu."))
    return _move(session, SessionState.HELD, Act.SESSION_HELD, by)


@transaction.atomic
def cancel_session(*, session: Session, reason: str, by: User) -> Session:
    """It will not take place, and why. Who was there already cannot be made absent."""
    reason = clean(reason)[: rules.REASON_MAX]
    if not reason:
        raise rules.TrainingRefused(_("Viết lý do hủy."))
    if Attendance.objects.filter(registration__session=session).exists():
        raise rules.TrainingRefused(_("Đã có người điểm danh nên không hủy được."))
    cancelled = _move(session, SessionState.CANCELLED, Act.SESSION_CANCELLED, by, reason)
    later("training.letters", session=cancelled.pk, what="cancelled")
    return cancelled


def add_material(*, session: Session, title: str, data: bytes, file_name: str, by: User) -> Material:
    """A file for those who registered. Raises UploadRefused or SecretRefused; then nothing was kept."""
    passed = pass_gate(data=data, file_name=file_name, by=by, kinds=uploads.DRAFTS)
    material = Material(
        session=session,
        title=clean(title)[:200] or passed.name[:200],
        file=passed.content,
        file_name=passed.name,
        file_sha256=passed.sha256,
        added_by=by,
        added_at=clock.now(),
    )
    with kept_with_its_row(material.file):
        material.save()
        record(Act.MATERIAL_ADDED, actor=actor_name(by), rows=[material, session], file=material.file_sha256)
    return material


@transaction.atomic
def remove_material(*, material: Material, by: User) -> None:
    record(
        Act.MATERIAL_REMOVED,
        actor=actor_name(by),
        rows=[material, material.session],
        file=material.file_sha256,
    )
    storage, name = material.file.storage, str(material.file.name)
    material.delete()
    transaction.on_commit(lambda: storage.delete(name))


def locked(session: Session) -> Session:
    """The session, held until the end of the transaction: seats are counted by one at a time."""
    return Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)


def seat_waiting(session: Session) -> None:
    """Give free seats to those who wait, in the order they came. The session is locked."""
    free = session.capacity - session.registrations.filter(place=Place.SEAT).count()
    if free > 0:
        waiting = session.registrations.filter(place=Place.WAITING).select_related("contact")
        first = list(waiting.order_by("id")[:free])
        session.registrations.filter(pk__in=[one.pk for one in first]).update(place=Place.SEAT)
        for one in first:
            if hasattr(one, "contact"):
                tell_place(one)


def tell_place(registration: Registration) -> None:
    """Ask for the letter that says whether someone has a seat."""
    later("training.letters.one", reader=registration.pk, session=registration.session_id, what="registered")


def _move(session: Session, to: SessionState, act: Act, by: User, reason: str = "") -> Session:
    session = locked(session)
    rules.check_move(session.state, to)
    session.state, session.cancelled_reason = to, reason
    session.save(update_fields=["state", "cancelled_reason"])
    record(act, actor=actor_name(by), rows=[session, session.course])
    return session
