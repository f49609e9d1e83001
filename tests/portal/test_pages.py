"""The citizens' pages: what they show, what they set, what they cost."""

import datetime as dt

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from danban.consultation.states import Visibility
from danban.policies.models import Dossier
from tests.factories import CommentFactory, DossierFactory, VersionFactory, WindowFactory

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    answer = client.get(reverse(f"portal:{name}", args=args), query)
    html5lib.HTMLParser(strict=False).parse(answer.content.decode())
    return answer


def queries(client, name, *args):
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(f"portal:{name}", args=args))
    return len(captured)


def test_home_shows_what_is_open_soonest_first(client):
    later = WindowFactory(closes_on=timezone.localdate() + dt.timedelta(days=20))
    sooner = WindowFactory(closes_on=timezone.localdate() + dt.timedelta(days=3))
    body = page(client, "home").content.decode()
    assert body.index(sooner.dossier.title) < body.index(later.dossier.title)
    assert "Còn 4 ngày" in body


def test_a_dossier_without_a_released_version_is_nowhere(client):
    secret = DossierFactory(title="Quyết định chưa công bố")
    VersionFactory(dossier=secret, released=False)
    assert secret.title not in page(client, "drafts").content.decode()
    assert page(client, "draft", secret.slug).status_code == 404


@pytest.mark.parametrize("typed", ["đất đai", "dat dai", "ĐẤT  ĐAI", "đai"])
def test_search_finds_with_and_without_marks(client, typed):
    wanted = WindowFactory(version__dossier__title="Quyết định về đất đai").dossier
    other = WindowFactory().dossier
    body = page(client, "drafts", q=typed).content.decode()
    assert wanted.title in body
    assert other.title not in body


def test_an_article_shows_only_what_may_be_shown(client):
    window = WindowFactory()
    article = window.version.provisions.get(address="dieu-1")
    shown = CommentFactory(window=window, provision=article, visibility=Visibility.SHOWN)
    hidden = CommentFactory(window=window, provision=article, visibility=Visibility.HELD)
    body = page(client, "article", window.dossier.slug, "dieu-1").content.decode()
    assert shown.text in body
    assert hidden.text not in body
    assert "2 góp ý" in page(client, "draft", window.dossier.slug).content.decode()


def test_a_clause_has_the_address_of_its_own_and_shows_its_article(client):
    window = WindowFactory()
    body = page(client, "article", window.dossier.slug, "dieu-1.khoan-2").content.decode()
    assert "Rác được chia thành ba loại." in body


@pytest.mark.parametrize("address", ["dieu-99", "dieu-năm", "khong-co"])
def test_nonsense_is_not_found_in_plain_words(client, address):
    answer = page(client, "article", WindowFactory().dossier.slug, address)
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_no_public_page_reads_or_sets_a_cookie(client):
    window = WindowFactory()
    client.cookies["csrftoken"] = "x" * 32
    slug = window.dossier.slug
    pages = [("home", ()), ("drafts", ()), ("draft", (slug,)), ("whole", (slug,)), ("about", ())]
    pages += [("article", (slug, "dieu-1")), ("comment_whole", (window.pk,))]
    for name, args in pages:
        answer = page(client, name, *args)
        assert answer.status_code == 200, name
        assert not answer.cookies, name
        assert "csrfmiddlewaretoken" not in answer.content.decode(), name
        assert "Cookie" not in answer.headers.get("Vary", ""), name


def test_lists_cost_the_same_with_one_and_with_three(client):
    WindowFactory()
    one = queries(client, "home"), queries(client, "drafts")
    WindowFactory(), WindowFactory()
    assert (queries(client, "home"), queries(client, "drafts")) == one


def test_a_draft_costs_the_same_with_many_comments_and_at_most_eight_queries(client):
    window = WindowFactory()
    slug = window.dossier.slug
    article = window.version.provisions.get(address="dieu-1")
    CommentFactory(window=window, provision=article, visibility=Visibility.SHOWN)
    queries(client, "whole", slug)
    few = {name: queries(client, name, slug) for name in ("draft", "whole")}
    for _ in range(5):
        CommentFactory(window=window, provision=article, visibility=Visibility.SHOWN)
    assert {name: queries(client, name, slug) for name in ("draft", "whole")} == few
    assert few["whole"] <= 8
    assert Dossier.objects.count() == 1


def test_the_file_of_a_released_version_is_given_and_an_unreleased_one_is_not(client):
    version = VersionFactory()
    draft = VersionFactory(dossier=version.dossier, released=False)
    given = client.get(reverse("portal:download", args=[version.dossier.slug, version.number]))
    assert b"".join(given.streaming_content) == version.file.open("rb").read()
    assert "attachment" in given["Content-Disposition"]
    refused = client.get(reverse("portal:download", args=[version.dossier.slug, draft.number]))
    assert refused.status_code == 404


def test_every_page_carries_the_strict_policy(client):
    answer = page(client, "home")
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
