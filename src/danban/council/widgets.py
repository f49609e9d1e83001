"""What a form of sixty people is drawn with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Choices(forms.RadioSelect):
    """Radio buttons written at once: Django's own take a template a button, hundreds on one page."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = [option for _group, among, _place in widget["optgroups"] for option in among]
        buttons = format_html_join(
            "",
            '<div><label for="{}"><input type="radio" name="{}" value="{}"{}> {}</label></div>',
            (
                (one["attrs"].get("id"), one["name"], one["value"], flatatt(one["attrs"]), one["label"])
                for one in options
            ),
        )
        return format_html('<div id="{}">{}</div>', widget["attrs"].get("id"), buttons)
