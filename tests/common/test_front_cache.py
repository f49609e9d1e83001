"""The front cache: the same bytes as Django's, never another's page, never what is not public."""

from __future__ import annotations

import gzip
import threading

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from danban.common import front_cache
from danban.common.front_cache import FrontCache

PAGE = ("<p>Điều 5. Phân loại rác tại nguồn.</p>" * 200).encode()
PUBLIC = [("Content-Type", "text/html"), ("Cache-Control", "public, max-age=5"), ("Vary", "Cookie")]


class Site:
    """A WSGI application that counts; ``pages`` maps (path, query) to (status, headers, body)."""

    def __init__(self, **answer):
        self.asked = []
        self.status = answer.get("status", "200 OK")
        self.headers = answer.get("headers", PUBLIC)
        self.body = answer.get("body")

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        start_response(self.status, list(self.headers))
        where = f"{environ['HTTP_HOST']}{environ['PATH_INFO']}?{environ['QUERY_STRING']}".encode()
        return [self.body if self.body is not None else where + PAGE]


class Clock:
    def __init__(self, monkeypatch):
        self.now = 1000.0
        monkeypatch.setattr(front_cache.time, "monotonic", lambda: self.now)


@pytest.fixture
def time_is(monkeypatch):
    return Clock(monkeypatch)


def ask(cache, path="/", query="", method="GET", host="tinh.example", **headers):
    """(status, headers as a dict, body) of one request; ``accept_encoding="br"`` is a header."""
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    got = []
    body = b"".join(cache(environ, lambda status, headers: got.append((status, headers))))
    ((status, answered),) = got
    assert len({name.lower() for name, _ in answered}) == len(answered), "a header came twice"
    return status, dict(answered), body


def test_a_public_page_is_asked_for_once():
    site = Site()
    cache = FrontCache(site, seconds=5)
    first, second = ask(cache), ask(cache)
    assert first == second
    assert first[2].endswith(PAGE)
    assert len(site.asked) == 1


def test_each_encoding_gets_its_own_bytes_and_tag():
    cache = FrontCache(Site(), seconds=5)
    plain = ask(cache)
    br, gz = ask(cache, accept_encoding="gzip, deflate, br"), ask(cache, accept_encoding="gzip")
    assert (br[1]["Content-Encoding"], gz[1]["Content-Encoding"]) == ("br", "gzip")
    assert "Content-Encoding" not in plain[1]
    assert brotli.decompress(br[2]) == gzip.decompress(gz[2]) == plain[2]
    assert len({answer[1]["ETag"] for answer in (plain, br, gz)}) == 3
    for answer in (plain, br, gz):
        assert answer[1]["Vary"] == "Accept-Encoding"
        assert answer[1]["Content-Length"] == str(len(answer[2]))
    assert ask(cache, accept_encoding="br;q=0, identity") == plain


def test_a_known_tag_is_answered_without_a_body():
    site = Site()
    cache = FrontCache(site, seconds=5)
    tag = ask(cache, accept_encoding="br")[1]["ETag"]
    for known in (tag, f'"old", W/{tag}', "*"):
        status, headers, body = ask(cache, accept_encoding="br", if_none_match=known)
        assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", tag)
        assert headers["Cache-Control"] == "public, max-age=5"
        assert not {"Content-Length", "Content-Encoding", "Content-Type"} & headers.keys()
    assert ask(cache, accept_encoding="gzip", if_none_match=tag)[0] == "200 OK"
    assert len(site.asked) == 1


def test_head_says_what_get_would_and_sends_nothing():
    site = Site()
    cache = FrontCache(site, seconds=5)
    head = ask(cache, method="HEAD")
    got = ask(cache)
    assert (head[:2], head[2]) == (got[:2], b"")
    assert site.asked[0]["REQUEST_METHOD"] == "GET"
    assert len(site.asked) == 1


def test_host_path_and_query_are_kept_apart():
    site = Site()
    cache = FrontCache(site, seconds=5)
    asked = [
        {"path": "/"},
        {"path": "/en/"},
        {"path": "/", "query": "q=rac"},
        {"path": "/", "query": "q=dat"},
        {"path": "/", "host": "khac.example"},
    ]
    bodies = [ask(cache, **request)[2] for request in asked]
    assert len(set(bodies)) == 5
    assert [ask(cache, **request)[2] for request in asked] == bodies
    assert len(site.asked) == 5


