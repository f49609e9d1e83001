"""What a person would notice on a page, as assertions: axe, overflow, the policy, the weight."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Request

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """(tags) => axe.run(document, {runOnly: tags}).then((found) => found.violations.map(
  (one) => one.id + ": " + one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")))"""


@dataclass
class Screen:
    """A browser window that remembers what it complained about and what it fetched."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    fetched: list[Request] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfinished", lambda request: self.fetched.append(request))

    def _console(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    @property
    def weights(self) -> dict[str, int]:
        """Bytes on the wire (headers and body) of each address fetched.

        Asked only now: a request cannot answer while its page is on the way to another.
        """
        sizes = {request.url: request.sizes() for request in self.fetched}
        return {url: size["responseHeadersSize"] + size["responseBodySize"] for url, size in sizes.items()}

    def go(self, path: str) -> Page:
        self.page.goto(path, wait_until="networkidle")
        return self.page

    def assert_fits(self) -> None:
        """No complaint (a blocked inline style is one) and no sideways scrolling."""
        assert self.complaints == []
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{wide} px too wide at {self.page.url}"

    def assert_good(self) -> None:
        """It fits, and axe names nothing. Only where JavaScript is on: axe waits for timers."""
        self.assert_fits()
        self.page.evaluate(AXE)
        found = self.page.evaluate(RUN, RULES)
        assert found == [], f"{self.page.url}: {found}"
