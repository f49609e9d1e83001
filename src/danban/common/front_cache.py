"""Anonymous public pages from memory, before Django: about ten times the requests a second.

Kept is only what says ``Cache-Control: public`` and sets no cookie, in the three forms a browser
may ask for (br, gzip, plain), each with its own strong ETag. A page is fresh for ``seconds``; then
one thread asks Django again while the others still get the old page, at most ten times as long,
or as long as Django only answers that it is broken.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import brotli

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Key = tuple[str, str, str]

MAX_BYTES = 24 * 1024 * 1024
_MAX_PAGE = 4 * 1024 * 1024
_MAX_QUERY = 200
_STALE_FOR = 10
_NOT_PUBLIC = ("/can-bo/", "/en/can-bo/", "/tinh/")
# Pages differ by these only through the address or not at all: the language is in the path,
# cookies are not read on public pages, and encodings are our own work.
_KNOWN_VARY = {"accept-encoding", "accept-language", "cookie"}
_OWN_HEADERS = {"content-length", "etag", "vary", "content-encoding"}


@dataclass(frozen=True)
class Form:
    """One encoding of a page, ready to send."""

    etag: str
    headers: Headers
    not_modified: Headers
    body: bytes


@dataclass
class Page:
    """Forms in the order in which a browser that takes all of them gets them."""

    forms: dict[str, Form]
    size: int
    fresh_until: float
    gone_at: float
    refreshing: threading.Lock = field(default_factory=threading.Lock)


class FrontCache:
    """A WSGI application in front of another. ``seconds`` 0 keeps nothing."""

    def __init__(self, application: Application, *, seconds: float, max_bytes: int = MAX_BYTES) -> None:
        self._application = application
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0
        self._changing = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            return self._application(environ, start_response)
        page = self._pages.get(key)
        now = time.monotonic()
        if page is None or now >= page.gone_at:
            return self._ask(key, environ, start_response)
        if now >= page.fresh_until and page.refreshing.acquire(blocking=False):
            try:
                return self._ask(key, environ, start_response)
            finally:
                page.refreshing.release()
        return _answer(page, environ, start_response)

    def _key(self, environ: Environ) -> Key | None:
        """What tells one page from another, or None for a request that is not ours."""
        if not self._seconds or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if path.startswith(_NOT_PUBLIC) or len(query) > _MAX_QUERY:
            return None
        if "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ:
            return None
        return environ.get("HTTP_HOST", ""), path, query

    def _ask(self, key: Key, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Django's answer, kept if it may be kept. HEAD is asked as GET, conditions are left to us."""
        asked = {**environ, "REQUEST_METHOD": "GET"}
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING"):
            asked.pop(name, None)
        status, headers, body = _collect(self._application, asked)
        old = self._pages.get(key)
        if old and status.startswith("5"):
            # With the database down the drafts can still be read.
            return _answer(old, environ, start_response)
        if not _may_be_kept(status, headers, body):
            self._drop(key)
            start_response(status, headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        page = self._made(headers, body)
        self._keep(key, page)
        return _answer(page, environ, start_response)

    def _made(self, headers: Headers, body: bytes) -> Page:
        bodies = {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0), "": body}
        digest = hashlib.sha256(body).hexdigest()[:24]
        forms = {
            encoding: _form(headers, encoded, digest, encoding)
            for encoding, encoded in bodies.items()
            if not encoding or len(encoded) < len(body)
        }
        now = time.monotonic()
        return Page(
            forms=forms,
            size=sum(len(form.body) for form in forms.values()) + 2000,
            fresh_until=now + self._seconds,
            gone_at=now + self._seconds * _STALE_FOR,
        )

    def _keep(self, key: Key, page: Page) -> None:
        with self._changing:
            old = self._pages.pop(key, None)
            self._size += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self._size > self._max_bytes:
                _key, dropped = self._pages.popitem(last=False)
                self._size -= dropped.size

    def _drop(self, key: Key) -> None:
        with self._changing:
            old = self._pages.pop(key, None)
            self._size -= old.size if old else 0


def _collect(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    """The whole answer of an application: status line, headers, body."""
    started: list[Any] = []

    def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
        started[:] = [status, headers]

    chunks = application(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return started[0], started[1], body


def _may_be_kept(status: str, headers: Headers, body: bytes) -> bool:
    values = {name.lower(): value.lower() for name, value in headers}
    varies = {word.strip() for word in values.get("vary", "").split(",") if word.strip()}
    return (
        status.startswith("200")
        and "public" in values.get("cache-control", "")
        and "set-cookie" not in values
        and "content-encoding" not in values
        and varies <= _KNOWN_VARY
        and len(body) <= _MAX_PAGE
    )


def _form(headers: Headers, body: bytes, digest: str, encoding: str) -> Form:
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    own = [("ETag", etag), ("Vary", "Accept-Encoding")]
    kept = [(name, value) for name, value in headers if name.lower() not in _OWN_HEADERS]
    described = [("Content-Encoding", encoding)] if encoding else []
    return Form(
        etag=etag,
        headers=[*kept, *own, *described, ("Content-Length", str(len(body)))],
        not_modified=[*((name, value) for name, value in kept if name.lower() != "content-type"), *own],
        body=body,
    )


def _answer(page: Page, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    form = _chosen(page.forms, environ.get("HTTP_ACCEPT_ENCODING", ""))
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and (form.etag in known or known.strip() == "*"):
        start_response("304 Not Modified", form.not_modified)
        return []
    start_response("200 OK", form.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]


def _chosen(forms: dict[str, Form], accepted: str) -> Form:
    """Browsers list what they take; one that refuses an encoding (q=0) or asks for none gets plain text."""
    if accepted and "q=0" not in accepted:
        for encoding, form in forms.items():
            if encoding and encoding in accepted:
                return form
    return forms[""]
