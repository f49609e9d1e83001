"""A citizen's comment from the form to the receipt, and everything that can go wrong on the way."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from danban.audit.models import AuditEntry
from danban.common import tokens
from danban.consultation.models import Comment, Contact
from tests.factories import VersionFactory, WindowFactory

pytestmark = pytest.mark.django_db

TEXT = "Tôi đề nghị thu gom rác hai lần một tuần ở thôn."


@pytest.fixture
def window():
    return WindowFactory()


def address(window, place="dieu-1"):
    return reverse("portal:comment", args=[window.pk, window.version.provisions.get(address=place).pk])


def filled(**values):
    return {"step": "gui", "text": TEXT, "commenter_kind": "person", "token": tokens.new_token(), **values}


def test_write_check_send_receipt(client, window):
    form = client.get(address(window)).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', form)[1]
    check = client.post(address(window), filled(step="kiem-tra", token=token))
    assert TEXT in check.content.decode()
    assert not Comment.objects.exists()
    sent = client.post(address(window), filled(token=token))
    comment = Comment.objects.get()
    assert comment.text == TEXT
    assert comment.provision.address == "dieu-1"
    assert comment.version == window.version
    receipt = client.get(sent.url)
    assert TEXT in receipt.content.decode()
    assert client.get(sent.url).status_code == 200
    assert [entry.action for entry in AuditEntry.objects.all()] == ["comment.received"]


def test_sending_twice_gives_the_same_receipt_and_one_comment(client, window):
    data = filled()
    first, second = client.post(address(window), data), client.post(address(window), data)
    assert first.url == second.url
    assert Comment.objects.count() == 1


def test_the_same_key_with_other_words_is_refused_with_the_words_kept(client, window):
    data = filled()
    client.post(address(window), data)
    other = client.post(address(window), {**data, "text": "Ý kiến khác hẳn."})
    assert other.status_code == 409
    assert "Ý kiến khác hẳn." in other.content.decode()
    renewed = re.search(r'name="token" value="([^"]+)"', other.content.decode())[1]
    client.post(address(window), {**data, "text": "Ý kiến khác hẳn.", "token": renewed})
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": "  "}, "còn trống"),
        ({"text": "x" * 5001}, "5.000"),
        ({"email": "khong-phai-thu"}, "khong-phai-thu"),
        ({"email": "a@b.vn"}, "đồng ý"),
        ({"commenter_kind": "vua"}, ""),
    ],
)
def test_a_mistake_is_named_and_nothing_is_lost(client, window, change, words):
    answer = client.post(address(window), filled(name="Bà Tư", **change))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert words in body
    assert "Bà Tư" in body
    assert change.get("text", TEXT).strip() in body
    assert not Comment.objects.exists()


def test_after_the_deadline_the_text_comes_back(client, window):
    window.opens_on, window.closes_on = (timezone.localdate() - dt.timedelta(days=n) for n in (9, 1))
    window.save()
    answer = client.post(address(window), filled())
    assert answer.status_code == 409
    assert TEXT in answer.content.decode()
    assert "hết hạn" in answer.content.decode()
    assert not Comment.objects.exists()


def test_an_old_or_forged_token_costs_one_more_press_and_no_text(client, window):
    answer = client.post(address(window), filled(token="bia-dat"))
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    token = re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]
    client.post(address(window), filled(token=token))
    assert Comment.objects.count() == 1


def test_contact_is_sealed_and_never_shown(client, window):
    data = filled(name="Trần Thị Tư", email="tu@thu.example", phone="0900 000 001", consent="on")
    receipt = client.get(client.post(address(window), data).url).content.decode()
    assert Comment.objects.get().public_name == ""
    assert b"tu@thu.example" not in bytes(Contact.objects.get().sealed)
    for secret in ("Trần Thị Tư", "tu@thu.example", "0900 000 001"):
        assert secret not in receipt
        assert secret not in str(list(AuditEntry.objects.values()))


def test_a_name_is_shown_only_when_its_owner_says_so(client, window):
    client.post(address(window), filled(name="Trần Thị Tư", show_name="on"))
    assert Comment.objects.get().public_name == "Trần Thị Tư"


def test_a_provision_of_another_version_is_not_found(client, window):
    other = WindowFactory().version.provisions.first()
    answer = client.get(reverse("portal:comment", args=[window.pk, other.pk]))
    assert answer.status_code == 404


def test_too_many_from_one_network_wait_with_their_text(client, window, settings):
    settings.COMMENTS_PER_MINUTE = 2
    answers = [client.post(address(window), filled()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert TEXT in answers[2].content.decode()
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("shape", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_receipt_is_found_however_its_code_is_typed(client, window, shape):
    url = client.post(address(window), filled()).url
    code = url.rstrip("/").rsplit("/", 1)[1]
    found = client.get(reverse("portal:find_receipt"), {"ma": shape(code)})
    assert found.url == url


def test_a_code_that_is_none_is_said_so(client):
    for code in ("0000-0000-0000-0000", "xin-chao", "'; DROP TABLE"):
        answer = client.get(reverse("portal:find_receipt"), {"ma": code})
        assert answer.status_code == 404
        assert "Không tìm thấy mã" in answer.content.decode()


def test_a_comment_on_words_without_a_number_has_a_receipt(client):
    """The preamble, a table, the signature: they have no address of their own."""
    version = VersionFactory(
        provisions=[
            ("preamble", "", "", "", "Căn cứ Luật Tổ chức chính quyền địa phương;"),
            ("article", "1", "dieu-1", "Phạm vi", "Quy định này áp dụng toàn tỉnh."),
        ]
    )
    sent = client.post(address(WindowFactory(version=version), ""), filled())
    receipt = client.get(sent.url)
    assert receipt.status_code == 200
    assert reverse("portal:version", args=[version.dossier.slug, version.number]) in receipt.content.decode()


def test_a_receipt_leads_to_the_words_its_author_read(client, window):
    sent = client.post(address(window, "dieu-1.khoan-2"), filled())
    version = window.version
    VersionFactory(dossier=version.dossier, provisions=[("article", "7", "dieu-7", "Khác", "Lời khác.")])
    link = re.search(r'href="([^"#]+)#dieu-1\.khoan-2"', client.get(sent.url).content.decode())[1]
    page = client.get(link).content.decode()
    assert 'id="dieu-1.khoan-2"' in page
    assert "Rác được chia thành ba loại." in page


def test_a_code_typed_with_a_thousand_dashes_still_opens_the_receipt(client, window):
    sent = client.post(address(window), filled())
    code = sent.url.rstrip("/").rpartition("/")[2]
    page = client.get(reverse("portal:receipt", args=["-" * 1500 + code]))
    assert page.status_code == 200


def test_what_cannot_be_read_is_answered_in_words_and_keeps_nothing(client, window):
    answer = client.post(address(window), filled(text="a" * 3_000_000))
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu này" in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not Comment.objects.exists()


def test_a_retry_of_an_accepted_comment_gets_its_receipt_beyond_the_rate(client, window, settings):
    settings.COMMENTS_PER_MINUTE = 1
    data = filled()
    first, again = client.post(address(window), data), client.post(address(window), data)
    assert again.status_code == 302
    assert again.url == first.url
    assert client.post(address(window), filled()).status_code == 429
    assert Comment.objects.count() == 1
