"""Officers' screens: what they show, who may see them, and that a list costs the same for 1 and 3 rows."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.policies.models import Alignment, Dossier, PostingRule, Provision, Version
from danban.policies.states import VersionState
from tests.factories import AgencyFactory, DossierFactory, UserFactory, VersionFactory
from tests.policies.files import FIRST, docx

pytestmark = pytest.mark.django_db


def form_of(dossier, **changed):
    values = {
        name: getattr(dossier, name)
        for name in ("title", "document_type", "role", "field", "about", "affected", "changes", "question")
    }
    agencies = {"agency": dossier.agency_id, "issuing_body": dossier.issuing_body_id}
    return values | agencies | {"started_on": "05/01/2026"} | changed


def draft_file(text=FIRST):
    return SimpleUploadedFile("Dự thảo.docx", docx(text))


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_dossier_is_opened_by_form(sign_in, drafter, agency):
    client = sign_in(drafter)
    sample = DossierFactory.build(agency=agency, issuing_body=agency, created_by=drafter)
    data = form_of(
        sample, title="Quyết định quy định về thu gom rác", agency=agency.pk, issuing_body=agency.pk
    )
    answer = client.post(reverse("policies:open_dossier"), data)
    opened = Dossier.objects.get()
    assert answer.url == reverse("policies:dossier", args=[opened.pk])
    assert (opened.slug, opened.created_by) == ("thu-gom-rac", drafter)
    assert "thu gom rac" in opened.search_text
    assert [entry.action for entry in AuditEntry.objects.all()] == ["dossier.opened"]


def test_what_was_typed_stays_when_something_is_missing(sign_in, drafter, dossier):
    answer = sign_in(drafter).post(
        reverse("policies:open_dossier"), form_of(dossier, title="", about="Chuyện rác ở ngõ nhỏ")
    )
    assert answer.status_code == 422
    assert "Chuyện rác ở ngõ nhỏ" in answer.content.decode()


def test_nobody_opens_a_dossier_for_another_agency(sign_in, drafter, dossier):
    other = AgencyFactory()
    answer = sign_in(drafter).post(
        reverse("policies:open_dossier"), form_of(dossier, title="Hồ sơ của sở khác", agency=other.pk)
    )
    assert answer.status_code == 422
    assert Dossier.objects.count() == 1


def test_the_list_finds_with_and_without_marks(sign_in, drafter, agency):
    DossierFactory(title="Quyết định về đất đai", agency=agency, search_text="quyet dinh ve dat dai")
    DossierFactory(title="Quyết định về vỉa hè", agency=agency, search_text="quyet dinh ve via he")
    client = sign_in(drafter)
    for asked in ("đất đai", "dat dai", "DAT"):
        page = client.get(reverse("policies:dossiers"), {"q": asked}).content.decode()
        assert "đất đai" in page
        assert "vỉa hè" not in page


def test_the_list_costs_the_same_for_one_and_three(sign_in, drafter, agency):
    client = sign_in(drafter)
    VersionFactory(dossier=DossierFactory(agency=agency))
    one = queries_of(client, reverse("policies:dossiers"))
    for _ in range(2):
        VersionFactory(dossier=DossierFactory(agency=agency))
    assert queries_of(client, reverse("policies:dossiers")) == one


def test_a_dossier_costs_the_same_for_one_and_three_versions(sign_in, drafter, dossier):
    client = sign_in(drafter)
    VersionFactory(dossier=dossier, number=1)
    one = queries_of(client, reverse("policies:dossier", args=[dossier.pk]))
    VersionFactory(dossier=dossier, number=2)
    VersionFactory(dossier=dossier, number=3)
    assert queries_of(client, reverse("policies:dossier", args=[dossier.pk])) == one


def test_an_upload_leads_to_the_structure(sign_in, drafter, dossier):
    answer = sign_in(drafter).post(
        reverse("policies:upload", args=[dossier.pk]), {"file": draft_file(), "note": "Bản đầu"}
    )
    version = Version.objects.get()
    assert answer.url == reverse("policies:structure", args=[version.pk])
    assert (version.note, version.file_name) == ("Bản đầu", "Dự thảo.docx")


def test_a_secret_file_is_refused_with_its_reason(sign_in, drafter, dossier):
    answer = sign_in(drafter).post(
        reverse("policies:upload", args=[dossier.pk]), {"file": draft_file("TỐI MẬT\n" + FIRST)}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Có dấu độ mật" in page
    assert "người phụ trách bảo vệ bí mật nhà nước" in page
    assert "Dự thảo.docx" not in page
    assert not Version.objects.exists()


def test_a_file_over_the_bound_is_named_as_such(sign_in, drafter, dossier, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = sign_in(drafter).post(
        reverse("policies:upload", args=[dossier.pk]),
        {"file": SimpleUploadedFile("to.docx", b"PK\x03\x04" + b"\x01" * (26 * 1024 * 1024))},
    )
    assert answer.status_code == 422
    assert "Tệp lớn hơn 25 MB" in answer.content.decode()


def test_the_structure_shows_lines_tree_and_doubts(sign_in, drafter, upload):
    version = upload(FIRST.replace("Điều 4.", "Điều 9."))
    page = sign_in(drafter).get(reverse("policies:structure", args=[version.pk])).content.decode()
    assert 'id="l3"' in page
    assert "Điều 1. Phạm vi điều chỉnh" in page
    assert 'class="doubts"' in page
    assert "style=" not in page


def test_a_line_is_said_to_be_something_else_and_taken_back(sign_in, drafter, upload):
    version = upload()
    client = sign_in(drafter)
    number = next(line["n"] for line in version.text.lines if line["text"].startswith("2. Giờ thu gom"))
    answer = client.post(
        reverse("policies:correct_line", args=[version.pk, number]), {"unit": "text", "number": ""}
    )
    assert answer.url.endswith(f"?dong={number}#l{number}")
    assert not version.provisions.filter(address="dieu-3.khoan-2").exists()
    assert version.provisions.filter(address="dieu-3.khoan-1").get().text.endswith("trừ ngày lễ:")
    client.post(reverse("policies:undo_line", args=[version.pk, number]))
    assert version.provisions.filter(address="dieu-3.khoan-2").exists()
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["version.uploaded", "version.line-corrected", "version.line-corrected"]


def test_a_numbered_unit_needs_its_number(sign_in, drafter, upload):
    version = upload()
    client = sign_in(drafter)
    client.post(reverse("policies:correct_line", args=[version.pk, 4]), {"unit": "clause", "number": ""})
    assert AuditEntry.objects.count() == 1
    page = client.get(reverse("policies:structure", args=[version.pk])).content.decode()
    assert "Hãy ghi số hoặc chữ" in page


def test_two_hands_publish(client, sign_in, drafter, approver, upload):
    version = upload()
    sign_in(drafter)
    submit = reverse("policies:submit", args=[version.pk])
    assert client.post(submit, {}).status_code == 422
    client.post(submit, {"declared": "on"})
    version.refresh_from_db()
    assert (version.state, version.secrecy_checked_by) == (VersionState.SUBMITTED, drafter)
    review = reverse("policies:review", args=[version.pk])
    assert client.get(review).status_code == 403
    sign_in(approver)
    assert "Công bố" in client.get(review).content.decode()
    client.post(review, {"viec": "cong-bo"})
    version.refresh_from_db()
    assert (version.state, version.released_by) == (VersionState.RELEASED, approver)


def test_a_version_is_given_back_with_a_reason(client, sign_in, drafter, approver, upload):
    version = upload()
    sign_in(drafter).post(reverse("policies:submit", args=[version.pk]), {"declared": "on"})
    sign_in(approver)
    review = reverse("policies:review", args=[version.pk])
    assert client.post(review, {"viec": "tra-lai", "reason": " "}).status_code == 409
    client.post(review, {"viec": "tra-lai", "reason": "Thiếu phụ lục giá."})
    version.refresh_from_db()
    assert (version.state, version.returned_reason) == (VersionState.RETURNED, "Thiếu phụ lục giá.")
    page = sign_in(drafter).get(reverse("policies:dossier", args=[version.dossier_id])).content.decode()
    assert "Thiếu phụ lục giá." in page


def test_changes_are_shown_and_paired_anew(sign_in, drafter, two_versions):
    _first, second = two_versions
    client = sign_in(drafter)
    address = reverse("policies:alignment", args=[second.pk])
    page = client.get(address).content.decode()
    assert "<ins>18 </ins>" in page
    assert "Giải thích từ ngữ" in page
    pair = Alignment.objects.get(version=second, new__address="dieu-2")
    assert "Đối tượng" not in client.get(address).content.decode().split("sua=")[0]
    assert "vốn là" in client.get(address, {"sua": pair.pk}).content.decode()
    old = Provision.objects.get(version=_first, address="dieu-2")
    client.post(reverse("policies:correct_alignment", args=[second.pk]), {"old": old.pk, "new": pair.new_id})
    corrected = Alignment.objects.get(version=second, new__address="dieu-2")
    assert (corrected.old_id, corrected.corrected_by) == (old.pk, drafter)


def test_changes_cost_the_same_however_many(sign_in, drafter, two_versions, django_assert_max_num_queries):
    _first, second = two_versions
    client = sign_in(drafter)
    with django_assert_max_num_queries(8):
        client.get(reverse("policies:alignment", args=[second.pk]), {"xem": "tat-ca"})


def test_the_file_comes_back_as_an_attachment(sign_in, drafter, upload):
    version = upload()
    answer = sign_in(drafter).get(reverse("policies:file", args=[version.pk]))
    assert b"".join(answer.streaming_content) == docx(FIRST) or answer["Content-Length"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


ON_A_VERSION = ["structure", "alignment", "submit", "review", "file"]


@pytest.mark.parametrize("name", ON_A_VERSION)
def test_versions_of_another_agency_do_not_exist(sign_in, two_versions, name):
    stranger = UserFactory(role=Role.DRAFTER, agency=AgencyFactory())
    if name == "review":
        stranger = UserFactory(role=Role.APPROVER, agency=AgencyFactory())
    assert sign_in(stranger).get(reverse(f"policies:{name}", args=[two_versions[1].pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"),
    [("correct_line", [3]), ("accept_suggestion", [3]), ("undo_line", [3]), ("discard", []),
     ("correct_alignment", []), ("submit", [])],
)  # fmt: skip
def test_nothing_of_another_agency_is_changed(sign_in, two_versions, name, more):
    stranger = UserFactory(role=Role.DRAFTER, agency=AgencyFactory())
    before = AuditEntry.objects.count()
    answer = sign_in(stranger).post(
        reverse(f"policies:{name}", args=[two_versions[1].pk, *more]), {"unit": "text", "declared": "on"}
    )
    assert answer.status_code == 404
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("name", ["dossier", "edit_dossier", "upload"])
def test_dossiers_of_another_agency_do_not_exist(sign_in, dossier, name):
    stranger = UserFactory(role=Role.DRAFTER, agency=AgencyFactory())
    assert sign_in(stranger).get(reverse(f"policies:{name}", args=[dossier.pk])).status_code == 404


def test_the_justice_department_sees_all_and_changes_nothing(sign_in, two_versions):
    watcher = UserFactory(role=Role.JUSTICE, agency=AgencyFactory())
    client = sign_in(watcher)
    second = two_versions[1]
    assert client.get(reverse("policies:dossier", args=[second.dossier_id])).status_code == 200
    assert client.get(reverse("policies:structure", args=[second.pk])).status_code == 200
    assert client.post(reverse("policies:discard", args=[second.pk])).status_code == 403


def test_unverified_rules_are_marked_and_confirmed(sign_in):
    watcher = UserFactory(role=Role.JUSTICE, agency=AgencyFactory())
    client = sign_in(watcher)
    page = client.get(reverse("policies:posting_rules")).content.decode()
    assert "Chưa đối chiếu" in page
    assert "Đã đối chiếu" in page
    rule = PostingRule.objects.filter(verified=False, valid_to=None).first()
    client.post(reverse("policies:confirm_rule", args=[rule.pk]), {"legal_basis": "khoản 2 Điều 50"})
    rule.refresh_from_db()
    assert (rule.verified, rule.legal_basis) == (True, "khoản 2 Điều 50")
    assert AuditEntry.objects.get().action == "posting-rule.confirmed"


def test_a_drafter_does_not_touch_the_rules(sign_in, drafter):
    assert sign_in(drafter).get(reverse("policies:posting_rules")).status_code == 403


def test_a_title_of_nothing_comes_back_with_what_was_typed(sign_in, drafter, dossier):
    address = reverse("policies:edit_dossier", args=[dossier.pk])
    answer = sign_in(drafter).post(address, form_of(dossier, title="\u200b", about="Chuyện rác ở ngõ nhỏ"))
    assert answer.status_code == 422
    assert "Chuyện rác ở ngõ nhỏ" in answer.content.decode()
    assert Dossier.objects.get().about != "Chuyện rác ở ngõ nhỏ"


def test_two_officers_edit_one_dossier_and_neither_undoes_the_other(sign_in, drafter, dossier):
    client = sign_in(drafter)
    address = reverse("policies:edit_dossier", args=[dossier.pk])
    page = client.get(address).content.decode()
    shown = dict(re.findall(r'name="(initial-\w+)" value="([^"]*)"', page))
    assert shown["initial-title"] == html.escape(dossier.title)
    was = {name: html.unescape(value) for name, value in shown.items()}
    client.post(address, form_of(dossier, question="Hỏi của người thứ nhất?") | was)
    client.post(address, form_of(dossier, about="Việc của người thứ hai.") | was)
    now = Dossier.objects.get()
    assert (now.question, now.about) == ("Hỏi của người thứ nhất?", "Việc của người thứ hai.")
    assert [entry.details["fields"] for entry in AuditEntry.objects.filter(action="dossier.edited")] == [
        ["question"], ["about"],
    ]  # fmt: skip


def test_the_drafter_is_told_who_changes_the_body_of_a_released_draft(
    sign_in, drafter, dossier, two_versions
):
    address = reverse("policies:edit_dossier", args=[dossier.pk])
    client = sign_in(drafter)
    assert "chỉ Sở Tư pháp đổi được" in client.get(address).content.decode()
    shown = {f"initial-{name}": value for name, value in form_of(dossier).items()}
    typed = form_of(dossier, document_type="provincial_resolution", about="Chuyện rác ở ngõ nhỏ")
    answer = client.post(address, typed | shown)
    assert answer.status_code == 422
    assert "Hãy đề nghị Sở Tư pháp" in answer.content.decode()
    assert "Chuyện rác ở ngõ nhỏ" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.document_type != "provincial_resolution"
    assert client.get(reverse("policies:reassign_dossier", args=[dossier.pk])).status_code == 403


def test_the_justice_department_reassigns_a_released_draft(sign_in, dossier, two_versions):
    client = sign_in(UserFactory(role=Role.JUSTICE))
    address = reverse("policies:reassign_dossier", args=[dossier.pk])
    assert address in client.get(reverse("policies:dossier", args=[dossier.pk])).content.decode()
    page = client.get(address).content.decode()
    assert 'name="title"' not in page
    assert 'name="about"' not in page
    names = ("document_type", "role", "issuing_body", "agency")
    kept = {name: value for name, value in form_of(dossier).items() if name in names}
    shown = {f"initial-{name}": value for name, value in kept.items()}
    other = AgencyFactory()
    assert client.post(address, kept | shown | {"agency": other.pk}).status_code == 302
    title = dossier.title
    dossier.refresh_from_db()
    assert (dossier.agency, dossier.title) == (other, title)
    assert AuditEntry.objects.latest("id").details == {"fields": ["agency"]}
