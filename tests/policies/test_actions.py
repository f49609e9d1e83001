"""Moves of a dossier and its versions: rows and audit entries."""

from __future__ import annotations

import datetime as dt

import pytest

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.policies import actions, queries
from danban.policies.models import Alignment, PostingRule, Provision, Version, VersionText
from danban.policies.rules import (
    FixedOnceReleased,
    NothingLikeIt,
    OlderThanReleased,
    PlainLinesMissing,
    SamePerson,
    WrongMove,
)
from danban.policies.states import DocumentType, VersionState, WindowKind
from tests.factories import AgencyFactory, UserFactory, VersionFactory
from tests.policies.files import FIRST, SECOND

pytestmark = pytest.mark.django_db


def last_entry():
    return AuditEntry.objects.order_by("-id").first()


def opened(agency, by, **values):
    defaults = {
        "title": "Quyết định quy định về thu gom rác",
        "document_type": DocumentType.PROVINCIAL_DECISION,
        "issuing_body": agency,
        "agency": agency,
        "role": "drafts",
        "field": "environment",
        "started_on": dt.date(2026, 1, 5),
        "about": "",
        "affected": "",
        "changes": "",
        "question": "",
    }
    return actions.open_dossier(by=by, **defaults | values)


def test_dossiers_of_one_title_have_addresses_of_their_own(agency, drafter):
    first = opened(agency, drafter)
    second = opened(AgencyFactory(), drafter)
    assert (first.slug, second.slug) == ("thu-gom-rac", "thu-gom-rac-2")
    with pytest.raises(Refused):
        opened(agency, drafter)


def test_editing_records_what_changed_and_nothing_else(dossier, drafter):
    slug = dossier.slug
    actions.edit_dossier(dossier=dossier, by=drafter, title="Tên mới", about=dossier.about)
    dossier.refresh_from_db()
    assert (dossier.title, dossier.slug) == ("Tên mới", slug)
    assert dossier.search_text.startswith("ten moi")
    entry = last_entry()
    assert (entry.action, entry.details) == ("dossier.edited", {"fields": ["title"]})
    actions.edit_dossier(dossier=dossier, by=drafter, title="Tên mới")
    assert AuditEntry.objects.count() == 1


def test_only_fields_of_a_dossier_are_edited(dossier, drafter):
    with pytest.raises(TypeError):
        actions.edit_dossier(dossier=dossier, by=drafter, slug="khac")


@pytest.mark.parametrize("name", ["document_type", "role", "issuing_body", "agency"])
def test_once_released_only_the_justice_department_changes_what_rules_hang_on(
    name, dossier, drafter, upload, release
):
    other = AgencyFactory()
    first, second = {
        "document_type": (DocumentType.PROVINCIAL_RESOLUTION, DocumentType.COMMUNE_DECISION),
        "role": ("coordinates", "drafts"),
        "issuing_body": (other, AgencyFactory()),
        "agency": (other, AgencyFactory()),
    }[name]
    actions.edit_dossier(dossier=dossier, by=drafter, **{name: first})
    release(upload())
    with pytest.raises(FixedOnceReleased, match="Sở Tư pháp"):
        actions.edit_dossier(dossier=dossier, by=drafter, about="Việc rác.", **{name: second})
    dossier.refresh_from_db()
    assert (getattr(dossier, name), dossier.about == "Việc rác.") == (first, False)
    actions.edit_dossier(dossier=dossier, by=drafter, about="Việc rác.", **{name: first})
    justice = UserFactory(role=Role.JUSTICE)
    actions.reassign_dossier(dossier=dossier, by=justice, **{name: second})
    dossier.refresh_from_db()
    assert (getattr(dossier, name), dossier.about) == (second, "Việc rác.")
    entry = last_entry()
    assert (entry.action, entry.actor, entry.details) == (
        "dossier.reassigned", f"user:{justice.pk}", {"fields": [name]},
    )  # fmt: skip
    with pytest.raises(TypeError, match="title"):
        actions.reassign_dossier(dossier=dossier, by=justice, title="Khác")


def test_nobody_releases_what_they_uploaded_or_submitted(upload, agency, drafter, approver):
    version = upload()
    actions.submit_version(version=version, by=approver)
    for person in (drafter, approver):
        with pytest.raises(SamePerson):
            actions.release_version(version=version, by=person)
    second = UserFactory(role=Role.APPROVER, agency=agency)
    released = actions.release_version(version=version, by=second)
    assert (released.state, released.released_by) == (VersionState.RELEASED, second)
    entry = last_entry()
    assert (entry.action, entry.actor) == ("version.released", f"user:{second.pk}")
    assert entry.details["sha256"] == version.file_sha256


def test_nothing_is_released_without_a_declaration(upload, approver):
    with pytest.raises(WrongMove):
        actions.release_version(version=upload(), by=approver)


