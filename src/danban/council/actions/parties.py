"""Who is invited, what they answer, and who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean
from danban.council import rules
from danban.council.actions.reach import open_for_work, tell_invited
from danban.council.models import AgendaItem, Meeting, Member, Opinion, Party
from danban.council.states import Act, MeetingKind, MeetingState, Reply, Stance


@transaction.atomic
def add_parties(
    *, meeting: Meeting, by: User, members: Collection[Member] = (), agencies: Collection[Agency] = ()
) -> list[Party]:
    """Members and agencies to be invited, or who came unasked; those already there are left as they are."""
    meeting = open_for_work(meeting)
    known_members = set(meeting.parties.values_list("member_id", flat=True))
    known_agencies = set(meeting.parties.values_list("agency_id", flat=True))
    new = [Party(meeting=meeting, member=one) for one in members if one.pk not in known_members]
    new += [Party(meeting=meeting, agency=one) for one in agencies if one.pk not in known_agencies]
    made = Party.objects.bulk_create(new)
    if made:
        record(Act.PARTIES_ADDED, actor=actor_name(by), rows=[meeting, *made], parties=len(made))
    return made


@transaction.atomic
def remove_party(*, party: Party, by: User) -> None:
    """A party put in by mistake; one that was written to, came or spoke stays."""
    meeting = open_for_work(party.meeting)
    party = Party.objects.get(pk=party.pk)
    if party.sent_on or party.attended or party.opinions.exists():
        raise Refused(_("Thành phần này đã được gửi giấy mời, đã dự hoặc đã có ý kiến nên không bỏ được."))
    record(Act.PARTY_REMOVED, actor=actor_name(by), rows=[party, meeting])
    Party.objects.filter(pk=party.pk).delete()


@transaction.atomic
def send_invitations(*, meeting: Meeting, letter_number: str, sent_on: dt.date, by: User) -> int:
    """Note the letter of invitation and that it went to all who had none; the number of parties."""
    meeting = open_for_work(meeting)
    rules.check_move(meeting.state, MeetingState.INVITED)
    if sent_on > clock.today():
        raise Refused(_("Ngày gửi giấy mời không thể ở tương lai."))
    if not meeting.agenda.exists():
        raise Refused(_("Hãy ghi nội dung cuộc họp trước khi gửi giấy mời."))
    waiting = list(meeting.parties.filter(sent_on__isnull=True).values_list("pk", flat=True))
    if not waiting:
        raise Refused(_("Chưa có ai để mời. Hãy thêm thành phần mời trước."))
    Party.objects.filter(pk__in=waiting).update(sent_on=sent_on)
    meeting.state, meeting.letter_number, meeting.invited_on = (
        MeetingState.INVITED,
        clean(letter_number),
        sent_on,
    )
    meeting.save(update_fields=["state", "letter_number", "invited_on"])
    record(Act.INVITATIONS_SENT, actor=actor_name(by), rows=[meeting], parties=len(waiting), sent_on=sent_on)
    tell_invited(meeting, "invited", parties=waiting)
    return len(waiting)


@transaction.atomic
def answer_invitation(*, party: Party, reply: str, by: User) -> None:
    """An invited party says whether it comes; it may change its mind."""
    meeting = open_for_work(party.meeting)
    if party.sent_on is None:
        raise Refused(_("Giấy mời chưa được gửi."))
    if meeting.state == MeetingState.HELD:
        raise rules.WrongMove(_("Cuộc họp đã diễn ra."))
    today = clock.today()
    Party.objects.filter(pk=party.pk).update(reply=Reply(reply), replied_on=today if reply else None)
    record(Act.INVITATION_ANSWERED, actor=actor_name(by), rows=[party, meeting], reply=reply)


@transaction.atomic
def note_attendance(*, meeting: Meeting, came: Mapping[int, tuple[bool, str]], by: User) -> int:
    """Party id → whether it came and through whom. Only what is given changes; the number of changes."""
    meeting = open_for_work(meeting)
    if clock.now() < meeting.starts_at - dt.timedelta(hours=12):
        raise rules.WrongMove(_("Chưa đến ngày họp nên chưa điểm danh được."))
    changed = []
    for party in meeting.parties.filter(pk__in=list(came)):
        attended, through = came[party.pk]
        through = clean(through) if attended else ""
        if (party.attended, party.represented_by) != (attended, through):
            if not attended and party.opinions.exists():
                raise Refused(_("%(who)s đã có ý kiến nên không thể ghi vắng mặt.") % {"who": party})
            party.attended, party.represented_by = attended, through
            changed.append(party)
    if changed:
        Party.objects.bulk_update(changed, ["attended", "represented_by"])
        record(
            Act.ATTENDANCE_NOTED,
            actor=actor_name(by),
            rows=[meeting, *changed],
            came=sum(one.attended for one in changed),
            absent=sum(not one.attended for one in changed),
        )
    return len(changed)


@transaction.atomic
def note_opinions(
    *, meeting: Meeting, item_id: int, opinions: Mapping[int, tuple[str, str]], by: User
) -> int:
    """Party id → (stance, words) on a point of the agenda; an empty stance takes the opinion away.

    Only the parties given change. On paper an answer is also the attendance. The number of changes.
    """
    meeting = open_for_work(meeting)
    item = meeting.agenda.filter(pk=item_id).first()
    on_paper = meeting.kind == MeetingKind.CIRCULATION
    if clock.now() < meeting.starts_at:
        raise rules.WrongMove(_("Cuộc họp chưa bắt đầu nên chưa ghi ý kiến được."))
    parties = {one.pk: one for one in meeting.parties.filter(pk__in=list(opinions))}
    if item is None or len(parties) < len(opinions):
        raise Refused(_("Nội dung hoặc thành phần này vừa được bỏ. Hãy tải lại trang."))
    for pk, (stance, words) in opinions.items():
        _note_opinion(item, parties[pk], stance, clean(words), by, on_paper=on_paper)
    if on_paper:
        answered = Opinion.objects.filter(item__meeting=meeting).values("party")
        meeting.parties.update(attended=False)
        meeting.parties.filter(pk__in=answered).update(attended=True)
    if opinions:
        record(
            Act.OPINIONS_NOTED,
            actor=actor_name(by),
            rows=[meeting, item],
            given=sum(bool(stance) for stance, _words in opinions.values()),
            taken_away=sum(not stance for stance, _words in opinions.values()),
        )
    return len(opinions)


def _note_opinion(
    item: AgendaItem, party: Party, stance: str, words: str, by: User, *, on_paper: bool
) -> None:
    if not stance:
        Opinion.objects.filter(item=item, party=party).delete()
        return
    if stance == Stance.OTHER and not words:
        raise Refused(_("Ý kiến khác của %(who)s cần được ghi bằng lời.") % {"who": party})
    if not party.attended and not on_paper:
        raise Refused(_("%(who)s chưa được điểm danh nên chưa ghi ý kiến được.") % {"who": party})
    Opinion.objects.update_or_create(
        item=item,
        party=party,
        defaults={"stance": Stance(stance), "words": words, "noted_by": by, "noted_at": clock.now()},
    )
