"""The Council's papers in the layout of Decree 30/2020: invitation, minutes, the list of policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from danban.common import clock, paper
from danban.council import queries
from danban.council.models import Conclusion, Council, Meeting, Member, Minutes, Opinion, Party, PolicyList
from danban.council.queries import Votes
from danban.council.states import ConclusionKind, ListState, MeetingKind, Seat, Stance

TO_ALL = ("Thành viên Hội đồng", "Cơ quan, tổ chức dự họp", "Lưu: VT, HĐPH")


def invitation(meeting: Meeting) -> bytes:
    """The letter of invitation; before it was sent the number and the date are left open."""
    with override("vi"):
        return _invitation(meeting)


def minutes(written: Minutes) -> bytes:
    """The minutes as the secretary and the chair sign them."""
    with override("vi"):
        return _minutes(written)


def decided_list(policy_list: PolicyList) -> bytes:
    """The list as an annex of the Council's decision; before it is decided it says that it is a draft."""
    with override("vi"):
        return _decided_list(policy_list)


# ── The invitation ──────────────────────────────────────────────────────────────────────────────


def _invitation(meeting: Meeting) -> bytes:
    document = paper.begin(title=meeting.title, author=meeting.council.agency.name, created=_today(meeting))
    paper.head(
        document, _head(meeting.council, meeting.letter_number or "Số:        /GM-HĐPH", meeting.invited_on)
    )
    circulation = meeting.kind == MeetingKind.CIRCULATION
    paper.title(document, "Phiếu lấy ý kiến" if circulation else "Giấy mời", meeting.title)
    asked = "đề nghị các thành phần sau đây cho ý kiến" if circulation else "trân trọng kính mời"
    paper.running(document, f"{meeting.council.name} {asked}:")
    for party in queries.parties_of(meeting):
        paper.running(document, f"- {_named(party)};")
    if meeting.purpose:
        paper.lines(document, meeting.purpose)
    if circulation and meeting.ends_at:
        paper.running(document, f"Thời hạn trả lời: trước {_moment(meeting.ends_at)}.")
    else:
        paper.running(document, f"Chủ trì: {_person(meeting.chair)}.")
        paper.running(document, f"Thời gian: {_moment(meeting.starts_at)}.")
        paper.running(document, f"Địa điểm: {meeting.place}.")
    paper.heading(document, "Nội dung:")
    for item in meeting.agenda.select_related("presenter"):
        presented = f" ({item.presenter.name} trình bày)" if item.presenter else ""
        paper.running(document, f"{item.position}. {item.title}{presented}.")
    end = (
        "Đề nghị gửi phiếu trả lời về cơ quan thường trực Hội đồng đúng hạn./."
        if circulation
        else ("Đề nghị các thành phần được mời dự họp đầy đủ, đúng giờ./.")
    )
    paper.running(document, end)
    paper.signatures(document, _signed(meeting.chair), recipients=("Như trên", "Lưu: VT, HĐPH"))
    return paper.finish(document)


# ── The minutes ─────────────────────────────────────────────────────────────────────────────────


def _minutes(written: Minutes) -> bytes:
    meeting = written.meeting
    held_on = _today(meeting)
    document = paper.begin(
        title=f"Biên bản {meeting.title}", author=meeting.council.agency.name, created=held_on
    )
    paper.head(document, _head(meeting.council, f"Số: {written.number}", held_on))
    paper.title(document, "Biên bản", meeting.title)
    for words in _when_and_where(meeting):
        paper.running(document, words)
    paper.heading(document, "I. THÀNH PHẦN")
    for words in _who(meeting):
        paper.running(document, words)
    paper.heading(document, "II. NỘI DUNG VÀ Ý KIẾN")
    for point in queries.agenda_of(meeting, {}):
        item = point.item
        presented = f" ({item.presenter.name} trình bày)" if item.presenter else ""
        paper.heading(document, f"{item.position}. {item.title}{presented}")
        paper.lines(document, item.note)
        for opinion in point.voices:
            paper.running(document, _spoken(opinion))
        if point.votes.total:
            paper.running(document, _counted(point.votes))
    paper.heading(document, "III. DIỄN BIẾN")
    paper.lines(document, written.course)
    paper.heading(document, "IV. KẾT LUẬN")
    for words in _concluded(queries.conclusions_of(meeting)):
        paper.running(document, words)
    paper.running(document, _closing(meeting))
    paper.signatures(
        document,
        paper.Signature(("Thư ký",), meeting.secretary.name),
        paper.Signature(("Chủ tọa",), meeting.chair.name),
        recipients=TO_ALL,
    )
    return paper.finish(document)


def _when_and_where(meeting: Meeting) -> Iterable[str]:
    if meeting.kind == MeetingKind.CIRCULATION:
        yield f"Phiếu lấy ý kiến gửi từ {_moment(meeting.starts_at)}."
        if meeting.ends_at:
            yield f"Thời hạn trả lời: {_moment(meeting.ends_at)}."
        return
    yield f"Thời gian bắt đầu: {_moment(meeting.starts_at)}."
    yield f"Địa điểm: {meeting.place}."


