"""Nobody is shown a way that is closed to them: every link on an officer's pages opens for that officer."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urljoin

import pytest
from lxml import html

from danban.accounts.models import User
from danban.demo.load import load

pytestmark = pytest.mark.django_db

OF_A_KIND = 2
"""How many addresses that differ only in their numbers are opened."""


@pytest.fixture
def _demo(settings, tmp_path):
    settings.DATA = settings.MEDIA_ROOT = tmp_path
    load("answered")


def links_of(answer, path):
    if answer.streaming or "html" not in answer.get("Content-Type", "") or answer.status_code != 200:
        return []
    found = html.fromstring(answer.content).xpath("//a/@href")
    return [urljoin(path, one).split("#")[0] for one in found]


def closed_to(client):
    """(page, link) for what is offered and does not open; pages are walked from the desk on."""
    waiting, known, opened = [("", "/can-bo/")], set(), defaultdict(int)
    while waiting:
        page, path = waiting.pop(0)
        kind = re.sub(r"\d+", "0", path)
        if path in known or opened[kind] >= OF_A_KIND:
            continue
        known.add(path)
        opened[kind] += 1
        answer = client.get(path)
        if answer.streaming:
            answer.getvalue()  # read to its end, a file is closed
        if answer.status_code >= 400:
            yield page, path, answer.status_code
        waiting += [
            (path, one)
            for one in links_of(answer, path)
            if one.startswith("/can-bo/") and not one.startswith("/can-bo/tai-khoan/")
        ]


@pytest.mark.usefixtures("_demo")
def test_every_link_an_officer_sees_opens(sign_in):
    one_of_each = {
        tuple(sorted(who.memberships.values_list("role", flat=True))): who
        for who in User.objects.filter(is_active=True)
    }
    assert len(one_of_each) >= 5
    walked = {roles: list(closed_to(sign_in(who))) for roles, who in one_of_each.items()}
    assert {roles: closed for roles, closed in walked.items() if closed} == {}
