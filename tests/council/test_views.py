"""The Council's screens: who sees what, what a form does, and that lists cost the same for few and many."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from danban.accounts.states import Role
from danban.council import actions
from danban.council.models import Council, Directive, Meeting, Member, Minutes, Opinion, Party, PolicyList
from danban.policies.models import Policy
from tests.factories import AgencyFactory, DossierFactory, UserFactory
from tests.policies.files import docx

PAGES = ("home", "members", "terms", "meetings", "lists", "directives")
FORMS = ("establish", "recognise", "plan", "draft_list", "issue")


@pytest.fixture
def as_officer(sign_in, officer):
    return sign_in(officer)


def at(name, *args):
    return reverse(f"council:{name}", args=args)


# ── Who sees what ───────────────────────────────────────────────────────────────────────────────


def test_every_page_opens_before_there_is_a_council(as_officer):
    for name in PAGES:
        assert as_officer.get(at(name)).status_code == 200, name
    assert as_officer.get(at("plan")).status_code == 404


def test_every_page_opens_and_only_who_manages_finds_the_forms(council, held, sign_in, onlooker, officer):
    client = sign_in(onlooker)
    for name in PAGES:
        page = client.get(at(name))
        assert page.status_code == 200, name
        assert b'<form method="post"' not in page.content.split(b"<main")[1], name
    for name in FORMS:
        assert client.get(at(name)).status_code == 403, name
    client = sign_in(officer)
    for name in PAGES + FORMS:
        assert client.get(at(name)).status_code == 200, name


def test_a_meeting_in_preparation_and_a_draft_list_are_for_who_manages(
    plan_meeting, draft_list, sign_in, onlooker, officer
):
    meeting = plan_meeting()
    hidden = [
        at("meeting", meeting.pk), at("invitation", meeting.pk), at("list", draft_list.pk),
        at("list_paper", draft_list.pk),
    ]  # fmt: skip
    client = sign_in(onlooker)
    assert [client.get(path).status_code for path in hidden] == [404] * 4
    assert str(meeting.pk) not in [one.pk for one in client.get(at("meetings")).context["page"]]
    client = sign_in(officer)
    assert [client.get(path).status_code for path in hidden] == [200] * 4


def test_minutes_and_conclusions_are_seen_by_all_once_approved(
    minutes, held, sign_in, onlooker, second, officer
):
    actions.add_conclusion(
        meeting=held, kind="directive", text="Ban hành công văn chung.", agency=None, due_on=None, by=officer
    )
    client = sign_in(onlooker)
    assert "Ban hành công văn chung." not in client.get(at("meeting", held.pk)).text
    assert client.get(at("minutes_paper", held.pk)).status_code == 404
    actions.approve_minutes(minutes=minutes, revision=1, by=second)
    assert "Ban hành công văn chung." in client.get(at("meeting", held.pk)).text
    answer = client.get(at("minutes_paper", held.pk))
    words = "\n".join(one.text for one in Document(io.BytesIO(b"".join(answer.streaming_content))).paragraphs)
    assert "1. Ban hành công văn chung." in words


def test_who_manages_elsewhere_finds_nothing(held, sign_in):
    assert sign_in(UserFactory()).get(at("meeting", held.pk)).status_code == 403


# ── Members ─────────────────────────────────────────────────────────────────────────────────────


def test_a_council_and_a_member_are_entered(as_officer, agency):
    as_officer.post(at("establish"), {
        "agency": agency.pk, "name": "Hội đồng", "decision_number": "12/QĐ-UBND", "valid_from": "05/01/2026",
    })  # fmt: skip
    assert Council.objects.get().valid_from == dt.date(2026, 1, 5)
    member = {
        "name": "Nguyễn Văn Mây", "title": "Phó Chủ tịch UBND tỉnh", "seat": "chair",
        "valid_from": "05/01/2026", "recognised_by": "12/QĐ-UBND",
    }  # fmt: skip
    assert as_officer.post(at("recognise"), member).status_code == 302
    again = as_officer.post(at("recognise"), member)
    assert again.status_code == 422
    assert "đã là thành viên" in again.text
    assert 'value="Nguyễn Văn Mây"' in again.text
    one = Member.objects.get()
    as_officer.post(at("relieve", one.pk), {"valid_to": "01/03/2026", "relieved_by": "30/QĐ-UBND"})
    one.refresh_from_db()
    assert (one.valid_to, one.relieved_by) == (dt.date(2026, 3, 1), "30/QĐ-UBND")


def test_members_of_a_day(as_officer, members, officer):
    actions.relieve_member(member=members[2], valid_to=dt.date(2026, 2, 1), relieved_by="1/QĐ", by=officer)
    for day, n in (("01/02/2026", 3), ("2026-02-02", 2), ("khong-phai-ngay", 2), ("04/01/2026", 0)):
        assert len(as_officer.get(at("members"), {"ngay": day}).context["members"]) == n, day


# ── Meetings ────────────────────────────────────────────────────────────────────────────────────


def facts(members, **change):
    return {
        "kind": "meeting", "title": "Họp quý II", "day": "20/04/2026", "starts": "08:30", "ends": "11:00",
        "place": "Hội trường", "chair": members[0].pk, "secretary": members[1].pk,
    } | change  # fmt: skip


def test_a_meeting_is_planned_and_edited(as_officer, members):
    assert as_officer.post(at("plan"), facts(members)).status_code == 302
    meeting = Meeting.objects.get()
    assert timezone.localtime(meeting.starts_at).replace(tzinfo=None) == dt.datetime(2026, 4, 20, 8, 30)
    page = as_officer.get(at("edit", meeting.pk))
    assert 'value="20/04/2026"' in page.text
    as_officer.post(at("edit", meeting.pk), facts(members, title="Họp quý II, lần 2", day="21/04/2026"))
    meeting.refresh_from_db()
    assert (meeting.title, timezone.localdate(meeting.starts_at)) == (
        "Họp quý II, lần 2",
        dt.date(2026, 4, 21),
    )


def test_what_was_typed_comes_back_with_a_refusal(as_officer, members):
    page = as_officer.post(at("plan"), facts(members, ends="07:00"))
    assert page.status_code == 422
    assert "Giờ kết thúc phải sau giờ bắt đầu" in page.text
    assert 'value="Họp quý II"' in page.text
    assert not Meeting.objects.exists()


def test_a_meeting_is_prepared_on_its_page(as_officer, plan_meeting, policy, members):
    meeting = plan_meeting(starts_at=dt.datetime(2026, 4, 1, 8), parties=False)
    here = at("meeting", meeting.pk)
    as_officer.post(at("add_agenda", meeting.pk), {"title": "Chính sách rác", "about": f"policy:{policy.pk}"})
    assert meeting.agenda.last().policy == policy
    as_officer.post(
        at("add_paper", meeting.pk), {"file": SimpleUploadedFile("to-trinh.docx", docx("Tờ trình"))}
    )
    paper = meeting.papers.get()
    assert b"".join(as_officer.get(at("paper", paper.pk)).streaming_content)[:2] == b"PK"
    assert as_officer.post(at("add_parties", meeting.pk), {}).status_code == 422
    as_officer.post(at("add_parties", meeting.pk), {"everyone": "on"})
    assert meeting.parties.count() == 3
    as_officer.post(at("send", meeting.pk), {"letter_number": "Số: 4/GM", "sent_on": "10/03/2026"})
    party = meeting.parties.first()
    seen = posted(as_officer.get(at("replies", meeting.pk)).context["form"])
    as_officer.post(at("replies", meeting.pk), seen | {f"reply-{party.pk}": "coming"})
    party.refresh_from_db()
    assert party.reply == "coming"
    assert meeting.parties.filter(reply="").count() == 2
    assert "Đã mời" in as_officer.get(here).text
    as_officer.post(at("cancel", meeting.pk), {"reason": "Trùng lịch"})
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


def test_a_secret_paper_is_refused_beside_its_field(as_officer, plan_meeting):
    meeting = plan_meeting()
    page = as_officer.post(
        at("add_paper", meeting.pk), {"file": SimpleUploadedFile("mat.docx", docx("TUYỆT MẬT\nTờ trình"))}
    )
    assert page.status_code == 422
    assert "bí mật nhà nước" in page.text
    assert not meeting.papers.exists()


def test_a_member_answers_for_oneself_and_for_nobody_else(
    plan_meeting, recognise, sign_in, onlooker, officer
):
    meeting = plan_meeting(starts_at=dt.datetime(2026, 4, 1, 8))
    mine = actions.add_parties(meeting=meeting, members=[recognise("Trần Nhìn", user=onlooker)], by=officer)[
        0
    ]
    actions.send_invitations(meeting=meeting, letter_number="1", sent_on=dt.date(2026, 3, 1), by=officer)
    client = sign_in(onlooker)
    assert "Trần Nhìn được mời." in client.get(at("meeting", meeting.pk)).text
    assert client.post(at("answer", mine.pk), {"tra-loi": "coming"}).status_code == 302
    other = meeting.parties.exclude(pk=mine.pk).first()
    assert client.post(at("answer", other.pk), {"tra-loi": "coming"}).status_code == 404
    assert client.post(at("answer", mine.pk), {"tra-loi": "sai"}).status_code == 404
    assert client.post(at("answer", mine.pk)).status_code == 404
    mine.refresh_from_db()
    assert mine.reply == "coming"
    assert list(Party.objects.exclude(reply="").values_list("pk", "reply")) == [(mine.pk, "coming")]


def test_who_only_looks_does_not_answer_for_their_agency(plan_meeting, sign_in, officer):
    agency = AgencyFactory()
    meeting = plan_meeting(starts_at=dt.datetime(2026, 4, 1, 8))
    asked = actions.add_parties(meeting=meeting, agencies=[agency], by=officer)[0]
    actions.send_invitations(meeting=meeting, letter_number="1", sent_on=dt.date(2026, 3, 1), by=officer)
    for role, status in ((Role.VIEWER, 404), (Role.OFFICER, 302)):
        client = sign_in(UserFactory(role=role, agency=agency))
        assert client.post(at("answer", asked.pk), {"tra-loi": "coming"}).status_code == status
    asked.refresh_from_db()
    assert asked.reply == "coming"


def posted(form):
    """Everything a browser would send of a form as it stands, with the hidden copies."""
    sent = {}
    for bound in form:
        value = bound.initial
        if value not in (None, "", False):
            sent[bound.html_name] = "on" if value is True else value
        sent[bound.html_initial_name] = "" if value is None else str(value)
    return sent


def test_two_phones_note_attendance_and_neither_undoes_the_other(as_officer, plan_meeting):
    meeting = plan_meeting()
    first, other, *_rest = meeting.parties.order_by("pk")
    seen = posted(as_officer.get(at("attendance", meeting.pk)).context["form"])
    as_officer.post(at("attendance", meeting.pk), seen | {f"came-{first.pk}": "on"})
    as_officer.post(
        at("attendance", meeting.pk), seen | {f"came-{other.pk}": "on", f"through-{other.pk}": "Bà Lan"}
    )
    assert list(meeting.parties.filter(attended=True).order_by("pk").values_list("pk", "represented_by")) == [
        (first.pk, ""),
        (other.pk, "Bà Lan"),
    ]


def test_opinions_are_noted_and_words_without_a_stance_come_back(as_officer, held):
    item = held.agenda.last()
    path = at("opinions", held.pk, item.pk)
    party = held.parties.filter(attended=True).first()
    seen = posted(as_officer.get(path).context["form"])
    page = as_officer.post(path, seen | {f"words-{party.pk}": "Tôi thấy được."})
    assert page.status_code == 422
    assert "Tôi thấy được." in page.text
    as_officer.post(path, seen | {f"words-{party.pk}": "Tôi thấy được.", f"stance-{party.pk}": "for"})
    assert [(one.stance, one.words) for one in item.opinions.all()] == [("for", "Tôi thấy được.")]
    assert Opinion.objects.count() == 4


def test_minutes_are_written_shown_approved(sign_in, held, officer, second):
    client = sign_in(officer)
    words = {"number": "01/BB", "course": "Chủ trì khai mạc.", "revision": 0}
    assert client.post(at("minutes", held.pk), words).status_code == 302
    page = client.post(at("minutes", held.pk), words | {"course": "Chữ của tôi"})
    assert page.status_code == 422
    assert "Chữ của tôi" in page.text
    assert "Chủ trì khai mạc." in page.text
    merged = client.post(
        at("minutes", held.pk),
        words | {"course": "Gộp", "revision": page.context["form"]["revision"].value()},
    )
    assert merged.status_code == 302
    assert "Cần một người khác duyệt" in client.get(at("approve", held.pk)).text
    assert client.post(at("approve", held.pk), {"revision": 2}).status_code == 409
    client = sign_in(second)
    assert client.post(at("approve", held.pk), {"revision": 1}).status_code == 409
    assert client.post(at("approve", held.pk), {"revision": 2}).status_code == 302
    kept = Minutes.objects.get()
    assert (kept.state, kept.course, kept.approved_by) == ("approved", "Gộp", second)
    assert client.get(at("meeting", held.pk)).status_code == 200


def test_conclusions_are_added_and_removed_on_the_page(as_officer, held, justice):
    page = as_officer.post(at("conclude", held.pk), {"kind": "task", "text": "Làm tài liệu"})
    assert page.status_code == 422
    assert "Hãy chọn cơ quan thực hiện." in page.text
    assert "Làm tài liệu" in page.text
    as_officer.post(at("conclude", held.pk), {
        "kind": "task", "text": "Làm tài liệu", "agency": justice.pk, "due_on": "31/05/2026",
    })  # fmt: skip
    one = held.conclusions.get()
    assert as_officer.post(at("assign", one.pk), {}).status_code == 422
    as_officer.post(at("remove_conclusion", one.pk))
    assert not held.conclusions.exists()


# ── Lists and directives ────────────────────────────────────────────────────────────────────────


def test_a_list_is_drafted_filled_and_decided(as_officer, held, policy):
    as_officer.post(at("draft_list"), {"meeting": held.pk, "title": "Danh mục 2026"})
    made = PolicyList.objects.get()
    page = as_officer.get(at("list", made.pk))
    assert [one.pk for one in page.context["page"]] == [policy.pk]
    assert "Sở Tư pháp đã rà soát" in page.text
    form = as_officer.get(at("put_on", made.pk, policy.pk)).context["form"]
    assert form.initial == {"in_scope": "1", "reason": "Mọi hộ gia đình phải trả tiền theo cách khác."}
    as_officer.post(at("put_on", made.pk, policy.pk), form.initial)
    assert (
        as_officer.post(at("decide", made.pk), {"number": "7/TB", "decided_on": "01/01/2026"}).status_code
        == 422
    )
    as_officer.post(at("decide", made.pk), {"number": "7/TB", "decided_on": "11/03/2026"})
    made.refresh_from_db()
    assert (made.state, made.number) == ("decided", "7/TB")
    assert as_officer.get(at("list", made.pk)).status_code == 200
    item = made.items.get()
    as_officer.post(at("take_off", item.pk))
    assert made.items.count() == 1


def test_a_directive_is_entered_and_fetched(as_officer, council, justice):
    values = {
        "number": "15/HĐPH", "issued_on": "11/03/2026", "subject": "Tăng cường truyền thông",
        "addressees": [justice.pk],
    }  # fmt: skip
    page = as_officer.post(at("issue"), values)
    assert page.status_code == 422
    as_officer.post(at("issue"), values | {"file": SimpleUploadedFile("cv.docx", docx("Công văn"))})
    made = Directive.objects.get()
    answer = as_officer.get(at("directive_file", made.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "Tăng cường truyền thông" in as_officer.get(at("directives"), {"q": "tăng cường"}).text


# ── Few and many ────────────────────────────────────────────────────────────────────────────────


def queries_of(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_lists_cost_the_same_for_one_row_and_three(
    as_officer, plan_meeting, council, recognise, justice, held, officer, django_assert_max_num_queries
):
    def add(n):
        plan_meeting(starts_at=dt.datetime(2026, 4, n, 8))
        recognise(f"Thành viên {n}")
        actions.draft_list(meeting=held, title=f"Danh mục {n}", by=officer)
        actions.issue_directive(
            council=council, number=f"{n}", issued_on=dt.date(2026, 3, 1), subject=f"Công văn {n}",
            addressees=[justice], data=docx("Công văn"), file_name="cv.docx", by=officer,
        )  # fmt: skip

    add(1)
    counts = [{name: queries_of(as_officer, at(name), django_assert_max_num_queries) for name in PAGES}]
    add(2)
    add(3)
    counts.append({name: queries_of(as_officer, at(name), django_assert_max_num_queries) for name in PAGES})
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 10


def test_a_meeting_and_a_list_cost_the_same_whatever_they_hold(
    as_officer, held, draft_list, policy, officer, django_assert_max_num_queries
):
    paths = (at("meeting", held.pk), at("list", draft_list.pk))
    before = [queries_of(as_officer, path, django_assert_max_num_queries) for path in paths]
    for n in (2, 3):
        item = actions.add_agenda_item(meeting=held, title=f"Nội dung {n}", note="", by=officer)
        speaker = held.parties.filter(attended=True).first()
        actions.note_opinions(
            meeting=held, item_id=item.pk, opinions={speaker.pk: ("for", "Được.")}, by=officer
        )
        other = Policy.objects.create(
            dossier=DossierFactory(), number=1, title=f"Chính sách {n}", created_by=officer,
            created_at=timezone.now(),
        )  # fmt: skip
        actions.put_on_list(policy_list=draft_list, policy=other, in_scope=False, reason="Hẹp.", by=officer)
    assert [queries_of(as_officer, path, django_assert_max_num_queries) for path in paths] == before
    assert max(before) <= 10
