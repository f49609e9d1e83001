"""The one place where an answer's limited Markdown becomes HTML."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"}
SCHEMES = {"https", "http", "mailto"}

_markdown = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["emphasis", "list", "blockquote", "link", "newline", "escape"]
)


def reason_html(text: str) -> SafeString:
    """Paragraphs, bold, italic, lists, quotations and links; everything else stays as typed.

    markdown-it keeps HTML out and nh3 sieves what comes out, so that one mistake is not enough.
    """
    html = nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_only_addresses,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - sieved just above


def _only_addresses(tag: str, name: str, value: str) -> str | None:
    """nh3 lets ``title`` and ``lang`` pass everywhere unless told otherwise, and addresses without a scheme:
    "//host" leads out of the site while it looks like one of its own paths.
    """
    if (tag, name) == ("a", "href"):
        return value if value.partition(":")[0].lower() in SCHEMES else None
    return value if (tag, name) == ("a", "rel") else None


def plain_reason(text: str) -> str:
    """The words without the marks, for office files and e-mail: one line a paragraph or list item."""
    lines: list[str] = []
    prefix = ""
    for token in _markdown.parse(text):
        if token.type == "list_item_open":
            prefix = "- " if token.markup in "-*+" else f"{token.info}{token.markup} "
        elif token.type == "inline":
            lines.append(prefix + _words(token.children or []))
            prefix = ""
    return "\n".join(lines)


def _words(pieces: list[Token]) -> str:
    words, target = [], ""
    for piece in pieces:
        if piece.type in {"softbreak", "hardbreak"}:
            words.append("\n")
        elif piece.type == "link_open":
            target = str(piece.attrs.get("href", ""))
        elif piece.type == "link_close":
            words.append(f" ({target})")
        else:
            words.append(piece.content)
    return "".join(words)
