"""Every piece of the look, at the widths and schemes people use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.screenshots import Picture, take

KIT = ["public", "office", "workbench", "review"]


@pytest.fixture(autouse=True)
def _kit(settings):
    settings.ROOT_URLCONF = "tests.browser.kit.urls"
    engine = {**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "kit"]}
    settings.TEMPLATES = [engine]
    settings.MIDDLEWARE = [
        "danban.common.middleware.SecurityHeaders",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", KIT)
def test_nothing_to_complain_of(screen, name, width, scheme):
    window = screen(width=width, scheme=scheme)
    window.go(f"/{name}/")
    window.assert_good()


def test_a_citizens_page_asks_for_little(screen):
    window = screen(width=360, javascript=False)
    window.go("/public/")
    assert len(window.weights) <= 5
    assert not [url for url in window.weights if re.search(r"\.(js|woff2)", url)]


def test_touch_targets_are_large_enough(screen):
    window = screen(width=360)
    page = window.go("/public/")
    small = page.evaluate(
        """(pressed) => [...document.querySelectorAll(pressed)]
          .filter((one) => one.getBoundingClientRect().height < 44 && one.offsetParent)
          .map((one) => one.outerHTML.slice(0, 80))""",
        ".button:not(.button--small), .menu a, .tabs a, .choice, .colophon a",
    )
    assert small == []


def test_contents_stand_open_on_a_desk_and_fold_on_a_phone(screen):
    line = ".contents ol ol a >> nth=0"
    assert screen(width=1280).go("/public/").locator(line).bounding_box()["height"] > 0
    phone = screen(width=360, javascript=False).go("/public/")
    assert not phone.locator(line).is_visible()
    phone.locator(".contents summary").click()
    assert phone.locator(line).is_visible()


def test_keys_walk_mark_choose_and_write(screen):
    page = screen().go("/workbench/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-row] input:checked").count() == 1
    assert page.locator("[data-row].is-focused input").is_checked()
    page.keyboard.press("3")
    assert page.locator('[data-key="3"]').is_checked()
    page.keyboard.press("r")
    page.keyboard.type("j3x")
    assert page.locator("textarea").input_value() == "j3x"
    assert page.locator('[data-key="3"]').is_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def test_the_receipt_and_the_law_print_without_the_menu(screen):
    page = screen().go("/public/")
    page.emulate_media(media="print")
    assert not page.locator(".menu").is_visible()
    assert page.locator(".receipt-code").is_visible()


def test_pictures_are_taken_and_missing_pages_refused(chromium, live_server, tmp_path):
    written = take(chromium, live_server.url, [Picture("kit-whole", "/review/")], tmp_path)
    assert [file.name for file in written] == ["kit-whole-360.png", "kit-whole-1280.png"]
    assert all(file.stat().st_size > 10_000 for file in written)
    with pytest.raises(ValueError, match="not a good page"):
        take(chromium, live_server.url, [Picture("missing", "/review/", (".wordmark",))], tmp_path)
