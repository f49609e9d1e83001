"""Small helpers of the templates: the colour role of a state, this page in the other language."""

from __future__ import annotations

from django import template
from django.urls import translate_url

register = template.Library()

# One place says which state wears which colour; look.md names the roles. Unlisted states are quiet.
TONES = {
    "accepted": "leaf",
    "answered": "leaf",
    "released": "leaf",
    "shown": "leaf",
    "done": "leaf",
    "approved": "leaf",
    "decided": "leaf",
    "took_place": "leaf",
    "sent": "leaf",
    "partly_accepted": "dawn",
    "grouped": "dawn",
    "open": "sun",
    "invited": "sun",
    "submitted": "sun",
    "pending": "sun",
    "running": "sun",
    "held": "alert",
    "returned": "alert",
    "overdue": "alert",
    "late": "alert",
    "blocked": "alert",
    "soon": "sun",
    "working": "sun",
    "declared": "dawn",
    "failed": "alert",
}
QUIET = "stone"


@register.filter
def tone(state: object) -> str:
    """The colour role (leaf, dawn, sun, alert or stone) of a state's stored value."""
    return TONES.get(str(state), QUIET)


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, code: str) -> str:
    """The address of this page in language ``code``; the front page when there is no request (a crash)."""
    request = context.get("request")
    return translate_url(request.get_full_path(), code) if request else "/"
