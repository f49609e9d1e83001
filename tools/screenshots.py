"""Pictures of a running Dân Bàn for the documents: ``python -m tools.screenshots http://127.0.0.1:8000``.

Each picture starts at an address and may follow links as a person would (first match of each selector),
so that no slug of the demo is written here. Pictures land in docs/pictures as <name>-<width>.png.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

OUT = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDTHS = (360, 1280)


@dataclass(frozen=True)
class Picture:
    """``path`` is opened, then each of ``follow`` (CSS selectors) is clicked in turn."""

    name: str
    path: str
    follow: tuple[str, ...] = ()


CITIZEN = (
    Picture("trang-dau", "/"),
    Picture("danh-sach", "/du-thao/"),
    Picture("du-thao", "/", (".entry h3 a",)),
    Picture("gop-y", "/", (".entry h3 a", ".provision-foot .button")),
    Picture("tim-bien-nhan", "/bien-nhan/"),
)


def take(browser: Browser, base: str, pictures: Iterable[Picture], out: Path) -> list[Path]:
    """Take every picture at every width; the files written. A page that is missing or broken raises."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for width in WIDTHS:
        context = browser.new_context(
            base_url=base, viewport={"width": width, "height": 800}, color_scheme="light", locale="vi-VN"
        )
        for picture in pictures:
            page = context.new_page()
            answer = page.goto(picture.path, wait_until="networkidle")
            for selector in picture.follow:
                with page.expect_navigation(wait_until="networkidle") as followed:
                    page.locator(selector).first.click()
                answer = followed.value
            if answer is None or not answer.ok:
                raise ValueError(f"{picture.name}: {page.url} is not a good page")
            file = out / f"{picture.name}-{width}.png"
            page.screenshot(path=file)
            written.append(file)
            page.close()
        context.close()
    return written


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", help="where Dân Bàn answers")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the pictures")
    chosen = parser.parse_args(argv)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for file in take(browser, chosen.url, CITIZEN, chosen.out):
            print(file)  # noqa: T201
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