def test_a_draft_is_submitted_with_its_plain_lines(dossier, upload, drafter):
    version = upload()
    actions.edit_dossier(dossier=dossier, by=drafter, question="  ")
    with pytest.raises(PlainLinesMissing):
        actions.submit_version(version=version, by=drafter)
    version.refresh_from_db()
    assert version.state == VersionState.UPLOADED


def test_a_returned_version_goes_the_way_again(upload, drafter, approver):
    version = upload()
    actions.submit_version(version=version, by=drafter)
    with pytest.raises(Refused):
        actions.return_version(version=version, reason=" ", by=approver)
    actions.return_version(version=version, reason="Sửa Điều 3.", by=approver)
    assert last_entry().details == {"reason": "Sửa Điều 3."}
    again = actions.submit_version(version=version, by=drafter)
    assert (again.state, again.returned_reason) == (VersionState.SUBMITTED, "")


def test_a_discarded_version_leaves_only_its_number(upload, drafter, dossier):
    version = upload()
    storage, name = version.file.storage, version.file.name
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("danban.policies.actions.release.transaction.on_commit", lambda work: work())
        actions.discard_version(version=version, by=drafter)
    assert not storage.exists(name)
    assert not Provision.objects.exists()
    assert not VersionText.objects.exists()
    kept = Version.objects.get()
    assert (kept.state, kept.number, kept.file.name) == (VersionState.DISCARDED, 1, "")
    assert upload().number == 2


def test_a_published_version_is_not_discarded(upload, release, drafter):
    version = release(upload())
    with pytest.raises(WrongMove):
        actions.discard_version(version=version, by=drafter)


def test_nothing_is_released_behind_a_released_version(dossier, approver):
    older = VersionFactory(dossier=dossier, number=1, released=False)
    VersionFactory(dossier=dossier, number=2)
    Version.objects.filter(pk=older.pk).update(
        state=VersionState.SUBMITTED, secrecy_checked_by=older.uploaded_by
    )
    with pytest.raises(OlderThanReleased):
        actions.release_version(version=older, by=approver)


def test_structure_is_settled_once_submitted(upload, drafter):
    version = upload()
    actions.submit_version(version=version, by=drafter)
    with pytest.raises(WrongMove):
        actions.correct_line(version=version, line=4, unit="text", number="", by=drafter)


def test_a_suggestion_is_taken(upload, drafter):
    version = upload(FIRST.replace("Điều 3. Giờ", "Điều 30. Giờ"))
    doubt = next(one for one in version.text.doubts if one["proposal"])
    line, (unit, number) = doubt["line"], doubt["proposal"]
    actions.accept_suggestion(version=version, line=line, by=drafter)
    text = VersionText.objects.get(version=version)
    assert text.lines[line - 1]["set"] == [unit, number]
    assert (text.lines[line - 1]["unit"], text.lines[line - 1]["label"]) == (unit, number)
    assert version.provisions.filter(unit=unit, number=number).exists()
    entry = last_entry()
    assert (entry.action, entry.details) == (
        "version.line-corrected",
        {"line": line, "unit": unit, "number": number},
    )
    with pytest.raises(NothingLikeIt):
        actions.accept_suggestion(version=version, line=line, by=drafter)


def test_a_line_outside_the_text_is_refused(upload, drafter):
    with pytest.raises(NothingLikeIt):
        actions.correct_line(version=upload(), line=999, unit="text", number="", by=drafter)


def at(version, address):
    return Provision.objects.get(version=version, address=address)


def pairs_of(version):
    rows = Alignment.objects.filter(version=version).values_list("old__address", "new__address", "change")
    return {(old, new): change for old, new, change in rows}


def test_a_corrected_pair_moves_the_lineage(two_versions, drafter):
    first, second = two_versions
    actions.correct_alignment(version=second, old=at(first, "dieu-2"), new=at(second, "dieu-2"), by=drafter)
    assert at(second, "dieu-2").lineage == at(first, "dieu-2").lineage
    assert at(second, "dieu-3").lineage != at(first, "dieu-2").lineage
    pairs = pairs_of(second)
    assert pairs["dieu-2", "dieu-2"] == "edited"
    assert pairs[None, "dieu-3"] == "new"
    assert ("dieu-2", "dieu-3") not in pairs
    entry = last_entry()
    assert (entry.action, entry.details) == (
        "version.alignment-corrected", {"old": "dieu-2", "new": "dieu-2"},
    )  # fmt: skip


def test_a_provision_is_said_to_be_gone_or_new(two_versions, drafter):
    first, second = two_versions
    actions.correct_alignment(version=second, old=at(first, "dieu-1"), new=None, by=drafter)
    pairs = pairs_of(second)
    assert (pairs["dieu-1", None], pairs[None, "dieu-1"]) == ("repealed", "new")
    assert at(second, "dieu-1").lineage != at(first, "dieu-1").lineage
    actions.correct_alignment(version=second, old=None, new=at(second, "dieu-5"), by=drafter)
    assert pairs_of(second)["dieu-4", None] == "repealed"


