"""Collects the texts of the interface and keeps the catalogues (`make messages`).

Texts are written in Vietnamese in the code; ``en`` translates them. ``vi`` holds only texts
of libraries that come without Vietnamese, or in words nobody would say. Compiled catalogues are
committed, so that running Dân Bàn needs no gettext.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "danban"
LOCALE = SOURCE / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "gettext_noop": None,
}

# git knows the real date; a fixed one lets the same texts give the same bytes.
DATE = datetime(2026, 1, 1, tzinfo=UTC)

Text = str | tuple[str, str]


def texts_of(path: Path) -> Iterator[tuple[int, Text]]:
    """The texts of one file to translate: (line, text or (singular, plural))."""
    source = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".txt"}:
        # What is left of a template keeps its indentation, which Python's tokens must not see.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
    for line, message, _comments, _context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield line, message if isinstance(message, str) else (message[0], message[1])


def collected() -> dict[Text, list[tuple[str, int]]]:
    """Every text of ours with the places where it stands."""
    found: dict[Text, list[tuple[str, int]]] = {}
    files = [
        *SOURCE.rglob("*.py"),
        *SOURCE.glob("*/templates/**/*.html"),
        *SOURCE.glob("*/templates/**/*.txt"),
    ]
    for path in sorted(files):
        if "migrations" in path.parts or "lawtext" in path.parts:
            continue
        for line, message in texts_of(path):
            found.setdefault(message, []).append((str(path.relative_to(ROOT)), line))
    return found


def catalogue(language: str) -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language, domain="django", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def compiled(language: str) -> bytes:
    """The .mo of a catalogue, byte for byte."""
    messages, buffer = catalogue(language), io.BytesIO()
    messages.creation_date = messages.revision_date = DATE
    write_mo(buffer, messages)
    return buffer.getvalue()


def without_texts() -> Catalog:
    """The English catalogue before its texts: only the header."""
    return Catalog(
        locale="en",
        domain="django",
        header_comment="# English of the texts of Dân Bàn. Written by `make messages`; only msgstr is yours.",
        project="Dân Bàn",
        version="1",
        msgid_bugs_address="",
        last_translator="Dân Bàn",
        language_team="Dân Bàn",
        charset="utf-8",
        creation_date=DATE,
        revision_date=DATE,
        fuzzy=False,
    )


def translation(known: Catalog, message: Text) -> Text:
    """What is known for a text, in its own shape: a text that gained a plural needs both forms anew."""
    blank: Text = "" if isinstance(message, str) else ("", "")
    entry = known.get(message if isinstance(message, str) else message[0])
    match (message, entry and entry.string):
        case (str(), str(string)):
            return string
        case (tuple(), (str(singular), str(plural))):
            return singular, plural
    return blank


def update() -> int:
    """Bring the English catalogue up to date, compile both; how many texts have no translation."""
    old, new = catalogue("en"), without_texts()
    missing = 0
    for message, places in sorted(collected().items(), key=lambda item: str(item[0])):
        string = translation(old, message)
        missing += not (string if isinstance(string, str) else all(string))
        files = sorted({file for file, _line in places})
        new.add(message, string, locations=[(file, 0) for file in files])
    write(new, "en")
    for language in ("en", "vi"):
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "django.mo").write_bytes(compiled(language))
    return missing


def write(messages: Catalog, language: str) -> None:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, messages, width=100, omit_header=False, include_lineno=False, sort_output=True)


if __name__ == "__main__":
    count = update()
    sys.stdout.write(f"{len(collected())} texts, {count} without a translation\n")