def _who(meeting: Meeting) -> Iterable[str]:
    yield f"Chủ trì: {_person(meeting.chair)}."
    yield f"Thư ký: {_person(meeting.secretary)}."
    parties = queries.parties_of(meeting)
    came = [one for one in parties if one.attended]
    absent = [one for one in parties if not one.attended]
    on_paper = meeting.kind == MeetingKind.CIRCULATION
    yield f"{'Đã trả lời' if on_paper else 'Có mặt'} ({len(came)}/{len(parties)}):"
    yield from (f"- {_named(one)};" for one in came)
    if absent:
        yield f"{'Chưa trả lời' if on_paper else 'Vắng mặt'} ({len(absent)}):"
        yield from (f"- {_named(one)};" for one in absent)


def _spoken(opinion: Opinion) -> str:
    return f"- {opinion.party}: {Stance(opinion.stance).label}. {opinion.words}"


def _counted(votes: Votes) -> str:
    return (
        f"Tổng hợp: {votes.agreed} tán thành, {votes.against} không tán thành, {votes.other} ý kiến khác, "
        f"trong {votes.total} ý kiến."
    )


def _concluded(conclusions: list[Conclusion]) -> Iterable[str]:
    if not conclusions:
        yield "Cuộc họp không có kết luận riêng."
    for one in conclusions:
        if one.kind != ConclusionKind.TASK or one.agency is None or one.due_on is None:
            yield f"{one.position}. {one.text}"
            continue
        yield (
            f"{one.position}. {one.text.rstrip('. ')}. Cơ quan thực hiện: {one.agency.name}; "
            f"hạn hoàn thành: {one.due_on:%d/%m/%Y}."
        )


def _closing(meeting: Meeting) -> str:
    if meeting.kind == MeetingKind.CIRCULATION or meeting.ends_at is None:
        return "Biên bản được lập, thông qua và lưu tại cơ quan thường trực Hội đồng./."
    return f"Cuộc họp kết thúc lúc {_moment(meeting.ends_at)}. Biên bản được đọc lại và mọi người nhất trí./."


# ── The list ────────────────────────────────────────────────────────────────────────────────────


def _decided_list(policy_list: PolicyList) -> bytes:
    council = policy_list.council
    decided = policy_list.state == ListState.DECIDED
    document = paper.begin(
        title=policy_list.title,
        author=council.agency.name,
        created=policy_list.decided_on or clock.today(),
        lying=True,
    )
    number = f"Số: {policy_list.number}" if decided else "DỰ THẢO"
    paper.head(document, _head(council, number, policy_list.decided_on))
    paper.title(document, "Danh mục", policy_list.title)
    items = queries.items_of(policy_list)
    for heading, in_scope in (
        ("I. Chính sách có tác động lớn đến xã hội", True),
        ("II. Chính sách không thuộc danh mục", False),
    ):
        rows = [one for one in items if one.in_scope is in_scope]
        if not rows:
            continue
        paper.heading(document, f"{heading} ({len(rows)})")
        paper.table(
            document,
            ("TT", "Chính sách", "Văn bản", "Cơ quan chủ trì", "Lý do"),
            [
                (
                    str(place),
                    one.policy.title,
                    one.policy.dossier.title,
                    one.policy.dossier.agency.name,
                    one.reason,
                )
                for place, one in enumerate(rows, start=1)
            ],
            (6, 22, 27, 16, 29),
        )
    paper.signatures(document, _signed(policy_list.meeting.chair), recipients=TO_ALL)
    return paper.finish(document)


# ── Words that every paper needs ────────────────────────────────────────────────────────────────


def _head(council: Council, number: str, day: dt.date | None) -> paper.Head:
    superior = council.agency.parent
    return paper.Head(
        agency=council.agency.name,
        superior=superior.name if superior else "",
        number=number,
        place=paper.place_of(settings.PROVINCE),
        day=day,
        year=clock.today().year,
    )


def _today(meeting: Meeting) -> dt.date:
    return timezone.localdate(meeting.starts_at)


def _moment(moment: dt.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H} giờ {local:%M}, ngày {local:%d/%m/%Y}"


def _person(member: Member) -> str:
    return f"{member.name}, {member.title}, {Seat(member.seat).label}"


def _named(party: Party) -> str:
    if party.member:
        through = f" (người dự thay: {party.represented_by})" if party.represented_by else ""
        return f"{_person(party.member)}{through}"
    through = f" (đại diện: {party.represented_by})" if party.represented_by else ""
    return f"{party.agency}{through}"


def _signed(chair: Member) -> paper.Signature:
    """The chair signs for the Council; a vice chair in the chair's stead; another by order."""
    offices = {Seat.CHAIR: ("TM. Hội đồng", "Chủ tịch"), Seat.VICE_CHAIR: ("KT. Chủ tịch", "Phó Chủ tịch")}
    office = offices.get(Seat(chair.seat), ("TL. Chủ tịch", Seat(chair.seat).label))
    return paper.Signature(tuple(map(str, office)), chair.name)
