"""Every text of the interface has its English; what is committed is what the catalogues say."""

from __future__ import annotations

import re

from babel.messages.catalog import Catalog

from tools.messages import LOCALE, catalogue, collected, compiled, texts_of, translation

_NAMED = re.compile(r"%\((\w+)\)")


def test_every_text_of_ours_is_translated():
    english = catalogue("en")
    missing = []
    for message, places in collected().items():
        known = english.get(message if isinstance(message, str) else message[0])
        string = known.string if known else ""
        if not (string if isinstance(string, str) else string and all(string)):
            missing.append((message, places[0]))
    assert missing == []


def test_a_text_is_counted_everywhere_or_nowhere():
    """A catalogue keeps one entry for both; read without its number, it would always be singular."""
    found = collected()
    counted = {message[0]: places for message, places in found.items() if isinstance(message, tuple)}
    assert [(message, found[message]) for message in counted if message in found] == []


def test_a_translation_names_the_same_values():
    for message in catalogue("en"):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for string in [message.string] if isinstance(message.string, str) else message.string:
            assert set(_NAMED.findall(string)) <= set(_NAMED.findall(source)), message.id


def test_the_compiled_catalogues_are_those_of_the_sources():
    for language in ("en", "vi"):
        kept = (LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes()
        assert kept == compiled(language), language


def test_every_way_of_marking_a_text_in_a_template_is_seen(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        """{% load i18n %}{% translate "Đạt 100 %" as full %}
          {% blocktranslate trimmed with name=who %}
              Chào {{ name }},
              mời đọc.
          {% endblocktranslate %}
          {% blocktranslate count n=total %}Còn {{ n }} ngày{% plural %}Còn {{ n }} hôm{% endblocktranslate %}
          {{ day|default:_("nay") }}""",
        encoding="utf-8",
    )
    assert {text for _line, text in texts_of(page)} == {
        "Đạt 100 %%",
        "Chào %(name)s, mời đọc.",
        ("Còn %(n)s ngày", "Còn %(n)s hôm"),
        "nay",
    }


def test_a_text_that_gained_a_plural_asks_for_both_forms():
    known = Catalog(locale="en")
    known.add("%(n)s ý kiến", "%(n)s comments")
    assert translation(known, "%(n)s ý kiến") == "%(n)s comments"
    assert translation(known, ("%(n)s ý kiến", "%(n)s ý kiến")) == ("", "")
