"""Chromium for the tests: one process, a fresh context for each page, every complaint collected."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.checks import Screen

FLAGS = ["--no-sandbox", "--disable-gpu"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(live_server):
    """Closed before the server ends, and the server's threads with it: they share this thread's database."""
    # Playwright keeps an event loop in this thread; Django would refuse its database calls beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def screen(chromium, live_server):
    """Open screens: ``screen(width=360, scheme="dark", javascript=False)`` gives a `Screen`."""
    opened: list[Screen] = []

    def open_screen(*, width: int = 1280, scheme: str = "light", javascript: bool = True) -> Screen:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800 if width > 700 else 740},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="vi-VN",
        )
        opened.append(Screen(context))
        return opened[-1]

    yield open_screen
    for one in opened:
        one.context.close()
