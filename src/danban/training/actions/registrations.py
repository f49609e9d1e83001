"""Who comes to a session: by themselves, added by an officer, or from a file."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.accounts.queries import agencies_today
from danban.audit.actions import CITIZEN, actor_name, record
from danban.common import clock
from danban.common.contact import ContactData
from danban.common.text import clean, fold
from danban.policies.actions.tables import rows_of_table
from danban.training import rules
from danban.training.actions.contacts import keep_contact
from danban.training.actions.people import Named, people_of, person_of
from danban.training.actions.sessions import locked, seat_waiting, tell_place
from danban.training.importing import Bad, people_in
from danban.training.models import Attendance, ImportBatch, Person, Registration, Session
from danban.training.states import Act, Place, SessionState, Source


@dataclass(frozen=True, slots=True)
class Ticket:
    """What its holder gets back: the registration and the personal code that opens it again."""

    registration: Registration
    code: str


@transaction.atomic
def register(
    *,
    session: Session,
    who: Named,
    position: str = "",
    contact: ContactData | None = None,
    show_name: bool = False,
    key: uuid.UUID,
    by: User | None = None,
) -> Ticket:
    """A seat, or a place in the waiting list. ``by`` None: the person did it without an account.

    The same form sent again gives the same ticket. Another form for someone who has registered is refused:
    the code of a person is never shown to whoever knows their name.
    """
    code = rules.personal_code(key)
    session = locked(session)
    earlier = Registration.objects.select_related("person").filter(key=key, session=session).first()
    if earlier is not None:
        return Ticket(earlier, code)
    _check_open(session, by)
    person = person_of(who)
    if session.registrations.filter(person=person).exists():
        raise rules.TrainingRefused(
            _(
                "Người có họ tên này ở cơ quan này đã đăng ký. Quên mã thì hỏi ban tổ chức; "
                "nếu là hai người trùng tên, hãy ghi thêm chữ để phân biệt, ví dụ “Nguyễn Văn An (B)”."
            )
        )
    free = session.capacity - session.registrations.filter(place=Place.SEAT).count()
    registration = _unsaved(
        session,
        person,
        position,
        place=Place.SEAT if free > 0 else Place.WAITING,
        source=Source.OFFICER if by else Source.WEB,
        key=key,
    )
    registration.show_name = show_name
    registration.save(force_insert=True)
    if contact:
        keep_contact(registration, contact)
    record(
        Act.REGISTERED,
        actor=actor_name(by) if by else CITIZEN,
        rows=[registration, session],
        place=registration.place,
    )
    if contact and contact.email:
        tell_place(registration)
    return Ticket(registration, code)


def import_people(*, session: Session, data: bytes, file_name: str, by: User) -> ImportBatch:
    """Register every good row of a table; the others are listed with why. One transaction."""
    rows = rows_of_table(data=data, file_name=file_name, by=by)
    agencies = {fold(agency.name): agency for agency in agencies_today()}
    lines, bad = people_in(rows)
    with transaction.atomic():
        session = locked(session)
        _check_open(session, by)
        seen = set(session.registrations.values_list("person__key", flat=True))
        good: list[tuple[Named, str]] = []
        for line in lines:
            who = Named(line.full_name, agencies.get(fold(line.agency)), line.agency)
            if who.key in seen:
                bad.append(Bad(line.row, _("Người này đã có trong danh sách của buổi.")))
                continue
            seen.add(who.key)
            good.append((who, line.position))
        people = people_of(who for who, _position in good)
        _bulk(session, ((people[who.key], position) for who, position in good))
        batch = ImportBatch.objects.create(
            session=session,
            file_name=clean(file_name)[:255],
            file_sha256=hashlib.sha256(data).hexdigest(),
            imported=len(good),
            rejected=[asdict(one) for one in sorted(bad, key=lambda one: one.row)],
            imported_by=by,
            created_at=clock.now(),
        )
        record(
            Act.PEOPLE_IMPORTED,
            actor=actor_name(by),
            rows=[batch, session],
            imported=len(good),
            rejected=len(bad),
        )
    return batch


@transaction.atomic
def withdraw(*, registration: Registration, by: User | None = None) -> None:
    """Someone cannot come; the first who waits gets the seat. ``by`` None: they said so themselves.

    Said twice it is recorded once.
    """
    session = locked(registration.session)
    kept = session.registrations.exclude(place=Place.WITHDRAWN).filter(pk=registration.pk)
    if Attendance.objects.filter(registration=registration).exists():
        raise rules.TrainingRefused(_("Người này đã điểm danh nên không rút được."))
    if not kept.update(place=Place.WITHDRAWN):
        return
    seat_waiting(session)
    record(
        Act.REGISTRATION_WITHDRAWN,
        actor=actor_name(by) if by else CITIZEN,
        rows=[registration, session],
    )


@transaction.atomic
def record_people_exported(*, session: Session, by: User) -> None:
    """The list of a session left the house, personal codes and all."""
    record(Act.PEOPLE_EXPORTED, actor=actor_name(by), rows=[session])


def _check_open(session: Session, by: User | None) -> None:
    if session.state == SessionState.CANCELLED:
        raise rules.TrainingRefused(_("Buổi này đã hủy."))
    if by is None and (session.state != SessionState.OPEN or clock.now() >= session.ends_at):
        raise rules.TrainingRefused(_("Buổi này không nhận đăng ký nữa."))


def _unsaved(
    session: Session, person: Person, position: str, *, place: Place, source: Source, key: uuid.UUID
) -> Registration:
    return Registration(
        session=session,
        person=person,
        position=clean(position)[:120],
        place=place,
        source=source,
        key=key,
        code_hash=rules.hash_of(rules.personal_code(key)),
        created_at=clock.now(),
    )


def _bulk(session: Session, people: Iterable[tuple[Person, str]]) -> None:
    free = session.capacity - session.registrations.filter(place=Place.SEAT).count()
    made = [
        _unsaved(
            session,
            person,
            position,
            place=Place.SEAT if number < free else Place.WAITING,
            source=Source.IMPORT,
            key=uuid.uuid4(),
        )
        for number, (person, position) in enumerate(people)
    ]
    Registration.objects.bulk_create(made, batch_size=500)
