"""Pictures of an officer's and a citizen's day for the documents: ``make screenshots``.

A demo site is started in a folder that is thrown away afterwards, once for each stage of the life of
its main draft. Each picture starts at an address and goes on as a person would, so that no number and
no slug of the demo is written here. Pictures land in docs/pictures as <name>-<width>.png.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

OUT = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDTHS = (360, 1280)
HEIGHT = 800
STARTS_WITHIN = 120

PASSWORD = "songmay-2026"  # noqa: S105 - what the demo prints at every start
DRAFTER = "nguyen.lth@songmay.example"
APPROVER = "khanh.tqb@songmay.example"
BUILDER = "son.lv@songmay.example"
JUSTICE = "thu.vth@songmay.example"
HOUSES = "a:has-text('gắn biển số nhà')"
WASTE = "a:has-text('phân loại, thu gom')"


@dataclass(frozen=True)
class Picture:
    """``path`` is opened, then ``steps`` are done in turn: a CSS selector is clicked and a page awaited,
    "selector=words" is filled. ``show`` is scrolled to the top. ``who`` signs in first.
    """

    name: str
    path: str
    steps: tuple[str, ...] = ()
    show: str = ""
    who: str = ""


# The contents are folded on a phone; the step follows the link all the same.
CHAPTER = (f"h3 {WASTE}", ".contents a:has-text('Chương III')")
COLLECTION = "section[id$='dieu-16'] .provision-foot"
COMMENT = "textarea[name=text]=Xin ghi rõ giờ xe đi qua ngõ nhỏ, vì bà con đi làm sớm không kịp mang rác ra."
WRITE = (*CHAPTER, f"{COLLECTION} a[href*='/gop-y/']", COMMENT)
OPEN = (
    Picture("trang-dau", "/"),
    Picture("du-thao", "/", (f"h3 {WASTE}",)),
    Picture("dieu", "/", (*CHAPTER, f"{COLLECTION} a:not([href*='/gop-y/'])")),
    Picture("gop-y", "/", WRITE),
    Picture("bien-nhan", "/", (*WRITE, "button[value=kiem-tra]", "button[value=gui]")),
    Picture("ban-lam-viec", "/can-bo/", who=DRAFTER),
    Picture("hop-thu", "/can-bo/hop-thu/", (WASTE,), who=DRAFTER),
    Picture("y-kien", "/can-bo/hop-thu/", (WASTE, ".queue a:has-text('Giờ thu gom')"), who=DRAFTER),
)
ANSWERED = (
    Picture("ho-so", "/can-bo/ho-so/", (WASTE,), who=DRAFTER),
    Picture("cau-truc", "/can-bo/ho-so/", (HOUSES, "a[href$='/cau-truc/']"), who=BUILDER),
    Picture(
        "van-ban-goc",
        "/can-bo/ho-so/",
        (HOUSES, "a[href$='/cau-truc/']", "a[href$='/van-ban-goc/']"),
        who=BUILDER,
    ),
    Picture("sau-khi-sua", "/du-thao/", (f"h3 {HOUSES}", ".tabs a[href$='/sau-khi-sua/']"), show="main h2"),
    Picture("tra-loi", "/can-bo/tra-loi/", (WASTE, ".queue a:has-text('Giờ thu gom')"), who=DRAFTER),
    Picture("duyet-tra-loi", "/can-bo/duyet-tra-loi/", ("main td a",), who=APPROVER),
    Picture("tong-hop", "/can-bo/bao-cao/", (WASTE,), who=DRAFTER),
    Picture("da-tra-loi", "/da-tra-loi/", (WASTE,)),
    Picture(
        "thay-doi",
        "/du-thao/",
        (f"h3 {WASTE}", ".tabs a[href$='/thay-doi/']"),
        show=".provision:has(del):has(ins)[id*='dieu-']",
    ),
)
PROGRAMME = (
    Picture("ke-hoach", "/can-bo/ke-hoach/", who=JUSTICE),
    Picture(
        "nhiem-vu",
        "/can-bo/ke-hoach/",
        ("a:has-text('Cả năm')", "main a:has-text('hội thảo chuyên đề')"),
        who=JUSTICE,
    ),
    Picture("ca-nam", "/can-bo/ke-hoach/", ("a:has-text('Cả năm')",), who=JUSTICE),
    Picture("sang-loc", "/can-bo/sang-loc/", ("main a[href*='/chinh-sach/']",), who=JUSTICE),
    Picture("tien-trinh", "/can-bo/tien-trinh/", who=JUSTICE),
    Picture("hoi-dong", "/can-bo/hoi-dong/", who=JUSTICE),
    Picture("tap-huan", "/can-bo/tap-huan/", who=JUSTICE),
    Picture("tong-quan", "/can-bo/tong-quan/", who=JUSTICE),
)
STAGES = {"open": OPEN, "answered": ANSWERED + PROGRAMME}


def take(browser: Browser, base: str, pictures: Iterable[Picture], out: Path) -> list[Path]:
    """Take every picture at every width; the files written. A page that is missing or broken raises."""
    out.mkdir(parents=True, exist_ok=True)
    chosen, written = list(pictures), []
    for width in WIDTHS:
        for who in dict.fromkeys(picture.who for picture in chosen):
            context = browser.new_context(
                base_url=base,
                viewport={"width": width, "height": HEIGHT},
                color_scheme="light",
                locale="vi-VN",
                reduced_motion="reduce",
            )
            if who:
                _sign_in(context.new_page(), who)
            written += [_take(context, one, width, out) for one in chosen if one.who == who]
            context.close()
    return written


def _take(context: BrowserContext, picture: Picture, width: int, out: Path) -> Path:
    page = context.new_page()
    answer = page.goto(picture.path, wait_until="networkidle")
    for step in picture.steps:
        selector, filled, words = step.partition("]=")
        if filled:
            page.locator(f"{selector}]").first.fill(words)
            continue
        with page.expect_navigation(wait_until="networkidle") as followed:
            page.locator(step).first.evaluate("(it) => it.click()")
        answer = followed.value or answer
    if answer is None or not answer.ok:
        raise ValueError(f"{picture.name}: {page.url} is not a good page")
    if picture.show:
        page.locator(picture.show).first.evaluate("(it) => it.scrollIntoView()")
    file = out / f"{picture.name}-{width}.png"
    page.screenshot(path=file)
    page.close()
    return file


def _sign_in(page: Page, email: str) -> None:
    page.goto("/can-bo/", wait_until="networkidle")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(wait_until="networkidle"):
        page.click("main form button[type=submit]")
    page.close()


@contextmanager
def demo_site(stage: str) -> Iterator[str]:
    """A made-up province at a stage of its main draft, running by itself; its address."""
    with tempfile.TemporaryDirectory(prefix="danban-pictures-") as data:
        environment = {**os.environ, "DANBAN_DATA": data, "DANBAN_MODE": "demo"}
        command = [sys.executable, "-m", "danban"]
        load = [*command, "demo", "--stage", stage]
        subprocess.run(load, env=environment, check=True, capture_output=True)  # noqa: S603 - our own
        port = _free_port()
        site = subprocess.Popen(  # noqa: S603 - our own
            [*command, "up", "--host", "127.0.0.1", "--port", str(port)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            base = f"http://127.0.0.1:{port}"
            _await(f"{base}/suc-khoe", site)
            yield base
        finally:
            site.terminate()
            site.wait(30)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _await(url: str, site: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up and site.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("the demo site did not start")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the pictures")
    parser.add_argument("--only", nargs="*", default=[], help="names of the pictures to take")
    chosen = parser.parse_args(argv)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for stage, pictures in STAGES.items():
            wanted = [one for one in pictures if not chosen.only or one.name in chosen.only]
            if not wanted:
                continue
            with demo_site(stage) as base:
                for file in take(browser, base, wanted, chosen.out):
                    print(f"{file} {file.stat().st_size // 1000} kB")  # noqa: T201
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
