"""What officers do on every page: sign in, press, and look at it on a phone and on a desk."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.checks import Screen
from tests.factories import PASSWORD

WIDTHS = (360, 1280)


def look(screen: Screen) -> Page:
    """The page as it stands is good at both widths; it is left at the width it had."""
    before = screen.page.viewport_size
    for width in WIDTHS:
        screen.page.set_viewport_size({"width": width, "height": 800})
        screen.assert_good()
    screen.page.set_viewport_size(before)
    return screen.page


def visit(screen: Screen, path: str) -> Page:
    screen.go(path)
    return look(screen)


def press(screen: Screen, name: str, role: str = "button") -> Page:
    """Press the first button or link of that name in the page's own part and wait for the next page."""
    page = screen.page
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("main, aside, .pane").get_by_role(role, name=name).first.click()
    return page


def refused(screen: Screen, status: int) -> Page:
    """The answer was a refusal; Chromium says so in its console, and says nothing else."""
    said = [one for one in screen.complaints if f"status of {status} " in one]
    assert said
    assert screen.complaints == said
    screen.complaints.clear()
    return look(screen)


def enter(screen: Screen, person) -> Page:
    """Sign in through the page of an officer's day."""
    page = visit(screen, "/can-bo/")
    assert re.search(r"/vao/", page.url)
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(wait_until="networkidle"):
        page.click("main form button[type=submit]")
    assert page.url.endswith("/can-bo/")
    return look(screen)
