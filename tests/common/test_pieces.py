"""The bases and the pieces render what an engineer expects of them."""

from __future__ import annotations

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from danban.common.templatetags.look import tone


class Opinion(forms.Form):
    text = forms.CharField(label="Ý kiến", help_text="Viết như đang nói.", widget=forms.Textarea)
    kind = forms.ChoiceField(
        choices=[("p", "Cá nhân"), ("o", "Tổ chức")], widget=forms.RadioSelect, required=False
    )
    shown = forms.BooleanField(label="Cho hiện tên", required=False)


def piece(name: str, **context: object) -> str:
    return render_to_string(f"pieces/{name}.html", context)


def test_tag_wears_the_tone_of_its_state():
    assert piece("tag", state="accepted", text="Tiếp thu").strip() == (
        '<span class="tag tag--leaf">Tiếp thu</span>'
    )
    assert "tag--dawn" in piece("tag", state="partly_accepted", text="Một phần")
    assert "tag--alert" in piece("tag", state="accepted", tone="alert", text="Trễ")


def test_an_unknown_state_is_quiet():
    assert tone("never heard of") == "stone"


def test_field_ties_label_help_and_error_to_the_box():
    form = Opinion({"text": ""})
    html = piece("field", field=form["text"])
    assert '<label for="id_text">Ý kiến</label>' in html
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert "field--error" in html


def test_radio_group_is_a_fieldset_and_optional_is_said():
    html = piece("field", field=Opinion()["kind"])
    assert html.startswith("<fieldset")
    assert "(không bắt buộc)" in html


def test_checkbox_stands_inside_its_label():
    html = piece("field", field=Opinion()["shown"])
    assert '<label class="choice" for="id_shown"><input type="checkbox"' in html


def test_error_summary_links_to_the_boxes():
    html = piece("errors", form=Opinion({"text": ""}))
    assert 'href="#id_text"' in html
    assert 'role="alert"' in html
    assert piece("errors", form=Opinion()).strip() == ""


def test_pager_keeps_the_query(rf):
    request = rf.get("/du-thao/", {"q": "rác", "page": "2"})
    page = Paginator(range(50), 10).page(2)
    html = render_to_string("pieces/pager.html", {"page": page}, request=request)
    assert "Trang 2 trong 5" in html
    assert "q=r%C3%A1c&amp;page=3" in html
    one = Paginator(range(5), 10).page(1)
    assert render_to_string("pieces/pager.html", {"page": one}, request=request).strip() == ""


def test_text_is_escaped():
    assert "<b>" not in piece("tag", state="open", text="<b>x</b>")
    assert "<b>" not in piece("empty", text="<b>x</b>")


@pytest.mark.parametrize("name", ["403", "403_csrf", "404", "429", "500", "503"])
def test_error_pages_render_without_a_request(name):
    # Django renders 500.html with nothing at all: no request, no context processor.
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html
    assert 'lang="vi"' in html


def test_public_base_is_the_same_for_everyone(rf, django_user_model):
    template = Template('{% extends "base_public.html" %}')
    nobody, somebody = rf.get("/du-thao/"), rf.get("/du-thao/")
    somebody.user = django_user_model(email="ai@example.org")
    somebody.COOKIES["sessionid"] = "x"
    pages = [
        template.render(Context({"request": request, "user": getattr(request, "user", None)}))
        for request in (nobody, somebody)
    ]
    assert pages[0] == pages[1]
    assert "csrf" not in pages[0]


def test_the_other_language_is_one_link_away(rf):
    template = Template('{% extends "base_public.html" %}')
    with translation.override("vi"):
        assert 'href="/en/du-thao/?q=1"' in template.render(Context({"request": rf.get("/du-thao/?q=1")}))
    with translation.override("en"):
        html = template.render(Context({"request": rf.get("/en/du-thao/")}))
    assert 'href="/du-thao/" lang="vi"' in html
    assert '<html lang="en">' in html
