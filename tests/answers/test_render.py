"""Limited Markdown: what an officer may mark up, and nothing a browser runs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from danban.answers.render import TAGS, plain_reason, reason_html


def test_what_is_allowed():
    html = reason_html(
        "**Tiếp thu** *một* ý\nsang dòng\n\n- một\n- hai\n\n> trích\n\n[luật](https://vbpl.vn/a?b=1&c=2)"
    )
    assert "<strong>Tiếp thu</strong> <em>một</em> ý<br>" in html
    assert "<li>một</li>" in html
    assert "<blockquote>" in html
    assert '<a href="https://vbpl.vn/a?b=1&amp;c=2" rel="nofollow noopener">luật</a>' in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](//a.example/gia)",
        "[x](/\\\\a.example)",
        "[x](can-bo/)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://a.example/dem.png)",
        '<a href="https://a.example" style="position:fixed">x</a>',
        '[x](https://a.example "onclick=alert(1)")',
        "# Tiêu đề giả",
    ],
)
def test_nothing_runs_or_loads(attack):
    for element in fragment_fromstring(reason_html(attack), create_parent="div").iterdescendants():
        assert element.tag in TAGS
        assert set(element.attrib) <= {"href", "rel"}
        assert element.get("href", "https:").startswith("https:")


@given(st.text(alphabet=st.sampled_from("<>&\"'`*_[]()!#->\n abđ1.:/javscript"), max_size=80))
def test_only_known_tags_come_out(text):
    assert set(re.findall(r"</?([a-zA-Z0-9]+)", reason_html(text))) <= TAGS


def test_plain_words_keep_items_and_addresses():
    assert plain_reason("**Tiếp thu**:\n\n- một\n- hai\n\n1. ba\n\nxem [luật](https://vbpl.vn)") == (
        "Tiếp thu:\n- một\n- hai\n1. ba\nxem luật (https://vbpl.vn)"
    )


@given(st.text(alphabet="abc đê\n", max_size=60))
def test_plain_words_lose_no_letter(text):
    assert re.findall(r"\S+", plain_reason(text)) == re.findall(r"\S+", text)
