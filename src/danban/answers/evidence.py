"""A comment period as evidence: it shows a draft communicated once it closed and every comment was answered.

It stands here and not with the windows, because the day from which it shows is that of the last answer.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from danban.answers.models import Answer
from danban.answers.states import AnswerState
from danban.common import clock
from danban.common.text import fold
from danban.consultation.models import Comment, OpinionRequest, Window
from danban.consultation.queries import owed_of
from danban.consultation.states import CommenterKind
from danban.plan.evidence import Kind, Names, Record, register
from danban.policies.states import WindowKind

AT_ONCE = 50


def find(ids: Collection[int]) -> Mapping[int, Record]:
    """Windows as records; four queries whatever their number."""
    return {
        record.pk: record for record in _records(Window.objects.filter(pk__in=ids).select_related("dossier"))
    }


def choices(agencies: Collection[int] | None, words: str) -> list[Record]:
    rows = Window.objects.filter(cancelled_at__isnull=True).select_related("dossier")
    if agencies is not None:
        rows = rows.filter(dossier__agency__in=list(agencies))
    for word in fold(words).split():
        rows = rows.filter(dossier__search_text__contains=word)
    return _records(rows.order_by("-opens_on", "-pk")[:AT_ONCE])


def _records(rows: Iterable[Window]) -> list[Record]:
    windows = list(rows)
    ids = [window.pk for window in windows]
    owed, answered, bodies = owed_of(ids), _last_answers(ids), _bodies(ids)
    return [_record(one, owed.get(one.pk, 0), answered.get(one.pk), bodies[one.pk]) for one in windows]


def _record(window: Window, owed: int, answered: dt.date | None, bodies: set[int]) -> Record:
    missing = _missing(window, owed)
    title, url = _words(window.pk, window.kind, window.opens_on, window.closes_on, window.dossier.title)
    return Record(
        pk=window.pk,
        title=title,
        url=url,
        shown_on=None if missing else max(window.closes_on, answered or window.closes_on),
        missing=missing,
        agencies=frozenset(bodies),
    )  # fmt: skip


def _words(pk: int, kind: str, opens: dt.date, closes: dt.date, title: str) -> tuple[str, str]:
    words = _("%(kind)s %(opens)s – %(closes)s: %(title)s") % {
        "kind": WindowKind(kind).label,
        "opens": f"{opens:%d/%m/%Y}",
        "closes": f"{closes:%d/%m/%Y}",
        "title": title,
    }
    return words, reverse("consultation:window", args=[pk])


def _named(pk: int, facts: Mapping[str, str]) -> tuple[str, str]:
    opens, closes = (dt.date.fromisoformat(facts[name]) for name in ("opens", "closes"))
    return _words(pk, facts["kind"], opens, closes, facts["title"])


def _missing(window: Window, owed: int) -> str:
    if window.cancelled_at:
        return _("Đợt này đã hủy.")
    said = []
    if clock.today() <= window.closes_on:
        said.append(_("chưa hết hạn (%(day)s)") % {"day": f"{window.closes_on:%d/%m/%Y}"})
    if owed:
        said.append(
            ngettext("còn %(n)d góp ý chưa trả lời", "còn %(n)d góp ý chưa trả lời", owed) % {"n": owed}
        )
    return "; ".join(said)


def _last_answers(windows: Collection[int]) -> dict[int, dt.date]:
    """The day of the last answer released, by window."""
    rows = Answer.objects.filter(point__window__in=windows, state=AnswerState.RELEASED).order_by()
    last = rows.values_list("point__window").annotate(at=Max("released_at"))
    return {window: timezone.localdate(at) for window, at in last}


def _bodies(windows: Collection[int]) -> dict[int, set[int]]:
    """Bodies asked in writing that replied, and those that commented, by window."""
    found: dict[int, set[int]] = defaultdict(set)
    replied = OpinionRequest.objects.filter(window__in=windows, answered_on__isnull=False)
    bodies = (CommenterKind.AGENCY, CommenterKind.ORGANISATION)
    spoke = Comment.objects.filter(window__in=windows, commenter_kind__in=bodies, agency__isnull=False)
    pairs = replied.order_by().values_list("window", "agency")
    for window, agency in pairs.union(spoke.order_by().values_list("window", "agency")):
        found[window].add(agency)
    return found


NAMES = Names(
    Window.objects.all(),
    {"kind": "kind", "opens": "opens_on", "closes": "closes_on", "title": "dossier__title"},
    _named,
)
register(Kind("window", gettext_lazy("Đợt lấy ý kiến"), find, choices, NAMES))
