"""A comment between the words its author read and the words now."""

from __future__ import annotations

import pytest
from django.urls import reverse

from danban.accounts.states import Role
from danban.consultation.context import words_read
from danban.consultation.rules import hash_of_code
from danban.policies import actions
from danban.policies.states import VersionState
from tests.factories import CommentFactory, DossierFactory, UserFactory, WindowFactory
from tests.policies.files import FIRST, SECOND, docx

pytestmark = pytest.mark.django_db

CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def dossier():
    return DossierFactory()


@pytest.fixture
def publish(dossier):
    drafter = UserFactory(role=Role.DRAFTER, agency=dossier.agency)
    approver = UserFactory(role=Role.APPROVER, agency=dossier.agency)

    def make(text):
        version = actions.upload_version(
            dossier=dossier, data=docx(text), file_name="du-thao.docx", note="", by=drafter
        )
        actions.submit_version(version=version, by=drafter)
        released = actions.release_version(version=version, by=approver)
        assert released.state == VersionState.RELEASED
        return released

    return make


@pytest.fixture
def comment_on(publish):
    first = publish(FIRST)
    window = WindowFactory(version=first, dossier=first.dossier)

    def make(address, **values):
        provision = first.provisions.get(address=address) if address else None
        return CommentFactory(window=window, version=first, provision=provision, **values)

    return make


def marked(words, op):
    return [text for one in words.beside for part in one.parts for said, text in part.pieces() if said == op]


def test_while_there_is_one_version_only_its_words_are_shown(comment_on):
    words = words_read(comment_on("dieu-3"))
    assert [one.address for one in words.read][:2] == ["dieu-3", "dieu-3.khoan-1"]
    assert (words.newer, words.gone, words.beside) == (None, False, [])


def test_the_whole_draft_has_no_words_of_its_own(comment_on):
    assert words_read(comment_on("")) is None


def test_words_that_changed_are_marked_where_they_stand_now(comment_on, publish):
    comment = comment_on("dieu-3.khoan-2")
    publish(SECOND)
    words = words_read(comment)
    assert words.place_now == "khoản 2 Điều 4"
    assert (words.stayed, words.article_now) == (False, "dieu-4")
    assert marked(words, "delete") == ["17 ", "19 "]
    assert marked(words, "insert") == ["18 ", "20 "]


def test_words_that_moved_unchanged_are_said_to_have_stayed(comment_on, publish):
    comment = comment_on("dieu-2")
    publish(SECOND)
    words = words_read(comment)
    assert (words.stayed, words.place_now) == (True, "Điều 3")


def test_a_provision_that_is_gone_is_said_to_be_gone(comment_on, publish):
    comment = comment_on("dieu-3.khoan-2.diem-b")
    publish(FIRST.replace("\nb) Ngõ nhỏ thu gom sau.", ""))
    words = words_read(comment)
    assert (words.gone, words.stayed, words.place_now) == (True, False, "")


def test_the_officer_and_the_author_see_both(sign_in, client, comment_on, publish):
    comment = comment_on("dieu-3.khoan-2", code_hash=hash_of_code(CODE))
    publish(SECOND)
    receipt = client.get(reverse("portal:receipt", args=[CODE])).content.decode()
    officer = sign_in(UserFactory(role=Role.DRAFTER, agency=comment.window.dossier.agency))
    address = reverse("consultation:comment", args=[comment.window_id, comment.pk])
    for page in (receipt, officer.get(address).content.decode()):
        assert "Giờ thu gom từ 17 giờ đến 19 giờ" in page
        assert "<del>17 </del><ins>18 </ins>" in page
        assert "khoản 2 Điều 4" in page
