"""Small made-up worlds for the property tests: every row and every date drawn, then written straight."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import uuid
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from danban.accounts.models import Agency, User
from danban.answers.models import Answer, Point, PointMember
from danban.answers.states import AnswerState, Disposition
from danban.consultation.models import Comment, Window
from danban.consultation.states import Channel, CommenterKind
from danban.plan.models import Assignment, Evidence, Plan, Task
from danban.plan.states import Part, PlanKind, PlanState, Purpose, TaskState
from danban.policies.models import Dossier, Policy, Screening
from danban.policies.states import DossierRole, ScreeningStep
from danban.reports.kpi import Scope, midnight
from danban.training.models import Attendance, Course, Person, Registration, Session
from danban.training.states import Audience, Organiser, Place, Presence, SessionState, Source
from tests.factories import AgencyFactory, DossierFactory, UserFactory, VersionFactory

FIRST = dt.date(2026, 1, 1)
_number = itertools.count(1)

days = st.integers(0, 40).map(lambda n: FIRST + dt.timedelta(days=n))
moments = st.builds(
    lambda day, minutes: midnight(day) + dt.timedelta(minutes=minutes), days, st.integers(0, 1439)
)
few = {"min_size": 0, "max_size": 4}


@dataclass
class Ground:
    """What all worlds stand on: two agencies, two people, a plan, two dossiers of each agency."""

    agencies: list[Agency]
    people: list[User]
    plans: list[Plan]
    dossiers: list[Dossier]


def ground() -> Ground:
    agencies = [AgencyFactory(), AgencyFactory()]
    people = [UserFactory(), UserFactory()]
    plans = [
        Plan.objects.create(
            kind=PlanKind.YEARLY, number=f"{n}/KH-UBND", title="Kế hoạch", issued_on=FIRST, state=state,
            issuer=agencies[0], lead=agencies[0], starts_on=FIRST, ends_on=dt.date(2026, 12, 31),
            created_by=people[0], created_at=midnight(FIRST),
        )
        for n, state in enumerate((PlanState.IN_FORCE, PlanState.DRAFT))
    ]  # fmt: skip
    dossiers = [
        DossierFactory(agency=agency, role=role, created_by=people[0])
        for agency in agencies
        for role in (DossierRole.DRAFTS, DossierRole.COORDINATES)
    ]
    for dossier in dossiers:
        VersionFactory(dossier=dossier, uploaded_by=people[0])
    return Ground(agencies, people, plans, dossiers)


scopes = st.builds(lambda one, other, at: Scope(min(one, other), max(one, other), at), days, days, moments)
ends = st.one_of(st.none(), moments)
evidence = st.tuples(
    st.sampled_from([Purpose.COMMUNICATION, Purpose.COORDINATION]), st.one_of(st.none(), moments), ends,
    st.one_of(st.none(), days),
)  # fmt: skip
policies = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.lists(st.tuples(st.sampled_from(ScreeningStep), st.booleans(), days, moments), **few),
        st.lists(evidence, **few),
    ),
    **few,
)
tasks = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(TaskState), st.one_of(st.none(), days),
        st.sets(st.integers(0, 1)), st.lists(evidence, **few),
    ),
    **few,
)  # fmt: skip
comments = st.lists(
    st.tuples(st.sampled_from(Channel), moments, st.integers(0, 2), st.integers(-1, 3)), max_size=8
)
points = st.lists(
    st.lists(st.tuples(moments, st.sampled_from(Disposition), st.booleans(), st.integers(0, 3)), max_size=3),
    **few,
)
windows = st.lists(st.tuples(st.integers(0, 3), days, ends, comments, points), max_size=3)
sessions = st.lists(
    st.tuples(
        st.sampled_from(SessionState), moments, st.integers(1, 9),
        st.sets(st.sampled_from(Audience), min_size=1),
        st.dictionaries(st.integers(0, 3), st.one_of(st.none(), moments), max_size=4),
    ),
    max_size=3,
)  # fmt: skip
worlds = st.fixed_dictionaries(
    {"policies": policies, "tasks": tasks, "windows": windows, "sessions": sessions}
)


def build(on: Ground, world) -> None:
    """Write the rows of a world."""
    for place, screenings, shown in world["policies"]:
        policy = Policy.objects.create(
            dossier=on.dossiers[place], number=next(_number) % 32_000, title="Chính sách",
            created_by=on.people[0], created_at=midnight(FIRST),
        )  # fmt: skip
        for step, in_scope, day, at in screenings:
            Screening.objects.create(
                policy=policy, step=step, agency=on.agencies[0], in_scope=in_scope, reason="Vì thế.",
                list_number="01/DM" if step == ScreeningStep.DECISION else "", decided_on=day, at=at,
                by=on.people[0],
            )  # fmt: skip
        for purpose, proved, ended, day in shown:
            _evidence(on, policy=policy, purpose=purpose, proved_at=proved, ended_at=ended, shown_on=day)
    for plan, state, due, leads, shown in world["tasks"]:
        done = FIRST if state == TaskState.DONE else None
        task = Task.objects.create(
            plan=on.plans[plan], position=1, content="Việc", due_on=due, state=state, done_on=done
        )
        for place in leads:
            Assignment.objects.create(task=task, part=Part.LEADS, agency=on.agencies[place])
        Assignment.objects.create(task=task, part=Part.COORDINATES, agency=on.agencies[0])
        for _purpose, proved, ended, day in shown:
            _evidence(on, task=task, purpose=Purpose.PRODUCT, proved_at=proved, ended_at=ended, shown_on=day)
    for place, closes, cancelled, said, answered in world["windows"]:
        _window(on, on.dossiers[place], closes, cancelled, said, answered)
    learners = [
        Person.objects.create(
            key=f"{n}", full_name=f"Người học {n}", agency=agency, search_text="", created_at=midnight(FIRST)
        )
        for n, agency in enumerate([*on.agencies, on.agencies[0], None])
    ]
    for state, starts, halves, audiences, came in world["sessions"]:
        session = _session(on, state, starts, halves, audiences)
        for place, received in came.items():
            _registration(session, learners[place], received)


def _evidence(on: Ground, **kwargs) -> None:
    Evidence.objects.create(
        kind="event", record=next(_number), added_by=on.people[0], added_at=midnight(FIRST),
        ended_reason="Không đúng." if kwargs["ended_at"] else "", **kwargs,
    )  # fmt: skip


def _window(on: Ground, dossier, closes, cancelled, said, answered) -> None:
    version = dossier.versions.get()
    window = Window.objects.create(
        dossier=dossier, version=version, opens_on=FIRST, closes_on=closes, opened_by=on.people[0],
        created_at=midnight(FIRST), cancelled_at=cancelled, cancelled_reason="Vì thế." if cancelled else "",
    )  # fmt: skip
    made = [_point(on, window, releases) for releases in answered]
    for channel, at, author, place in said:
        comment = _comment(window, version, channel, at, author)
        if 0 <= place < len(made):
            point, released = made[place]
            PointMember.objects.create(
                point=point, comment=comment, answered_at=next((one for one in released if one > at), None)
            )


def _point(on: Ground, window, releases):
    point = Point.objects.create(
        window=window, title="Giờ thu gom", created_by=on.people[0], created_at=midnight(FIRST)
    )
    moments_of_release = sorted({at: rest for at, *rest in releases}.items())
    for place, (at, (disposition, returned, size)) in enumerate(moments_of_release):
        last = place == len(moments_of_release) - 1
        Answer.objects.create(
            point=point, disposition=disposition, reason="Bổ sung.", written_by=on.people[0], written_at=at,
            state=AnswerState.RELEASED if last else AnswerState.SUPERSEDED, released_by=on.people[1],
            released_at=at, returned_reason="Chưa rõ." if returned else "", comments_count=size,
        )  # fmt: skip
    return point, [at for at, _rest in moments_of_release]


def _comment(window, version, channel, at, author) -> Comment:
    return Comment.objects.create(
        window=window, version=version, text="Lời.", folded="loi.", commenter_kind=CommenterKind.PERSON,
        commenter_key=f"{author}" * 64, channel=channel, received_on=at.date(), created_at=at,
        code_hash=hashlib.sha256(uuid.uuid4().bytes).hexdigest(), idempotency_key=uuid.uuid4(),
        fingerprint="0" * 64,
    )  # fmt: skip


def _session(on: Ground, state, starts, halves, audiences) -> Session:
    hours = Decimal(halves) / 2
    course = Course.objects.create(
        agency=on.agencies[0], title="Kỹ năng", organiser=Organiser.OWN, hours=hours,
        audiences=sorted(audiences), search_text="", created_by=on.people[0], created_at=midnight(FIRST),
    )  # fmt: skip
    return Session.objects.create(
        course=course, place="Hội trường", starts_at=starts, ends_at=starts + dt.timedelta(hours=5),
        hours=hours, capacity=9, state=state,
    )  # fmt: skip


def _registration(session, person, received) -> None:
    registration = Registration.objects.create(
        session=session, person=person, place=Place.SEAT, source=Source.WEB, key=uuid.uuid4(),
        code_hash=hashlib.sha256(uuid.uuid4().bytes).hexdigest(), created_at=midnight(FIRST),
    )  # fmt: skip
    if received is not None:
        Attendance.objects.create(
            registration=registration, how=Presence.CODE, shown_at=received, received_at=received
        )
