"""Every read of windows and comments that is more than one row by its key."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from danban.accounts.models import User
from danban.consultation import rules
from danban.consultation.models import Comment, Contact, OpinionRequest, Proposal, Tally, Window
from danban.consultation.states import CommentState, ProposalState, Visibility
from danban.policies.models import Dossier, Provision, Version
from danban.policies.once import once
from danban.policies.queries import posting_rules_on
from danban.policies.stage_queries import consultee_rules_on
from danban.policies.states import VersionState, WindowKind

# Windows

_SAID = Comment.objects.filter(window=OuterRef("pk"))
# A comment of who holds the critique; of anyone where nobody is named.
_CRITIQUE_CAME = Q(holder__isnull=True) & Q(Exists(_SAID)) | Q(
    Exists(_SAID.filter(agency=OuterRef("holder")))
)


def window_state(window: Window, today: dt.date) -> rules.Moment:
    return rules.moment(window.opens_on, window.closes_on, today, cancelled=window.cancelled_at is not None)


def windows_of(dossier: Dossier) -> QuerySet[Window]:
    """All windows of a dossier, the newest first, cancelled ones too."""
    return dossier.windows.select_related("version", "rule", "opened_by", "holder").order_by(
        "-opens_on", "-pk"
    )


def windows_judged(dossier: Dossier) -> list[Window]:
    """The windows of a dossier that were not cancelled, the newest first; one query.

    With what a next stage asks of them: ``min_days`` of the rule that held when each opened (None: no rule),
    how many comments have no answer (``owed``), and whether who holds a social critique sent it.
    """
    rule = posting_rules_on(dossier.document_type, OuterRef("kind"), OuterRef("opens_on"))
    owed = Tally.objects.filter(window=OuterRef("pk")).exclude(state=CommentState.ANSWERED).order_by()
    rows = dossier.windows.filter(cancelled_at__isnull=True).annotate(
        min_days=Subquery(rule.values("min_days")[:1]),
        owed=Coalesce(Subquery(owed.values("window").annotate(sum=Sum("n")).values("sum")), 0),
        critique=Case(When(_CRITIQUE_CAME, kind=WindowKind.SOCIAL_CRITIQUE, then=True), default=False),
    )
    return once(dossier, "windows", lambda: list(rows.order_by("-opens_on", "-pk")))


def latest_window(dossier: Dossier) -> Window | None:
    """The newest window for opinions that was not cancelled."""
    rows = dossier.windows.filter(cancelled_at__isnull=True, kind=WindowKind.OPINION).select_related(
        "version"
    )
    return rows.order_by("-opens_on", "-pk").first()


def window_of_version(version: Version) -> Window | None:
    """The newest window for opinions in which this version was commented."""
    rows = version.windows.filter(cancelled_at__isnull=True, kind=WindowKind.OPINION).select_related(
        "version"
    )
    return rows.order_by("-opens_on", "-pk").first()


def other_windows(dossier: Dossier) -> list[Window]:
    """Policy consultations and social critiques, the newest first: other things than asking for opinions."""
    rows = dossier.windows.filter(cancelled_at__isnull=True).exclude(kind=WindowKind.OPINION)
    return list(rows.select_related("holder").order_by("-opens_on", "-pk"))


# Counts: sums of tallies, the same price with 50 comments and with 500,000


def totals_of(windows: Collection[int]) -> dict[int, int]:
    """Comments by window id; absent when none."""
    rows = Tally.objects.filter(window__in=list(windows)).order_by().values_list("window")
    return dict(rows.annotate(total=Sum("n")))


def counts_by_provision(window: Window) -> dict[int | None, int]:
    """Comments by the id of the provision; None for the whole draft."""
    rows = Tally.objects.filter(window=window).order_by().values_list("provision")
    return {provision: total for provision, total in rows.annotate(total=Sum("n")) if total}


class TallyLine(NamedTuple):
    """How many comments of one kind there are."""

    provision: int | None
    state: str
    commenter_kind: str
    channel: str
    n: int


@dataclass(frozen=True)
class Counts:
    """The counts of a window, summed along any of their sides."""

    lines: tuple[TallyLine, ...]

    @cached_property
    def total(self) -> int:
        return sum(line.n for line in self.lines)

    def by(self, side: str, **sides: Collection[object]) -> dict[Any, int]:
        """ "state", "commenter_kind", "channel" or "provision" → how many of each, narrowed by others."""
        at = TallyLine._fields.index(side)
        sums: dict[Any, int] = {}
        for line in self._lines(sides):
            sums[line[at]] = sums.get(line[at], 0) + line.n
        return sums

    def matching(self, **sides: Collection[object]) -> int:
        """How many comments have one of the named values on every named side."""
        return sum(line.n for line in self._lines(sides))

    def _lines(self, sides: Mapping[str, Collection[object]]) -> Iterable[TallyLine]:
        lines: Iterable[TallyLine] = self.lines
        for side, values in sides.items():
            at = TallyLine._fields.index(side)
            lines = [line for line in lines if line[at] in values]
        return lines


def counts_by(window: Window) -> Counts:
    """All counts of a window in one query."""
    rows = (
        Tally.objects.filter(window=window)
        .order_by()
        .values_list("provision", "state", "commenter_kind", "channel")
        .annotate(total=Sum("n"))
    )
    return Counts(tuple(map(TallyLine._make, rows)))


def opinions_count(window: Window) -> int:
    return totals_of([window.pk]).get(window.pk, 0)


def agencies_consulted_count(window: Window) -> int:
    """Agencies asked in writing, whether they replied or not."""
    return OpinionRequest.objects.filter(window=window).count()


class Consultee(NamedTuple):
    """A body that the rules name, with the agency of the province that it means (None: nobody chose)."""

    rule: str
    agency: int | None
    name: str
    valid_from: dt.date
    valid_to: dt.date | None
    asked: bool


def consultees_of(dossier: Dossier, day: dt.date) -> list[Consultee]:
    """The bodies that must be asked on a day, and whether each was asked by then; one query."""
    asked = OpinionRequest.objects.filter(
        agency=OuterRef("agencies"),
        window__dossier=dossier,
        window__kind=WindowKind.OPINION,
        window__cancelled_at__isnull=True,
        asked_on__lte=day,
    )
    rows = consultee_rules_on(dossier.document_type, day).order_by("name", "agencies__name", "agencies__pk")
    fields = ("name", "agencies", "agencies__name", "agencies__valid_from", "agencies__valid_to")
    return [Consultee(*row) for row in rows.values_list(*fields, Exists(asked))]


def requests_of_dossier(dossier: Dossier) -> QuerySet[OpinionRequest]:
    """Every request for opinion in any window of a dossier."""
    return OpinionRequest.objects.filter(window__dossier=dossier).select_related("agency", "window")


def critique_received(window: Window) -> bool:
    """Whether who holds a social critique sent it: a comment of its own; of anyone where none is named."""
    return Window.objects.filter(_CRITIQUE_CAME, pk=window.pk).exists()


# What takes two persons


def proposals_about(window: Window, comment: Comment | None = None) -> list[Proposal]:
    """What was asked about a comment, or about the window itself, the newest first."""
    rows = window.proposals.filter(comment=comment).select_related("proposed_by", "decided_by")
    return list(rows.order_by("-pk"))


def proposals_to_decide(agencies: Collection[int] | None, by: User) -> QuerySet[Proposal]:
    """What waits for this person as the second one, the oldest first; all agencies when None."""
    rows = Proposal.objects.filter(state=ProposalState.WAITING).exclude(proposed_by=by)
    if agencies is not None:
        rows = rows.filter(window__dossier__agency__in=list(agencies))
    return rows.select_related("window__dossier", "proposed_by").order_by("pk")


# Comments


def by_code(code: str) -> Comment | None:
    """The comment behind a receipt code (as rules.parse_code gives it), with what its page shows."""
    rows = Comment.objects.select_related("provision", "version", "window__dossier__agency")
    return rows.filter(code_hash=rules.hash_of_code(code)).first()


def comments_on(provisions: Iterable[int], version: Version) -> QuerySet[Comment]:
    """Public comments about provisions of a version (ids), the newest first.

    Those made on the same provisions in other released versions of the dossier are among them: a comment
    stays on the words its author read and is shown wherever these went.
    """
    here = list(provisions)
    lineages = Provision.objects.filter(pk__in=here).values("lineage")
    elsewhere = Provision.objects.filter(
        lineage__in=lineages, version__dossier=version.dossier_id, version__state=VersionState.RELEASED
    ).exclude(pk__in=here)
    # The ids first: few, and the index on (provision, visibility, id) does the rest.
    places = [*here, *elsewhere.values_list("pk", flat=True)]
    rows = Comment.objects.filter(provision__in=places, visibility=Visibility.SHOWN)
    return rows.select_related("provision", "version", "agency").order_by("-pk")


def requests_of(window: Window) -> QuerySet[OpinionRequest]:
    """The agencies asked in writing, those that still owe a reply first."""
    rows = window.requests.select_related("agency")
    return rows.order_by(F("answered_on").asc(nulls_first=True), "due_on", "agency__name")


def comment_shown(window: Window, pk: int) -> Comment | None:
    """A comment of a window with all that its page says about it."""
    rows = Comment.objects.select_related("provision", "agency", "batch", "entered_by", "contact", "version")
    return rows.filter(window=window, pk=pk).first()


def contact_of(comment_id: int) -> Contact | None:
    """The sealed contact of a comment, with what a letter about it names; None once erased."""
    rows = Contact.objects.select_related("comment__window__dossier__agency")
    return rows.filter(pk=comment_id).first()


def inboxes(agencies: Collection[int] | None) -> QuerySet[Window]:
    """Windows whose comments may be read, those that end last first; all agencies when None."""
    rows = Window.objects.filter(cancelled_at__isnull=True).select_related("dossier__agency", "version")
    if agencies is not None:
        rows = rows.filter(dossier__agency__in=list(agencies))
    return rows.order_by("-closes_on", "-pk")


def waiting_of(windows: Collection[int]) -> dict[int, tuple[int, int]]:
    """Comments, and those of them that nobody has taken up, by window id."""
    rows = (
        Tally.objects.filter(window__in=list(windows))
        .order_by()
        .values_list("window")
        .annotate(total=Sum("n"), waiting=Sum("n", filter=Q(state=CommentState.RECEIVED), default=0))
    )
    return {window: (total, waiting) for window, total, waiting in rows}


def owed_of(windows: Collection[int]) -> dict[int, int]:
    """Comments that have no answer yet, by window id; 0 or absent when all have."""
    rows = Tally.objects.filter(window__in=list(windows)).exclude(state=CommentState.ANSWERED).order_by()
    return dict(rows.values_list("window").annotate(owed=Sum("n")))


def was_sent(key: uuid.UUID) -> bool:
    """Whether a comment was kept under this key of a form."""
    return Comment.objects.filter(idempotency_key=key).exists()