def test_corrections_outlive_a_new_reading(two_versions, drafter):
    first, second = two_versions
    actions.correct_alignment(version=second, old=at(first, "dieu-2"), new=at(second, "dieu-2"), by=drafter)
    actions.correct_line(version=second, line=4, unit="text", number="", by=drafter)
    pair = Alignment.objects.get(version=second, new__address="dieu-2")
    assert (pair.old, pair.corrected_by) == (at(first, "dieu-2"), drafter)
    assert at(second, "dieu-2").lineage == at(first, "dieu-2").lineage


def test_only_provisions_of_the_two_versions_are_paired(two_versions, drafter):
    first, second = two_versions
    stray = VersionFactory().provisions.first()
    for old, new in ((stray, at(second, "dieu-1")), (at(first, "dieu-1"), stray), (None, None)):
        with pytest.raises(NothingLikeIt):
            actions.correct_alignment(version=second, old=old, new=new, by=drafter)


def test_counterparts_walk_over_the_versions_between(two_versions, upload, release):
    first, second = two_versions
    release(second)
    before, _gone, after = SECOND.partition(SECOND[SECOND.index("Điều 2.") : SECOND.index("Điều 3.")])
    third = upload(before + after.replace("từ 18 giờ đến 20 giờ", "từ 19 giờ đến 21 giờ"))
    asked = {address: at(first, address) for address in ("dieu-1", "dieu-2", "dieu-3.khoan-2")}
    now = queries.counterparts(list(asked.values()), third)
    found = {address: now[provision.pk] for address, provision in asked.items()}
    assert {address: to.address for address, (to, _change) in found.items()} == {
        "dieu-1": "dieu-1",
        "dieu-2": "dieu-3",
        "dieu-3.khoan-2": "dieu-4.khoan-2",
    }
    assert found["dieu-1"][1] == "unchanged"
    assert found["dieu-3.khoan-2"][1] == "edited"
    repealed = at(second, "dieu-2")
    assert queries.counterparts([repealed], third)[repealed.pk] == (None, "repealed")


def test_alignments_read_in_the_order_of_the_newer(two_versions):
    first, second = two_versions
    listed = queries.alignments_of(first, second)
    places = [pair.new.position for pair in listed if pair.new]
    assert places == sorted(places)
    assert len(listed) == Alignment.objects.filter(version=second).count()


def test_a_new_rule_ends_the_one_before(drafter):
    before = queries.posting_rule_for("chair_decision", WindowKind.OPINION, dt.date(2026, 6, 1))
    assert (before.min_days, before.verified) == (10, True)
    rule = actions.set_posting_rule(
        document_type="chair_decision", window_kind="opinion", min_days=15,
        valid_from=dt.date(2027, 1, 1), legal_basis="Nghị định mới", verified=True, note="", by=drafter,
    )  # fmt: skip
    assert queries.posting_rule_for("chair_decision", "opinion", dt.date(2026, 12, 31)) == before
    assert queries.posting_rule_for("chair_decision", "opinion", dt.date(2027, 1, 1)) == rule
    before.refresh_from_db()
    assert before.valid_to == dt.date(2026, 12, 31)
    assert last_entry().action == "posting-rule.set"
    with pytest.raises(Refused):
        actions.set_posting_rule(
            document_type="chair_decision", window_kind="opinion", min_days=5,
            valid_from=dt.date(2026, 7, 1), legal_basis="x", verified=False, note="", by=drafter,
        )  # fmt: skip


def test_the_table_knows_both_regimes_and_says_what_nobody_read():
    old = queries.posting_rule_for("provincial_decision", "opinion", dt.date(2024, 5, 1))
    assert (old.min_days, old.verified) == (30, False)
    assert queries.posting_rule_for("chair_decision", "opinion", dt.date(2025, 6, 30)) is None
    assert queries.posting_rule_for("law", "social_critique", dt.date(2026, 1, 1)) is None
    read = PostingRule.objects.filter(verified=True)
    assert [rule.document_type for rule in read] == ["chair_decision"]
    assert all(rule.note for rule in PostingRule.objects.filter(verified=False))


@pytest.mark.parametrize("title", ["", "\u200b", " \n ", "!!! ???", "2026"])
def test_a_dossier_has_a_title_that_can_be_read(dossier, agency, drafter, title):
    before = dossier.title
    with pytest.raises(Refused, match="Tên dự thảo"):
        opened(agency, drafter, title=title)
    with pytest.raises(Refused, match="Tên dự thảo"):
        actions.edit_dossier(dossier=dossier, by=drafter, title=title)
    dossier.refresh_from_db()
    assert dossier.title == before
    assert not AuditEntry.objects.exists()
