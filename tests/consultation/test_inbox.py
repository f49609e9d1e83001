from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.consultation import inbox, queries
from danban.consultation.contact import ContactData
from danban.consultation.models import Proposal
from danban.consultation.places import outline_of
from danban.consultation.states import Channel, CommenterKind, CommentState, Visibility
from danban.policies.models import Alignment
from tests.factories import CommentFactory, UserFactory, VersionFactory, WindowFactory


@pytest.fixture(autouse=True)
def _index_as_empty_as_the_table(db):
    """A test with real transactions elsewhere empties tables without their triggers."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO consultation_comment_search (consultation_comment_search) VALUES ('delete-all')"
            )


def listed(window, after=0, **asked):
    outline = outline_of(window.version)
    filters = inbox.Filters.read({key: str(value) for key, value in asked.items()}, outline)
    return inbox.page(window, filters, queries.counts_by(window), outline, after=after)


def ids(window, **asked):
    return [row.pk for row in listed(window, **asked).rows]


def test_each_filter_narrows_and_they_add_up(window):
    article, first, second, other = window.version.provisions.order_by("position")
    CommentFactory(window=WindowFactory(), provision=None)
    whole = CommentFactory(window=window)
    on_article = CommentFactory(window=window, provision=article, channel=Channel.LETTER)
    on_clause = CommentFactory(window=window, provision=second, commenter_kind=CommenterKind.AGENCY)
    elsewhere = CommentFactory(window=window, provision=other, visibility=Visibility.HELD)
    everything = [whole.pk, on_article.pk, on_clause.pk, elsewhere.pk]
    assert ids(window) == everything
    assert ids(window, dieu=article.pk) == [on_article.pk, on_clause.pk]
    assert ids(window, dieu=inbox.WHOLE) == [whole.pk]
    assert ids(window, kenh="letter") == [on_article.pk]
    assert ids(window, loai="agency") == [on_clause.pk]
    assert ids(window, hien="held") == [elsewhere.pk]
    assert ids(window, buoc="received") == everything
    assert ids(window, buoc="answered") == []
    assert ids(window, dieu=article.pk, loai="agency", kenh="web") == [on_clause.pk]
    assert ids(window, dieu="nonsense", loai="x", buoc="'") == everything
    assert ids(window, dieu=first.pk) == everything, "a clause is no choice of the filter"


def test_where_the_counts_say_nothing_is_there_no_row_is_read(window, django_assert_num_queries):
    CommentFactory(window=window)
    outline, counts = outline_of(window.version), queries.counts_by(window)
    filters = inbox.Filters.read({"loai": "business"}, outline)
    with django_assert_num_queries(0):
        assert inbox.page(window, filters, counts, outline).rows == []


def test_pages_go_by_key_and_miss_nothing(window, monkeypatch):
    monkeypatch.setattr(inbox, "AT_ONCE", 2)
    made = [comment.pk for comment in CommentFactory.create_batch(5, window=window)]
    seen, after = [], 0
    while after is not None:
        page = listed(window, after=after)
        seen += [row.pk for row in page.rows]
        after = page.next_after
    assert seen == made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("đất đai", {"land"}),
        ("dat dai", {"land"}),
        ("ĐẤT", {"land", "yard"}),
        ("đất rác", {"yard"}),
        ('"đất đai"', {"land"}),
        ('"đai đất"', set()),
        ("“để riêng”", {"yard"}),
        ("16/2020 NĐ-CP", {"decree"}),
        ("2020", {"decree"}),
        ("a@b.vn", {"decree"}),
        ("' OR 1=1 --", set()),
        ('place:w1 AND * ^ NEAR("', set()),
        ("!!!", {"land", "yard", "decree"}),
        ("", {"land", "yard", "decree"}),
    ],
)
def test_words_are_found_with_and_without_marks(window, typed, found):
    made = {
        "land": "Luật Đất đai mới.",
        "yard": "Bãi đất trống đổ rác, nên để riêng.",
        "decree": "Nghị định 16/2020/NĐ-CP; thư a@b.vn",
    }
    pks = {CommentFactory(window=window, text=text).pk: name for name, text in made.items()}
    CommentFactory(window=WindowFactory(), text="Đất đai ở cửa sổ khác, để riêng, 2020.")
    assert {pks[pk] for pk in ids(window, q=typed)} == found


def test_search_joins_filters_and_pages(window, monkeypatch):
    monkeypatch.setattr(inbox, "AT_ONCE", 2)
    made = CommentFactory.create_batch(5, window=window, text="Giờ thu gom ở chợ.")
    CommentFactory(window=window, text="Giờ thu gom ở chợ.", commenter_kind=CommenterKind.BUSINESS)
    page = listed(window, q="gio", loai="person", after=made[1].pk)
    assert [row.pk for row in page.rows] == [made[2].pk, made[3].pk]
    assert page.next_after == made[3].pk


def test_a_comment_is_found_as_soon_as_it_is_kept(window):
    comment = CommentFactory(window=window, text="Chó mèo thả rông.")
    assert ids(window, q="meo") == [comment.pk]
    assert ids(window, q="gia suc") == []


def test_places_are_counted_with_what_waits(window):
    article, _, clause, other = window.version.provisions.order_by("position")
    CommentFactory(window=window, provision=article)
    CommentFactory(window=window, provision=clause, state=CommentState.GROUPED)
    CommentFactory(window=window)
    outline = outline_of(window.version)
    listed_places = inbox.places(inbox.Filters(place=str(other.pk)), queries.counts_by(window), outline)
    told = [(place.label, place.n, place.waiting, place.chosen) for place in listed_places]
    assert told == [
        ("Toàn bộ dự thảo", 1, 1, False),
        ("Điều 1", 2, 1, False),
        ("Điều 2", 0, 0, True),
    ]
    assert [place.label for place in inbox.busiest(listed_places)] == ["Điều 1", "Toàn bộ dự thảo", "Điều 2"]


# Screens


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


def count_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_queue_takes_six_queries_for_one_row_and_for_three(client_of, window):
    address = reverse("consultation:inbox", args=[window.pk])
    CommentFactory(window=window, text="Lời thứ nhất.")
    client_of.get(address)
    assert count_of(client_of, address) == 6
    assert count_of(client_of, address + "?q=loi&loai=person") == 6
    CommentFactory.create_batch(2, window=window, provision=window.version.provisions.last())
    assert count_of(client_of, address) == 6


def test_one_comment_takes_the_same_queries_beside_one_and_three(client_of, window):
    comment = CommentFactory(window=window, provision=window.version.provisions.first())
    address = reverse("consultation:comment", args=[window.pk, comment.pk])
    client_of.get(address)
    once = count_of(client_of, address)
    CommentFactory.create_batch(2, window=window, provision=window.version.provisions.last())
    assert count_of(client_of, address) == once
    assert once <= 11


def test_the_list_of_inboxes_costs_the_same_for_one_and_three(client_of, window):
    address = reverse("consultation:inbox")
    CommentFactory(window=window)
    once = count_of(client_of, address)
    for _ in range(2):
        CommentFactory(window=WindowFactory(version=VersionFactory(dossier__agency=window.dossier.agency)))
    WindowFactory()
    assert count_of(client_of, address) == once
    assert client_of.get(address).content.decode().count("data-row") == 3


def test_the_queue_works_without_a_script(client_of, window):
    waiting = CommentFactory(window=window, text="<b>Xin</b> giữ nguyên.")
    grouped = CommentFactory(window=window, state=CommentState.GROUPED)
    page = client_of.get(reverse("consultation:inbox", args=[window.pk])).content.decode()
    assert f'action="{reverse("answers:new_point", args=[window.pk])}"' in page
    assert re.search(rf'name="comments" value="{waiting.pk}"[^>]*aria-label="[^"]+">', page)
    assert re.search(rf'name="comments" value="{grouped.pk}"[^>]* disabled>', page)
    assert "&lt;b&gt;Xin&lt;/b&gt;" in page
    assert page.count("<form") == page.count("</form>")


def test_ticked_comments_go_to_the_answers(client_of, window):
    comments = CommentFactory.create_batch(2, window=window)
    chosen = {"comments": [comment.pk for comment in comments]}
    page = client_of.post(reverse("answers:new_point", args=[window.pk]), chosen)
    assert page.status_code == 200
    assert comments[0].text in page.content.decode()


def test_the_page_of_a_comment_shows_where_it_came_from_and_the_words_then_and_now(
    client_of, window, officer
):
    read = window.version.provisions.get(address="dieu-1.khoan-2")
    newer = VersionFactory(dossier=window.dossier, number=window.version.number + 1, released=False)
    now = newer.provisions.get(address="dieu-1.khoan-2")
    now.text = "Rác được chia thành bốn loại."
    now.save()
    Alignment.objects.create(version=newer, old=read, new=now, change="edited")
    release(newer)
    comment = CommentFactory(
        window=window, provision=read, channel=Channel.MEETING, collected_how="Họp thôn 3", entered_by=officer
    )
    page = client_of.get(reverse("consultation:comment", args=[window.pk, comment.pk])).content.decode()
    for words in (
        comment.text,
        "Họp thôn 3",
        officer.full_name,
        "khoản 2 Điều 1",
        "ba loại",
        "<del>ba </del><ins>bốn </ins>loại",
    ):
        assert words in page


def release(version):
    version.state = "released"
    version.secrecy_checked_by = version.uploaded_by
    version.secrecy_checked_at = version.released_at = version.uploaded_at
    version.released_by = UserFactory(role=Role.APPROVER, agency=version.dossier.agency)
    version.save()


def test_contact_is_shown_only_to_who_may_and_that_is_recorded(sign_in, window, officer, approver, submit):
    contact = ContactData(name="Trần Thị Bé", phone="0912345678")
    comment = submit(contact=contact).comment
    address = reverse("consultation:contact", args=[window.pk, comment.pk])
    page = reverse("consultation:comment", args=[window.pk, comment.pk])
    client = sign_in(officer)
    assert client.post(address).status_code == 403
    assert address not in client.get(page).content.decode()
    client = sign_in(approver)
    assert contact.phone not in client.get(page).content.decode()
    assert client.get(address).status_code == 405
    shown = client.post(address)
    assert contact.phone in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    seen = AuditEntry.objects.exclude(action="comment.received").values_list("action", "actor")
    assert list(seen) == [("contact.viewed", f"user:{approver.pk}")]


def test_an_officer_shows_alone_and_asks_to_withhold(client_of, window):
    comment = CommentFactory(window=window, visibility=Visibility.HELD)

    def post(name, **data):
        answer = client_of.post(reverse(f"consultation:{name}", args=[window.pk, comment.pk]), data)
        comment.refresh_from_db()
        return answer.status_code, comment.visibility, Proposal.objects.count()

    assert post("withhold", withheld_reason="nonsense", reason="Câu hai.") == (422, "held", 0)
    assert post("withhold", withheld_reason="insult", reason=" ") == (422, "held", 0)
    assert post("withhold", withheld_reason="insult", reason="Câu hai.") == (302, "held", 1)
    assert post("show") == (302, "shown", 1)


def test_a_refused_proposal_loses_nothing(client_of, window):
    comment = CommentFactory(window=window, visibility=Visibility.SHOWN)
    address = reverse("consultation:withhold", args=[window.pk, comment.pk])
    client_of.post(address, {"withheld_reason": "insult", "reason": "Câu hai."})
    again = client_of.post(address, {"withheld_reason": "spam", "reason": "Câu ba chào hàng."})
    page = client_of.get(reverse("consultation:comment", args=[window.pk, comment.pk])).content.decode()
    assert again.status_code == 422
    for words in ("đã có người đề nghị", "Câu ba chào hàng."):
        assert words in again.content.decode()
    assert "Câu hai." in page
    assert address not in page
    assert Proposal.objects.get().withheld_reason == "insult"


NAMES = ("comment", "contact", "erase_contact", "show", "withhold")


def test_another_agency_finds_nothing(sign_in, window):
    comment = CommentFactory(window=window, visibility=Visibility.HELD)
    client = sign_in(UserFactory(role=Role.APPROVER))
    assert client.get(reverse("consultation:inbox", args=[window.pk])).status_code == 404
    for name in NAMES:
        address = reverse(f"consultation:{name}", args=[window.pk, comment.pk])
        answer = client.get(address) if name == "comment" else client.post(address, {"reason": "insult"})
        assert answer.status_code == 404, name
    comment.refresh_from_db()
    assert comment.visibility == Visibility.HELD


def test_a_comment_is_found_only_in_its_window(client_of, window):
    other = WindowFactory(version=VersionFactory(dossier__agency=window.dossier.agency))
    comment = CommentFactory(window=other)
    assert client_of.get(reverse("consultation:comment", args=[window.pk, comment.pk])).status_code == 404


def test_who_may_only_look_sees_no_button(sign_in, window):
    comment = CommentFactory(window=window, visibility=Visibility.HELD)
    client = sign_in(UserFactory(role=Role.VIEWER, agency=window.dossier.agency))
    page = client.get(reverse("consultation:comment", args=[window.pk, comment.pk])).content.decode()
    assert 'name="comments"' not in page
    for name in ("show", "withhold"):
        address = reverse(f"consultation:{name}", args=[window.pk, comment.pk])
        assert address not in page
        assert client.post(address, {"reason": "insult"}).status_code == 403


def test_nobody_comes_in_without_signing_in(client, window):
    answer = client.get(reverse("consultation:inbox", args=[window.pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
