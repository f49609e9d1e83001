"""The text a draft amends: the gate, who may, what is kept, what is shown, and that it stays."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common.uploads import UploadRefused
from danban.policies import actions
from danban.policies.models import BaseText, Consolidation, Version
from danban.policies.rules import NothingLikeIt, SecretRefused, WrongMove
from tests.factories import AgencyFactory, DossierFactory, UserFactory
from tests.policies.files import FIRST, docx

pytestmark = pytest.mark.django_db

NAME = "Quyết định số 12/2024/QĐ-UBND"
AMENDING = """QUYẾT ĐỊNH
Sửa đổi, bổ sung một số điều của Quyết định số 12/2024/QĐ-UBND
Điều 1. Sửa đổi, bổ sung một số điều
1. Sửa đổi, bổ sung khoản 2 Điều 3 như sau:
“2. Giờ thu gom từ 18 giờ đến 20 giờ.”.
2. Bổ sung khoản 3 vào sau khoản 2 Điều 3 như sau:
“3. Không thu gom trong ngày có bão.”.
3. Bãi bỏ khoản 2 Điều 2.
4. Sửa đổi, bổ sung khoản 9 Điều 30 như sau:
“9. Không có điều này.”.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 01 tháng 6 năm 2027."""


@pytest.fixture
def amending(upload):
    return upload(AMENDING)


@pytest.fixture
def with_base(amending, drafter):
    def make(text=FIRST):
        return actions.upload_base(
            version=amending, data=docx(text), file_name="goc.docx", name=NAME, by=drafter
        )

    return make


def text_at(version, address):
    rows = Consolidation.objects.get(version=version).rows
    return next((row["text"] for row in rows if row["address"] == address), None)


def test_a_draft_is_applied_to_its_base(amending, with_base, drafter):
    base = with_base()
    amending.refresh_from_db()
    assert amending.base == base
    assert text_at(amending, "dieu-3.khoan-2") == "Giờ thu gom từ 18 giờ đến 20 giờ."
    assert text_at(amending, "dieu-3.khoan-3") == "Không thu gom trong ngày có bão."
    assert "bãi bỏ" in text_at(amending, "dieu-2.khoan-2")
    assert text_at(amending, "dieu-1").startswith("Quyết định này quy định")
    (left,) = Consolidation.objects.get(version=amending).left
    assert (left["at"], "Điều 30" in left["reason"]) == ("dieu-1.khoan-4", True)
    entries = AuditEntry.objects.order_by("id").values_list("action", "actor")
    by = f"user:{drafter.pk}"
    assert list(entries)[1:] == [("version.base-uploaded", by), ("version.base-chosen", by)]


def test_a_secret_base_is_not_kept(amending, with_base):
    with pytest.raises(SecretRefused):
        with_base("TỐI MẬT\n" + FIRST)
    assert not BaseText.objects.exists()
    amending.refresh_from_db()
    assert amending.base is None
    assert AuditEntry.objects.order_by("-id").first().action == "upload.refused-secret"


def test_a_file_that_is_no_text_is_refused(amending, drafter):
    with pytest.raises(UploadRefused):
        actions.upload_base(version=amending, data=b"\x89PNG", file_name="a.png", name=NAME, by=drafter)
    assert not BaseText.objects.exists()


def test_the_text_follows_what_an_officer_says_of_a_line(amending, with_base, drafter):
    with_base()
    line = next(one["n"] for one in amending.text.lines if one["text"].startswith("3. Bãi bỏ"))
    amending.refresh_from_db()
    actions.correct_line(version=amending, line=line, unit="text", number="", by=drafter)
    before = len(Consolidation.objects.get(version=amending).done)
    actions.undo_line(version=amending, line=line, by=drafter)
    assert len(Consolidation.objects.get(version=amending).done) >= before
    assert "bãi bỏ" in text_at(amending, "dieu-2.khoan-2")


def test_it_is_taken_off_and_chosen_again(amending, with_base, drafter):
    base = with_base()
    actions.take_base_off(version=amending, by=drafter)
    amending.refresh_from_db()
    assert (amending.base, Consolidation.objects.count(), BaseText.objects.count()) == (None, 0, 1)
    with pytest.raises(NothingLikeIt):
        actions.take_base_off(version=amending, by=drafter)
    actions.choose_base(version=amending, base=base, by=drafter)
    assert Consolidation.objects.filter(version=amending).exists()


def test_only_texts_of_the_dossier_are_chosen(amending, with_base, agency, drafter):
    base = with_base()
    BaseText.objects.filter(pk=base.pk).update(dossier=DossierFactory(agency=agency))
    base.refresh_from_db()
    with pytest.raises(NothingLikeIt):
        actions.choose_base(version=amending, base=base, by=drafter)


def test_the_next_version_amends_the_same_text(amending, with_base, upload, release):
    base = with_base()
    amending.refresh_from_db()
    release(amending)
    following = upload(AMENDING.replace("18 giờ đến 20 giờ", "19 giờ đến 21 giờ"))
    assert following.base == base
    assert text_at(following, "dieu-3.khoan-2") == "Giờ thu gom từ 19 giờ đến 21 giờ."


def test_what_was_shown_stays(amending, with_base, release, drafter):
    base = with_base()
    amending.refresh_from_db()
    release(amending)
    amending.refresh_from_db()
    changes = (
        lambda: BaseText.objects.filter(pk=base.pk).update(name="khác"),
        lambda: BaseText.objects.filter(pk=base.pk)._raw_delete("default"),
        lambda: Consolidation.objects.filter(version=amending).update(left=[]),
        lambda: Consolidation.objects.filter(version=amending).delete(),
        lambda: Version.objects.filter(pk=amending.pk).update(base=None),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="published text never changes"), transaction.atomic():
            change()
    with pytest.raises(WrongMove):
        actions.take_base_off(version=amending, by=drafter)


def test_not_even_replacing_gets_past(amending, with_base, release):
    with_base()
    amending.refresh_from_db()
    release(amending)
    if connection.vendor != "sqlite":
        return
    for table in ("policies_basetext", "policies_consolidation"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_discarded_version_leaves_no_applied_text(amending, with_base, drafter):
    with_base()
    amending.refresh_from_db()
    actions.discard_version(version=amending, by=drafter)
    amending.refresh_from_db()
    assert (amending.base, Consolidation.objects.count()) == (None, 0)


def test_the_officer_sees_first_what_was_left(sign_in, drafter, approver, amending):
    client = sign_in(drafter)
    address = reverse("policies:base_text", args=[amending.pk])
    assert "Tên và số của văn bản gốc" in client.get(address).content.decode()
    answer = client.post(
        reverse("policies:upload_base", args=[amending.pk]),
        {"name": NAME, "file": SimpleUploadedFile("goc.docx", docx(FIRST))},
        follow=True,
    )
    page = answer.content.decode()
    assert "1 chỗ chưa ghép được vào văn bản gốc" in page
    assert page.index("Điều 30") < page.index("<ins>18 </ins>")
    assert "Theo khoản 1 Điều 1 của dự thảo" in page
    client.post(reverse("policies:submit", args=[amending.pk]), {"declared": "on"})
    review = sign_in(approver).get(reverse("policies:review", args=[amending.pk])).content.decode()
    assert NAME in review
    assert "1 chỗ chưa ghép được" in review


def test_a_name_that_is_missing_comes_back_with_words(sign_in, drafter, amending):
    answer = sign_in(drafter).post(reverse("policies:upload_base", args=[amending.pk]), {"name": ""})
    assert answer.status_code == 422
    assert not BaseText.objects.exists()


@pytest.mark.parametrize("name", ["base_text", "base_file"])
def test_bases_of_another_agency_are_not_seen(sign_in, amending, with_base, name):
    with_base()
    stranger = UserFactory(role=Role.DRAFTER, agency=AgencyFactory())
    assert sign_in(stranger).get(reverse(f"policies:{name}", args=[amending.pk])).status_code == 404


@pytest.mark.parametrize("name", ["upload_base", "choose_base", "take_base_off"])
def test_bases_of_another_agency_are_not_changed(sign_in, amending, with_base, name):
    base = with_base()
    before = AuditEntry.objects.count()
    stranger = UserFactory(role=Role.DRAFTER, agency=AgencyFactory())
    answer = sign_in(stranger).post(reverse(f"policies:{name}", args=[amending.pk]), {"base": base.pk})
    assert answer.status_code == 404
    assert AuditEntry.objects.count() == before


def test_the_file_comes_back_as_an_attachment(sign_in, drafter, amending, with_base):
    with_base()
    answer = sign_in(drafter).get(reverse("policies:base_file", args=[amending.pk]))
    assert b"".join(answer.streaming_content) == BaseText.objects.get().file.open("rb").read()
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_citizens_read_the_text_as_it_would_be(client, amending, with_base, release):
    with_base()
    slug = amending.dossier.slug
    amending.refresh_from_db()
    assert client.get(reverse("portal:amended", args=[slug])).status_code == 404
    release(amending)
    page = client.get(reverse("portal:amended", args=[slug])).content.decode()
    assert "1 chỗ chưa ghép được" in page
    assert "<ins>18 </ins>" in page
    assert "Phạm vi điều chỉnh" not in page
    whole = client.get(reverse("portal:amended", args=[slug]), {"xem": "tat-ca"}).content.decode()
    assert "Phạm vi điều chỉnh" in whole
    assert "Văn bản sau khi sửa" in client.get(reverse("portal:draft", args=[slug])).content.decode()


def test_a_draft_that_amends_nothing_has_no_such_page(client, upload, release):
    version = release(upload())
    assert client.get(reverse("portal:amended", args=[version.dossier.slug])).status_code == 404


def test_the_page_costs_the_same_however_much_changes(client, amending, with_base, release):
    with_base()
    amending.refresh_from_db()
    release(amending)
    address = reverse("portal:amended", args=[amending.dossier.slug])
    counted = []
    for asked in ({}, {"xem": "tat-ca"}):
        client.get(address, asked)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address, asked).status_code == 200
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 6
