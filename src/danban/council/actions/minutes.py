"""Minutes are written by one person and approved by another; then they never change."""

from __future__ import annotations

import hashlib
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean
from danban.council import rules, sheets
from danban.council.actions.reach import held_fast, open_for_work
from danban.council.models import Meeting, Minutes
from danban.council.states import Act, MeetingState, MinutesState


@transaction.atomic
def write_minutes(*, meeting: Meeting, number: str, course: str, revision: int, by: User) -> Minutes:
    """The words of the minutes; ``revision`` is that of the words the writer started from (0: none yet).

    Raises ChangedMeanwhile when somebody else has written since.
    """
    meeting = open_for_work(meeting)
    if meeting.state != MeetingState.HELD:
        raise rules.WrongMove(_("Hãy ghi là đã họp trước khi viết biên bản."))
    minutes = Minutes.objects.filter(meeting=meeting).first()
    _check_revision(minutes, revision)
    minutes = minutes or Minutes(meeting=meeting, revision=0)
    minutes.number, minutes.course = clean(number), clean(course)
    minutes.revision += 1
    minutes.written_by, minutes.written_at = by, clock.now()
    minutes.save()
    record(Act.MINUTES_WRITTEN, actor=actor_name(by), rows=[minutes, meeting], revision=minutes.revision)
    return minutes


def approve_minutes(*, minutes: Minutes, revision: int, by: User) -> Minutes:
    """A second person approves the words they have read; the paper is made and kept as it is.

    Raises SamePerson, or ChangedMeanwhile when the minutes were edited since the page was opened.
    """
    kept = ""
    try:
        with transaction.atomic():
            meeting = held_fast(minutes.meeting)
            minutes = Minutes.objects.select_for_update().get(pk=minutes.pk)
            if minutes.state != MinutesState.DRAFT:
                raise rules.WrongMove(_("Biên bản này đã được duyệt."))
            _check_revision(minutes, revision)
            rules.check_second_person(minutes.written_by_id, by.pk)
            if not meeting.parties.filter(attended=True).exists():
                raise Refused(_("Chưa điểm danh ai nên chưa duyệt được biên bản."))
            minutes.meeting = meeting
            data = sheets.minutes(minutes)
            minutes.file = ContentFile(data, name=f"{uuid4().hex}.docx")
            minutes.file_sha256 = hashlib.sha256(data).hexdigest()
            minutes.state = MinutesState.APPROVED
            minutes.approved_by, minutes.approved_at = by, clock.now()
            minutes.save()
            kept = str(minutes.file.name)
            record(
                Act.MINUTES_APPROVED,
                actor=actor_name(by),
                rows=[minutes, meeting],
                revision=minutes.revision,
                sha256=minutes.file_sha256,
            )
    except BaseException:
        if kept:
            minutes.file.storage.delete(kept)
        raise
    return minutes


def _check_revision(minutes: Minutes | None, revision: int) -> None:
    now = minutes.revision if minutes else 0
    if now != revision:
        writer = minutes.written_by if minutes else ""
        raise rules.ChangedMeanwhile(
            _("%(who)s vừa sửa biên bản. Hãy xem bản mới ở bên dưới; chữ bạn gõ vẫn còn trong ô.")
            % {"who": writer}
        )
