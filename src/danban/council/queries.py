"""Every read of the Council that is more than one row by its key."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from danban.accounts.models import Agency, User
from danban.accounts.queries import people_with
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.text import fold
from danban.council.models import (
    AgendaItem,
    Conclusion,
    Council,
    Directive,
    ListItem,
    Meeting,
    Member,
    Minutes,
    Opinion,
    Paper,
    Party,
    PolicyList,
)
from danban.council.states import MeetingState, MinutesState, Reply, Seat, Stance
from danban.plan.models import Plan
from danban.plan.states import PlanState
from danban.policies.models import Policy, Screening
from danban.policies.states import ScreeningStep

SEAT_ORDER = {seat: place for place, seat in enumerate(Seat)}
COMING_LISTED = 5


# ── The Council and its members ─────────────────────────────────────────────────────────────────


def council_on(day: dt.date) -> Council | None:
    """The Council in office on a day."""
    return (
        Council.objects.filter(valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .select_related("agency__parent")
        .first()
    )


def members_on(council: Council, day: dt.date) -> list[Member]:
    """Who is a member on a day, the chair first; nobody outside the days of the Council itself."""
    if day < council.valid_from or (council.valid_to and day > council.valid_to):
        return []
    terms = council.members.filter(valid_from__lte=day).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )
    found = terms.select_related("agency", "user")
    return sorted(found, key=lambda one: (SEAT_ORDER[Seat(one.seat)], one.folded, one.pk))


def terms_listed(q: str) -> QuerySet[Member]:
    """All terms there have been, the newest first."""
    terms = Member.objects.select_related("council", "agency").order_by("-valid_from", "folded", "-id")
    return terms.filter(folded__contains=fold(q)) if q else terms


def terms_of(
    council: Council, *, folded: str, user: User | None
) -> list[tuple[dt.date, dt.date | None, str]]:
    """The terms of a person in the Councils of this body; a term ends at the latest with its Council."""
    same = Q(folded=folded) | Q(user=user) if user else Q(folded=folded)
    terms = Member.objects.filter(same, council__agency=council.agency_id).select_related("council")
    return [
        (one.valid_from, _earlier(one.valid_to, one.council.valid_to), one.recognised_by) for one in terms
    ]


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min((day for day in (one, other) if day), default=None)


# ── Meetings ────────────────────────────────────────────────────────────────────────────────────


def meetings_listed(*, q: str, kind: str, planned: bool) -> QuerySet[Meeting]:
    """By day, the newest first; ``planned`` includes those whose invitations have not gone out."""
    meetings = Meeting.objects.select_related("minutes").order_by("-starts_at", "-id")
    if kind:
        meetings = meetings.filter(kind=kind)
    if not planned:
        meetings = meetings.exclude(state=MeetingState.PLANNED)
    return meetings.filter(title__icontains=q) if q else meetings


def coming(*, planned: bool) -> list[Meeting]:
    """The next meetings, the soonest first; one of today stays until it is noted as held."""
    open_states = (MeetingState.PLANNED, MeetingState.INVITED) if planned else (MeetingState.INVITED,)
    begin = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = Meeting.objects.filter(
        Q(starts_at__gte=begin) | Q(ends_at__gte=begin),
        state__in=open_states,
    )
    counts = {
        "invited": Count("parties", filter=Q(parties__sent_on__isnull=False)),
        "coming": Count("parties", filter=Q(parties__reply=Reply.COMING)),
    }
    return list(ahead.annotate(**counts).order_by("starts_at", "id")[:COMING_LISTED])


def waiting_minutes() -> list[Minutes]:
    """Minutes nobody has approved yet, the oldest first."""
    waiting = Minutes.objects.filter(state=MinutesState.DRAFT).select_related("meeting", "written_by")
    return list(waiting.order_by("meeting__starts_at")[:20])


@dataclass(frozen=True, slots=True)
class Votes:
    """How many parties spoke for, against and otherwise on a point of the agenda."""

    agreed: int = 0
    against: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.agreed + self.against + self.other


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda with its papers, the votes on it, and the opinions that have words, by seat."""

    item: AgendaItem
    papers: list[Paper]
    votes: Votes
    voices: list[Opinion]


def papers_of(meeting: Meeting) -> dict[int | None, list[Paper]]:
    """The papers by point of the agenda; under None those for the whole meeting."""
    found: dict[int | None, list[Paper]] = defaultdict(list)
    for one in meeting.papers.all():
        found[one.item_id].append(one)
    return found


def agenda_of(meeting: Meeting, papers: Mapping[int | None, list[Paper]]) -> list[Point]:
    """The agenda with everything around it; two queries."""
    said: dict[int, list[Opinion]] = defaultdict(list)
    opinions = Opinion.objects.filter(item__meeting=meeting)
    for one in opinions.select_related("party__member", "party__agency"):
        said[one.item_id].append(one)
    items = meeting.agenda.select_related("policy__dossier", "dossier", "task", "presenter")
    return [
        Point(item, papers.get(item.pk, []), _counted(said[item.pk]), _with_words(said[item.pk]))
        for item in items
    ]


def _counted(opinions: Sequence[Opinion]) -> Votes:
    by_stance = Counter(one.stance for one in opinions)
    return Votes(by_stance[Stance.FOR], by_stance[Stance.AGAINST], by_stance[Stance.OTHER])


