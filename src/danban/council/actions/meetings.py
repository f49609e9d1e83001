"""A meeting is planned, prepared, held or cancelled: its facts, agenda and papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock, uploads
from danban.common.errors import Refused
from danban.common.files import kept_with_its_row
from danban.common.text import clean
from danban.council import rules
from danban.council.actions.reach import close_gap, held_fast, open_for_work, tell_invited
from danban.council.models import AgendaItem, Council, Meeting, Member, Paper
from danban.council.states import Act, MeetingKind, MeetingState
from danban.plan.models import Task
from danban.policies.actions import pass_gate
from danban.policies.models import Dossier, Policy


@transaction.atomic
def plan_meeting(
    *,
    council: Council,
    kind: str,
    title: str,
    purpose: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime | None,
    place: str,
    chair: Member,
    secretary: Member,
    by: User,
) -> Meeting:
    facts = _facts(kind, title, purpose, starts_at, ends_at, place)
    meeting = Meeting.objects.create(
        council=council,
        kind=MeetingKind(kind),
        chair=chair,
        secretary=secretary,
        created_by=by,
        created_at=clock.now(),
        **facts,
    )
    record(Act.MEETING_PLANNED, actor=actor_name(by), rows=[meeting], kind=kind, starts_at=starts_at)
    return meeting


@transaction.atomic
def edit_meeting(
    *,
    meeting: Meeting,
    title: str,
    purpose: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime | None,
    place: str,
    chair: Member,
    secretary: Member,
    by: User,
) -> Meeting:
    """The facts of a meeting; its kind stays. After it was held, the hours it really took may be put in."""
    meeting = open_for_work(meeting)
    if meeting.state == MeetingState.HELD and starts_at > clock.now():
        raise Refused(_("Cuộc họp đã diễn ra nên không thể bắt đầu trong tương lai."))
    was = _when_and_where(meeting)
    facts = _facts(meeting.kind, title, purpose, starts_at, ends_at, place)
    for name, value in (facts | {"chair": chair, "secretary": secretary}).items():
        setattr(meeting, name, value)
    meeting.save(update_fields=[*facts, "chair", "secretary"])
    record(Act.MEETING_EDITED, actor=actor_name(by), rows=[meeting], starts_at=starts_at)
    if meeting.state == MeetingState.INVITED and was != _when_and_where(meeting):
        tell_invited(meeting, "changed", was=was)
    return meeting


def _when_and_where(meeting: Meeting) -> str:
    return rules.when_and_where(
        kind=meeting.kind, starts_at=meeting.starts_at, ends_at=meeting.ends_at, place=meeting.place
    )


def _facts(
    kind: str, title: str, purpose: str, starts_at: dt.datetime, ends_at: dt.datetime | None, place: str
) -> dict[str, Any]:
    place = clean(place)
    rules.check_times(kind=kind, starts_at=starts_at, ends_at=ends_at, place=place)
    return {
        "title": clean(title),
        "purpose": clean(purpose),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
    }


@transaction.atomic
def hold_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Note that it took place."""
    meeting = held_fast(meeting)
    rules.check_move(meeting.state, MeetingState.HELD)
    rules.check_held(starts_at=meeting.starts_at, ends_at=meeting.ends_at, kind=meeting.kind, now=clock.now())
    meeting.state = MeetingState.HELD
    meeting.save(update_fields=["state"])
    record(Act.MEETING_HELD, actor=actor_name(by), rows=[meeting])
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    meeting = held_fast(meeting)
    rules.check_move(meeting.state, MeetingState.CANCELLED)
    reason = clean(reason)
    if not reason:
        raise Refused(_("Hãy ghi lý do hủy."))
    called = meeting.state == MeetingState.INVITED
    meeting.state, meeting.cancelled_reason = MeetingState.CANCELLED, reason
    meeting.save(update_fields=["state", "cancelled_reason"])
    record(Act.MEETING_CANCELLED, actor=actor_name(by), rows=[meeting])
    if called:
        tell_invited(meeting, "cancelled")
    return meeting


@transaction.atomic
def add_agenda_item(
    *,
    meeting: Meeting,
    title: str,
    note: str,
    by: User,
    presenter: Agency | None = None,
    policy: Policy | None = None,
    dossier: Dossier | None = None,
    task: Task | None = None,
) -> AgendaItem:
    """A point at the end of the agenda, about at most one policy, dossier or task."""
    meeting = open_for_work(meeting)
    if sum(one is not None for one in (policy, dossier, task)) > 1:
        raise Refused(_("Một nội dung chỉ gắn với một chính sách, một hồ sơ hoặc một nhiệm vụ."))
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        title=clean(title),
        note=clean(note),
        presenter=presenter,
        policy=policy,
        dossier=dossier,
        task=task,
    )
    record(Act.AGENDA_ADDED, actor=actor_name(by), rows=[item, meeting], position=item.position)
    return item


@transaction.atomic
def remove_agenda_item(*, item: AgendaItem, by: User) -> None:
    """A point nobody has spoken on goes; its papers stay with the meeting."""
    meeting = open_for_work(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    if item.opinions.exists():
        raise Refused(_("Nội dung này đã có ý kiến nên không bỏ được."))
    record(Act.AGENDA_REMOVED, actor=actor_name(by), rows=[item, meeting], position=item.position)
    AgendaItem.objects.filter(pk=item.pk).delete()
    close_gap(meeting.agenda.all(), item.position)


def add_paper(
    *, meeting: Meeting, data: bytes, file_name: str, by: User, item: AgendaItem | None = None
) -> Paper:
    """A file for the meeting. Raises UploadRefused or SecretRefused: then nothing of it is kept."""
    passed = pass_gate(data=data, file_name=file_name, by=by, kinds=uploads.DRAFTS)
    paper = Paper(
        file=passed.content,
        file_name=passed.name,
        file_sha256=passed.sha256,
        added_by=by,
        added_at=clock.now(),
    )
    with kept_with_its_row(paper.file):
        paper.meeting, paper.item = open_for_work(meeting), item
        paper.save()
        record(
            Act.PAPER_ADDED,
            actor=actor_name(by),
            rows=[paper, meeting],
            sha256=passed.sha256,
            secrecy_warnings=len(passed.warnings),
        )
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: User) -> None:
    """A paper put in by mistake goes with its file."""
    meeting = open_for_work(paper.meeting)
    record(Act.PAPER_REMOVED, actor=actor_name(by), rows=[paper, meeting], sha256=paper.file_sha256)
    Paper.objects.filter(pk=paper.pk).delete()
    transaction.on_commit(lambda: paper.file.storage.delete(str(paper.file.name)))
