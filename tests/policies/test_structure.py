"""The officer's word on lines and doubts: rows, audit, what is asked again; and that little is rewritten."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from django.urls import reverse
from hypothesis import given

from danban import lawtext
from danban.audit.models import AuditEntry
from danban.lawtext import Unit
from danban.policies import actions, queries
from danban.policies.intake import rows_of
from danban.policies.models import Alignment, Provision, VersionText
from danban.policies.pairing import pairs, pairs_again, region
from danban.policies.rules import NothingLikeIt, WrongMove, open_doubts
from tests.policies.files import FIRST, SECOND

pytestmark = pytest.mark.django_db

DOUBTFUL = FIRST.replace("Điều 4. Hiệu lực", "Điều 9. Hiệu lực").replace("b) Ngõ nhỏ", "e) Ngõ nhỏ")


def text_of(version):
    return VersionText.objects.get(version=version)


def waiting(version):
    return [doubt["line"] for doubt in open_doubts(text_of(version).doubts)]


def last_entry():
    return AuditEntry.objects.order_by("-id").first()


def test_a_doubt_is_dismissed_and_taken_up_again(upload, drafter):
    version = upload(DOUBTFUL)
    line, *others = waiting(version)
    rows = list(version.provisions.values())
    actions.dismiss_doubt(version=version, line=line, by=drafter)
    assert waiting(version) == others
    assert list(version.provisions.values()) == rows
    entry = last_entry()
    assert (entry.action, entry.details["line"], entry.actor) == (
        "version.doubt-dismissed", line, f"user:{drafter.pk}",
    )  # fmt: skip
    with pytest.raises(NothingLikeIt):
        actions.dismiss_doubt(version=version, line=line, by=drafter)
    actions.undo_line(version=version, line=line, by=drafter)
    assert waiting(version) == [line, *others]
    assert last_entry().action == "version.doubt-reopened"


def test_what_was_dismissed_stays_so_after_a_new_reading(upload, drafter):
    version = upload(DOUBTFUL)
    for line in waiting(version):
        actions.dismiss_doubt(version=version, line=line, by=drafter)
    said = text_of(version).doubts
    actions.correct_line(version=version, line=4, unit="text", number="", by=drafter)
    assert waiting(version) == []
    assert text_of(version).doubts == said


def test_a_line_that_is_read_otherwise_is_asked_again(upload, drafter):
    version = upload(DOUBTFUL)
    doubt = next(one for one in text_of(version).doubts if "Điều 9" in one["message"])
    actions.dismiss_doubt(version=version, line=doubt["line"], by=drafter)
    before = next(line["n"] for line in text_of(version).lines if line["text"].startswith("Điều 3."))
    actions.correct_line(version=version, line=before, unit="article", number="5", by=drafter)
    assert doubt["line"] in waiting(version)


def test_a_settled_version_keeps_its_doubts(upload, drafter):
    version = upload(DOUBTFUL)
    line = waiting(version)[0]
    actions.submit_version(version=version, by=drafter)
    with pytest.raises(WrongMove):
        actions.dismiss_doubt(version=version, line=line, by=drafter)
    assert line in waiting(version)


def test_d_for_dd_is_proposed_and_taken(upload, drafter):
    version = upload(FIRST.replace("b) Ngõ nhỏ thu gom sau.", "b) B;\nc) C;\nd) D;\nd) Đ."))
    doubt = next(one for one in text_of(version).doubts if one["code"] == "repeat")
    assert doubt["proposal"] == ["point", "đ"]
    actions.accept_suggestion(version=version, line=doubt["line"], by=drafter)
    assert version.provisions.get(address="dieu-3.khoan-2.diem-dd").text == "Đ."
    assert waiting(version) == []


def test_only_the_article_that_changed_is_written_anew(two_versions, drafter):
    first, second = two_versions
    kept = {one.pk: (one.address, one.lineage) for one in second.provisions.all()}
    pairs_kept = set(Alignment.objects.filter(version=second).values_list("pk", flat=True))
    line = next(one["n"] for one in text_of(second).lines if one["text"].startswith("2. Giờ thu gom"))
    actions.correct_line(version=second, line=line, unit="text", number="", by=drafter)
    after = {one.pk: (one.address, one.lineage) for one in second.provisions.all()}
    same = kept.keys() & after.keys()
    assert {kept[pk][0].split(".")[0] for pk in kept.keys() - same} == {"dieu-4"}
    assert all(kept[pk] == after[pk] for pk in same)
    assert pairs_kept & set(Alignment.objects.filter(version=second).values_list("pk", flat=True))
    places = list(second.provisions.order_by("position").values_list("position", flat=True))
    assert places == list(range(len(places)))
    lineage = first.provisions.get(address="dieu-3").lineage
    assert second.provisions.get(address="dieu-4").lineage == lineage


def test_an_article_that_is_one_no_more_makes_all_anew(two_versions, drafter):
    first, second = two_versions
    line = next(one["n"] for one in text_of(second).lines if one["text"].startswith("Điều 3."))
    actions.correct_line(version=second, line=line, unit="text", number="", by=drafter)
    assert not Provision.objects.filter(version=second, address="dieu-3").exists()
    old = Alignment.objects.filter(version=second).exclude(old=None).values_list("old__address", flat=True)
    assert set(old) == set(first.provisions.values_list("address", flat=True))


def test_after_a_doubt_comes_the_next_with_an_undo_at_hand(sign_in, drafter, upload):
    version = upload(DOUBTFUL)
    client = sign_in(drafter)
    line, following = waiting(version)[:2]
    answer = client.post(reverse("policies:dismiss_doubt", args=[version.pk, line]))
    assert answer.url.endswith(f"?dong={following}&vua={line}#l{following}")
    page = client.get(answer.url).content.decode()
    assert reverse("policies:undo_line", args=[version.pk, line]) in page
    assert "1 chỗ đã xem là đúng" in page
    client.post(reverse("policies:undo_line", args=[version.pk, line]))
    assert line in waiting(version)


def test_the_first_doubt_is_shown_first(sign_in, drafter, upload):
    version = upload(DOUBTFUL)
    page = sign_in(drafter).get(reverse("policies:structure", args=[version.pk])).content.decode()
    assert f'?dong={waiting(version)[0]}#l{waiting(version)[0]}" autofocus' in page


def test_the_screen_costs_the_same_for_one_doubt_and_three(
    sign_in, drafter, upload, django_assert_num_queries
):
    version = upload(DOUBTFUL)
    client = sign_in(drafter)
    address = reverse("policies:structure", args=[version.pk])
    client.get(address)
    counted = []
    for _ in range(2):
        with django_assert_num_queries(len(counted[0])) if counted else _counting() as seen:
            client.get(address)
        counted.append(seen.captured_queries)
        actions.dismiss_doubt(version=version, line=waiting(version)[0], by=drafter)


def _counting():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


SETTINGS = st.dictionaries(
    st.integers(min_value=3, max_value=16),
    st.sampled_from([(Unit.TEXT, ""), (Unit.CLAUSE, "3"), (Unit.POINT, "c"), (Unit.ARTICLE, "7")]),
    max_size=3,
)


@given(was=SETTINGS, now=SETTINGS)
def test_a_region_holds_all_that_changed(was, now):
    old = rows_of(lawtext.parse(FIRST))
    one, other = (rows_of(lawtext.parse(SECOND, said)) for said in (was, now))
    changed = region(one, other)
    if changed is None:
        return
    first, last, new_last = changed
    shift = new_last - last
    assert one[:first] == other[:first]
    assert len(one) + shift == len(other)
    for before, after in zip(one[last:], other[new_last:], strict=True):
        parent = before["parent"] + (shift if before["parent"] >= last else 0)
        assert {**before, "parent": parent} == after
    found = pairs_again(old, other, pairs(old, one), changed)
    if found is not None:
        assert {pair[0] for pair in found if pair[0] >= 0} == set(range(len(old)))
        assert {pair[1] for pair in found if pair[1] >= 0} == set(range(len(other)))


def test_counts_of_doubts_are_of_those_that_wait(dossier, upload, drafter):
    version = upload(DOUBTFUL)
    before = queries.versions_counted(dossier)[0].doubts
    actions.dismiss_doubt(version=version, line=waiting(version)[0], by=drafter)
    assert queries.versions_counted(dossier)[0].doubts == before - 1


@pytest.mark.parametrize("name", ["accept_suggestion", "dismiss_doubt", "undo_line"])
def test_a_version_given_up_in_another_tab_is_told_in_words(sign_in, upload, drafter, name):
    version = upload()
    client = sign_in(drafter)
    actions.discard_version(version=version, by=drafter)
    answer = client.post(reverse(f"policies:{name}", args=[version.pk, 1]), follow=True)
    assert answer.redirect_chain == [(reverse("policies:dossier", args=[version.dossier_id]), 302)]
    assert "đang được rà soát" in answer.content.decode()