@pytest.fixture
def _one_connection():
    """A real handler closes connections after each answer; the test's transaction lives in this one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
def test_the_two_languages_of_the_real_site_do_not_mix():
    """The language is in the address alone: neither cookie nor header changes a public page."""
    cache = FrontCache(WSGIHandler(), seconds=5)

    def page(path, **headers):
        environ = RequestFactory().get(path, headers=headers).environ
        return b"".join(cache(environ, lambda status, headers: None))

    english = page("/en/", accept_language="vi", cookie="django_language=vi")
    vietnamese = page("/", accept_language="en", cookie="django_language=en")
    assert b'<html lang="vi"' in vietnamese
    assert b'<html lang="en"' in english
    assert page("/", accept_language="vi") == vietnamese
    assert len(cache._pages) == 2


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "POST"},
        {"path": "/can-bo/ho-so/"},
        {"path": "/en/can-bo/ho-so/"},
        {"path": "/tinh/danban/public.css"},
        {"query": "q=" + "x" * 300},
        {"authorization": "Bearer x"},
        {"range": "bytes=0-10"},
    ],
)
def test_what_is_not_ours_goes_straight_through(request_):
    site = Site()
    cache = FrontCache(site, seconds=5)
    ask(cache, **request_)
    ask(cache, **request_)
    assert len(site.asked) == 2
    assert not cache._pages


@pytest.mark.parametrize(
    "answer",
    [
        {"headers": [("Cache-Control", "private, no-cache")]},
        {"headers": [("Content-Type", "text/html")]},
        {"headers": [*PUBLIC, ("Set-Cookie", "phien=1")]},
        {"headers": [*PUBLIC, ("Content-Encoding", "gzip")]},
        {"headers": [("Cache-Control", "public"), ("Vary", "HX-Request")]},
        {"headers": [("Cache-Control", "public"), ("Vary", "*")]},
        {"status": "404 Not Found"},
        {"status": "302 Found"},
        {"status": "500 Internal Server Error"},
        {"body": b"x" * (5 * 1024 * 1024)},
    ],
)
def test_what_is_not_public_is_never_kept(answer):
    site = Site(**answer)
    cache = FrontCache(site, seconds=5)
    status, headers, _body = ask(cache)
    ask(cache)
    assert len(site.asked) == 2
    assert (status, headers) == (site.status, dict(site.headers))
    assert not cache._pages


def test_zero_seconds_keeps_nothing():
    site = Site()
    cache = FrontCache(site, seconds=0)
    ask(cache)
    ask(cache)
    assert len(site.asked) == 2


def test_an_old_page_is_asked_for_again(time_is):
    site = Site()
    cache = FrontCache(site, seconds=5)
    ask(cache)
    time_is.now += 5.1
    site.body = b"new"
    assert ask(cache)[2] == b"new"
    assert ask(cache)[2] == b"new"
    assert len(site.asked) == 2


def test_a_page_that_stopped_being_public_is_dropped(time_is):
    site = Site()
    cache = FrontCache(site, seconds=5)
    ask(cache)
    time_is.now += 5.1
    site.status, site.body = "404 Not Found", b"gone"
    assert ask(cache)[0] == "404 Not Found"
    assert not cache._pages
    assert cache._size == 0


def test_a_broken_site_leaves_the_old_page_readable(time_is):
    site = Site()
    cache = FrontCache(site, seconds=5)
    before = ask(cache)
    time_is.now += 3600
    site.status, site.body = "500 Internal Server Error", b"broken"
    assert ask(cache) == before
    site.status, site.body = "200 OK", b"mended"
    assert ask(cache)[2] == b"mended"


def test_while_one_thread_asks_again_the_others_get_the_old_page(time_is):
    asking, may_answer = threading.Event(), threading.Event()
    site = Site()

    def slow(environ, start_response):
        if site.asked:
            asking.set()
            may_answer.wait(10)
        return site(environ, start_response)

    cache = FrontCache(slow, seconds=5)
    old = ask(cache)
    time_is.now += 5.1
    site.body = b"new"
    refreshed = []
    thread = threading.Thread(target=lambda: refreshed.append(ask(cache)[2]))
    thread.start()
    asking.wait(10)
    assert [ask(cache) for _ in range(20)] == [old] * 20
    may_answer.set()
    thread.join()
    assert refreshed == [b"new"]
    assert ask(cache)[2] == b"new"
    assert len(site.asked) == 2


def test_memory_is_bounded_and_what_was_asked_last_stays():
    site = Site()
    cache = FrontCache(site, seconds=5, max_bytes=60_000)
    for number in range(50):
        ask(cache, query=f"trang={number}")
    assert 0 < cache._size <= 60_000
    assert cache._size == sum(page.size for page in cache._pages.values())
    asked = len(site.asked)
    ask(cache, query="trang=49")
    assert len(site.asked) == asked


@given(
    body=st.binary(max_size=2000), accepted=st.sampled_from(["", "br", "gzip", "gzip, br", "br;q=0.1", "*"])
)
def test_any_body_comes_back_as_it_was(body, accepted):
    cache = FrontCache(Site(body=body), seconds=5)
    _status, headers, sent = ask(cache, accept_encoding=accepted)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    assert unpack[headers.get("Content-Encoding")](sent) == body
