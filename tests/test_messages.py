"""Every text of the interface has its English; what is committed is what the catalogues say."""

from __future__ import annotations

import re

from tools.messages import LOCALE, catalogue, collected, compiled

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