def _with_words(opinions: Sequence[Opinion]) -> list[Opinion]:
    return sorted((one for one in opinions if one.words), key=lambda one: _party_order(one.party))


def parties_of(meeting: Meeting) -> list[Party]:
    """Members by their seat, then agencies by name."""
    found = meeting.parties.select_related("member__agency", "agency")
    return sorted(found, key=_party_order)


def _party_order(party: Party) -> tuple[int, str, int]:
    if party.member:
        return SEAT_ORDER[Seat(party.member.seat)], party.member.folded, party.pk
    return len(SEAT_ORDER), str(party.agency), party.pk


def invitations(user: User, agencies: Collection[int]) -> QuerySet[Party]:
    """Those to a meeting ahead that the person may answer and nobody has yet, the soonest first."""
    now = clock.now()
    waiting = Party.objects.filter(
        sent_on__isnull=False, reply=Reply.NONE, meeting__state=MeetingState.INVITED
    )
    return (
        waiting.filter(Q(member__user=user) | Q(agency__in=agencies))
        .filter(Q(meeting__starts_at__gt=now) | Q(meeting__ends_at__gt=now))
        .select_related("meeting")
        .order_by("meeting__starts_at", "pk")
    )


def people_of(parties: Collection[int]) -> QuerySet[User]:
    """Who reads for these parties: members in office who have an account, and officers of the agencies."""
    invited, today = Party.objects.filter(pk__in=parties), clock.today()
    terms = (
        Member.objects.filter(invitations__in=invited, valid_from__lte=today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        .filter(Q(council__valid_to__isnull=True) | Q(council__valid_to__gte=today))
    )
    officers = people_with(Permission.TASK_WORK, agencies=[one.agency_id for one in invited if one.agency_id])
    readers = Q(pk__in=terms.values("user")) | Q(pk__in=officers.values("pk"))
    return User.objects.filter(readers, is_active=True).order_by("pk")


def speakers_of(meeting: Meeting) -> list[Party]:
    """Who may be heard: those who came; on paper, everyone who was asked."""
    return [one for one in parties_of(meeting) if one.attended or meeting.kind == "circulation"]


def opinions_of(item: AgendaItem) -> dict[int, Opinion]:
    """The opinions on a point, by party."""
    return {one.party_id: one for one in item.opinions.all()}


def conclusions_of(meeting: Meeting) -> list[Conclusion]:
    return list(meeting.conclusions.select_related("agency", "task", "policy_list", "directive"))


def plans_in_force(day: dt.date) -> QuerySet[Plan]:
    return Plan.objects.filter(state=PlanState.IN_FORCE, starts_on__lte=day, ends_on__gte=day)


def agencies_that_came(parties: Iterable[Party]) -> frozenset[int]:
    """The bodies that took part: invited ones, and those whose people sit in the Council."""
    came = (
        one.agency_id or (one.member.agency_id if one.member else None) for one in parties if one.attended
    )
    return frozenset(agency for agency in came if agency)


# ── Lists and directives ────────────────────────────────────────────────────────────────────────


def lists_listed() -> QuerySet[PolicyList]:
    return (
        PolicyList.objects.select_related("meeting")
        .annotate(policies=Count("items"), policies_in_scope=Count("items", filter=Q(items__in_scope=True)))
        .order_by("-drafted_at", "-id")
    )


def items_of(policy_list: PolicyList) -> list[ListItem]:
    """By dossier and number, in scope first."""
    items = policy_list.items.select_related("policy__dossier__agency")
    return list(items.order_by("-in_scope", "policy__dossier__title", "policy__number"))


class Turn(IntEnum):
    """How far the screening of a policy went, in the order in which the Council takes them up."""

    REVIEWED = 0
    PROPOSED = 1
    UNSAID = 2
    DECIDED = 3


def candidates(policy_list: PolicyList, q: str) -> QuerySet[Policy]:
    """Policies that may be put on a list: those whose newest entry is a review first, then a proposal.

    ``turn`` tells which, and ``last_scope`` what the newest entry concluded.
    """
    newest = Screening.objects.filter(policy=OuterRef("pk")).order_by("-at", "-id")
    turn = Case(
        When(step=ScreeningStep.REVIEW, then=Turn.REVIEWED),
        When(step=ScreeningStep.PROPOSAL, then=Turn.PROPOSED),
        default=Turn.DECIDED,
    )
    on_it = ListItem.objects.filter(policy=OuterRef("pk"), policy_list=policy_list)
    found = (
        Policy.objects.filter(~Exists(on_it))
        .select_related("dossier__agency")
        .annotate(
            turn=Coalesce(Subquery(newest.annotate(turn=turn).values("turn")[:1]), Turn.UNSAID),
            last_scope=Subquery(newest.values("in_scope")[:1]),
        )
        .order_by("turn", "-id")
    )
    return found.filter(Q(title__icontains=q) | Q(dossier__search_text__contains=fold(q))) if q else found


def directives_listed(q: str) -> QuerySet[Directive]:
    found = Directive.objects.prefetch_related(
        Prefetch("addressees", Agency.objects.order_by("name"))
    ).order_by("-issued_on", "-id")
    return found.filter(Q(subject__icontains=q) | Q(number__icontains=q)) if q else found
